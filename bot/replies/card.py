"""A reply before it is sent."""

import io
from dataclasses import dataclass
from typing import Any, NamedTuple

import discord

Item = discord.ui.Item[Any]


class Attachment(NamedTuple):
    """A file that goes with a card; a picture is shown by an embed whose image is `attachment://` and its name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Card:
    """An embed, the components under it, a line above it, more embeds, and files."""

    embed: discord.Embed
    items: tuple[Item, ...] = ()
    content: str | None = None
    attachments: tuple[Attachment, ...] = ()
    more: tuple[discord.Embed, ...] = ()

    def view(self) -> discord.ui.View | None:
        """Return the components as a view that never times out."""
        if not self.items:
            return None
        view = discord.ui.View(timeout=None)
        for item in self.items:
            view.add_item(item)
        return view

    def files(self) -> list[discord.File]:
        """Return the files, ready to be uploaded."""
        return [_File(io.BytesIO(one.content), filename=one.name) for one in self.attachments]


class _File(discord.File):
    """A file whose id is sent as a string, as Discord's description of its API has it."""

    def to_dict(self, index: int) -> dict[str, Any]:
        """Describe the file in the message's payload."""
        return {**super().to_dict(index), "id": str(index)}
