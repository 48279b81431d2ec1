"""Commands that are named in a reply, as links that fill in the command for whoever clicks them."""

import re
from collections.abc import Iterable, Mapping

import discord

from bot.chat.card import Json, Rendered

_NAMED = re.compile(r"(?<!`)`/([a-z_-]+(?: [a-z_-]+){0,2})`(?!`)")


class CommandLinks:
    """The ids of the commands, as Discord gave them; without one, a command stays as it is written."""

    def __init__(self) -> None:
        """Start without ids."""
        self._ids: Mapping[str, int] = {}

    def use(self, commands: Iterable[discord.app_commands.AppCommand]) -> None:
        """Link these commands from now on."""
        self._ids = {command.name: command.id for command in commands}

    def link(self, message: Json) -> None:
        """Turn the commands in a message's texts into links; a part that is rendered already stays as it is."""
        if not self._ids:
            return
        if "content" in message:
            message["content"] = self.linked(message["content"])
        for embed in message["embeds"]:
            if isinstance(embed, Rendered):
                continue
            if "description" in embed:
                embed["description"] = self.linked(embed["description"])
            for field in embed.get("fields", ()):
                field["value"] = self.linked(field["value"])

    def linked(self, text: str) -> str:
        """Return a text with its commands as links.

        https://docs.discord.com/developers/reference#message-formatting-formats
        """
        return _NAMED.sub(self._mention, text)

    def _mention(self, named: re.Match[str]) -> str:
        name = named[1]
        command_id = self._ids.get(name.partition(" ")[0])
        return named[0] if command_id is None else f"</{name}:{command_id}>"
