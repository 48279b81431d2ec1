"""A reply before it is sent."""

import io
from dataclasses import dataclass
from typing import Any

import discord

Item = discord.ui.Item[Any]


@dataclass(frozen=True, slots=True)
class Card:
    """An embed, the components under it, a line above it, more embeds, and a text file (its name and content)."""

    embed: discord.Embed
    items: tuple[Item, ...] = ()
    content: str | None = None
    attachment: tuple[str, str] | None = None
    more: tuple[discord.Embed, ...] = ()

    def view(self) -> discord.ui.View | None:
        """Return the components as a view that never times out."""
        if not self.items:
            return None
        view = discord.ui.View(timeout=None)
        for item in self.items:
            view.add_item(item)
        return view

    def file(self) -> discord.File | None:
        """Return the attached text, ready to be uploaded."""
        if self.attachment is None:
            return None
        name, text = self.attachment
        return _TextFile(io.BytesIO(text.encode()), filename=name)


class _TextFile(discord.File):
    """A file whose id is sent as a string, as Discord's description of its API has it."""

    def to_dict(self, index: int) -> dict[str, Any]:
        """Describe the file in the message's payload."""
        return {**super().to_dict(index), "id": str(index)}
