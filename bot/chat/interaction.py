"""Everything that arrives from somebody who uses the bot: a command, a click, a form, or typing into an option.

The bot reads only what it needs from Discord's payload. discord.py would build the server, the channel, the member and
the clicked message each time, which costs a third of the time of an answer (docs/performance.md).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import discord
import msgspec

from bot.chat.client import Client

# https://docs.discord.com/developers/resources/application#application-object-application-integration-types
_SERVER_INSTALL, _USER_INSTALL = "0", "1"


class User(NamedTuple):
    """The person behind an interaction."""

    id: int

    @property
    def mention(self) -> str:
        """Return what shows as the person's name and would ping them if pings were allowed."""
        return f"<@{self.id}>"


class _User(msgspec.Struct):
    id: str


class _Member(msgspec.Struct):
    user: _User
    permissions: str = "0"
    roles: list[str] = []


class _Channel(msgspec.Struct):
    id: str
    parent_id: str | None = None


class _Payload(msgspec.Struct):
    """https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object."""

    id: str
    token: str
    type: int
    application_id: str
    guild_id: str | None = None
    channel: _Channel | None = None
    member: _Member | None = None
    user: _User | None = None
    authorizing_integration_owners: dict[str, str] = {}


class Interaction:
    """One interaction: who uses the bot, where, and whether they were answered. `send` answers it."""

    __slots__ = (
        "channel_id",
        "client",
        "guild_id",
        "id",
        "is_answered",
        "parent_channel_id",
        "permissions",
        "role_ids",
        "server_id",
        "token",
        "type",
        "user",
    )

    def __init__(self, client: Client, payload: Mapping[str, Any]) -> None:
        """Read an interaction; raise `msgspec.ValidationError` if it is malformed."""
        read = msgspec.convert(payload, _Payload)
        person = read.member.user if read.member else read.user
        if person is None:
            raise msgspec.ValidationError("nobody is behind it")
        self.client = client
        self.id = read.id
        self.token = read.token
        self.type = read.type
        self.user = User(int(person.id))
        self.guild_id = int(read.guild_id) if read.guild_id else None
        self.permissions = discord.Permissions(int(read.member.permissions) if read.member else 0)
        self.role_ids = frozenset(map(int, read.member.roles)) if read.member else frozenset[int]()
        self.channel_id = int(read.channel.id) if read.channel else None
        self.parent_channel_id = int(read.channel.parent_id) if read.channel and read.channel.parent_id else None
        owners = read.authorizing_integration_owners
        # For a click, the owner of a user's install is the person who asked, who may be somebody else than who clicks.
        is_member = owners.get(_SERVER_INSTALL) == read.guild_id or _USER_INSTALL not in owners
        # The server that the bot is a member of; `None` in direct messages and where only the person installed the bot.
        self.server_id = self.guild_id if is_member else None
        self.is_answered = False

    @property
    def is_typing(self) -> bool:
        """Tell whether somebody is typing into an option, so that only choices can be sent."""
        return self.type == discord.InteractionType.autocomplete.value
