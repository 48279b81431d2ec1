"""Turn the commands that a reply names into links. Clicking a link fills in the command."""

import re
from collections.abc import Iterable, Mapping

import discord

from bot.chat.card import Json, Rendered
from bot.chat.render import FIELD_LIMIT, TEXT_LIMIT

# A block of code, which stays as it is, or a command.
_NAMED = re.compile(r"```.*?(?:```|\Z)|(?<!`)`/(?P<name>[a-z_-]+(?: [a-z_-]+){0,2})`(?!`)", re.DOTALL)


class CommandLinks:
    """The ids of the commands, as Discord gave them; without one, a command stays as it is written."""

    def __init__(self) -> None:
        """Start without ids."""
        self._ids: Mapping[str, int] = {}

    def use(self, commands: Iterable[discord.app_commands.AppCommand]) -> None:
        """Link these commands from now on."""
        self._ids = {command.name: command.id for command in commands}

    def link(self, message: Json) -> None:
        """Turn the commands in a message's texts into links.

        A part that is rendered already stays as it is, and so does a text that would become too long for Discord.
        """
        if not self._ids:
            return
        if "content" in message:
            message["content"] = self.linked(message["content"])
        for embed in message["embeds"]:
            if isinstance(embed, Rendered):
                continue
            if "description" in embed:
                embed["description"] = self._linked_within(embed["description"], TEXT_LIMIT)
            for field in embed.get("fields", ()):
                field["value"] = self._linked_within(field["value"], FIELD_LIMIT)

    def linked(self, text: str) -> str:
        """Return a text with its commands as links.

        https://docs.discord.com/developers/reference#message-formatting-formats
        """
        return _NAMED.sub(self._mention, text)

    def _linked_within(self, text: str, limit: int) -> str:
        linked = self.linked(text)
        return linked if len(linked) <= limit else text

    def _mention(self, named: re.Match[str]) -> str:
        name = named["name"]
        if name is None:
            return named[0]
        command_id = self._ids.get(name.partition(" ")[0])
        return named[0] if command_id is None else f"</{name}:{command_id}>"
