"""The published revisions of the shared data: the newest serves, earlier ones are kept for a while."""

import time

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.model import Category, Changes, Entry, Notices, Pack
from bot.storage.database import Database
from bot.storage.tables import categories, entries, revisions

# How many revisions are kept, the newest included.
KEPT = 50


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """One publication of a pack; `published_at` is Unix time in seconds."""

    number: int
    content_hash: str
    published_at: int
    pack: Pack


class Revisions:
    """The table of revisions, with their categories and entries."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def newest(self) -> Revision | None:
        """Return the revision that serves, or `None` when nothing was ever published."""
        async with self._database.read() as connection:
            return await _newest(connection)

    async def publish(self, pack: Pack) -> tuple[Revision, Changes]:
        """Make a pack the newest revision, in one transaction; the same content is not published again."""
        content_hash = pack.content_hash()
        async with self._database.write() as connection:
            before = await _newest(connection)
            changes = Changes.between(before.pack if before else None, pack)
            if before and before.content_hash == content_hash:
                return before, changes
            published_at = int(time.time())
            row = await connection.execute(
                insert(revisions).returning(revisions.c.id),
                {
                    "content_hash": content_hash,
                    "published_at": published_at,
                    "summary": _json(changes),
                    "notices": _json(pack.notices),
                },
            )
            number: int = row.scalar_one()
            await _insert_pack(connection, number, pack)
            kept = select(revisions.c.id).order_by(revisions.c.id.desc()).limit(KEPT)
            await connection.execute(delete(revisions).where(revisions.c.id.not_in(kept)))
        return Revision(number=number, content_hash=content_hash, published_at=published_at, pack=pack), changes


async def _newest(connection: AsyncConnection) -> Revision | None:
    found = await connection.execute(select(revisions).order_by(revisions.c.id.desc()).limit(1))
    if (row := found.one_or_none()) is None:
        return None
    category_rows = await connection.execute(
        select(categories.c.body).where(categories.c.revision_id == row.id).order_by(categories.c.position)
    )
    entry_rows = await connection.execute(
        select(entries.c.body).where(entries.c.revision_id == row.id).order_by(entries.c.position)
    )
    pack = Pack(
        notices=msgspec.json.decode(row.notices, type=Notices),
        categories=tuple(msgspec.json.decode(body, type=Category) for body in category_rows.scalars()),
        entries=tuple(msgspec.json.decode(body, type=Entry) for body in entry_rows.scalars()),
    )
    return Revision(number=row.id, content_hash=row.content_hash, published_at=row.published_at, pack=pack)


async def _insert_pack(connection: AsyncConnection, number: int, pack: Pack) -> None:
    await connection.execute(
        insert(categories),
        [
            {"revision_id": number, "position": position, "name": category.name, "body": _json(category)}
            for position, category in enumerate(pack.categories)
        ],
    )
    await connection.execute(
        insert(entries),
        [
            {
                "revision_id": number,
                "entry_id": entry.id,
                "position": position,
                "category": entry.category,
                "name": entry.name,
                "definition": entry.definition,
                "body": _json(entry),
            }
            for position, entry in enumerate(pack.entries)
        ],
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
