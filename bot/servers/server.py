"""What people see in one server: the shared glossary with the server's own entries in front."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.storage.own_entries import VersionedEntry
from bot.storage.server_settings import ServerSettings

DEFAULT_SETTINGS = ServerSettings()


class Update(NamedTuple):
    """A shared entry that has changed since a server made its own entry from it, and what it was then.

    `made_from` is `None` if the own entry was there before the shared one.
    """

    own: VersionedEntry
    made_from: Entry | None
    shared: Entry

    @property
    def fingerprint(self) -> str:
        """Return eight characters that differ when the own or the shared entry changes again."""
        both = msgspec.json.encode((self.own.entry, self.shared))
        return hashlib.sha256(both).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Server:
    """One server at one moment; `last_change_id` is 0 before its first change.

    `glossary` is what its members search: `shared` with the own entries in front.
    """

    shared: Glossary
    glossary: Glossary
    settings: ServerSettings = DEFAULT_SETTINGS
    own_entries: Mapping[str, VersionedEntry] = field(default_factory=dict)
    last_change_id: int = 0

    def own_by_id(self) -> dict[str, Entry]:
        """Return the own entries by id, without their versions."""
        return {entry_id: versioned.entry for entry_id, versioned in self.own_entries.items()}

    def own_entry(self, entry_id: str) -> Entry | None:
        """Return an own entry. It may only add names to a shared one."""
        versioned = self.own_entries.get(entry_id)
        return versioned.entry if versioned else None

    def editable_entry(self, entry_id: str) -> Entry | None:
        """Return an entry as the form of a moderator shows it: the own one, otherwise the shared one."""
        own = self.own_entry(entry_id)
        if own is not None and not own.adds_names_only:
            return own
        return self.glossary.get(entry_id)

    def version(self, entry_id: str) -> int:
        """Return the version of an own entry, 0 if there is none."""
        versioned = self.own_entries.get(entry_id)
        return versioned.version if versioned else 0

    def update_of(self, entry_id: str) -> Update | None:
        """Return how the shared entry has changed since an own one was made from it, `None` if members see no change.

        Moderators say what they have decided with `DecideOnUpdate`.
        """
        own, shared = self.own_entries.get(entry_id), self.shared.get(entry_id)
        if own is None or shared is None or own.entry.adds_names_only:
            return None
        is_same = own.made_from is not None and _visible(own.made_from) == _visible(shared)
        return None if is_same else Update(own, own.made_from, shared)

    def updates(self) -> tuple[Update, ...]:
        """Return the shared entries that have changed since own ones were made from them, by the name of the entry."""
        found = filter(None, map(self.update_of, self.own_entries))
        return tuple(sorted(found, key=lambda update: update.shared.name.casefold()))

    def entry_named(self, term: str) -> Entry | None:
        """Return the entry with this id, or the one that a term names without doubt."""
        entry = self.glossary.get(term)
        if entry is not None:
            return entry
        found = self.glossary.find(term)
        return self.glossary.get(found.hits[0].name.entry_id) if found.is_answer else None


def _visible(entry: Entry) -> Entry:
    """Return an entry without what members do not read: keywords, its place, and when it was last checked."""
    return msgspec.structs.replace(entry, keywords=(), category="", reviewed=None)
