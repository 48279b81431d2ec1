"""From what moderators filled in to the entry that it describes."""

from collections.abc import Mapping
from typing import Any

from bot.features.entries.forms import Subject
from bot.glossary.checks import Fault
from bot.glossary.model import Entry
from bot.glossary.own import own_entry, table_of
from bot.servers.server import Server

_SINGLE_TEXTS = frozenset({"name", "definition", "example", "category"})
_NAMES = frozenset({"aliases", "related"})
_LINES = frozenset({"notes", "confused_with", "sources"})


def entry_from_form(
    values: Mapping[str, str], server: Server, subject: Subject
) -> tuple[Entry | None, tuple[Fault, ...]]:
    """Return the own entry that the values of the forms describe, or what is wrong with it.

    A field without a value stays as it is. An own entry that gets another name keeps the former name as an alias. One
    that replaces a shared entry keeps its name.
    """
    base = server.editable_entry(subject.entry_id) if subject.entry_id else None
    table = _table(values, base)
    categories = server.shared.pack.category_names
    entry, faults = own_entry(table, categories)
    if entry is None or base is None or entry.id == base.id:
        return entry, faults
    if server.shared.get(base.id):
        what = (
            f"“{base.name}” stands in the place of a shared entry and keeps its name; write others under “Also called”"
        )
        return None, (Fault("name", what),)
    return own_entry(table | {"aliases": [*table.get("aliases", ()), base.name]}, categories)


def _table(values: Mapping[str, str], base: Entry | None) -> dict[str, Any]:
    """Return the table of the entry that the forms started from, with what they say now."""
    table = table_of(base) if base else {}
    names = {*base.aliases, *base.related} if base else set()
    for field, text in values.items():
        if field in _SINGLE_TEXTS:
            table[field] = text
        elif field in _LINES:
            table[field] = _lines(text)
        elif field in _NAMES:
            table[field] = _names(text, names)
    if base and base.message:
        # A message has neither, so blank fields say nothing.
        table = {field: value for field, value in table.items() if value or field not in {"notes", "example"}}
    return table


def _names(text: str, known: set[str]) -> list[str]:
    """Split a field into names: one per line, or separated by commas if it is a single line.

    A single line that was one name before stays one.

    >>> _names("API port, API door", set())
    ['API port', 'API door']
    """
    lines = _lines(text)
    if len(lines) == 1 and lines[0] not in known:
        return [part.strip() for part in lines[0].split(",")]
    return lines


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
