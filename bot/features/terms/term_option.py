"""The option `term` of commands: how long it may be, the names offered while somebody types, and what it names."""

from collections.abc import Iterable

from discord import app_commands

from bot.chat.commands import Choice
from bot.chat.interaction import Interaction
from bot.chat.markdown import without_markup
from bot.chat.rights import server_of
from bot.chat.send import CHOICE_LIMIT
from bot.features.terms.snapshots import SnapshotCache
from bot.glossary.glossary import Glossary
from bot.glossary.search.names import Found, Name

# Long enough for a pasted line of a log; Discord allows 6000.
Term = app_commands.Range[str, 1, 300]

# People type the same first letters again and again, and ask for the same terms.
_completed: SnapshotCache[list[Choice]] = SnapshotCache(1000)
_looked_up: SnapshotCache[tuple[str, Found]] = SnapshotCache(500)


async def complete_term(interaction: Interaction, typed: str) -> list[Choice]:
    """Offer the names of entries."""
    return completed((await server_of(interaction)).glossary, typed)


def completed(glossary: Glossary, typed: str) -> list[Choice]:
    """Return the names that fit what was typed, as choices."""
    return _completed.get(glossary, typed, lambda: choices(glossary, glossary.complete(typed)))


def look_up(glossary: Glossary, typed: str) -> tuple[str, Found]:
    """Return what somebody typed without markup, and what it names."""

    def find() -> tuple[str, Found]:
        term = without_markup(typed)
        return term, glossary.look_up(term)

    return _looked_up.get(glossary, typed, find)


def choices(glossary: Glossary, names: Iterable[Name]) -> list[Choice]:
    """Return names as choices that explain themselves; the value of a choice is the id of its entry."""
    return [Choice(_explained(glossary, name), name.entry_id) for name in names]


def _explained(glossary: Glossary, name: Name) -> str:
    """Return a name and the first words of its definition. The title of a message explains it already."""
    label = glossary.label(name)
    entry = glossary.get(name.entry_id)
    if entry is None or entry.message is not None:
        return label
    text = f"{label}: {entry.plain_definition.replace('`', '')}"
    if len(text) <= CHOICE_LIMIT:
        return text
    whole_words = text[:CHOICE_LIMIT].rpartition(" ")[0].rstrip(".,;:")
    return f"{whole_words}…" if len(whole_words) > len(label) else label
