"""What one server sees, and what a change of its own entries comes to, or why it cannot be made; without any I/O."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.glossary.checks import Fault
from bot.glossary.clashes import clashes_of
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.storage.own_entries import Item, Versioned
from bot.storage.server_settings import ServerSettings

DEFAULT_SETTINGS = ServerSettings()


@dataclass(frozen=True, slots=True)
class Server:
    """What one server sees, and its own entries by id; `latest` is the id of its last change, 0 before the first."""

    shared: Glossary
    glossary: Glossary
    settings: ServerSettings = DEFAULT_SETTINGS
    own: Mapping[str, Versioned] = field(default_factory=dict)
    latest: int = 0

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry as somebody would edit it: the own one, else the shared one."""
        own = self.own_entry(entry_id)
        return own if own and own.definition else self.glossary.get(entry_id)

    def own_entry(self, entry_id: str) -> Entry | None:
        """Return an own entry, which may be no more than names for a shared one."""
        own = self.own.get(entry_id)
        return own.entry if own else None

    def version(self, entry_id: str) -> int:
        """Return the version of an own entry, 0 where there is none."""
        own = self.own.get(entry_id)
        return own.version if own else 0


class RefusedChange(Exception):  # noqa: N818 - not a failure, but an answer
    """A change that cannot be made; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__("; ".join(fault.what for fault in faults))
        self.faults = tuple(faults)


class ConflictingChange(Exception):  # noqa: N818 - not a failure, but an answer
    """Somebody else has changed an entry since it was read; `current` is how it stands, `None` if it is gone."""

    def __init__(self, current: Versioned | None) -> None:
        """Keep what stands now."""
        super().__init__("the entry was changed meanwhile")
        self.current = current


class OvertakenChange(Exception):  # noqa: N818 - not a failure, but an answer
    """Later changes touched the same entries; taking a change back would take these back, too."""

    def __init__(self, names: Sequence[str], latest: int) -> None:
        """Keep the names of the entries and the last change that was taken into account."""
        super().__init__("later changes touched the same entries")
        self.names = tuple(names)
        self.latest = latest


# Decides on what a server has now what is to change.
Decide = Callable[[Server], Sequence[Item]]


def saved(entry: Entry, *, seen: int, instead_of: str | None = None) -> Decide:
    """Decide to save an own entry, perhaps in the stead of one with another name.

    `seen` is the version that the editor started from, 0 where there was none. Deciding raises `ConflictingChange` when
    it was changed since, and `RefusedChange` when there is nothing to change or another entry has the name.
    """

    def decide(server: Server) -> Sequence[Item]:
        old_id = instead_of or entry.id
        if server.version(old_id) != seen:
            raise ConflictingChange(server.own.get(old_id))
        before = server.own_entry(old_id)
        if before == entry:
            raise RefusedChange([Fault("", "nothing was changed")])
        if old_id == entry.id:
            return [Item(entry.id, before, entry)]
        if server.own_entry(entry.id):
            raise RefusedChange([Fault("name", f"“{entry.name}” is another of your entries; edit that one")])
        return [Item(old_id, before, None), Item(entry.id, None, entry)]

    return decide


def removed(entry_id: str) -> Decide:
    """Decide to remove an own entry; deciding raises `RefusedChange` when there is none."""

    def decide(server: Server) -> Sequence[Item]:
        if (current := server.own_entry(entry_id)) is None:
            raise RefusedChange([Fault("name", "it is not one of this server's own entries")])
        return [Item(entry_id, current, None)]

    return decide


def reverted(done: Sequence[Item], *, despite: int | None = None) -> Decide:
    """Decide to take a change back.

    Deciding raises `OvertakenChange` when later changes touched the same entries, unless those up to `despite` are
    meant to be taken back as well, and `RefusedChange` when there is nothing to take back.
    """

    def decide(server: Server) -> Sequence[Item]:
        if not done:
            raise RefusedChange([Fault("", "this change is not in the history of this server")])
        now = {item.entry_id: server.own_entry(item.entry_id) for item in done}
        items = [
            Item(item.entry_id, now[item.entry_id], item.before) for item in done if now[item.entry_id] != item.before
        ]
        if not items:
            raise RefusedChange([Fault("", "it has been taken back already")])
        later = [item.name for item in done if now[item.entry_id] not in {item.after, item.before}]
        if later and despite != server.latest:
            raise OvertakenChange(later, server.latest)
        return items

    return decide


def check_beside_others(server: Server, items: Iterable[Item]) -> None:
    """Check that the entries that a change leaves can stand beside the others; raise `RefusedChange` if not."""
    own = {entry_id: versioned.entry for entry_id, versioned in server.own.items()}
    faults = clashes_of(server.shared.pack, own, {item.entry_id: item.after for item in items})
    if faults:
        raise RefusedChange(faults)
