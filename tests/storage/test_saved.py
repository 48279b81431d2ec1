"""What people save is theirs alone, and own entries are seen in their server only."""

from sqlalchemy import update

from bot.storage.database import Database
from bot.storage.saved import MOST_SAVED, Saved
from bot.storage.tables import saved_entries

GUILD, OTHER_GUILD, USER, OTHER_USER = 2**62, 2**62 + 1, 2**63 - 1, 1


async def test_the_newest_comes_first_and_saving_twice_saves_once(database: Database) -> None:
    saved = Saved(database)
    assert await saved.save(USER, None, "old")
    async with database.write() as connection:
        await connection.execute(update(saved_entries).values(saved_at=1))
    assert await saved.save(USER, None, "new")
    assert await saved.save(USER, None, "old")
    assert await saved.ids(USER, None) == ("new", "old")
    assert await saved.ids(OTHER_USER, None) == ()


async def test_a_shared_entry_is_saved_everywhere_and_an_own_one_in_its_server(database: Database) -> None:
    saved = Saved(database)
    await saved.save(USER, None, "shared")
    await saved.save(USER, GUILD, "own")
    assert set(await saved.ids(USER, GUILD)) == {"shared", "own"}
    assert await saved.ids(USER, OTHER_GUILD) == await saved.ids(USER, None) == ("shared",)
    await saved.remove(USER, OTHER_GUILD, {"own"})
    assert set(await saved.ids(USER, GUILD)) == {"shared", "own"}
    await saved.remove(USER, GUILD, {"own"})
    await saved.remove(OTHER_USER, GUILD, {"shared"})
    assert await saved.ids(USER, GUILD) == ("shared",)


async def test_one_person_can_save_a_limited_number_and_what_is_saved_stays_saved(database: Database) -> None:
    saved = Saved(database)
    async with database.write() as connection:
        rows = [
            {"user_id": USER, "guild_id": 0, "entry_id": f"e{number}", "saved_at": number}
            for number in range(MOST_SAVED)
        ]
        await connection.execute(saved_entries.insert(), rows)
    assert not await saved.save(USER, None, "one more")
    assert await saved.save(USER, None, "e1")
    assert await saved.save(OTHER_USER, None, "one more")
    await saved.remove(USER, None, {"e0"})
    assert await saved.save(USER, None, "one more")
