"""What people see in one server: the shared glossary with the server's own entries in front."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.storage.own_entries import VersionedEntry
from bot.storage.server_settings import ServerSettings

DEFAULT_SETTINGS = ServerSettings()


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

    def entry_named(self, term: str) -> Entry | None:
        """Return the entry with this id, or the one that a term names without doubt."""
        entry = self.glossary.get(term)
        if entry is not None:
            return entry
        found = self.glossary.find(term)
        return self.glossary.get(found.hits[0].name.entry_id) if found.is_answer else None
