"""The settings: read from the environment and `.env`, validated once."""

import enum
import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from dotenv import dotenv_values
from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.packaged import default_glossary

DISCORD_API_URL = "https://discord.com/api/v10"
HIGHEST_PORT = 65_535
MOST_ANSWERS = 1000
MOST_DAYS = 3650

# A user and a password, which may hold an "@" itself.
_USER = re.compile(r"//[^/]*@")
# The password ends at the last "@" before the host and the name of the database.
_PASSWORD = re.compile(r"(?P<start>://[^:/@]*:)(?P<password>.*)(?P<rest>@[^@/]*/[^@]*)")
_LEVELS = {"DEBUG": logging.DEBUG, "INFO": logging.INFO, "WARNING": logging.WARNING, "ERROR": logging.ERROR}


class LogFormat(enum.StrEnum):
    """How log lines are written."""

    TEXT = "text"
    JSON = "json"


class SyncCommands(enum.StrEnum):
    """When the commands are sent to Discord at the start."""

    CHANGED = "changed"
    ALWAYS = "always"
    NEVER = "never"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting; in the environment the names are in upper case."""

    discord_token: str | None
    discord_api_url: str
    database_url: URL
    glossary_path: Path
    home_guild_ids: frozenset[int]
    sync_commands: SyncCommands
    answer_mentions: bool
    answers_per_minute: int
    keep_misses_days: int
    keep_left_servers_days: int
    log_level: int
    log_format: LogFormat
    playground_port: int

    def __repr__(self) -> str:
        """Show no values: two of them are secret."""
        return "Settings(…)"


class SettingsError(Exception):
    """One or more settings are wrong; `problems` holds a sentence for each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the problems; together they are the message."""
        super().__init__("\n".join(problems))
        self.problems = problems


class Setting(NamedTuple):
    """One setting: its default, what is accepted, and how it is read."""

    default: str
    accepted: str
    read: Callable[[str], Any]
    is_secret: bool = False


def _token(text: str) -> str | None:
    if any(letter.isspace() or not letter.isprintable() for letter in text):
        raise ValueError
    return text or None


def _api_url(text: str) -> str:
    url = make_url(text)
    if url.drivername not in {"http", "https"} or not url.host or url.query or url.username:
        raise ValueError
    return text.rstrip("/")


def _database_url(text: str) -> URL:
    # SQLAlchemy would take what follows the first "@" of a password for the host.
    url = make_url(_PASSWORD.sub(lambda one: f"{one['start']}{one['password'].replace('@', '%40')}{one['rest']}", text))
    drivers = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
    url = url.set(drivername=drivers.get(url.drivername, url.drivername))
    is_file = url.drivername == drivers["sqlite"]
    # "sqlite://var/glossary.db" is one slash short and would name a host.
    if url.drivername not in drivers.values() or not url.database or (is_file and url.host):
        raise ValueError
    if url.database == ":memory:":
        raise ValueError
    return url


def _folder(text: str) -> Path:
    path = Path(text) if text else default_glossary()
    if not path.is_dir():
        raise ValueError
    return path


def _ids(text: str) -> frozenset[int]:
    ids = frozenset(int(part) for part in text.replace(",", " ").split())
    if any(not 0 < number < 1 << 63 for number in ids):
        raise ValueError
    return ids


def _count(text: str) -> int:
    if not 0 <= int(text) <= MOST_ANSWERS:
        raise ValueError
    return int(text)


def _days(text: str) -> int:
    if not 1 <= int(text) <= MOST_DAYS:
        raise ValueError
    return int(text)


def _port(text: str) -> int:
    if not 0 <= int(text) <= HIGHEST_PORT:
        raise ValueError
    return int(text)


def _level(text: str) -> int:
    return _LEVELS[text.upper()]


SETTINGS: Mapping[str, Setting] = {
    "DISCORD_TOKEN": Setting("", "the bot's token, without spaces", _token, is_secret=True),
    "DISCORD_API_URL": Setting(DISCORD_API_URL, "an http:// or https:// address", _api_url),
    "DATABASE_URL": Setting(
        "sqlite:///var/glossary.db",
        "sqlite:///path/to/file or postgresql://user:password@host/name",
        _database_url,
        is_secret=True,
    ),
    "GLOSSARY_PATH": Setting("", "a folder that exists", _folder),
    "HOME_GUILD_IDS": Setting("", "server ids, separated by commas", _ids),
    "SYNC_COMMANDS": Setting("changed", "changed, always or never", lambda text: SyncCommands(text.lower())),
    "ANSWER_MENTIONS": Setting("yes", "yes or no", lambda text: {"yes": True, "no": False}[text.lower()]),
    "ANSWERS_PER_MINUTE": Setting("20", "a whole number up to 1000, 0 for no limit", _count),
    "KEEP_MISSES_DAYS": Setting("90", f"a whole number of days up to {MOST_DAYS}", _days),
    "KEEP_LEFT_SERVERS_DAYS": Setting("30", f"a whole number of days up to {MOST_DAYS}", _days),
    "LOG_LEVEL": Setting("INFO", "DEBUG, INFO, WARNING or ERROR", _level),
    "PLAYGROUND_PORT": Setting("8765", "a port number, 0 for any that is free", _port),
    "LOG_FORMAT": Setting("text", "text or json", lambda text: LogFormat(text.lower())),
}


def misspelt(environment: Mapping[str, str], env_file: Path) -> dict[str, str]:
    """Return the names that look like misspelt settings, each with the setting that may be meant.

    >>> misspelt({"DISCRD_TOKEN": "x", "PATH": "/bin"}, Path("no.env"))
    {'DISCRD_TOKEN': 'DISCORD_TOKEN'}
    """
    names = [*environment, *(dotenv_values(env_file) if env_file.is_file() else ())]
    unknown = [name for name in dict.fromkeys(names) if name not in SETTINGS]
    closest = (
        (name, process.extractOne(name, tuple(SETTINGS), scorer=OSA.distance, score_cutoff=2)) for name in unknown
    )
    return {name: found[0] for name, found in closest if found is not None}


def read_settings(environment: Mapping[str, str], env_file: Path) -> Settings:
    """Read every setting from the environment, otherwise from the file; raise `SettingsError` with all problems."""
    try:
        from_file = dotenv_values(env_file) if env_file.is_file() else {}
    except UnicodeDecodeError as error:
        raise SettingsError((f"{env_file} is not UTF-8 text (byte {error.start}); save it as UTF-8.",)) from None
    values: dict[str, object] = {}
    problems: list[str] = []
    for name, setting in SETTINGS.items():
        given = (source.get(name) or "" for source in (environment, from_file))
        text = next((text.strip() for text in given if text.strip()), setting.default)
        try:
            values[name.lower()] = setting.read(text)
        except (ValueError, KeyError, OSError, ArgumentError):
            shown = "is not valid" if setting.is_secret else f"is {_USER.sub('//…@', text)!r}"
            problems.append(f"{name} {shown}; it takes {setting.accepted}.")
    if problems:
        raise SettingsError(tuple(problems))
    return msgspec.convert(values, Settings, dec_hook=lambda _, value: value)
