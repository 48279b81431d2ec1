"""What a file of own entries is read into: rows that are checked one by one, or an error for the file as a whole."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from bot.glossary.checks import Fault
from bot.glossary.own import OWN_FIELDS
from bot.glossary.text import quoted

# A file that is imported may have so many bytes and entries.
IMPORT_BYTES = 2 * 2**20
IMPORT_ROWS = 2000
_MOST_NAMED = 5


class ExchangeError(Exception):
    """The file as a whole cannot be read; the message says what is wrong, where, and what to do."""


class Row(NamedTuple):
    """One entry of a file: where it stands, what is written there, and what of that could not be read."""

    where: str
    table: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()


def too_many() -> ExchangeError:
    """Return the error for a file of more entries than are read."""
    return ExchangeError(f"The file holds more than {IMPORT_ROWS:,} entries; split it and import the parts")


def nothing_in(what: str) -> ExchangeError:
    """Return the error for a file without entries."""
    return ExchangeError(f"The file holds no entry; it needs {what}")


def check_known(where: str, fields: Collection[str], what: str = "fields") -> None:
    """Refuse a file with a field that no entry has: it may be misspelled, and what it says would be lost."""
    if unknown := [field for field in fields if field not in OWN_FIELDS]:
        named = ", ".join(quoted(field) for field in unknown[:_MOST_NAMED])
        more = f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        hint = f"rename or remove them (known: {', '.join(OWN_FIELDS)})"
        raise ExchangeError(f"{where} has {what} that no entry has: {named}{more}; {hint}")
