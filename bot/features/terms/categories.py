"""The categories as people choose them: those that have entries, by any spelling of their names."""

import zlib
from collections import Counter
from collections.abc import Sequence

from discord import app_commands

from bot.chat.card import Card, Embed
from bot.chat.commands import Choice
from bot.chat.interaction import Interaction
from bot.chat.markdown import escape
from bot.chat.rights import server_of
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry
from bot.glossary.search.completion import MOST_CHOICES
from bot.glossary.text import squash

CategoryName = app_commands.Range[str, 1, 60]


async def complete_category(interaction: Interaction, typed: str) -> list[Choice]:
    """Offer the categories whose names contain what was typed."""
    glossary = (await server_of(interaction)).glossary
    squashed = squash(typed)
    names = [one.name for one in sizes(glossary) if squashed in squash(one.name)]
    return [Choice(name, name) for name in names[:MOST_CHOICES]]


def category_named(glossary: Glossary, name: str) -> Category | None:
    """Return the category with this name, in any spelling, unless it has no entries."""
    squashed = squash(name)
    return next((one for one in sizes(glossary) if squash(one.name) == squashed), None)


def category_key(category: Category) -> str:
    """Return what stands for a category in an id: shorter than its name, and the same wherever it is in the list."""
    return f"{zlib.crc32(category.name.encode()):x}"


def category_with_key(glossary: Glossary, key: str) -> Category | None:
    """Return the category that a key stands for, `None` if it is gone."""
    return next((one for one in glossary.pack.categories if category_key(one) == key), None)


def sizes(glossary: Glossary) -> dict[Category, int]:
    """Return the categories that have entries, in their order, with the number of entries in each."""
    counts = Counter(entry.category for entry in glossary.pack.entries)
    return {category: counts[category.name] for category in glossary.pack.categories if counts[category.name]}


def entries_of(glossary: Glossary, category: Category) -> Sequence[Entry]:
    """Return the entries of a category in the order of their names."""
    entries = (entry for entry in glossary.pack.entries if entry.category == category.name)
    return sorted(entries, key=lambda entry: entry.name.casefold())


def no_topic(named: str) -> Card:
    """Say that there is no category with a name."""
    text = f"There is no topic “{escape(named)}”. `/topics` without a category lists all of them."
    return Card(Embed("No such topic", text))
