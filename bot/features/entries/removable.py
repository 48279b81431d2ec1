"""What can be removed: the names that are offered for `/glossary remove` and `/glossary alias remove`."""

from collections.abc import Iterable, Mapping

from bot.chat.commands import Choice
from bot.chat.interaction import Interaction
from bot.chat.rights import server_of
from bot.glossary.model import Entry
from bot.glossary.search.completion import MOST_CHOICES
from bot.glossary.text import squash
from bot.servers.server import Server


async def complete_own(interaction: Interaction, typed: str) -> list[Choice]:
    """Offer the server's own entries, and the shared ones to which it gave more names."""
    server = await server_of(interaction)
    return _fitting([Choice(own.name, own.id) for own in _own(server)], typed)


async def complete_with_aliases(interaction: Interaction, typed: str) -> list[Choice]:
    """Offer the entries that have a name which can be removed."""
    server = await server_of(interaction)
    return _fitting([Choice(own.name, own.id) for own in _own(server) if own.aliases], typed)


async def complete_alias(interaction: Interaction, typed: str, others: Mapping[str, str]) -> list[Choice]:
    """Offer the names that can be removed: those of the chosen entry, or of all before one is chosen."""
    server = await server_of(interaction)
    chosen = server.entry_named(others["term"]) if "term" in others else None
    own = [one for one in _own(server) if chosen is None or one.id == chosen.id]
    return _fitting([Choice(alias, alias) for one in own for alias in one.aliases], typed)


def _own(server: Server) -> Iterable[Entry]:
    return (versioned.entry for versioned in server.own_entries.values())


def _fitting(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """Return the choices that contain what was typed, those first that start with it."""
    wanted = squash(typed)
    fitting = [choice for choice in choices if wanted in squash(choice.label)]
    fitting.sort(key=lambda choice: (not squash(choice.label).startswith(wanted), choice.label.casefold()))
    return fitting[:MOST_CHOICES]
