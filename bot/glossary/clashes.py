"""Check that no two of a server's own entries share a name, and that none takes the name of a shared entry."""

from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from bot.glossary.checks import Fault
from bot.glossary.model import Entry, Pack
from bot.glossary.own import MOST_OWN
from bot.glossary.text import quoted, squash


def clashes_of(shared: Pack, own: Mapping[str, Entry], changed: Mapping[str, Entry | None]) -> list[Fault]:
    """Return why a change of a server's own entries is not possible; the list is empty if it is.

    `own` has the entries before the change by id, and `changed` the new entries by id; `None` removes an entry.
    """
    registry = Registry(shared, own, changed)
    for entry_id, entry in changed.items():
        if entry is None:
            registry.remove(entry_id)
    faults: list[Fault] = []
    for entry in changed.values():
        if entry is not None:
            faults += registry.faults(entry)
            registry.put(entry)
    # Each entry beyond the limit adds the same fault.
    return list(dict.fromkeys(faults))


class _Registered(NamedTuple):
    """An own entry, where it was read, and its names as they are compared."""

    entry: Entry
    place: str
    names: tuple[str, ...]


class Registry:
    """The own entries of a server while they change, and who has which name."""

    def __init__(self, shared: Pack, own: Mapping[str, Entry], changing: Container[str] = ()) -> None:
        """Register the shared entries and the own ones.

        The own entries in `changing` give up their names until they are put back, so that two entries can swap names.
        They still count towards the limit.
        """
        self._shared = {entry.id: entry for entry in shared.entries}
        self._shared_names = {squash(entry.name): entry for entry in shared.entries}
        self._shared_codes = {entry.message.code: entry for entry in shared.entries if entry.message}
        self._shared_aliases = {squash(name): entry for entry in shared.entries for name in entry.searched_names}
        self._counted = set(own)
        # A server may have more than the limit, because it was higher before. Then it can change but not add entries.
        self._most = max(MOST_OWN, len(own))
        self._registered: dict[str, _Registered] = {}
        self._owners: dict[str, str] = {}
        self._squashed: dict[str, str] = {}
        for entry_id, entry in own.items():
            if entry_id not in changing:
                self.put(entry)

    def put(self, entry: Entry, place: str = "") -> None:
        """Register an own entry, replacing the one with its id; `place` says where it was read, e.g. "line 3"."""
        self.release(entry.id)
        names = tuple(dict.fromkeys(self._squash(name) for _, name in _exact_names(entry)))
        self._counted.add(entry.id)
        self._registered[entry.id] = _Registered(entry, place, names)
        for name in names:
            self._owners.setdefault(name, entry.id)

    def release(self, entry_id: str) -> None:
        """Free the names of an own entry, which still counts towards the limit."""
        registered = self._registered.pop(entry_id, None)
        if registered is None:
            return
        for name in registered.names:
            if self._owners.get(name) == entry_id:
                del self._owners[name]

    def remove(self, entry_id: str) -> None:
        """Remove an own entry."""
        self.release(entry_id)
        self._counted.discard(entry_id)

    def owners(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the other own entries that have one of this entry's names."""
        ids = dict.fromkeys(self._owner(name, entry) for _, name in _exact_names(entry))
        return tuple(self._registered[owner].entry for owner in ids if owner != entry.id)

    def faults(self, entry: Entry) -> Iterator[Fault]:
        """Yield why an own entry cannot be put beside the others: one fault for each entry that is in its way.

        A registered entry with the same id is not in its way, because it would be replaced.
        """
        in_the_way: set[str] = set()
        for fault, other in self._clashes(entry):
            if other is None:
                yield fault
            elif other.id != entry.id and other.id not in in_the_way:
                in_the_way.add(other.id)
                yield fault
        if entry.id not in self._counted and len(self._counted) >= self._most:
            yield Fault("", f"a server can have {MOST_OWN:,} entries of its own; remove some first")

    def _clashes(self, entry: Entry) -> Iterator[tuple[Fault, Entry | None]]:
        """Yield each clash with the entry in the way, which may have the same id; `None` if there is no such entry."""
        yield from self._name_clashes(entry)
        yield from self._code_clashes(entry)
        for field, name in _exact_names(entry):
            owner = self._owner(name, entry)
            if owner != entry.id:
                registered = self._registered[owner]
                yield Fault(field, _taken(entry, field, name, registered)), registered.entry
            shared = self._shared_names.get(self._squash(name))
            if shared and field != "name":
                what = f"{quoted(name)} is the name of a shared entry; edit that entry instead, or leave the name out"
                yield Fault(field, what), shared

    def _name_clashes(self, entry: Entry) -> Iterator[tuple[Fault, Entry | None]]:
        """Yield why a name does not fit the shared entries: it is another spelling of one, or adds names to none."""
        squashed = self._squash(entry.name)
        same = self._shared_names.get(squashed)
        if same and same.id != entry.id:
            what = f"{quoted(entry.name)} is the name of a shared entry; spell it {quoted(same.name)} to edit that one"
            yield Fault("name", what), same
        elif entry.adds_names_only and entry.id not in self._shared:
            meant = self._shared_aliases.get(squashed)
            hint = f"add the names to {quoted(meant.name)} instead" if meant else "write a definition for it"
            yield Fault("name", f"there is no shared entry called {quoted(entry.name)}; {hint}"), None

    def _code_clashes(self, entry: Entry) -> Iterator[tuple[Fault, Entry]]:
        if entry.message is None:
            return
        code = entry.message.code
        shared = self._shared_codes.get(code)
        if shared and shared.message:
            what = f"{code} is the code of the shared entry {quoted(shared.name)}"
            yield Fault("code", f"{what}; to edit that one, set `kind` to {shared.message.kind}"), shared

    def _owner(self, name: str, entry: Entry) -> str:
        """Return the id of the own entry that has this name of an entry; if none has, the entry's own id."""
        return self._owners.get(self._squash(name), entry.id)

    def _squash(self, name: str) -> str:
        """Squash a name, and remember it: checking thousands of rows asks for the same names several times."""
        squashed = self._squashed.get(name)
        if squashed is None:
            squashed = self._squashed[name] = squash(name)
        return squashed


def _taken(entry: Entry, field: str, name: str, owner: _Registered) -> str:
    """Say that another own entry already has a name of this entry."""
    other = owner.entry
    where = f" in {owner.place}" if owner.place else ""
    if field == "code" and _code_of(entry) == _code_of(other):
        return f"{_code_of(other)} is already the code of {quoted(other.name)}{where}; use another code"
    if squash(name) == squash(other.name):
        return f"{quoted(name)} is the name of another of your entries{where}; edit that one, or use another name"
    return f"{quoted(name)} is already a name of {quoted(other.name)}{where}; remove it from one of the two"


def _code_of(entry: Entry) -> int | None:
    return entry.message.code if entry.message else None


def _exact_names(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield each name that finds the entry exactly, with the field that it comes from before it."""
    yield ("code" if entry.message else "name"), entry.name
    if entry.message:
        aliases = set(entry.aliases)
        for name in entry.searched_names:
            if name not in aliases:
                yield ("title" if name == entry.message.title else "code"), name
    for alias in entry.aliases:
        yield "aliases", alias
