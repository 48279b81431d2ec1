"""Log lines: text or JSON, without secrets, and without tracebacks for a network that is down."""

import datetime as dt
import json
import logging
import re
from collections.abc import Iterable

import aiohttp
import discord

from bot.settings import LogFormat

# The tokens in the paths of replies let anyone who reads them answer in the bot's name for a quarter of an hour.
_REPLY_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/)[\w.~-]+")
# What discord.py warns of on every start and this bot intends: see INTENTS in client.py; there is no voice.
_INTENDED = ("Guilds intent seems to be disabled", "Privileged message content intent is missing", "voice will NOT be")
_NETWORK_ERRORS = (OSError, TimeoutError, aiohttp.ClientError, discord.HTTPException, discord.ConnectionClosed)


def configure_logs(level: int, log_format: LogFormat, secrets: Iterable[str]) -> None:
    """Send log lines to standard error in a format, with every secret blotted out."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonFormatter(secrets) if log_format is LogFormat.JSON else _TextFormatter(secrets))
    handler.addFilter(_quieten)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Which migrations ran is of interest to nobody but those who look for it.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # At DEBUG they log whole payloads: what people typed, and the tokens to answer them.
    for name in ("discord.gateway", "discord.http", "discord.webhook"):
        logging.getLogger(name).setLevel(max(level, logging.INFO))


def _quieten(record: logging.LogRecord) -> bool:
    """Drop what is intended, and fold the traceback of a failed connection into one line."""
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
