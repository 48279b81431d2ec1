"""Plan an import: which own entries it adds or changes, and which rows it rejects. It never removes an entry."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.glossary.checks import Fault
from bot.glossary.clashes import Registry
from bot.glossary.entries import name_of
from bot.glossary.exchange.rows import Row
from bot.glossary.model import Entry, Pack
from bot.glossary.own import own_entry
from bot.glossary.text import quoted, squash

_MOST_REASONS = 3
_NAME_SHOWN = 60


class Rejected(NamedTuple):
    """A row that is not imported: its place in the file, the name of its entry, and the reason."""

    where: str
    name: str
    reason: str


class Plan(NamedTuple):
    """What an import would do, in the order of the file; `changed` has each entry before and after.

    `taken` has each shared entry that an added or changed one replaces, or takes an alias from, before that one.
    """

    added: tuple[Entry, ...]
    changed: tuple[tuple[Entry, Entry], ...]
    unchanged: tuple[Entry, ...]
    rejected: tuple[Rejected, ...]
    taken: tuple[tuple[Entry, Entry], ...] = ()


def plan_import(rows: Sequence[Row], own: Mapping[str, Entry], shared: Pack) -> Plan:
    """Plan the import of rows into a server with these own entries, given by id."""
    return _Planner(rows, own, shared).plan()


class _Planner:
    """Goes through the rows in order, and accepts or rejects each."""

    def __init__(self, rows: Sequence[Row], own: Mapping[str, Entry], shared: Pack) -> None:
        self._rows = rows
        self._own = own
        self._shared = shared
        self._row_of: dict[str, int] = {}
        self._reasons: dict[int, str] = {}
        self._accepted: dict[str, Entry] = {}
        self._entries = self._read()
        # Changed entries give up their names first, so that two entries can swap names.
        changing = [entry_id for entry_id, entry in self._entries.items() if own.get(entry_id, entry) != entry]
        self._registry = Registry(shared, own, changing)

    def plan(self) -> Plan:
        for entry_id, entry in self._entries.items():
            # An entry that stays as it is is not judged again: the shared glossary may have changed since it was added.
            if entry == self._own.get(entry_id):
                self._accepted[entry_id] = entry
                continue
            faults = list(self._registry.faults(entry))
            if faults:
                self._reject(entry_id, faults)
            else:
                self._accept(entry)
        return self._result()

    def _read(self) -> dict[str, Entry]:
        """Return the entries of the rows by id, and reject the rows that are faulty or repeat an entry."""
        entries: dict[str, Entry] = {}
        for at, row in enumerate(self._rows):
            entry, faults = self._entry_of(row)
            if entry is None:
                self._reasons[at] = _reason(faults)
            elif entry.id in entries:
                first = self._rows[self._row_of[entry.id]].where
                self._reasons[at] = f"is already in {first}; remove one of the two"
            else:
                entries[entry.id] = entry
                self._row_of[entry.id] = at
        return entries

    def _entry_of(self, row: Row) -> tuple[Entry | None, tuple[Fault, ...]]:
        if row.faults:
            return None, row.faults
        return own_entry(row.table, self._shared.category_names)

    def _accept(self, entry: Entry) -> None:
        self._accepted[entry.id] = entry
        self._registry.put(entry, self._rows[self._row_of[entry.id]].where)

    def _reject(self, entry_id: str, faults: Iterable[Fault]) -> None:
        """Reject a row. The entry that it would have changed keeps its names, so rows that were given them fail too."""
        self._reasons[self._row_of[entry_id]] = _reason(faults)
        staying = deque([self._own[entry_id]] if entry_id in self._own else [])
        while staying:
            entry = staying.popleft()
            for other in self._registry.owners(entry):
                if self._is_change(other):
                    self._reject_too(other, entry)
                    if other.id in self._own:
                        staying.append(self._own[other.id])
            self._registry.put(entry)

    def _is_change(self, entry: Entry) -> bool:
        """Tell whether this is an accepted entry that is new or changed."""
        return entry.id in self._accepted and self._own.get(entry.id) != entry

    def _reject_too(self, entry: Entry, staying: Entry) -> None:
        """Reject an accepted entry, because another one keeps a name that it was given."""
        del self._accepted[entry.id]
        why = f"needs a name of {quoted(staying.name)}, which keeps it because its own row is rejected"
        self._reasons[self._row_of[entry.id]] = f"{why}; fix that row first"
        if entry.id in self._own:
            self._registry.release(entry.id)
        else:
            self._registry.remove(entry.id)

    def _result(self) -> Plan:
        added: list[Entry] = []
        changed: list[tuple[Entry, Entry]] = []
        unchanged: list[Entry] = []
        for entry_id, entry in self._accepted.items():
            before = self._own.get(entry_id)
            if before is None:
                added.append(entry)
            elif before != entry:
                changed.append((before, entry))
            else:
                unchanged.append(entry)
        rejected = [self._rejected(at) for at in sorted(self._reasons)]
        return Plan(tuple(added), tuple(changed), tuple(unchanged), tuple(rejected), tuple(self._taken()))

    def _taken(self) -> Iterator[tuple[Entry, Entry]]:
        """Yield each shared entry whose text or alias an accepted entry takes from now on, before that entry."""
        by_name = {squash(name): one for one in self._shared.entries for name in one.searched_names}
        by_name |= {squash(one.name): one for one in self._shared.entries}
        by_code = {one.message.code: one for one in self._shared.entries if one.message}
        for entry in self._accepted.values():
            before = self._own.get(entry.id)
            is_new = before is None or before.adds_names_only
            shared = by_name.get(squash(entry.name)) or by_code.get(entry.code or 0)
            if shared is not None and is_new and not entry.adds_names_only:
                yield shared, entry

    def _rejected(self, at: int) -> Rejected:
        row = self._rows[at]
        return Rejected(row.where, name_of(row.table)[:_NAME_SHOWN], self._reasons[at])


def _reason(faults: Iterable[Fault]) -> str:
    """Return the first three faults as one sentence."""
    texts = [fault.what for fault in faults]
    return "; ".join(texts[:_MOST_REASONS])
