"""The buttons and menus: their `custom_id` holds all they need, so they work after a restart and on any shard."""

import re
from collections.abc import Iterable
from typing import Any, Generic, Self, TypeVar

import discord

from bot.glossary.model import Entry
from bot.replies.markdown import shorten

# https://discord.com/developers/docs/components/reference: a button's label, an option's label and description.
LABEL_LIMIT, OPTION_LIMIT, MOST_OPTIONS = 80, 100, 25
# How much of a query fits into a `custom_id` next to what kind it is.
QUERY_LIMIT = 80

Wrapped = TypeVar("Wrapped", bound=discord.ui.Item[Any])


class Component(discord.ui.DynamicItem[Wrapped], Generic[Wrapped], template=r"(?!)"):
    """A button or menu; what a click does is up to the bot, which answers it like a command."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand a click to the bot."""
        await interaction.client.clicked(self, interaction)


class OpenEntry(Component[discord.ui.Button[Any]], template=r"open:(?P<entry>.+)"):
    """A button that opens an entry."""

    def __init__(self, entry_id: str, label: str) -> None:
        """Label the button with the entry's name."""
        self.entry_id = entry_id
        super().__init__(discord.ui.Button(label=shorten(label, LABEL_LIMIT), custom_id=f"open:{entry_id}"))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button again from its id."""
        return cls(match["entry"], getattr(item, "label", None) or match["entry"])


class EntryMenu(Component[discord.ui.Select[Any]], template=r"menu:(?P<entry>.+)"):
    """A menu of the entries around one entry; choosing opens it."""

    def __init__(self, entry_id: str, options: Iterable[Entry], *, placeholder: str = "Open a related term") -> None:
        """List up to 25 entries, each with its first sentence."""
        select: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"menu:{entry_id}",
            placeholder=placeholder,
            options=[
                discord.SelectOption(
                    label=shorten(option.title, OPTION_LIMIT),
                    value=option.id,
                    description=shorten(option.summary.replace("`", ""), OPTION_LIMIT),
                )
                for option in dict.fromkeys(options)
            ][:MOST_OPTIONS],
        )
        super().__init__(select)

    @property
    def chosen(self) -> str | None:
        """Return the id of the entry that was chosen."""
        return self.item.values[0] if self.item.values else None

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the menu again around the one that was used."""
        menu = cls(match["entry"], ())
        assert isinstance(item, discord.ui.Select)  # noqa: S101 - only a select carries this id
        menu.item = item
        return menu


class Share(Component[discord.ui.Button[Any]], template=r"share:(?P<entry>.+)"):
    """A button under a reply that only the asker sees; it posts the entry for everyone."""

    def __init__(self, entry_id: str) -> None:
        """Share one entry."""
        self.entry_id = entry_id
        super().__init__(discord.ui.Button(label="Share", emoji="📣", custom_id=f"share:{entry_id}"))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button again from its id."""
        return cls(match["entry"])


class Dismiss(Component[discord.ui.Button[Any]], template=r"dismiss:(?P<user>[0-9]{1,20})"):
    """A button that deletes a public reply, for whoever asked and for moderators."""

    def __init__(self, asked_by: int) -> None:
        """Let one person, by id, dismiss the reply."""
        self.asked_by = asked_by
        super().__init__(discord.ui.Button(label="Dismiss", emoji="🗑️", custom_id=f"dismiss:{asked_by}"))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button again from its id."""
        return cls(int(match["user"]))


class SuggestTerm(Component[discord.ui.Button[Any]], template=r"suggest:(?P<query>.+)"):
    """A button that opens a form to suggest what was asked for and not found."""

    def __init__(self, query: str) -> None:
        """Suggest the start of a query that is not blank."""
        self.query = " ".join(query.split())[:QUERY_LIMIT].rstrip()
        super().__init__(discord.ui.Button(label="Suggest this term", emoji="💡", custom_id=f"suggest:{self.query}"))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button again from its id."""
        return cls(match["query"])
