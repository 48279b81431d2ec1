"""The option `term` of commands: how long it may be, and the names that are offered while somebody types."""

from collections.abc import Iterable

from discord import app_commands

from bot.chat.commands import Choice
from bot.chat.interaction import Interaction
from bot.chat.rights import server_of
from bot.chat.send import CHOICE_LIMIT
from bot.glossary.glossary import Glossary
from bot.glossary.search.names import Name

# Long enough for a pasted line of a log; Discord allows 6000.
Term = app_commands.Range[str, 1, 300]


async def complete_term(interaction: Interaction, typed: str) -> list[Choice]:
    """Offer the names of entries."""
    glossary = (await server_of(interaction)).glossary
    return choices(glossary, glossary.complete(typed))


def choices(glossary: Glossary, names: Iterable[Name]) -> list[Choice]:
    """Return names as choices that explain themselves; the value of a choice is the id of its entry."""
    return [Choice(_explained(glossary, name), name.entry_id) for name in names]


def _explained(glossary: Glossary, name: Name) -> str:
    """Return a name and the first words of its definition. The title of a message explains it already."""
    label = glossary.label(name)
    entry = glossary.get(name.entry_id)
    if entry is None or entry.message is not None:
        return label
    text = f"{label}: {entry.definition.replace('`', '')}"
    if len(text) <= CHOICE_LIMIT:
        return text
    whole_words = text[:CHOICE_LIMIT].rpartition(" ")[0].rstrip(".,;:")
    return f"{whole_words}…" if len(whole_words) > len(label) else label
