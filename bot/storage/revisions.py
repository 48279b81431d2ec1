"""The published revisions of the shared data. The newest serves; a number of earlier ones are kept."""

import time
from dataclasses import dataclass

import msgspec
from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.model import Category, Changes, Entry, LearningPath, Notices, Pack
from bot.storage.database import Database
from bot.storage.ids import THE_BOT
from bot.storage.tables import categories, entries, revisions

# How many revisions are kept: the newest, and the 25 that a menu can offer to return to.
KEPT = 26


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """One publication of a pack; `published_at` is Unix time in seconds.

    `files_hash` is the hash of what the data files held when it was published. After a rollback it is another one.
    """

    number: int
    content_hash: str
    files_hash: str
    published_at: int
    pack: Pack


@dataclass(frozen=True, slots=True)
class Published:
    """One line of the history of the shared data: which revision, when and by whom, and what it changed.

    `returned_to` is the number of the revision that a rollback chose; `None` for a reload, and for a rollback by an
    earlier version of the bot.
    """

    number: int
    published_at: int
    user_id: int
    is_rollback: bool
    returned_to: int | None
    changes: Changes


class Revisions:
    """The table of revisions, with their categories and entries."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def newest(self) -> Revision | None:
        """Return the revision that serves, or `None` when nothing was ever published."""
        async with self._database.read() as connection:
            return await _first(connection, _newest_first())

    async def newest_number(self) -> int | None:
        """Return the number of the revision that serves, `None` if none was ever published."""
        async with self._database.read() as connection:
            number: int | None = (await connection.execute(select(func.max(revisions.c.id)))).scalar_one()
        return number

    async def get(self, number: int) -> Revision | None:
        """Return a revision, `None` if it is no longer kept."""
        async with self._database.read() as connection:
            return await _first(connection, _numbered(number))

    async def publish(self, pack: Pack, user_id: int = THE_BOT) -> tuple[Revision, Pack | None]:
        """Publish what the data files hold as the newest revision, unless the newest one is the same.

        Return the newest revision and the pack of the one before, which is the same pack if nothing was published.
        """
        content_hash = pack.content_hash()
        async with self._database.write() as connection:
            before = await _first(connection, _newest_first())
            if before and before.content_hash == content_hash:
                if before.files_hash != content_hash:
                    same = revisions.c.id == before.number
                    await connection.execute(revisions.update().where(same).values(files_hash=content_hash))
                return msgspec.structs.replace(before, files_hash=content_hash), pack
            return await _publish(connection, pack, content_hash, before, user_id)

    async def roll_back(self, number: int, user_id: int) -> tuple[Revision, Pack | None] | None:
        """Publish the pack of an earlier revision again; return `None` if it is no longer kept.

        Return the newest revision and the pack of the one before, as `publish` does.

        The hash of the data files stays as it was, so that the next start does not undo the rollback.
        """
        async with self._database.write() as connection:
            before = await _first(connection, _newest_first())
            wanted = await _first(connection, _numbered(number))
            if before is None or wanted is None:
                return None
            if before.content_hash == wanted.content_hash:
                return before, before.pack
            return await _publish(connection, wanted.pack, before.files_hash, before, user_id, returned_to=number)

    async def history(self) -> tuple[Published, ...]:
        """Return the revisions that are kept, the newest first."""
        async with self._database.read() as connection:
            rows = await connection.execute(_newest_first(KEPT))
            return tuple(
                Published(
                    number=row.id,
                    published_at=row.published_at,
                    user_id=row.user_id,
                    is_rollback=row.returned_to is not None or row.content_hash != row.files_hash,
                    returned_to=row.returned_to,
                    changes=msgspec.json.decode(row.summary, type=Changes),
                )
                for row in rows
            )


def _newest_first(limit: int = 1) -> Select[tuple[object, ...]]:
    return select(revisions).order_by(revisions.c.id.desc()).limit(limit)


def _numbered(number: int) -> Select[tuple[object, ...]]:
    return select(revisions).where(revisions.c.id == number)


async def _publish(
    connection: AsyncConnection,
    pack: Pack,
    files_hash: str,
    before: Revision | None,
    user_id: int,
    *,
    returned_to: int | None = None,
) -> tuple[Revision, Pack | None]:
    content_hash = pack.content_hash()
    published_at = int(time.time())
    row = await connection.execute(
        insert(revisions).returning(revisions.c.id),
        {
            "content_hash": content_hash,
            "files_hash": files_hash,
            "published_at": published_at,
            "user_id": user_id,
            "returned_to": returned_to,
            "summary": _json(Changes.between(before.pack if before else None, pack)),
            "notices": _json(pack.notices),
            "learning_paths": _json(pack.learning_paths),
        },
    )
    number: int = row.scalar_one()
    await _insert_pack(connection, number, pack)
    kept = select(revisions.c.id).order_by(revisions.c.id.desc()).limit(KEPT)
    await connection.execute(delete(revisions).where(revisions.c.id.not_in(kept)))
    revision = Revision(
        number=number, content_hash=content_hash, files_hash=files_hash, published_at=published_at, pack=pack
    )
    return revision, before.pack if before else None


async def _first(connection: AsyncConnection, query: Select[tuple[object, ...]]) -> Revision | None:
    if (row := (await connection.execute(query)).one_or_none()) is None:
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
        learning_paths=msgspec.json.decode(row.learning_paths, type=tuple[LearningPath, ...]),
    )
    return Revision(
        number=row.id,
        content_hash=row.content_hash,
        files_hash=row.files_hash,
        published_at=row.published_at,
        pack=pack,
    )


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
