"""What a database must hold after processes that moderate were killed: all that they acknowledged, and nothing half."""

from sqlalchemy import select, text

from bot.glossary.model import Entry
from bot.storage.change_history import ChangeHistory, ChangeKind
from bot.storage.database import Database
from bot.storage.own_entries import OwnEntries
from bot.storage.revisions import Revisions
from bot.storage.tables import changes
from tests.storage.worker import GUILDS, IMPORTED


class Replay:
    """The entries of every server as their history makes them."""

    def __init__(self) -> None:
        """Begin before the first change."""
        self.latest = 0
        self._state: dict[int, dict[str, tuple[Entry, int]]] = {guild_id: {} for guild_id in GUILDS}

    async def whole(self, database: Database) -> set[tuple[int, int]]:
        """Replay the changes that are new, check that each is whole, and compare; return their servers and ids."""
        own = OwnEntries(database)
        async with database.read() as connection:
            if connection.dialect.name == "sqlite":
                assert (await connection.execute(text("PRAGMA integrity_check"))).scalar_one() == "ok"
                assert (await connection.execute(text("PRAGMA foreign_key_check"))).all() == []
            rows = (await connection.execute(select(changes).where(changes.c.id > self.latest))).all()
        for row in sorted(rows, key=lambda row: row.id):
            items = await ChangeHistory(database).items(row.guild_id, row.id)
            assert len(items) == IMPORTED if row.kind == ChangeKind.IMPORT else items, row
            state = self._state[row.guild_id]
            for item in items:
                before = state.pop(item.entry_id, None)
                assert (before[0] if before else None) == item.before, row
                if item.after:
                    state[item.entry_id] = item.after, row.id
            self.latest = row.id
        for guild_id, state in self._state.items():
            stored, _ = await own.of(guild_id)
            assert {key: (one.entry, one.version) for key, one in stored.items()} == state
        return {(row.guild_id, row.id) for row in rows}


async def served_whole(database: Database, acknowledged: tuple[int, str]) -> tuple[int, str]:
    """Return the number and hash of the newest revision, which is none older than what was acknowledged."""
    newest = await Revisions(database).newest()
    if newest is None:
        assert acknowledged == (0, "")
        return acknowledged
    assert newest.content_hash == newest.pack.content_hash()
    assert newest.number >= acknowledged[0]
    if newest.number == acknowledged[0]:
        assert newest.content_hash == acknowledged[1]
    return newest.number, newest.content_hash
