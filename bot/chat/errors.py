"""How talking to Discord fails, and the id under which a failure is logged."""

import logging
import secrets

import aiohttp
import discord

from bot.storage.database import DatabaseUnavailable

# Discord cannot be reached or fails by itself. Its answer to a faulty request (400) is not among these: that is a bug.
_DISCORD_UNREACHABLE = (discord.DiscordServerError, discord.RateLimited, aiohttp.ClientError)
UNREACHABLE = (*_DISCORD_UNREACHABLE, OSError)
# Discord refuses because of what moderators or members have set: no right to write there, blocked, deleted.
REFUSED = (discord.Forbidden, discord.NotFound)

_log = logging.getLogger(__name__)


def log_error(error: BaseException) -> str:
    """Log an error and return the id that it is logged under, short enough to read out.

    The log has the traceback too, unless Discord or the database cannot be reached: there the sentence says it all.
    """
    error_id = secrets.token_hex(4)
    if isinstance(error, DatabaseUnavailable):
        _log.error("Answering failed, error id %s: %s", error_id, error)
    elif isinstance(error, _DISCORD_UNREACHABLE):
        _log.warning("Answering failed, error id %s: %s", error_id, str(error).partition("\n")[0])
    else:
        _log.error("Answering failed, error id %s.", error_id, exc_info=error)
    return error_id
