"""Suggestions are kept until they are closed, by server, and one person cannot fill the list."""

import asyncio
import time

from sqlalchemy import URL

from bot.storage.database import Database
from bot.storage.suggestions import MOST_OPEN, Status, Suggestions

GUILD, OTHER_GUILD, USER, OTHER_USER = 2**62, 2**62 + 1, 2**63 - 1, 1


async def terms(suggestions: Suggestions, guild_id: int = GUILD, limit: int = 25) -> list[str]:
    return [one.term for one in await suggestions.open_in((guild_id,), limit)]


async def test_nothing_is_open_at_first(database: Database) -> None:
    suggestions = Suggestions(database)
    assert await suggestions.open_in((GUILD,), 25) == ()
    assert await suggestions.count_open_by(USER, GUILD) == 0


async def test_a_suggestion_is_kept_as_it_was_written_with_who_and_when(database: Database) -> None:
    suggestions = Suggestions(database)
    before = int(time.time())
    assert await suggestions.add(GUILD, USER, "'; DROP TABLE 🍕 %s", "two\nlines")
    (one,) = await suggestions.open_in((GUILD,), 25)
    assert (one.user_id, one.term, one.details) == (USER, "'; DROP TABLE 🍕 %s", "two\nlines")
    assert before <= one.created_at <= time.time()


async def test_the_newest_come_first_up_to_a_limit(database: Database) -> None:
    suggestions = Suggestions(database)
    for term in "abc":
        await suggestions.add(GUILD, USER, term, "")
    assert await terms(suggestions) == ["c", "b", "a"]
    assert await terms(suggestions, limit=2) == ["c", "b"]


async def test_servers_are_told_apart_and_so_are_direct_messages(database: Database) -> None:
    suggestions = Suggestions(database)
    for guild_id, term in ((GUILD, "a"), (OTHER_GUILD, "b"), (0, "c")):
        await suggestions.add(guild_id, USER, term, "")
    assert [await terms(suggestions, guild_id) for guild_id in (GUILD, OTHER_GUILD, 0)] == [["a"], ["b"], ["c"]]


async def test_a_closed_suggestion_is_returned_once_and_open_no_more(database: Database) -> None:
    suggestions = Suggestions(database)
    await suggestions.add(GUILD, USER, "a", "")
    await suggestions.add(GUILD, USER, "b", "")
    newest, oldest = await suggestions.open_in((GUILD,), 25)
    assert await suggestions.close(oldest.id, (GUILD,), Status.DONE) == oldest
    assert await suggestions.close(oldest.id, (GUILD,), Status.DECLINED) is None
    assert await suggestions.open_in((GUILD,), 25) == (newest,)
    assert await suggestions.close(newest.id, (GUILD,), Status.DECLINED) == newest
    assert await suggestions.count_open_by(USER, GUILD) == 0


async def test_nobody_closes_what_another_server_was_suggested(database: Database) -> None:
    suggestions = Suggestions(database)
    await suggestions.add(GUILD, USER, "a", "")
    (one,) = await suggestions.open_in((GUILD,), 25)
    for guild_id in (OTHER_GUILD, 0):
        assert await suggestions.close(one.id, (guild_id,), Status.DONE) is None
    assert await terms(suggestions) == ["a"]


async def test_one_person_fills_only_their_own_share_of_one_server(database: Database) -> None:
    suggestions = Suggestions(database)
    for _ in range(MOST_OPEN):
        assert await suggestions.add(GUILD, USER, "a", "")
    assert not await suggestions.add(GUILD, USER, "b", "")
    assert await suggestions.count_open_by(USER, GUILD) == MOST_OPEN
    assert await suggestions.add(GUILD, OTHER_USER, "c", "")
    assert await suggestions.add(OTHER_GUILD, USER, "d", "")
    oldest = (await suggestions.open_in((GUILD,), 25))[-1]
    assert await suggestions.close(oldest.id, (GUILD,), Status.DECLINED)
    assert await suggestions.add(GUILD, USER, "e", "")


async def test_the_limit_holds_when_everything_comes_at_once(database: Database, other_instance: Database) -> None:
    one, other = Suggestions(database), Suggestions(other_instance)
    kept = await asyncio.gather(*(each.add(GUILD, USER, "a", "") for each in (one, other) * MOST_OPEN))
    assert sum(one is not None for one in kept) == MOST_OPEN
    assert await one.count_open_by(USER, GUILD) == MOST_OPEN


async def test_what_was_acknowledged_is_there_for_others_and_after_a_restart(
    database_url: URL, other_instance: Database
) -> None:
    database = await Database.open(database_url)
    assert await Suggestions(database).add(GUILD, USER, "a", "")
    assert await terms(Suggestions(other_instance)) == ["a"]
    await database.close()
    database = await Database.open(database_url)
    assert await terms(Suggestions(database)) == ["a"]
    await database.close()
