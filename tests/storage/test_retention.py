"""What is stored about a person or a server can be deleted for good, and nothing is forgotten to be forgotten."""

import datetime as dt

from sqlalchemy import Integer, Table, func, insert, select

from bot.glossary.quiz.questions import Choice, Kind, Question
from bot.storage.change_history import ChangeItem
from bot.storage.database import Database
from bot.storage.drafts import Drafts
from bot.storage.ids import FORGOTTEN_PERSON
from bot.storage.leaderboards import Leaderboards
from bot.storage.own_entries import OwnEntries
from bot.storage.personal import PERSONAL
from bot.storage.quiz_rounds import QuizRounds, Round
from bot.storage.read_steps import ReadSteps
from bot.storage.retention import Retention
from bot.storage.server_settings import AllServerSettings
from bot.storage.suggestions import Suggestions
from bot.storage.tables import changes, left_servers, lookups, metadata
from tests.storage.changes import GUILD, OTHER_GUILD, USER, Note, adding, made, write

OTHER_USER = 1
# What `fill` stores about a person, by table.
ROWS = {
    "suggestions": 1,
    "sent_questions": 1,
    "drafts": 1,
    "saved_entries": 1,
    "quiz_progress": 1,
    "quiz_rounds": 1,
    "read_steps": 1,
    "leaderboards": 1,
    "changes": 2,
}
# The tables that `fill` fills through their stores.
STORED = {
    "own_entries",
    "changes",
    "suggestions",
    "drafts",
    "server_settings",
    "quiz_progress",
    "quiz_rounds",
    "leaderboards",
}
QUESTION = Question(Kind.TERM, "a", "a", "What?", (Choice("a", "a"), Choice("b", "b")), 0)


async def count(database: Database, table: Table, **values: int) -> int:
    """How many rows have these values."""
    query = select(func.count()).select_from(table).where(*(table.c[name] == value for name, value in values.items()))
    async with database.read() as connection:
        return (await connection.execute(query)).scalar_one()


async def fill(database: Database, guild_id: int, user_id: int) -> None:
    """Store something of every kind about a server and a person."""
    items = adding(*(f"{number:04}" for number in range(200)))
    first = await write(database, items, 0, guild_id=guild_id, user_id=user_id)
    edit = [ChangeItem("0001", made("0001"), made("0001", "Else."))]
    await write(database, edit, first, guild_id=guild_id, user_id=user_id)
    await Suggestions(database).add(guild_id, user_id, "pizza", "")
    await Drafts(database).keep(guild_id, user_id, Note("a"))
    await AllServerSettings(database).set(guild_id, hide_replies=True)
    await Leaderboards(database).join(guild_id, user_id)
    await ReadSteps(database).note(user_id, "a")
    rounds = QuizRounds(database)
    begun = await rounds.start(guild_id, user_id, Round("", (QUESTION,), frozenset({QUESTION.entry_id})))
    await rounds.answer(begun.id, user_id, 0, 0)
    async with database.write() as connection:
        for table in metadata.sorted_tables:
            if "guild_id" in table.c and table.name not in STORED:
                row = {column.name: 1 if isinstance(column.type, Integer) else "a" for column in table.columns}
                of_whom = {"guild_id": guild_id, "user_id": user_id}
                await connection.execute(insert(table), row | {name: of_whom[name] for name in of_whom if name in row})


def test_every_table_that_names_people_is_known_to_forget_them() -> None:
    naming = {table.name for table in metadata.sorted_tables if "user_id" in table.c}
    assert naming == {kind.table.name for kind in PERSONAL}


async def test_a_forgotten_server_leaves_nothing_behind_and_others_everything(database: Database) -> None:
    for guild_id in (GUILD, OTHER_GUILD):
        await fill(database, guild_id, USER)
    tables = [table for table in metadata.sorted_tables if "guild_id" in table.c]
    before = [await count(database, table, guild_id=OTHER_GUILD) for table in tables]
    assert all(before)
    assert await Retention(database).servers() == {GUILD, OTHER_GUILD}
    assert await Retention(database).forget_server(GUILD) >= 200
    assert [await count(database, table, guild_id=GUILD) for table in tables] == [0] * len(tables)
    assert [await count(database, table, guild_id=OTHER_GUILD) for table in tables] == before
    assert await count(database, metadata.tables["change_items"]) == 201
    assert await Retention(database).forget_server(GUILD) == 0


async def test_a_forgotten_person_leaves_what_they_changed_without_their_name(database: Database) -> None:
    await fill(database, GUILD, USER)
    await fill(database, OTHER_GUILD, OTHER_USER)
    retention = Retention(database)
    stored = await retention.stored_about(USER)
    assert {one.kind.table.name: one.rows for one in stored} == ROWS
    assert await retention.forget_person(USER) == stored
    assert not await retention.stored_about(USER)
    assert await retention.stored_about(OTHER_USER) == stored
    assert await count(database, changes, guild_id=GUILD, user_id=FORGOTTEN_PERSON) == 2
    assert len((await OwnEntries(database).of(GUILD))[0]) == 200


async def test_a_copy_has_every_row_about_a_person_and_none_about_others(database: Database) -> None:
    await fill(database, GUILD, USER)
    await fill(database, OTHER_GUILD, OTHER_USER)
    copied = await Retention(database).copy_about(USER)
    assert {table: len(rows) for table, rows in copied.items()} == ROWS | {"revisions": 0}
    assert {row["guild_id"] for rows in copied.values() for row in rows if "guild_id" in row} == {str(GUILD)}
    assert copied["suggestions"][0]["term"] == "pizza"
    assert copied["drafts"][0]["body"]["text"] == "a"
    assert isinstance(copied["changes"][0]["made_at"], dt.datetime)


async def test_direct_messages_are_no_server(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(insert(lookups), {"day": 1, "guild_id": 0, "entry_id": "a", "count": 1})
    assert await Retention(database).servers() == frozenset()


async def test_since_when_a_server_was_left_is_noted_once_and_taken_back_when_the_bot_returns(
    database: Database,
) -> None:
    retention = Retention(database)
    assert await retention.note_left([GUILD], [OTHER_GUILD]) == 1
    async with database.write() as connection:
        await connection.execute(left_servers.update().values(left_at=left_servers.c.left_at - 10 * 86_400))
    assert await retention.note_left([GUILD], [OTHER_GUILD]) == 0
    assert await retention.expire_left(11) == ()
    assert await retention.expire_left(10) == (GUILD,)
    await retention.note_left([GUILD], [])
    await retention.note_left([], [GUILD])
    assert await retention.expire_left(0) == ()
