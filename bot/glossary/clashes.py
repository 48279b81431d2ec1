"""Whose a name is: own entries must not take names from one another, nor the names of shared entries."""

from collections.abc import Iterator

from bot.glossary.checks import Fault
from bot.glossary.model import Entry, Pack
from bot.glossary.text import quoted, squash


class Taken:
    """Who has which name and code, in the shared glossary and among a server's own entries."""

    def __init__(self, shared: Pack) -> None:
        """Note the shared names; own entries come with `put`."""
        self._shared = {entry.id: entry for entry in shared.entries}
        self._shared_names = {squash(entry.name): entry for entry in shared.entries}
        self._shared_codes = {entry.message.code: entry for entry in shared.entries if entry.message}
        self._shared_aliases = {squash(name): entry for entry in shared.entries for name in entry.searched_names}
        self._own: dict[str, tuple[Entry, str, tuple[str, ...]]] = {}
        self._owners: dict[str, str] = {}
        self._squashed: dict[str, str] = {}

    def put(self, entry: Entry, place: str = "") -> None:
        """Give an own entry its names, in the stead of the one with its id; `place` says where it was read."""
        self.drop(entry.id)
        names = tuple(dict.fromkeys(map(self._key, (name for _, name in _names(entry)))))
        self._own[entry.id] = (entry, place, names)
        for name in names:
            self._owners.setdefault(name, entry.id)

    def drop(self, entry_id: str) -> None:
        """Free the names of an own entry, if there is one with this id."""
        _, _, names = self._own.pop(entry_id, (None, "", ()))
        for name in names:
            if self._owners.get(name) == entry_id:
                del self._owners[name]

    def owners(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the other own entries that have one of this entry's names."""
        ids = dict.fromkeys(self._owners.get(self._key(name), entry.id) for _, name in _names(entry))
        return tuple(self._own[one][0] for one in ids if one != entry.id)

    def faults(self, entry: Entry) -> Iterator[Fault]:
        """Say why an own entry cannot stand beside all the others; what now has its id would give way to it."""
        told: set[str] = set()
        yield from self._identity(entry, told)
        for field, name in _names(entry):
            key = self._key(name)
            owner = self._owners.get(key, entry.id)
            if owner != entry.id and owner not in told:
                told.add(owner)
                yield Fault(field, self._taken(entry, field, name, owner))
            shared = self._shared_names.get(key)
            if field != "name" and shared and shared.id not in {entry.id, *told}:
                told.add(shared.id)
                what = f"{quoted(name)} is the name of a shared entry; edit that entry instead, or leave the name out"
                yield Fault(field, what)

    def _key(self, name: str) -> str:
        """Return what a name is compared by; it is asked for several times while thousands of rows are checked."""
        if (key := self._squashed.get(name)) is None:
            key = self._squashed[name] = squash(name)
        return key

    def _identity(self, entry: Entry, told: set[str]) -> Iterator[Fault]:
        """Say why an entry overlays no shared entry although it has to, or another than it should."""
        name = quoted(entry.name)
        same = self._shared_names.get(squash(entry.name))
        if same and same.id != entry.id:
            what = f"{name} is what a shared entry is called; spell it {quoted(same.name)} to edit that one"
            told.add(same.id)
            yield Fault("name", what)
        elif not entry.definition and entry.id not in self._shared:
            meant = self._shared_aliases.get(squash(entry.name))
            hint = f"give the names to {quoted(meant.name)} instead" if meant else "write a definition for it"
            yield Fault("name", f"no shared entry is called {name}, so that it cannot get more names; {hint}")
        if entry.message:
            code = entry.message.code
            shared = self._shared_codes.get(code)
            if shared and shared.message and shared.id not in {entry.id, *told}:
                told.add(shared.id)
                what = f"{code} is the code of the shared entry {quoted(shared.name)}"
                yield Fault("code", f"{what}; to edit that one, set `kind` to {shared.message.kind}")

    def _taken(self, entry: Entry, field: str, name: str, owner_id: str) -> str:
        owner, place, _ = self._own[owner_id]
        where = f" in {place}" if place else ""
        if field == "code" and owner.message and entry.message and owner.message.code == entry.message.code:
            return f"{owner.message.code} is the code of {quoted(owner.name)}{where} already; use another code"
        if squash(name) == squash(owner.name):
            return f"{quoted(name)} is the name of another of your entries{where}; edit that one, or use another name"
        return f"{quoted(name)} belongs to {quoted(owner.name)}{where} already; take it off one of the two"


def _names(entry: Entry) -> Iterator[tuple[str, str]]:
    """Name everything that finds the entry by its exact wording, each with the field that it comes from."""
    yield ("code" if entry.message else "name"), entry.name
    if entry.message:
        aliases = set(entry.aliases)
        for name in entry.searched_names:
            if name not in aliases:
                yield ("title" if name == entry.message.title else "code"), name
    for alias in entry.aliases:
        yield "aliases", alias
