"""A draft is kept for a while, for the person who made it."""

import msgspec
from sqlalchemy import update

from bot.storage.database import Database
from bot.storage.drafts import KEPT_DAYS, MOST_DRAFTS, Drafts
from bot.storage.tables import drafts
from tests.storage.changes import Note

GUILD, OTHER_GUILD, USER, OTHER_USER = 2**62, 2**62 + 1, 2**63 - 1, 1


class Other(msgspec.Struct, frozen=True, tag="other"):
    """A draft of another kind."""

    text: str


async def test_a_draft_comes_back_as_it_was_to_its_author_in_the_same_server(database: Database) -> None:
    kept = Drafts(database)
    draft_id = await kept.keep(GUILD, USER, Note("'; DROP 🍕\n"))
    assert await kept.get(draft_id, GUILD, USER, Note) == Note("'; DROP 🍕\n")
    assert await kept.get(draft_id, GUILD, OTHER_USER, Note) is None
    assert await kept.get(draft_id, OTHER_GUILD, USER, Note) is None
    assert await kept.get(draft_id, GUILD, USER, Other) is None
    assert await kept.get(draft_id + 1, GUILD, USER, Note) is None


async def test_a_discarded_draft_is_gone_but_nobody_discards_anothers(database: Database) -> None:
    kept = Drafts(database)
    draft_id = await kept.keep(GUILD, USER, Note("a"))
    await kept.discard(draft_id, OTHER_USER)
    assert await kept.get(draft_id, GUILD, USER, Note) is not None
    await kept.discard(draft_id, USER)
    assert await kept.get(draft_id, GUILD, USER, Note) is None


async def test_one_person_keeps_the_newest_drafts_and_takes_no_room_from_others(database: Database) -> None:
    kept = Drafts(database)
    theirs = await kept.keep(GUILD, OTHER_USER, Note("theirs"))
    ids = [await kept.keep(GUILD, USER, Note(str(number))) for number in range(MOST_DRAFTS + 2)]
    there = [await kept.get(draft_id, GUILD, USER, Note) for draft_id in ids]
    assert there[:2] == [None, None]
    assert None not in there[2:]
    assert await kept.get(theirs, GUILD, OTHER_USER, Note) == Note("theirs")


async def test_an_old_draft_expires(database: Database) -> None:
    kept = Drafts(database)
    old, new = await kept.keep(GUILD, USER, Note("old")), await kept.keep(GUILD, USER, Note("new"))
    async with database.write() as connection:
        statement = update(drafts).where(drafts.c.id == old)
        await connection.execute(statement.values(created_at=drafts.c.created_at - KEPT_DAYS * 86_400 - 60))
    assert await kept.expire() == 1
    assert await kept.get(old, GUILD, USER, Note) is None
    assert await kept.get(new, GUILD, USER, Note) is not None
