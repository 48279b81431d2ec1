"""Own entries change whole or not at all, and every change is kept."""

import asyncio

import pytest
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.model import Entry
from bot.storage.database import Database
from bot.storage.own_entries import MOST_SHOWN, Change, Item, Kind, OwnEntries, Stale

GUILD, OTHER_GUILD, USER = 2**62, 2**62 + 1, 2**63 - 1


def made(name: str, definition: str = "Something.") -> Entry:
    return Entry(id=name, name=name, category="This server", definition=definition)


def adding(*names: str) -> list[Item]:
    return [Item(name, None, made(name)) for name in names]


async def history(own: OwnEntries, guild_id: int = GUILD, limit: int = 10) -> tuple[Change, ...]:
    return await own.history(guild_id, limit=limit)


async def test_a_server_has_nothing_at_first(database: Database) -> None:
    own = OwnEntries(database)
    assert await own.servers() == frozenset()
    assert await own.of(GUILD) == ({}, 0)
    assert await history(own) == ()


async def test_what_a_change_makes_stands_with_the_change_as_its_version(database: Database) -> None:
    own = OwnEntries(database)
    first = await own.change(GUILD, USER, Kind.IMPORT, adding("a", "b", "c"), latest=0)
    items = [Item("a", made("a"), made("a", "Else.")), Item("b", made("b"), None), Item("d", None, made("d"))]
    second = await own.change(GUILD, USER, Kind.IMPORT, items, latest=first)
    entries, latest = await own.of(GUILD)
    assert latest == second
    assert {key: (one.entry.definition, one.version) for key, one in entries.items()} == {
        "a": ("Else.", second),
        "c": ("Something.", first),
        "d": ("Something.", second),
    }
    assert await own.servers() == {GUILD}


async def test_a_change_made_on_an_old_state_is_refused_and_changes_nothing(database: Database) -> None:
    own = OwnEntries(database)
    await own.change(GUILD, USER, Kind.ADD, adding("a"), latest=0)
    with pytest.raises(Stale):
        await own.change(GUILD, USER, Kind.ADD, adding("b"), latest=0)
    assert list((await own.of(GUILD))[0]) == ["a"]
    assert len(await history(own)) == 1


async def test_of_two_changes_at_once_exactly_one_is_made(database: Database, other_instance: Database) -> None:
    one, other = OwnEntries(database), OwnEntries(other_instance)
    results = await asyncio.gather(
        one.change(GUILD, USER, Kind.ADD, adding("a"), latest=0),
        other.change(GUILD, USER, Kind.ADD, adding("a"), latest=0),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["Stale", "int"]
    assert len(await history(one)) == 1


async def test_what_belongs_to_a_change_is_undone_with_it(database: Database) -> None:
    own = OwnEntries(database)

    async def fail(_: AsyncConnection) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await own.change(GUILD, USER, Kind.ADD, adding("a"), latest=0, also=[fail])
    assert await own.of(GUILD) == ({}, 0)
    assert await history(own) == ()


async def test_servers_are_told_apart(database: Database) -> None:
    own = OwnEntries(database)
    change_id = await own.change(GUILD, USER, Kind.ADD, adding("a"), latest=0)
    await own.change(OTHER_GUILD, USER, Kind.ADD, adding("a"), latest=0)
    assert await own.items(OTHER_GUILD, change_id) == ()
    assert [change.id for change in await history(own)] == [change_id]
    await own.change(GUILD, USER, Kind.REMOVE, [Item("a", made("a"), None)], latest=change_id)
    assert list((await own.of(OTHER_GUILD))[0]) == ["a"]
    assert await own.servers() == {OTHER_GUILD}


async def test_the_history_counts_all_that_a_change_did_and_shows_its_first_entries(database: Database) -> None:
    own = OwnEntries(database)
    names = [f"{number:04}" for number in range(1000)]
    first = await own.change(GUILD, USER, Kind.IMPORT, adding(*names), latest=0)
    items = [Item(names[0], made(names[0]), made(names[0], "Else.")), Item(names[1], made(names[1]), None)]
    await own.change(GUILD, USER, Kind.REVERT, items, latest=first, reverts=first)
    newest, oldest = await history(own)
    assert (oldest.added, oldest.edited, oldest.removed, len(oldest.items)) == (1000, 0, 0, MOST_SHOWN)
    assert [item.name for item in oldest.items] == names[:MOST_SHOWN]
    assert (newest.added, newest.edited, newest.removed, newest.items) == (0, 1, 1, tuple(items))
    assert (newest.kind, newest.reverts, newest.user_id) == (Kind.REVERT, first, USER)
    assert len(await own.items(GUILD, first)) == 1000


async def test_the_history_is_paged_and_can_be_that_of_one_entry(database: Database) -> None:
    own = OwnEntries(database)
    latest = 0
    for name in ("a", "b", "c"):
        latest = await own.change(GUILD, USER, Kind.ADD, adding(name), latest=latest)
    latest = await own.change(GUILD, USER, Kind.EDIT, [Item("b", made("b"), made("b", "Else."))], latest=latest)
    two = await own.history(GUILD, limit=2)
    assert [change.items[0].name for change in two] == ["b", "c"]
    rest = await own.history(GUILD, limit=5, before=two[-1].id)
    assert [change.items[0].name for change in rest] == ["b", "a"]
    of_b = await own.history(GUILD, limit=5, entry_id="b")
    assert [change.kind for change in of_b] == [Kind.EDIT, Kind.ADD]


async def test_of_a_large_change_the_history_of_an_entry_shows_that_entry(database: Database) -> None:
    own = OwnEntries(database)
    await own.change(GUILD, USER, Kind.IMPORT, adding(*"abcdefghij"), latest=0)
    (change,) = await own.history(GUILD, limit=5, entry_id="j")
    assert (change.added, [item.name for item in change.items]) == (10, ["j"])


async def test_what_was_acknowledged_is_there_for_others_and_after_a_restart(
    database_url: URL, other_instance: Database
) -> None:
    database = await Database.open(database_url)
    await OwnEntries(database).change(GUILD, USER, Kind.ADD, adding("a"), latest=0)
    await database.close()
    assert list((await OwnEntries(other_instance).of(GUILD))[0]) == ["a"]
