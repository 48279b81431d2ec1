"""What moderators decide when a shared entry has changed since their server made its own: take it, or keep theirs."""

from dataclasses import dataclass
from typing import ClassVar

from bot.glossary.model import Entry
from bot.glossary.own import own_entry
from bot.glossary.text import squash
from bot.servers.changes import Items, OutOfDate
from bot.servers.server import Server, Update
from bot.storage.change_history import ChangeItem, ChangeKind


@dataclass(frozen=True, slots=True)
class DecideOnUpdate:
    """Take the shared entry in place of the own one, or keep the own one.

    `fingerprint` is that of the update that the moderator has seen. Names that only this server gave the entry stay.
    """

    answers_misses: ClassVar[bool] = False
    closes_suggestion: ClassVar[None] = None
    reverts: ClassVar[None] = None

    entry_id: str
    fingerprint: str
    takes: bool

    @property
    def kind(self) -> ChangeKind:
        """Return which of the two it is."""
        return ChangeKind.TAKE if self.takes else ChangeKind.KEEP

    def items(self, server: Server) -> Items | OutOfDate:
        """Replace the own entry by the names that it gave, or leave it as it is, now compared with the shared one."""
        update = server.update_of(self.entry_id)
        if update is None or update.fingerprint != self.fingerprint:
            return OutOfDate()
        own = update.own.entry
        return [ChangeItem(self.entry_id, own, _names_given(update) if self.takes else own)]


def _names_given(update: Update) -> Entry | None:
    """Return an entry that adds the names which only this server gave, `None` if there are none."""
    from_shared = (update.shared.name, *update.shared.searched_names, *(update.made_from or update.shared).aliases)
    known = {squash(name) for name in from_shared}
    given = [name for name in update.own.entry.aliases if squash(name) not in known]
    return own_entry({"name": update.shared.name, "aliases": given}, ())[0] if given else None
