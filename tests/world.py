"""A simulated Discord with the bot in it, and what somebody there sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.chat.client import Client
from bot.services import Services

DISCLAIMER = "Test data; not advice."
# The types of a menu and of a place for a file in a form.
MENU, FILE = 3, 19
MODERATES = discord.Permissions(manage_guild=True, manage_messages=True, mention_everyone=True)


@dataclass
class World:
    """Who and what is there: a server with a channel, a member and a moderator, and a stranger without a server."""

    env: Env
    bot: Client
    guild: GuildHandle
    channel: ChannelHandle
    member: MemberActor
    moderator: MemberActor
    stranger: UserHandle

    @property
    def services(self) -> Services:
        """What the bot works with."""
        return self.bot.services

    def another_server(self) -> tuple[MemberActor, ChannelHandle]:
        """Another server: its moderator and a channel."""
        guild = self.env.create_guild()
        role = guild.create_role("Moderators", permissions=MODERATES)
        return guild.add_member(self.env.create_user("olga"), roles=[role]), guild.create_text_channel("questions")

    def demote_moderator(self) -> None:
        """Take the role with its rights from the moderator."""
        role = self.guild.roles["Moderators"]
        self.env.backend.remove_member_role(self.guild.id, self.moderator.id, role.id)


def reply(result: InteractionResult) -> ResponseMessage:
    """The one message that an interaction was answered with."""
    messages = [*([result.response] if result.response else []), *result.followups]
    assert len(messages) == 1, messages
    return messages[0]


def shown(message: ResponseMessage | discord.Message) -> str:
    """Everything that the embed of a message shows, footer excluded."""
    (embed,) = message.embeds
    fields = [f"{field.name}\n{field.value}" for field in embed.fields]
    return "\n".join(part for part in (embed.author.name, embed.title, embed.description, *fields) if part)


def title(message: ResponseMessage | discord.Message, number: int | None = None) -> str:
    """The title of the only embed of a message, or of one of several."""
    if number is None:
        (embed,) = message.embeds
    else:
        embed = message.embeds[number]
    return embed.title or ""


def form_fields(form: InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of a form by their id."""
    assert form.modal is not None
    return {one["component"]["custom_id"]: one["component"] for one in form.modal["components"]}


def filled_in(form: InteractionResult) -> dict[str, str]:
    """What a form has filled in and chosen already, by the ids of its fields; nothing for a file."""
    values: dict[str, str] = {}
    for name, field in form_fields(form).items():
        if field["type"] == FILE:
            continue
        chosen = [one["value"] for one in field.get("options", ()) if one["default"]]
        values[name] = chosen[0] if chosen else str(field.get("value") or "")
    return values


async def submit(who: MemberActor, form: InteractionResult, values: Mapping[str, Any]) -> InteractionResult:
    """Submit a form with what is filled in already and some other values."""
    menus = {name for name, field in form_fields(form).items() if field["type"] == MENU}
    filled = {**filled_in(form), **values}
    return await who.submit_modal(form, {name: [text] if name in menus else text for name, text in filled.items()})


def parts(message: ResponseMessage) -> list[dict[str, Any]]:
    """The buttons and menus under a message, as Discord was sent them."""
    return [part for row in message.components for part in row["components"]]


def part(message: ResponseMessage, start: str) -> dict[str, Any]:
    """The one button or menu whose id starts so."""
    (found,) = [one for one in parts(message) if one.get("custom_id", "").startswith(start)]
    return found
