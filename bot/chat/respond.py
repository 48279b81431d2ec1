"""The requests that answer an interaction: https://docs.discord.com/developers/interactions/receiving-and-responding."""

import io
import json
from collections.abc import Sequence
from typing import Any

import discord
from discord import InteractionResponseType
from discord.http import Route

from bot.chat.card import Attachment, Json
from bot.chat.client import Client
from bot.chat.interaction import Interaction
from bot.chat.internals import request_by_token
from bot.chat.markdown import shorten

# https://docs.discord.com/developers/resources/message#attachment-object
DESCRIPTION_LIMIT = 1024
_CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"


async def respond(
    interaction: Interaction,
    kind: InteractionResponseType,
    data: Json | None = None,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Send the first answer to an interaction."""
    await respond_by_token(interaction.client, interaction.id, interaction.token, kind, data, attachments=attachments)
    interaction.is_answered = True


async def respond_by_token(
    client: Client,
    interaction_id: str,
    token: str,
    kind: InteractionResponseType,
    data: Json | None = None,
    *,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Send the first answer to an interaction, given only its id and token."""
    body: Json = {"type": kind.value}
    if data is not None:
        body["data"] = data
    route = Route("POST", _CALLBACK, webhook_id=interaction_id, webhook_token=token)
    if attachments:
        await request_by_token(client, route, **multipart(body, data or body, attachments))
    else:
        await request_by_token(client, route, payload=body)


async def follow_up(interaction: Interaction, message: Json, attachments: Sequence[Attachment]) -> None:
    """Send one more message, or the one that a deferred reply announced."""
    await _send(interaction, _route(interaction, "POST", ""), message, attachments, wait="true")


async def edit_original(interaction: Interaction, message: Json, attachments: Sequence[Attachment]) -> None:
    """Edit the first answer, or the message that was clicked."""
    await _send(interaction, _route(interaction, "PATCH", "/messages/@original"), message, attachments)


async def delete_original(interaction: Interaction) -> None:
    """Delete the first answer, or the message that was clicked."""
    await request_by_token(interaction.client, _route(interaction, "DELETE", "/messages/@original"))


async def _send(
    interaction: Interaction, route: Route, message: Json, attachments: Sequence[Attachment], **query: str
) -> None:
    if attachments:
        parts = multipart(message, message, attachments)
        await request_by_token(interaction.client, route, params=query, **parts)
    else:
        await request_by_token(interaction.client, route, payload=message, params=query)


def _route(interaction: Interaction, method: str, path: str) -> Route:
    application_id = interaction.client.application_id
    return Route(method, _WEBHOOK + path, webhook_id=application_id, webhook_token=interaction.token)


def multipart(body: Json, message: Json, attachments: Sequence[Attachment]) -> dict[str, Any]:
    """Return a request with files: https://docs.discord.com/developers/reference#uploading-files."""
    message["attachments"] = [
        {"id": str(at), "filename": one.name, "description": shorten(one.description, DESCRIPTION_LIMIT)}
        for at, one in enumerate(attachments)
    ]
    files = [discord.File(io.BytesIO(one.content), filename=one.name) for one in attachments]
    parts: list[Json] = [{"name": "payload_json", "value": json.dumps(body)}]
    for at, file in enumerate(files):
        content = {"value": file.fp, "filename": file.filename, "content_type": "application/octet-stream"}
        parts.append({"name": f"files[{at}]", **content})
    return {"multipart": parts, "files": files}
