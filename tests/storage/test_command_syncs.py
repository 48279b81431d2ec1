"""What Discord was given last is remembered, by application."""

from sqlalchemy import URL

from bot.storage.command_syncs import CommandSyncs
from bot.storage.database import Database

LARGEST_ID = 2**63 - 1


async def test_an_application_that_was_given_nothing_has_no_hash(database: Database) -> None:
    assert await CommandSyncs(database).last_hash(LARGEST_ID) is None


async def test_the_hash_remembered_last_is_the_one_that_counts(database: Database) -> None:
    syncs = CommandSyncs(database)
    for content_hash in ("first", "second", "second", "first"):
        await syncs.remember(LARGEST_ID, content_hash)
        assert await syncs.last_hash(LARGEST_ID) == content_hash


async def test_applications_are_told_apart(database: Database) -> None:
    syncs = CommandSyncs(database)
    expected = {0: "a", 1: "b", LARGEST_ID - 1: "c", LARGEST_ID: "d"}
    for application_id, content_hash in expected.items():
        await syncs.remember(application_id, content_hash)
    assert {application_id: await syncs.last_hash(application_id) for application_id in expected} == expected


async def test_another_instance_knows_what_was_remembered(database: Database, other_instance: Database) -> None:
    await CommandSyncs(database).remember(1, "abc")
    assert await CommandSyncs(other_instance).last_hash(1) == "abc"


async def test_a_restart_forgets_nothing(database_url: URL) -> None:
    database = await Database.open(database_url)
    await CommandSyncs(database).remember(1, "abc")
    await database.close()
    database = await Database.open(database_url)
    assert await CommandSyncs(database).last_hash(1) == "abc"
    await database.close()
