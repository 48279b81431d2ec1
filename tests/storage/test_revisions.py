"""Revisions of the shared data: published whole, in order, and once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.model import Category, Changes, Entry, Notices, Pack
from bot.storage.database import Database
from bot.storage.revisions import KEPT, Revision, Revisions
from bot.storage.tables import categories, entries, revisions

# Surrogates are no text, and the data files may not hold U+0000.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
LINES = st.lists(TEXTS, max_size=3).map(tuple)
ENTRIES = st.builds(
    Entry,
    id=TEXTS,
    name=TEXTS,
    category=TEXTS,
    definition=TEXTS,
    aliases=LINES,
    notes=LINES,
    example=TEXTS,
    related=LINES,
    keywords=LINES,
    sources=LINES,
    reviewed=st.none() | st.dates(),
)
CATEGORIES = st.builds(
    Category,
    name=TEXTS,
    description=TEXTS,
    emoji=TEXTS,
    colour=st.integers(0, 0xFFFFFF),
    order=st.integers(1, 1000),
)
PACKS = st.builds(
    Pack,
    notices=st.builds(Notices, title=TEXTS, disclaimer=TEXTS, full_disclaimer=TEXTS, trademarks=TEXTS),
    categories=st.lists(CATEGORIES, min_size=1, max_size=3).map(tuple),
    entries=st.lists(ENTRIES, min_size=1, max_size=4, unique_by=lambda entry: entry.id).map(tuple),
)

MakePack = Callable[..., Pack]
HoldTable = Callable[[str], AbstractAsyncContextManager[AsyncConnection]]
UntilWaiting = Callable[[AsyncConnection, int], Awaitable[None]]


async def newest(database: Database) -> Revision:
    revision = await Revisions(database).newest()
    assert revision
    return revision


async def stored(database: Database) -> dict[int, set[str]]:
    """Return the entries of every revision that is kept, by its number."""
    async with database.read() as connection:
        numbers = (await connection.execute(select(revisions.c.id).order_by(revisions.c.id))).scalars().all()
        found: dict[int, set[str]] = {number: set() for number in numbers}
        for number, entry_id in await connection.execute(select(entries.c.revision_id, entries.c.entry_id)):
            found[number].add(entry_id)
    return found


async def publish_at_once(
    packs: tuple[Pack, Pack],
    instances: tuple[Database, Database],
    hold_table: HoldTable,
    until_waiting: UntilWaiting,
) -> list[tuple[Revision, Pack | None]]:
    """Publish both packs in such a way that each has begun before the other may write, earlier revision first."""
    async with asyncio.TaskGroup() as group, hold_table("revisions") as connection:
        tasks = [
            group.create_task(Revisions(instance).publish(pack))
            for instance, pack in zip(instances, packs, strict=True)
        ]
        await until_waiting(connection, 2)
        assert not any(task.done() for task in tasks)
    return sorted((task.result() for task in tasks), key=lambda published: published[0].number)


async def test_nothing_serves_before_the_first_publication(database: Database) -> None:
    assert await Revisions(database).newest() is None


async def test_what_is_published_serves(database: Database, make_pack: MakePack) -> None:
    pack = make_pack("Order", "Trade")
    before = int(time.time())
    revision, _ = await Revisions(database).publish(pack)
    assert revision.pack == pack
    assert revision.content_hash == pack.content_hash()
    assert before <= revision.published_at <= time.time()
    assert await newest(database) == revision


async def test_the_revision_published_last_serves(database: Database, make_pack: MakePack) -> None:
    for names in (["A"], ["B", "A"], ["C"], ["A"]):
        revision, _ = await Revisions(database).publish(make_pack(*names))
        assert await newest(database) == revision
        assert [entry.name for entry in revision.pack.entries] == names


async def test_another_instance_serves_what_was_published(
    database: Database, other_instance: Database, make_pack: MakePack
) -> None:
    revision, _ = await Revisions(database).publish(make_pack("A"))
    assert await newest(other_instance) == revision


@settings(max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pack=PACKS)
async def test_any_pack_comes_back_as_it_was_published(database: Database, pack: Pack) -> None:
    revision, _ = await Revisions(database).publish(pack)
    served = await newest(database)
    assert served == revision
    assert served.pack == pack
    assert served.pack.content_hash() == served.content_hash


async def test_the_same_content_is_not_published_again(database: Database, make_pack: MakePack) -> None:
    first, _ = await Revisions(database).publish(make_pack("A", "B"))
    again, before = await Revisions(database).publish(make_pack("A", "B"))
    assert again == first
    assert before == again.pack
    assert list(await stored(database)) == [first.number]


async def test_content_of_an_earlier_revision_is_published_again(database: Database, make_pack: MakePack) -> None:
    numbers = [(await Revisions(database).publish(make_pack(name)))[0].number for name in ("A", "B", "A")]
    assert numbers == sorted(set(numbers))


async def test_a_different_order_of_the_entries_is_published(database: Database, make_pack: MakePack) -> None:
    await Revisions(database).publish(make_pack("A", "B"))
    second, before = await Revisions(database).publish(make_pack("B", "A"))
    assert not Changes.between(before, second.pack)
    assert [entry.name for entry in (await newest(database)).pack.entries] == ["B", "A"]


async def test_a_change_of_the_notices_alone_is_published(database: Database, make_pack: MakePack) -> None:
    first, _ = await Revisions(database).publish(make_pack("A"))
    second, before = await Revisions(database).publish(make_pack("A", title="Another"))
    assert second.number > first.number
    assert before == first.pack
    assert (await newest(database)).pack.notices.title == "Another"


async def test_before_the_first_publication_there_is_no_pack(database: Database, make_pack: MakePack) -> None:
    _, before = await Revisions(database).publish(make_pack("A", "B"))
    assert before is None


async def test_changes_are_those_since_the_revision_before(database: Database, make_pack: MakePack) -> None:
    kept, old = make_pack("A", "B"), make_pack("C", "D")
    new = make_pack("D", "E", definition="Something else.")
    first, _ = await Revisions(database).publish(msgspec.structs.replace(kept, entries=kept.entries + old.entries))
    _, before = await Revisions(database).publish(msgspec.structs.replace(kept, entries=kept.entries + new.entries))
    assert before == first.pack
    async with database.read() as connection:
        summary = await connection.execute(select(revisions.c.summary).order_by(revisions.c.id.desc()).limit(1))
        changes = Changes(added=("E",), changed=("D",), removed=("C",))
        assert msgspec.json.decode(summary.scalar_one(), type=Changes) == changes


async def test_a_publication_that_fails_leaves_the_one_before(
    database: Database, other_instance: Database, make_pack: MakePack
) -> None:
    revision, _ = await Revisions(database).publish(make_pack("A"))
    twice = make_pack("B", "B")
    with pytest.raises(SQLAlchemyError):
        await Revisions(database).publish(twice)
    assert await newest(other_instance) == revision
    assert await stored(database) == {revision.number: {"a"}}


async def test_a_publication_that_is_cancelled_leaves_the_one_before(
    database: Database,
    other_instance: Database,
    make_pack: MakePack,
    hold_table: HoldTable,
    until_waiting: UntilWaiting,
) -> None:
    revision, _ = await Revisions(database).publish(make_pack("A"))
    async with hold_table("revisions") as connection:
        publishing = asyncio.create_task(Revisions(other_instance).publish(make_pack("B")))
        await until_waiting(connection, 1)
        publishing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await publishing
    assert await stored(database) == {revision.number: {"a"}}
    # It does not keep the next process waiting.
    async with asyncio.timeout(10):
        await Revisions(other_instance).publish(make_pack("C"))
    assert [entry.name for entry in (await newest(database)).pack.entries] == ["C"]


async def test_older_revisions_go_and_take_their_entries_along(database: Database, make_pack: MakePack) -> None:
    published = [(await Revisions(database).publish(make_pack(f"N{n}")))[0].number for n in range(KEPT + 3)]
    assert published == sorted(set(published))
    expected = {number: {f"n{n}"} for n, number in enumerate(published)}
    assert await stored(database) == {number: expected[number] for number in published[-KEPT:]}
    async with database.read() as connection:
        found = await connection.execute(select(func.count()).select_from(categories))
        assert found.scalar_one() == KEPT


async def test_a_number_is_never_given_twice(database: Database, make_pack: MakePack) -> None:
    first, _ = await Revisions(database).publish(make_pack("A"))
    async with database.write() as connection:
        await connection.execute(delete(revisions))
    second, _ = await Revisions(database).publish(make_pack("A"))
    assert second.number > first.number


async def test_two_publications_at_once_are_both_whole(
    database: Database,
    other_instance: Database,
    make_pack: MakePack,
    hold_table: HoldTable,
    until_waiting: UntilWaiting,
) -> None:
    packs = make_pack("A", "B", "C"), make_pack("C", "D")
    published = await publish_at_once(packs, (database, other_instance), hold_table, until_waiting)
    assert {revision.pack for revision, _ in published} == set(packs)
    assert await stored(database) == {
        revision.number: {entry.id for entry in revision.pack.entries} for revision, _ in published
    }
    assert await newest(database) == await newest(other_instance) == published[-1][0]


async def test_of_two_publications_at_once_one_follows_the_other(
    *,
    database: Database,
    other_instance: Database,
    make_pack: MakePack,
    hold_table: HoldTable,
    until_waiting: UntilWaiting,
) -> None:
    packs = make_pack("A", "B", "C"), make_pack("C", "D")
    (first, before_first), (second, before_second) = await publish_at_once(
        packs, (database, other_instance), hold_table, until_waiting
    )
    assert (before_first, before_second) == (None, first.pack)
    assert second.pack != first.pack


async def test_the_same_content_published_twice_at_once_is_one_revision(
    *,
    database: Database,
    other_instance: Database,
    make_pack: MakePack,
    hold_table: HoldTable,
    until_waiting: UntilWaiting,
) -> None:
    packs = make_pack("A"), make_pack("A")
    first, second = await publish_at_once(packs, (database, other_instance), hold_table, until_waiting)
    assert first[0] == second[0]
    assert list(await stored(database)) == [first[0].number]
