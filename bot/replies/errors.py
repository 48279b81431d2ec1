"""What happens when answering fails: a short reply with an error id, and the traceback in the log under that id."""

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord import app_commands

from bot.replies import cards, send

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

# How sending a reply fails when Discord refuses it or is not there, or when the session was closed meanwhile.
UNREACHABLE = (discord.HTTPException, aiohttp.ClientError, OSError, RuntimeError)

_log = logging.getLogger(__name__)


@asynccontextmanager
async def answering(interaction: "Interaction") -> AsyncIterator[None]:
    """Run the answer to an interaction; a failure is answered too."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever fails, the asker is told
        await answer_failure(interaction, error)


async def answer_failure(interaction: "Interaction", error: BaseException) -> None:
    """Tell the asker that answering failed, and the log why."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, discord.HTTPException) and cause.code in send.TOO_LATE:
        level = logging.DEBUG if interaction.type is discord.InteractionType.autocomplete else logging.INFO
        _log.log(level, "An answer came too late: %s", cause)
        return
    error_id = logged(cause)
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            await send.choices(interaction, ())
        else:
            await send.reply(interaction, cards.failure(error_id), ephemeral=True)
    except (*UNREACHABLE, discord.InteractionResponded) as failure:
        _log.warning("Error id %s could not be told to the asker: %s", error_id, failure)


def logged(error: BaseException) -> str:
    """Log an error with its traceback and return the id it is logged under, short enough to be read out."""
    error_id = secrets.token_hex(4)
    _log.error("Answering failed, error id %s.", error_id, exc_info=error)
    return error_id
