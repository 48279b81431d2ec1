"""A simulated Discord with the bot in it, and what somebody there sees."""

from dataclasses import dataclass
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.client import GlossaryBot

DISCLAIMER = "Test data; not advice."


@dataclass
class World:
    """Who and what is there: a server with a channel, a member and a moderator, and a stranger without a server."""

    env: Env
    bot: GlossaryBot
    guild: GuildHandle
    channel: ChannelHandle
    member: MemberActor
    moderator: MemberActor
    stranger: UserHandle


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


def title(message: ResponseMessage | discord.Message) -> str:
    """The title of the embed of a message."""
    (embed,) = message.embeds
    return embed.title or ""


def parts(message: ResponseMessage) -> list[dict[str, Any]]:
    """The buttons and menus under a message, as Discord was sent them."""
    return [part for row in message.components for part in row["components"]]


def part(message: ResponseMessage, start: str) -> dict[str, Any]:
    """The one button or menu whose id starts so."""
    (found,) = [one for one in parts(message) if one.get("custom_id", "").startswith(start)]
    return found
