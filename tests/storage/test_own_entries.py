"""Own entries change whole or not at all, and every change is kept."""

import asyncio

import pytest
from sqlalchemy import URL

from bot.storage.change_history import MAX_SHOWN, ChangeHistory, ChangeItem, ChangeKind, RecordedChange
from bot.storage.database import Database
from bot.storage.own_entries import NewChange, OwnEntries, StaleServer
from bot.storage.suggestions import SuggestionClosed, Suggestions
from tests.storage.changes import GUILD, OTHER_GUILD, USER, adding, made, write


async def history(database: Database, guild_id: int = GUILD, limit: int = 10) -> tuple[RecordedChange, ...]:
    return await ChangeHistory(database).latest(guild_id, limit=limit)


async def test_a_server_has_nothing_at_first(database: Database) -> None:
    own = OwnEntries(database)
    assert await own.servers() == frozenset()
    assert await own.of(GUILD) == ({}, 0)
    assert await history(database) == ()


async def test_what_a_change_makes_stands_with_the_change_as_its_version(database: Database) -> None:
    own = OwnEntries(database)
    first = await write(database, adding("a", "b", "c"), 0, kind=ChangeKind.IMPORT)
    items = [
        ChangeItem("a", made("a"), made("a", "Else.")),
        ChangeItem("b", made("b"), None),
        ChangeItem("d", None, made("d")),
    ]
    second = await write(database, items, first, kind=ChangeKind.IMPORT)
    entries, latest = await own.of(GUILD)
    assert latest == second
    assert {key: (one.entry.definition, one.version) for key, one in entries.items()} == {
        "a": ("Else.", second),
        "c": ("Something.", first),
        "d": ("Something.", second),
    }
    assert await own.servers() == {GUILD}


async def test_what_an_entry_was_made_from_is_kept_and_can_change_without_a_new_version(database: Database) -> None:
    own = OwnEntries(database)
    first = await write(database, adding("a", "b"), 0, made_from={"a": made("a", "Shared.")})
    same = [ChangeItem("a", made("a"), made("a"))]
    second = await write(database, same, first, kind=ChangeKind.KEEP, made_from={"a": made("a", "Shared now.")})
    entries, latest = await own.of(GUILD)
    assert latest == second
    assert entries["a"] == (made("a"), first, made("a", "Shared now."))
    assert entries["b"] == (made("b"), first, None)


async def test_a_change_made_on_an_old_state_is_refused_and_changes_nothing(database: Database) -> None:
    own = OwnEntries(database)
    await write(database, adding("a"), 0, kind=ChangeKind.ADD)
    with pytest.raises(StaleServer):
        await write(database, adding("b"), 0, kind=ChangeKind.ADD)
    assert list((await own.of(GUILD))[0]) == ["a"]
    assert len(await history(database)) == 1


async def test_of_two_changes_at_once_exactly_one_is_made(database: Database, other_instance: Database) -> None:
    results = await asyncio.gather(
        write(database, adding("a"), 0), write(other_instance, adding("a"), 0), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["StaleServer", "int"]
    assert len(await history(database)) == 1


def approving(suggestion_id: int) -> NewChange:
    """A change that adds an entry and closes a suggestion."""
    return NewChange(
        guild_id=GUILD,
        user_id=USER,
        kind=ChangeKind.APPROVE,
        items=adding("a"),
        expected_last_change_id=0,
        closes_suggestion=suggestion_id,
    )


async def test_a_change_closes_the_suggestion_that_it_answers(database: Database) -> None:
    suggestion = await Suggestions(database).add(GUILD, USER, "a", "")
    assert suggestion is not None
    committed = await OwnEntries(database).write(approving(suggestion.id))
    assert committed.suggestion == suggestion
    assert await Suggestions(database).open_in((GUILD,), 5) == ()


async def test_a_change_whose_suggestion_was_closed_by_somebody_else_is_not_made(database: Database) -> None:
    with pytest.raises(SuggestionClosed):
        await OwnEntries(database).write(approving(5))
    assert await OwnEntries(database).of(GUILD) == ({}, 0)
    assert await history(database) == ()


async def test_servers_are_told_apart(database: Database) -> None:
    own = OwnEntries(database)
    change_id = await write(database, adding("a"), 0, kind=ChangeKind.ADD)
    await write(database, adding("a"), 0, kind=ChangeKind.ADD, guild_id=OTHER_GUILD)
    assert await ChangeHistory(database).items(OTHER_GUILD, change_id) == ()
    assert [change.id for change in await history(database)] == [change_id]
    await write(database, [ChangeItem("a", made("a"), None)], change_id, kind=ChangeKind.REMOVE)
    assert list((await own.of(OTHER_GUILD))[0]) == ["a"]
    assert await own.servers() == {OTHER_GUILD}


async def test_the_history_counts_all_that_a_change_did_and_shows_its_first_entries(database: Database) -> None:
    names = [f"{number:04}" for number in range(1000)]
    first = await write(database, adding(*names), 0, kind=ChangeKind.IMPORT)
    items = [ChangeItem(names[0], made(names[0]), made(names[0], "Else.")), ChangeItem(names[1], made(names[1]), None)]
    await write(database, items, first, kind=ChangeKind.REVERT, reverts=first)
    newest, oldest = await history(database)
    assert (oldest.added, oldest.edited, oldest.removed, len(oldest.items)) == (1000, 0, 0, MAX_SHOWN)
    assert [item.name for item in oldest.items] == names[:MAX_SHOWN]
    assert (newest.added, newest.edited, newest.removed, newest.items) == (0, 1, 1, tuple(items))
    assert (newest.kind, newest.reverts, newest.user_id) == (ChangeKind.REVERT, first, USER)
    assert len(await ChangeHistory(database).items(GUILD, first)) == 1000


async def test_the_history_is_paged_and_can_be_that_of_one_entry(database: Database) -> None:
    latest = 0
    for name in ("a", "b", "c"):
        latest = await write(database, adding(name), latest, kind=ChangeKind.ADD)
    latest = await write(database, [ChangeItem("b", made("b"), made("b", "Else."))], latest, kind=ChangeKind.EDIT)
    two = await ChangeHistory(database).latest(GUILD, limit=2)
    assert [change.items[0].name for change in two] == ["b", "c"]
    rest = await ChangeHistory(database).latest(GUILD, limit=5, before=two[-1].id)
    assert [change.items[0].name for change in rest] == ["b", "a"]
    of_b = await ChangeHistory(database).latest(GUILD, limit=5, entry_id="b")
    assert [change.kind for change in of_b] == [ChangeKind.EDIT, ChangeKind.ADD]


async def test_of_a_large_change_the_history_of_an_entry_shows_that_entry(database: Database) -> None:
    await write(database, adding(*"abcdefghij"), 0, kind=ChangeKind.IMPORT)
    (change,) = await ChangeHistory(database).latest(GUILD, limit=5, entry_id="j")
    assert (change.added, [item.name for item in change.items]) == (10, ["j"])


async def test_what_was_acknowledged_is_there_for_others_and_after_a_restart(
    database_url: URL, other_instance: Database
) -> None:
    database = await Database.open(database_url)
    await write(database, adding("a"), 0)
    await database.close()
    assert list((await OwnEntries(other_instance).of(GUILD))[0]) == ["a"]
