"""The one way out: every reply gets the disclaimer, can ping nobody, and fits Discord's limits."""

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.http import Route

from bot.replies.card import Card
from bot.replies.markdown import shorten

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

# https://discord.com/developers/docs/resources/message#embed-object-embed-limits
TITLE_LIMIT, DESCRIPTION_LIMIT, FIELD_LIMIT, AUTHOR_LIMIT, EMBED_LIMIT = 256, 4096, 1024, 256, 6000
# https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
CHOICE_LIMIT = 100
# The interaction is no longer known, or was answered already: nobody waits for the reply.
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
TOO_LATE = frozenset({10062, 40060})

_NO_MENTIONS = discord.AllowedMentions.none()


async def reply(interaction: "Interaction", card: Card, *, ephemeral: bool) -> None:
    """Answer an interaction, or the one that was deferred before."""
    parts = _parts(card, interaction.client)
    if interaction.response.is_done():
        await interaction.followup.send(**parts, ephemeral=ephemeral)
    else:
        await interaction.response.send_message(**parts, ephemeral=ephemeral)


async def replace(interaction: "Interaction", card: Card) -> None:
    """Answer a click, at once or after `wait`, by putting a card in the place of the message that was clicked."""
    blank: dict[str, Any] = {"content": None, "view": None}
    edit = interaction.edit_original_response if interaction.response.is_done() else interaction.response.edit_message
    parts = _parts(card, interaction.client)
    # An edit takes new files as attachments.
    parts["attachments"] = parts.pop("files", [])
    await edit(**blank | parts)


async def form(interaction: "Interaction", asked: discord.ui.Modal) -> None:
    """Answer a click with a form to fill in."""
    await interaction.response.send_modal(asked)


async def reply_to(client: "GlossaryBot", message: discord.Message, card: Card) -> discord.Message:
    """Answer a message, and return the answer."""
    reference = message.to_reference(fail_if_not_exists=False)
    return await message.channel.send(**_parts(card, client), reference=reference, mention_author=False)


async def change(client: "GlossaryBot", answer: discord.Message, card: Card) -> None:
    """Put a card in the place of an answer given before."""
    await answer.edit(**{"content": None, "view": None} | _parts(card, client))


async def post(client: "GlossaryBot", channel_id: int, card: Card) -> None:
    """Post a card into a channel, which need not be known; raise `discord.HTTPException` where that is not allowed."""
    await client.get_partial_messageable(channel_id).send(**_parts(card, client))


async def tell(client: "GlossaryBot", user_id: int, card: Card) -> bool:
    """Write to somebody directly, and tell whether they let the bot."""
    try:
        channel = await client.create_dm(discord.Object(user_id))
        await channel.send(**_parts(card, client))
    except (discord.Forbidden, discord.NotFound):
        return False
    return True


async def remove(interaction: "Interaction") -> None:
    """Answer a click by deleting the message that was clicked."""
    await interaction.response.defer()
    with contextlib.suppress(discord.NotFound):  # somebody else was faster
        await interaction.delete_original_response()


async def think(interaction: "Interaction") -> None:
    """Show that an answer, seen by the asker alone, will take more than the three seconds that Discord waits."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def wait(interaction: "Interaction") -> None:
    """Leave the message that was clicked as it is until `replace`, which may take more than the three seconds."""
    await interaction.response.defer()


async def choices(interaction: "Interaction", found: Sequence[tuple[str, str]]) -> None:
    """Offer choices, each a label and a value, to somebody who is typing."""
    offered = [app_commands.Choice(name=shorten(label, CHOICE_LIMIT), value=value) for label, value in found]
    await interaction.response.autocomplete(offered)


async def answer_payload(client: "GlossaryBot", interaction_id: str, token: str, card: Card) -> None:
    """Answer an interaction that could not be read, by the id and token of its payload alone."""
    data = {
        "embeds": [embed.to_dict() for embed in _parts(card, client)["embeds"]],
        "flags": discord.MessageFlags(ephemeral=True).value,
        "allowed_mentions": _NO_MENTIONS.to_dict(),
    }
    await _callback(client, interaction_id, token, discord.InteractionResponseType.channel_message, data)


async def no_choices_for_payload(client: "GlossaryBot", interaction_id: str, token: str) -> None:
    """Offer nothing to somebody whose typing could not be read."""
    await _callback(client, interaction_id, token, discord.InteractionResponseType.autocomplete_result, {"choices": []})


async def _callback(
    client: "GlossaryBot", interaction_id: str, token: str, kind: discord.InteractionResponseType, data: dict[str, Any]
) -> None:
    route = Route("POST", "/interactions/{id}/{token}/callback", id=interaction_id, token=token)
    await client.http.request(route, json={"type": kind.value, "data": data})


def _parts(card: Card, client: "GlossaryBot") -> dict[str, Any]:
    """Return what of a card there is, as the parameters of discord.py's ways to send."""
    disclaimer = client.catalogue.glossary.pack.notices.disclaimer
    # The limit is for all embeds of a message together.
    room = EMBED_LIMIT - len(disclaimer)
    embeds: list[discord.Embed] = []
    for embed in (card.embed, *card.more):
        embeds.append(_fitting(embed, room))
        room -= len(embeds[-1])
    embeds[-1].set_footer(text=disclaimer)
    parts: dict[str, Any] = {"embeds": embeds, "allowed_mentions": _NO_MENTIONS}
    optional = {"view": card.view(), "files": card.files(), "content": card.content}
    return parts | {name: part for name, part in optional.items() if part}


def _fitting(embed: discord.Embed, limit: int) -> discord.Embed:
    """Return a copy of which each part fits Discord's limits, and all of it a limit."""
    finished = embed.copy()
    finished.title = shorten(embed.title, TITLE_LIMIT) if embed.title else None
    if embed.author.name:
        finished.set_author(name=shorten(embed.author.name, AUTHOR_LIMIT))
    for index, field in enumerate(embed.fields):
        finished.set_field_at(
            index,
            name=shorten(field.name or "", TITLE_LIMIT),
            value=shorten(field.value or "", FIELD_LIMIT),
            inline=bool(field.inline),
        )
    if embed.description:
        finished.description = None
        room = min(DESCRIPTION_LIMIT, limit - len(finished))
        finished.description = shorten(embed.description, max(1, room))
    return finished
