"""What Discord sends to a bot: users, messages, and interactions of every kind."""

import itertools
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

APPLICATION_ID, OWNER_ID, USER_ID = "1000000000000000001", "1000000000000000002", "1000000000000000003"
GUILD_ID, FOREIGN_GUILD_ID, CHANNEL_ID = "1000000000000000004", "1000000000000000005", "1000000000000000006"
MANAGER_ID = "1000000000000000007"
MANAGE_GUILD = 1 << 5
# View the channel, send messages, use commands; the bot can also embed links and attach files.
_EVERYBODY = 1 << 10 | 1 << 11 | 1 << 31
_APP_PERMISSIONS = _EVERYBODY | 1 << 14 | 1 << 15
_DISCORD_EPOCH_MS = 1_420_070_400_000
_serial = itertools.count()


def snowflake() -> str:
    """Return a new ID that tells the present time, as Discord's do."""
    return str((time.time_ns() // 1_000_000 - _DISCORD_EPOCH_MS) << 22 | next(_serial) % 2**22)


def user(user_id: str = USER_ID, name: str = "trader", *, bot: bool = False) -> Json:
    """Return a user object."""
    return {
        "id": user_id,
        "username": name,
        "global_name": None if bot else name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
        "flags": 0,
    }


BOT = user(APPLICATION_ID, "glossary", bot=True)


@dataclass(frozen=True)
class Person:
    """Somebody who uses the bot, with their permissions in the channel."""

    id: str = USER_ID
    name: str = "trader"
    permissions: int = _EVERYBODY
    locale: str = "en-US"
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where somebody uses the bot, and whether it is there for them alone."""

    context: int
    guild_id: str | None = None
    user_install: bool = False


SERVER, BOT_DM = Place(0, GUILD_ID), Place(1)
SERVER_WITHOUT_BOT, GROUP_DM = Place(0, FOREIGN_GUILD_ID, user_install=True), Place(2, user_install=True)
MEMBER, MANAGER = Person(), Person(MANAGER_ID, "manager", _EVERYBODY | MANAGE_GUILD)
OWNER = Person(OWNER_ID, "owner")


def slash(path: str, options: Mapping[str, object] | None = None, *, by: Person = MEMBER, at: Place = SERVER) -> Json:
    """Return a slash command; the path of a subcommand is separated by spaces."""
    return _interaction(2, _command(path, _options(options or {})), by, at)


def slash_with_file(path: str, option: str, attachment: Json, *, by: Person = MEMBER, at: Place = SERVER) -> Json:
    """Return a slash command with an uploaded file."""
    options = [{"name": option, "type": 11, "value": attachment["id"]}]
    data = _command(path, options) | {"resolved": {"attachments": {attachment["id"]: attachment}}}
    return _interaction(2, data, by, at)


def autocomplete(
    path: str, focused: str, options: Mapping[str, object], *, by: Person = MEMBER, at: Place = SERVER
) -> Json:
    """Return the typing into one option of a slash command."""
    typed = [{**option, "focused": True} if option["name"] == focused else option for option in _options(options)]
    return _interaction(4, _command(path, typed), by, at)


def message_command(name: str, target: Json, *, by: Person = MEMBER, at: Place = SERVER) -> Json:
    """Return a command from a message's context menu."""
    data = {"target_id": target["id"], "resolved": {"messages": {target["id"]: target}}}
    return _interaction(2, {"id": snowflake(), "name": name, "type": 3, **data}, by, at)


def click(message: Json, custom_id: str, *, by: Person = MEMBER, at: Place = SERVER) -> Json:
    """Return a click on a button of a message."""
    return _interaction(3, {"custom_id": custom_id, "component_type": 2, "id": 1}, by, at, message=message)


def choose(message: Json, custom_id: str, *values: str, by: Person = MEMBER, at: Place = SERVER) -> Json:
    """Return a choice in a text menu of a message."""
    data = {"custom_id": custom_id, "component_type": 3, "id": 1, "values": list(values)}
    return _interaction(3, data, by, at, message=message)


def submit(
    modal: Json, values: Mapping[str, object], *, message: Json | None = None, by: Person = MEMBER, at: Place = SERVER
) -> Json:
    """Return a modal, as the bot sent it, filled in; the message is the one whose component opened it."""
    data = {"custom_id": modal["custom_id"], "components": _filled(modal["components"], values), "resolved": {}}
    return _interaction(5, data, by, at, **({} if message is None else {"message": message}))


def message(content: str, *, author: Json | None = None) -> Json:
    """Return a message in the channel, by default one of a user."""
    return {
        "id": snowflake(),
        "channel_id": CHANNEL_ID,
        "type": 0,
        "author": author or user(),
        "content": content,
        "embeds": [],
        "components": [],
        "attachments": [],
        "mentions": [],
        "mention_roles": [],
        "flags": 0,
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        "timestamp": now(),
        "edited_timestamp": None,
    }


def now() -> str:
    """Return the present time as Discord writes it."""
    return datetime.now(UTC).isoformat()


def _interaction(kind: int, data: Json, by: Person, at: Place, **rest: Json) -> Json:
    interaction_id, person = snowflake(), user(by.id, by.name)
    channel: Json = {"id": CHANNEL_ID, "type": {0: 0, 1: 1, 2: 3}[at.context], "flags": 0, "last_message_id": None}
    place: Json
    if at.guild_id is None:
        channel |= {"recipients": [person], **({"name": None, "icon": None} if at.context == 2 else {})}
        place = {"user": person}
    else:
        channel |= {
            "name": "general",
            "guild_id": at.guild_id,
            "position": 0,
            "parent_id": None,
            "topic": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "permissions": str(by.permissions),
        }
        member: Json = {
            "user": person,
            "permissions": str(by.permissions),
            "roles": list(by.roles),
            "joined_at": now(),
            "nick": None,
            "avatar": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
            "premium_since": None,
            "communication_disabled_until": None,
        }
        guild = {"id": at.guild_id, "locale": "en-US", "features": []}
        place = {"guild_id": at.guild_id, "guild": guild, "guild_locale": "en-US", "member": member}
    return {
        "id": interaction_id,
        "application_id": APPLICATION_ID,
        "type": kind,
        "token": f"token-{interaction_id}",
        "version": 1,
        "data": data,
        "channel_id": CHANNEL_ID,
        "channel": channel,
        "context": at.context,
        "authorizing_integration_owners": {"1": by.id} if at.user_install else {"0": at.guild_id or "0"},
        "app_permissions": str(_APP_PERMISSIONS),
        "locale": by.locale,
        "entitlements": [],
        "attachment_size_limit": 10 * 2**20,
        **place,
        **rest,
    }


def _command(path: str, options: list[Json]) -> Json:
    name, *subcommands = path.split()
    # The last word names a subcommand (1), one before it a group of them (2).
    for kind, subcommand in enumerate(reversed(subcommands), 1):
        options = [{"type": kind, "name": subcommand, "options": options}]
    return {"id": snowflake(), "name": name, "type": 1, "options": options}


def _options(options: Mapping[str, object]) -> list[Json]:
    kinds = {str: 3, int: 4, bool: 5, float: 10}
    return [{"name": name, "type": kinds[type(value)], "value": value} for name, value in options.items()]


def _filled(components: Iterable[Json], values: Mapping[str, object]) -> list[Json]:
    """Return what a modal's components are submitted as: fields with values, in the rows or labels around them."""
    filled: list[Json] = []
    for component in components:
        entry: Json = {"type": component["type"], "id": next(_serial)}
        if "components" in component:
            entry["components"] = _filled(component["components"], values)
        elif "component" in component:
            [entry["component"]] = _filled([component["component"]], values)
        elif "custom_id" in component:
            value = values.get(component["custom_id"], component.get("value", ""))
            entry |= {"custom_id": component["custom_id"], "values" if isinstance(value, list) else "value": value}
        filled.append(entry)
    return filled
