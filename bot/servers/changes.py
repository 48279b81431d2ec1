"""The changes that moderators make to their server's own entries, each a value.

`items` says what a change comes to on what the server has now, or why it cannot be made. It may be asked again when
another process was faster, so it has no side effects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import msgspec

from bot.glossary.checks import Fault, check_size
from bot.glossary.model import Entry
from bot.glossary.own import own_entry, table_of
from bot.glossary.text import squash
from bot.servers.server import Server
from bot.storage.change_history import ChangeItem, ChangeKind
from bot.storage.own_entries import VersionedEntry
from bot.storage.suggestions import Suggestion


@dataclass(frozen=True, slots=True)
class Changed:
    """A change is committed; `suggestion` is the one that it closed."""

    change_id: int
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A change cannot be made; `faults` says why."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The entry is saved exactly like this already."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else has changed the entry since it was opened; `current` is `None` if they removed it."""

    current: VersionedEntry | None


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """A new entry has the name of an own entry, which the moderator may not have seen."""

    current: VersionedEntry


@dataclass(frozen=True, slots=True)
class TakesName:
    """A new entry has a name of a shared entry, which the moderator may not have seen.

    It replaces the shared entry if it has the same id; otherwise it takes one of its aliases.
    """

    shared: Entry


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Later changes touched the same entries, so that reverting a change would revert these too.

    `items` says what that would do to these entries.
    """

    items: tuple[ChangeItem, ...]
    last_change_id: int


@dataclass(frozen=True, slots=True)
class OutOfDate:
    """Entries have changed since the moderator saw what a change would do."""


@dataclass(frozen=True, slots=True)
class SuggestionGone:
    """Somebody else has closed the suggestion that the change answers."""


Items = Sequence[ChangeItem]


class Change(Protocol):
    """What a moderator wants to change."""

    # Whether people who missed the new names find them now, so that the misses can go.
    answers_misses: ClassVar[bool]

    @property
    def kind(self) -> ChangeKind:
        """Return what sort of change the history shows."""

    @property
    def closes_suggestion(self) -> int | None:
        """Return the id of the suggestion that the change answers."""

    @property
    def reverts(self) -> int | None:
        """Return the id of the change that this one reverts."""

    def items(
        self, server: Server
    ) -> Items | Refused | Unchanged | Conflict | AlreadyThere | TakesName | Overtaken | OutOfDate:
        """Return what the change does to each entry, or why it cannot be made."""


def refused(what: str, field: str = "") -> Refused:
    """Refuse a change for one reason, in one field of the form or in none."""
    return Refused((Fault(field, what),))


@dataclass(frozen=True, slots=True)
class SaveEntry:
    """Save an own entry.

    `expected_version` is the version that the moderator started from, 0 for a new entry. `replaces` is the id of the
    own entry that gets another name. `seen` has the ids of the entries whose text the moderator has seen: the one that
    they opened, and the one that they agreed to replace.
    """

    answers_misses: ClassVar[bool] = True

    entry: Entry
    expected_version: int = 0
    replaces: str | None = None
    closes_suggestion: int | None = None
    seen: frozenset[str] = frozenset()
    reverts: None = None

    @property
    def kind(self) -> ChangeKind:
        """Return whether a suggestion is approved, or an entry edited or added."""
        if self.closes_suggestion is not None:
            return ChangeKind.APPROVE
        return ChangeKind.EDIT if self.expected_version else ChangeKind.ADD

    def items(self, server: Server) -> Items | Refused | Unchanged | Conflict | AlreadyThere | TakesName:
        """Put the entry in the place of the one that it replaces. No other entry is replaced unseen."""
        old_id = self.replaces or self.entry.id
        before = server.own_entry(old_id)
        if before == self.entry:
            return Unchanged()
        unseen = self._unseen(server)
        if unseen is not None:
            return unseen
        if server.version(old_id) != self.expected_version:
            return Conflict(server.own_entries.get(old_id))
        if old_id == self.entry.id:
            return [ChangeItem(old_id, before, self.entry)]
        if server.own_entry(self.entry.id):
            return refused(f"“{self.entry.name}” is another of your entries; edit that one", "name")
        return [ChangeItem(old_id, before, None), ChangeItem(self.entry.id, None, self.entry)]

    def _unseen(self, server: Server) -> AlreadyThere | TakesName | None:
        """Return the entry that would be replaced, or lose a name, without the moderator having seen it."""
        current = server.own_entries.get(self.entry.id)
        if current is not None and not current.entry.adds_names_only:
            is_new = not self.seen and not self.expected_version
            return AlreadyThere(current) if is_new else None
        shared = server.glossary.shared_named(self.entry.name)
        if shared is None or shared.id in self.seen:
            return None
        # Another spelling of the shared name is refused anyway.
        is_misspelled = shared.id != self.entry.id and squash(shared.name) == squash(self.entry.name)
        return None if is_misspelled else TakesName(shared)


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    """Remove an own entry; with an `expected_version`, only if it is still the version that the moderator has seen."""

    answers_misses: ClassVar[bool] = False
    kind: ClassVar[ChangeKind] = ChangeKind.REMOVE
    closes_suggestion: ClassVar[None] = None
    reverts: ClassVar[None] = None

    entry_id: str
    expected_version: int | None = None

    def items(self, server: Server) -> Items | Refused | Conflict:
        """Remove the entry if the server has it."""
        current = server.own_entries.get(self.entry_id)
        if current is None:
            return refused("it is not one of this server's own entries", "name")
        if self.expected_version not in {None, current.version}:
            return Conflict(current)
        return [ChangeItem(self.entry_id, current.entry, None)]


@dataclass(frozen=True, slots=True)
class AddAliases:
    """Give an entry, shared or own, other names."""

    answers_misses: ClassVar[bool] = True
    kind: ClassVar[ChangeKind] = ChangeKind.ALIAS
    closes_suggestion: ClassVar[None] = None
    reverts: ClassVar[None] = None

    entry_id: str
    aliases: tuple[str, ...]

    def items(self, server: Server) -> Items | Refused:
        """Add the aliases to the own entry; a shared entry gets an own one that only adds names."""
        shown = server.glossary.get(self.entry_id)
        if shown is None:
            return refused("the entry is gone", "name")
        known = {squash(name) for name in (shown.name, *shown.searched_names)}
        new = tuple(alias for alias in self.aliases if squash(alias) not in known)
        if not new:
            return refused(f"“{shown.name}” is called “{self.aliases[0]}” already", "aliases")
        before = server.own_entry(self.entry_id)
        table: dict[str, Any] = table_of(before) if before else {"name": shown.name}
        table["aliases"] = [*table.get("aliases", ()), *new]
        # The result is checked like a filled-in form, so that it can be edited, exported and imported again.
        after, faults = own_entry(table, server.shared.pack.category_names)
        if after is not None and after.adds_names_only:
            faults = tuple(check_size(msgspec.structs.replace(shown, aliases=(*shown.aliases, *new))))
        if after is None or faults:
            return Refused(faults)
        return [ChangeItem(self.entry_id, before, after)]


@dataclass(frozen=True, slots=True)
class RemoveAlias:
    """Take away a name that the server gave an entry."""

    answers_misses: ClassVar[bool] = False
    kind: ClassVar[ChangeKind] = ChangeKind.ALIAS
    closes_suggestion: ClassVar[None] = None
    reverts: ClassVar[None] = None

    entry_id: str
    entry_name: str
    alias: str

    def items(self, server: Server) -> Items | Refused:
        """Take the alias off the own entry; one that only added this name goes as a whole."""
        own = server.own_entry(self.entry_id)
        kept = tuple(name for name in own.aliases if squash(name) != squash(self.alias)) if own else ()
        if own is None or kept == own.aliases:
            return refused(f"this server did not give “{self.entry_name}” the name “{self.alias}”", "aliases")
        after = msgspec.structs.replace(own, aliases=kept)
        is_empty = after.adds_names_only and not kept
        return [ChangeItem(self.entry_id, own, None if is_empty else after)]


@dataclass(frozen=True, slots=True)
class ImportEntries:
    """Add and change many own entries, as a dry run has shown on what the server had then."""

    answers_misses: ClassVar[bool] = True
    kind: ClassVar[ChangeKind] = ChangeKind.IMPORT
    closes_suggestion: ClassVar[None] = None
    reverts: ClassVar[None] = None

    entries: tuple[Entry, ...]
    expected_last_change_id: int

    def items(self, server: Server) -> Items | OutOfDate:
        """Put each entry in its place, if the server is still what the dry run was made on."""
        if server.last_change_id != self.expected_last_change_id:
            return OutOfDate()
        return [ChangeItem(entry.id, server.own_entry(entry.id), entry) for entry in self.entries]


@dataclass(frozen=True, slots=True)
class RevertChange:
    """Revert a change, given what it did; `despite` is the last change that may be lost with it."""

    answers_misses: ClassVar[bool] = False
    kind: ClassVar[ChangeKind] = ChangeKind.REVERT
    closes_suggestion: ClassVar[None] = None

    reverts: int
    done: tuple[ChangeItem, ...]
    despite: int | None = None

    def items(self, server: Server) -> Items | Refused | Overtaken:
        """Bring each entry back to what it was before the change."""
        if not self.done:
            return refused("this change is not in the history of this server")
        items: list[ChangeItem] = []
        changed_since: list[ChangeItem] = []
        for item in self.done:
            now = server.own_entry(item.entry_id)
            if now != item.before:
                items.append(ChangeItem(item.entry_id, now, item.before))
                if now != item.after:
                    changed_since.append(items[-1])
        if not items:
            return refused("it has been reverted already")
        if changed_since and self.despite != server.last_change_id:
            return Overtaken(tuple(changed_since), server.last_change_id)
        return items
