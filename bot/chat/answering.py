"""Doing the work that answers an interaction: within the person's limit, and with an answer when it fails."""

import logging
from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.chat import notices, send
from bot.chat.card import Attachment
from bot.chat.errors import UNREACHABLE, log_error
from bot.chat.interaction import Interaction
from bot.chat.rights import contact_of
from bot.storage.database import DatabaseUnavailable

Work = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)


async def answer(
    interaction: Interaction, work: Work, *, is_limited: bool = True, typed: Sequence[Attachment] = ()
) -> None:
    """Do the work unless the person has used up their answers of this minute; tell them if it fails.

    `typed` is what the person typed into a form. It comes back with the news of a failure.
    """
    try:
        if not is_limited or not await _refuse_if_limited(interaction):
            await work()
    except Exception as error:  # noqa: BLE001 - the asker is told about any failure
        await _answer_failure(interaction, error, typed)


async def _refuse_if_limited(interaction: Interaction) -> bool:
    """Take one of the person's answers of this minute; refuse and return `True` if none is left."""
    seconds = interaction.client.limit.seconds_to_wait(interaction.user.id)
    if not seconds:
        return False
    await send.reply(interaction, notices.too_many(seconds), ephemeral=True)
    return True


async def _answer_failure(interaction: Interaction, error: Exception, typed: Sequence[Attachment]) -> None:
    """Tell the asker that answering failed, and the log why."""
    if isinstance(error, discord.HTTPException) and error.code in send.TOO_LATE:
        level = logging.DEBUG if interaction.is_typing else logging.INFO
        _log.log(level, "An answer came too late: %s", error)
        return
    if interaction.client.is_closed():
        _log.info("An answer was not sent because the bot is stopping: %s", error)
        return
    error_id = log_error(error)
    try:
        if interaction.is_typing:
            await send.offer_choices(interaction, ())
            return
        notice = notices.database_unavailable if isinstance(error, DatabaseUnavailable) else notices.failure
        card = notice(error_id, await contact_of(interaction))
        await send.reply(interaction, notices.with_typed(card, typed), ephemeral=True)
    except (discord.HTTPException, *UNREACHABLE) as failure:
        _log.warning("The asker could not be told about error id %s: %s", error_id, failure)
