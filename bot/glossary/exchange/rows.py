"""The rows of an imported file, and the errors for a file that cannot be read."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from bot.glossary.checks import Fault
from bot.glossary.own import OWN_FIELDS
from bot.glossary.text import quoted

# The largest file that can be imported, in bytes and in entries.
IMPORT_BYTES = 2 * 2**20
IMPORT_ROWS = 2000
_MOST_NAMED = 5


class ExchangeError(Exception):
    """The file cannot be read; the message says what is wrong, where, and what to do."""


class Row(NamedTuple):
    """One entry of a file: its place, its fields as they are written, and the faults of those that cannot be read."""

    where: str
    table: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()


def too_many() -> ExchangeError:
    """Return the error for a file with too many entries."""
    return ExchangeError(f"The file has more than {IMPORT_ROWS:,} entries; split it and import the parts")


def no_entries(needed: str) -> ExchangeError:
    """Return the error for a file without entries; `needed` is what it should contain."""
    return ExchangeError(f"The file has no entry; it needs {needed}")


def check_known(where: str, fields: Collection[str], what: str = "fields") -> None:
    """Refuse unknown fields: one may be misspelled, and its content would be lost."""
    unknown = [field for field in fields if field not in OWN_FIELDS]
    if not unknown:
        return
    named = ", ".join(quoted(field) for field in unknown[:_MOST_NAMED])
    more = f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
    hint = f"rename or remove them (known: {', '.join(OWN_FIELDS)})"
    raise ExchangeError(f"{where} has unknown {what}: {named}{more}; {hint}")
