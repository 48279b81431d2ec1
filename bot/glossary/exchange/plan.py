"""What an import would change, worked out before anything does: it adds and replaces, and never removes."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.glossary.checks import Fault
from bot.glossary.clashes import Taken
from bot.glossary.entries import called
from bot.glossary.exchange.rows import Row
from bot.glossary.model import Entry, Pack
from bot.glossary.own import MOST_OWN, own_entry
from bot.glossary.text import quoted

_MOST_REASONS = 3
_NAME_SHOWN = 60


class Rejected(NamedTuple):
    """A row that is not imported: where it stands, what it is called, and why."""

    where: str
    name: str
    reason: str


class Plan(NamedTuple):
    """What an import comes to, in the order of the file; a change is the entry before and after."""

    added: tuple[Entry, ...]
    changed: tuple[tuple[Entry, Entry], ...]
    unchanged: tuple[Entry, ...]
    rejected: tuple[Rejected, ...]


def plan_import(rows: Sequence[Row], own: Mapping[str, Entry], shared: Pack) -> Plan:
    """Work out what importing these rows does to a server's own entries, which are given by id."""
    return _Planner(rows, own, shared).plan()


class _Planner:
    def __init__(self, rows: Sequence[Row], own: Mapping[str, Entry], shared: Pack) -> None:
        self._rows = rows
        self._own = own
        self._taken = Taken(shared)
        self._categories = shared.category_names
        self._room = MOST_OWN - len(own)
        self._reasons: dict[int, str] = {}
        self._row_of: dict[str, int] = {}
        self._accepted: dict[str, Entry] = {}

    def plan(self) -> Plan:
        entries = self._read()
        # What the file changes gives its names up first, so that two entries can swap them. A row that changes nothing
        # is no reason to look at its entry again.
        for entry_id, entry in self._own.items():
            if entry_id not in entries or entries[entry_id] == entry:
                self._taken.put(entry)
        for entry_id, entry in entries.items():
            if entry == self._own.get(entry_id):
                self._accepted[entry_id] = entry
            elif faults := tuple(self._taken.faults(entry)):
                self._reject(entry_id, faults)
            elif entry_id not in self._own and self._room <= 0:
                what = f"a server can have {MOST_OWN:,} entries of its own, and this is one too many; remove some first"
                self._reject(entry_id, [Fault("", what)])
            else:
                self._room -= entry_id not in self._own
                self._accepted[entry_id] = entry
                self._taken.put(entry, self._rows[self._row_of[entry_id]].where)
        return self._result()

    def _read(self) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for at, row in enumerate(self._rows):
            entry, faults = (None, row.faults) if row.faults else own_entry(row.table, self._categories)
            if entry is None:
                self._reasons[at] = _reason(faults)
            elif entry.id in entries:
                first = self._rows[self._row_of[entry.id]].where
                self._reasons[at] = f"is in {first} already; remove one of the two"
            else:
                entries[entry.id] = entry
                self._row_of[entry.id] = at
        return entries

    def _reject(self, entry_id: str, faults: Iterable[Fault]) -> None:
        """Reject a row: the entry that it would have replaced stays, and with it the names that rows counted on."""
        self._reasons[self._row_of[entry_id]] = _reason(faults)
        staying = deque([self._own[entry_id]] if entry_id in self._own else [])
        while staying:
            entry = staying.popleft()
            for other in self._taken.owners(entry):
                if other.id not in self._accepted or self._own.get(other.id) == other:
                    continue
                del self._accepted[other.id]
                self._room += other.id not in self._own
                what = f"takes a name from {quoted(entry.name)}, whose own row is rejected; mend that one first"
                self._reasons[self._row_of[other.id]] = what
                self._taken.drop(other.id)
                if other.id in self._own:
                    staying.append(self._own[other.id])
            self._taken.put(entry)

    def _result(self) -> Plan:
        accepted = self._accepted.items()
        return Plan(
            added=tuple(entry for key, entry in accepted if key not in self._own),
            changed=tuple((self._own[key], entry) for key, entry in accepted if self._own.get(key, entry) != entry),
            unchanged=tuple(entry for key, entry in accepted if self._own.get(key) == entry),
            rejected=tuple(self._rejected(at) for at in sorted(self._reasons)),
        )

    def _rejected(self, at: int) -> Rejected:
        row = self._rows[at]
        return Rejected(row.where, called(row.table)[:_NAME_SHOWN], self._reasons[at])


def _reason(faults: Iterable[Fault]) -> str:
    return "; ".join([fault.what for fault in faults][:_MOST_REASONS])
