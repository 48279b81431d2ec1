"""Log lines: text or JSON, without secrets, and without tracebacks for a network that is down."""

import datetime as dt
import json
import logging
import re
from collections.abc import Iterable

import aiohttp
import discord

from bot.settings import LogFormat

# With the token in the path of a reply, anyone can answer in the bot's name for 15 minutes.
_REPLY_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/)[\w.~-]+")
# discord.py warns of these at every start. They are intended: see INTENTS in chat/client.py; there is no voice.
_INTENDED = ("Guilds intent seems to be disabled", "Privileged message content intent is missing", "voice will NOT be")
_NETWORK_ERRORS = (OSError, TimeoutError, aiohttp.ClientError, discord.HTTPException, discord.ConnectionClosed)


def configure_logs(level: int, log_format: LogFormat, secrets: Iterable[str]) -> None:
    """Send log lines to standard error in a format, with every secret replaced."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonFormatter(secrets) if log_format is LogFormat.JSON else _TextFormatter(secrets))
    handler.addFilter(_quieten)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Alembic logs each migration at INFO, which is noise at a start.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # At DEBUG these log whole payloads: what people typed, and the tokens to answer them.
    for name in ("discord.gateway", "discord.http", "discord.webhook"):
        logging.getLogger(name).setLevel(max(level, logging.INFO))


def _quieten(record: logging.LogRecord) -> bool:
    """Drop intended warnings, and log a failed connection as one line instead of a traceback."""
    if not record.name.startswith("discord"):
        return True
    message = record.getMessage()
    if any(text in message for text in _INTENDED):
        return False
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, _NETWORK_ERRORS):
        what = " ".join(str(error).split())
        record.msg, record.args, record.exc_info = f"{message} ({type(error).__name__}: {what})", (), None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


class _Formatter(logging.Formatter):
    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def without_secrets(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return _REPLY_TOKEN.sub(r"\1[token]", text)


class _TextFormatter(_Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return self.without_secrets(super().format(record))


class _JsonFormatter(_Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": self.without_secrets(record.name),
            "message": self.without_secrets(record.getMessage()),
        }
        if record.exc_info:
            line["traceback"] = self.without_secrets(self.formatException(record.exc_info))
        return json.dumps(line)
