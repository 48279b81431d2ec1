"""The one way out: every reply ends with the disclaimer, can ping nobody, and fits Discord's limits."""

import contextlib
import secrets
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import discord
from discord import InteractionResponseType as ResponseType
from discord.http import Route

from bot.chat.card import Attachment, Card, Json
from bot.chat.client import Client
from bot.chat.components import Click
from bot.chat.errors import REFUSED, UNREACHABLE, log_error
from bot.chat.forms import Form
from bot.chat.interaction import Interaction
from bot.chat.markdown import shorten
from bot.chat.render import render, without_embeds
from bot.chat.respond import delete_original, edit_original, follow_up, multipart, respond, respond_by_token

# https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure
CHOICE_LIMIT = 100
# Discord no longer knows the interaction, or it was answered already, so nobody waits for the reply:
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
TOO_LATE = frozenset({10062, 40060})
# Discord does not deliver a direct message: the person accepts none, is no longer there, or the bot opened too many.
NOT_DELIVERED = frozenset({40003, 50007, 50033})
# The bot may not read the message that it refers to, and lacks some permission, such as the one to embed.
NO_HISTORY, NO_PERMISSION = 160002, 50013
_EPHEMERAL = discord.MessageFlags(ephemeral=True).value


async def reply(interaction: Interaction, card: Card, *, ephemeral: bool) -> None:
    """Answer an interaction, or send the reply that `defer_reply` announced."""
    message = _message(interaction.client, card)
    if ephemeral:
        message["flags"] = _EPHEMERAL
    if interaction.is_answered:
        await follow_up(interaction, message, card.attachments)
    else:
        await respond(interaction, ResponseType.channel_message, message, card.attachments)


async def replace(interaction: Interaction, card: Card, *, keep_content: bool = False) -> None:
    """Answer a click by replacing the message that was clicked, at once or after `defer_edit`.

    With `keep_content`, the line above its embed stays as it is.
    """
    blank: Json = {"content": None, "components": [], "attachments": []}
    message = blank | _message(interaction.client, card)
    if keep_content:
        del message["content"]
    if interaction.is_answered:
        await edit_original(interaction, message, card.attachments)
    else:
        await respond(interaction, ResponseType.message_update, message, card.attachments)


async def disable(interaction: Interaction, click: Click, label: str) -> None:
    """Answer a click by disabling the button that was clicked and giving it another label."""
    rows = [dict(row) for row in click.message.components]
    for row in rows:
        row["components"] = [
            part | {"disabled": True, "label": label} if part.get("custom_id") == click.custom_id else part
            for part in row["components"]
        ]
    await respond(interaction, ResponseType.message_update, {"components": rows})


async def open_form(interaction: Interaction, form: Form) -> None:
    """Answer a command or a click with a form to fill in."""
    await respond(interaction, ResponseType.modal, form.render())


async def defer_reply(interaction: Interaction, *, ephemeral: bool = True) -> None:
    """Announce a reply that may take longer than the three seconds that Discord waits."""
    flags = _EPHEMERAL if ephemeral else 0
    await respond(interaction, ResponseType.deferred_channel_message, {"flags": flags})


async def defer_edit(interaction: Interaction) -> None:
    """Announce that `replace` may take longer than three seconds; the message stays as it is until then."""
    await respond(interaction, ResponseType.deferred_message_update)


async def delete_clicked(interaction: Interaction) -> None:
    """Answer a click by deleting the message that was clicked."""
    await defer_edit(interaction)
    with contextlib.suppress(discord.NotFound):  # somebody else has just deleted it
        await delete_original(interaction)


async def offer_choices(interaction: Interaction, choices: Iterable[tuple[str, str]]) -> None:
    """Offer choices, each a label and a value, to somebody who is typing."""
    offered = [{"name": shorten(label, CHOICE_LIMIT), "value": value} for label, value in choices]
    await respond(interaction, ResponseType.autocomplete_result, {"choices": offered})


async def answer_by_token(client: Client, interaction_id: str, token: str, card: Card) -> None:
    """Answer an interaction that could not be read, by the id and token of its payload alone."""
    message = _message(client, card) | {"flags": _EPHEMERAL}
    await respond_by_token(client, interaction_id, token, ResponseType.channel_message, message)


async def offer_nothing_by_token(client: Client, interaction_id: str, token: str) -> None:
    """Offer nothing to somebody whose typing could not be read."""
    await respond_by_token(client, interaction_id, token, ResponseType.autocomplete_result, {"choices": []})


class Sent(NamedTuple):
    """The id of a message, and the permissions that the bot lacks, if the message shows less without them."""

    id: int
    missing: tuple[str, ...] = ()


async def reply_to(client: Client, channel_id: int, message_id: int, card: Card) -> Sent:
    """Answer a message in its channel.

    Where the bot may not refer to the message, the answer comes without the reference; where it may not embed, as plain
    text.
    """
    reference = {"message_id": str(message_id), "channel_id": str(channel_id), "fail_if_not_exists": False}
    message = _message(client, card) | {"message_reference": reference}
    missing: list[str] = []
    while True:
        try:
            return Sent(await _post(client, channel_id, message), tuple(missing))
        except discord.HTTPException as error:
            if error.code == NO_HISTORY and "message_reference" in message:
                del message["message_reference"]
                missing.append("Read Message History")
            elif error.code == NO_PERMISSION and message["embeds"]:
                message = without_embeds(message, client.services.disclaimer)
                missing.append("Embed Links")
            else:
                raise


async def edit_message(client: Client, channel_id: int, message_id: int, card: Card) -> None:
    """Replace a message that the bot sent before; as plain text where it may not embed."""
    route = Route("PATCH", "/channels/{channel_id}/messages/{message_id}", channel_id=channel_id, message_id=message_id)
    blank: Json = {"content": None, "components": []}
    message = blank | _message(client, card)
    try:
        await client.http.request(route, json=message)
    except discord.Forbidden as error:
        if error.code != NO_PERMISSION:
            raise
        await client.http.request(route, json=without_embeds(message, client.services.disclaimer))


async def delete_message(client: Client, channel_id: int, message_id: int) -> None:
    """Delete a message that the bot sent before."""
    await client.http.delete_message(channel_id, message_id)


async def post(client: Client, channel_id: int, card: Card) -> None:
    """Post a card into a channel; as plain text where the bot may not embed.

    Raise `discord.HTTPException` where it may not post at all.
    """
    message = _message(client, card)
    try:
        await _post(client, channel_id, message, card.attachments)
    except discord.Forbidden as error:
        if error.code != NO_PERMISSION:
            raise
        # Without *Embed Links*, *Attach Files* may be missing as well.
        await _post(client, channel_id, without_embeds(message, client.services.disclaimer))


async def write_to(client: Client, user_id: int, card: Card) -> bool:
    """Send somebody a direct message and return whether it arrived.

    What the message tells has happened already, so a failure is logged and not raised.
    """
    try:
        channel = await client.create_dm(discord.Object(user_id))
        await _post(client, channel.id, _message(client, card))
    except REFUSED:
        return False
    except (discord.HTTPException, *UNREACHABLE) as error:
        if getattr(error, "code", None) not in NOT_DELIVERED:
            log_error(error)
        return False
    return True


async def _post(client: Client, channel_id: int, message: Json, attachments: Sequence[Attachment] = ()) -> int:
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
    # With a nonce, Discord posts a message once even if the request is repeated after a failure.
    once = {"nonce": str(secrets.randbits(63)), "enforce_nonce": True}
    body = message | once
    if attachments:
        parts = multipart(body, body, attachments)
        sent: dict[str, Any] = await client.http.request(route, form=parts["multipart"], files=parts["files"])
    else:
        sent = await client.http.request(route, json=body)
    return int(sent["id"])


def _message(client: Client, card: Card) -> Json:
    message = render(card, client.services.disclaimer)
    client.command_links.link(message)
    return message
