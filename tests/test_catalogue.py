"""Which glossary is served: swapped whole, and never lost to a broken file."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, func, select

from bot.catalogue import Catalogue
from bot.glossary.pack import PackError, read_pack
from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.ids import THE_BOT
from bot.storage.revisions import Revisions
from bot.storage.tables import entries, revisions

USER = 2**63 - 1

GLOSSARY = """
title = "Test glossary"
disclaimer = "Not advice."
full_disclaimer = "Not advice at all."
trademarks = "Marks belong to their owners."
"""

CATEGORY = """
[category]
name = "Orders"
description = "What is sent"
emoji = "📄"
colour = "#2b6cb0"
order = 1
"""


def write_terms(folder: Path, **definitions: str) -> None:
    """Write the one category with these terms."""
    terms = (f'[[term]]\nname = "{name}"\ndefinition = "{text}"\n' for name, text in definitions.items())
    (folder / "orders.toml").write_text(CATEGORY + "\n".join(terms), "utf-8")


def names(catalogue: Catalogue) -> list[str]:
    return [entry.name for entry in catalogue.glossary.pack.entries]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with two terms."""
    folder = tmp_path / "glossary"
    folder.mkdir()
    (folder / "glossary.toml").write_text(GLOSSARY, "utf-8")
    write_terms(folder, order="An instruction.", trade="An order that was filled.")
    return folder


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An SQLite file in which nothing was published yet."""
    database = await Database.open(URL.create("sqlite+aiosqlite", database=str(tmp_path / "glossary.db")))
    yield database
    await database.close()


async def published(database: Database) -> int:
    """Return how many revisions there are."""
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(revisions))).scalar_one()


async def open_catalogue(folder: Path, database: Database) -> Catalogue:
    catalogue, _ = await Catalogue.open(folder, Revisions(database))
    return catalogue


def break_syntax(folder: Path) -> None:
    write_terms(folder, order='An "instruction.')


def break_rule(folder: Path) -> None:
    write_terms(folder, order="An instruction.", Order="The same name once more.")


def remove_notices(folder: Path) -> None:
    (folder / "glossary.toml").unlink()


def remove_categories(folder: Path) -> None:
    (folder / "orders.toml").unlink()


def empty_a_file(folder: Path) -> None:
    (folder / "orders.toml").write_bytes(b"")


def write_binary(folder: Path) -> None:
    (folder / "orders.toml").write_bytes(b"\xff\xfe\x00")


def put_folder_in_place_of_file(folder: Path) -> None:
    (folder / "orders.toml").unlink()
    (folder / "orders.toml").mkdir()


broken = pytest.mark.parametrize(
    "damage",
    [
        break_syntax,
        break_rule,
        remove_notices,
        remove_categories,
        empty_a_file,
        write_binary,
        put_folder_in_place_of_file,
        shutil.rmtree,
    ],
)


async def test_it_opens_from_the_files(folder: Path, database: Database) -> None:
    catalogue, problems = await Catalogue.open(folder, Revisions(database))
    assert catalogue.glossary.pack == read_pack(folder)[0]
    assert names(catalogue) == ["order", "trade"]
    assert problems == ()
    assert await Revisions(database).newest() == catalogue.revision


async def test_opening_returns_what_the_files_are_warned_of(folder: Path, database: Database) -> None:
    with (folder / "orders.toml").open("a", encoding="utf-8") as file:
        file.write('related = ["nothing"]\n')
    catalogue, problems = await Catalogue.open(folder, Revisions(database))
    assert [problem.is_warning for problem in problems] == [True]
    assert names(catalogue) == ["order", "trade"]


async def test_a_start_without_changes_publishes_nothing(folder: Path, database: Database) -> None:
    first = await open_catalogue(folder, database)
    second = await open_catalogue(folder, database)
    assert second.revision == first.revision
    assert await published(database) == 1


async def test_a_start_publishes_what_has_changed_since_the_last(folder: Path, database: Database) -> None:
    first = await open_catalogue(folder, database)
    write_terms(folder, order="Something new.")
    second = await open_catalogue(folder, database)
    assert second.revision.number > first.revision.number
    assert names(second) == ["order"]


@broken
async def test_with_a_broken_folder_at_start_the_newest_revision_serves(
    folder: Path, database: Database, damage: Callable[[Path], None]
) -> None:
    await open_catalogue(folder, database)
    write_terms(folder, newest="This one.")
    good = await open_catalogue(folder, database)
    damage(folder)
    catalogue, problems = await Catalogue.open(folder, Revisions(database))
    assert catalogue.revision == good.revision
    assert catalogue.glossary.pack == good.glossary.pack
    assert problems
    assert not any(problem.is_warning for problem in problems)
    assert all(problem.file.startswith(str(folder)) and problem.line >= 1 and problem.what for problem in problems)
    assert await published(database) == 2


@broken
async def test_with_nothing_to_serve_it_does_not_open(
    folder: Path, database: Database, damage: Callable[[Path], None]
) -> None:
    damage(folder)
    with pytest.raises(PackError) as caught:
        await Catalogue.open(folder, Revisions(database))
    assert caught.value.problems
    assert await published(database) == 0


async def test_a_reload_serves_the_new_files(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    before, number = catalogue.glossary, catalogue.revision.number
    write_terms(folder, order="Changed.", position="What is held.")
    reloaded = await catalogue.reload()
    assert names(catalogue) == ["order", "position"]
    assert catalogue.revision == reloaded.revision == await Revisions(database).newest()
    assert reloaded.revision.number > number
    assert reloaded.changes.added == ("position",)
    assert reloaded.changes.changed == ("order",)
    assert reloaded.changes.removed == ("trade",)
    assert reloaded.warnings == ()
    assert reloaded.seconds > 0
    assert [entry.name for entry in before.pack.entries] == ["order", "trade"]


async def test_a_reload_without_changes_publishes_nothing(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    reloaded = await catalogue.reload()
    assert not reloaded.changes
    assert await published(database) == 1


async def test_a_reload_returns_what_the_files_are_warned_of(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    with (folder / "orders.toml").open("a", encoding="utf-8") as file:
        file.write('related = ["nothing"]\n')
    assert [problem.is_warning for problem in (await catalogue.reload()).warnings] == [True]


@broken
async def test_a_reload_of_a_broken_folder_raises_and_changes_nothing(
    folder: Path, database: Database, damage: Callable[[Path], None]
) -> None:
    catalogue = await open_catalogue(folder, database)
    glossary, revision = catalogue.glossary, catalogue.revision
    damage(folder)
    with pytest.raises(PackError) as caught:
        await catalogue.reload()
    assert caught.value.problems
    assert catalogue.glossary is glossary
    assert catalogue.revision is revision
    assert await Revisions(database).newest() == revision
    assert await published(database) == 1


async def test_a_reload_that_cannot_be_stored_raises_and_changes_nothing(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    glossary, revision = catalogue.glossary, catalogue.revision
    async with database.write() as connection:
        await connection.run_sync(entries.drop)
    write_terms(folder, order="Changed.")
    with pytest.raises(DatabaseUnavailable):
        await catalogue.reload()
    assert catalogue.glossary is glossary
    assert catalogue.revision is revision


async def test_a_reload_works_after_one_that_failed(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    break_syntax(folder)
    with pytest.raises(PackError):
        await catalogue.reload()
    write_terms(folder, repaired="Fine again.")
    await catalogue.reload()
    assert names(catalogue) == ["repaired"]


async def test_a_reload_works_after_a_start_with_a_broken_folder(folder: Path, database: Database) -> None:
    await open_catalogue(folder, database)
    break_syntax(folder)
    catalogue = await open_catalogue(folder, database)
    write_terms(folder, repaired="Fine again.")
    reloaded = await catalogue.reload()
    assert reloaded.changes.added == ("repaired",)
    assert names(catalogue) == ["repaired"]


async def test_what_was_reloaded_outlives_a_restart_with_a_broken_folder(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    write_terms(folder, reloaded="This one.")
    await catalogue.reload()
    break_syntax(folder)
    assert names(await open_catalogue(folder, database)) == ["reloaded"]


async def test_two_reloads_at_once_both_finish(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    write_terms(folder, order="Changed.")
    async with asyncio.timeout(10):
        first, second = await asyncio.gather(catalogue.reload(), catalogue.reload())
    assert first.revision == second.revision == catalogue.revision
    assert (first.changes.removed, bool(second.changes)) == (("trade",), False)
    assert await published(database) == 2


async def test_of_two_reloads_at_once_a_broken_one_does_not_stop_the_other(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    break_syntax(folder)
    results = await asyncio.gather(catalogue.reload(), catalogue.reload(), return_exceptions=True)
    assert [type(result) for result in results] == [PackError, PackError]
    write_terms(folder, repaired="Fine again.")
    await catalogue.reload()
    assert names(catalogue) == ["repaired"]


async def test_the_old_snapshot_serves_until_the_new_one_is_stored(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    glossary = catalogue.glossary
    write_terms(folder, order="Changed.")
    async with database.write() as connection:
        reloading = asyncio.create_task(catalogue.reload())
        for _ in range(50):
            await connection.execute(select(1))
            assert catalogue.glossary is glossary
    await reloading
    assert names(catalogue) == ["order"]


async def test_a_rollback_serves_an_earlier_revision_under_a_number_of_its_own(
    folder: Path, database: Database
) -> None:
    catalogue = await open_catalogue(folder, database)
    first = catalogue.revision
    write_terms(folder, order="Changed.", position="What is held.")
    number = (await catalogue.reload()).revision.number
    then = await catalogue.pack_of(first.number)
    assert then == first.pack
    done = await catalogue.roll_back(first.number, USER)
    assert done
    assert (done.changes.added, done.changes.removed) == (("trade",), ("position",))
    assert names(catalogue) == ["order", "trade"]
    assert catalogue.revision == await Revisions(database).newest()
    assert catalogue.revision.number > number
    published = await catalogue.history()
    assert [(one.user_id, one.is_rollback) for one in published] == [(USER, True), (THE_BOT, False), (THE_BOT, False)]
    assert [one.returned_to for one in published] == [first.number, None, None]


async def test_a_rollback_to_a_revision_that_is_not_kept_changes_nothing(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    glossary = catalogue.glossary
    assert await catalogue.pack_of(99) is None
    assert await catalogue.roll_back(99, USER) is None
    assert catalogue.glossary is glossary


async def test_a_restart_keeps_a_rollback_until_the_files_change(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    first = catalogue.revision.number
    write_terms(folder, bad="Should not have been published.")
    await catalogue.reload()
    await catalogue.roll_back(first, USER)
    assert names(await open_catalogue(folder, database)) == ["order", "trade"]
    write_terms(folder, good="Mended.")
    assert names(await open_catalogue(folder, database)) == ["good"]


async def test_a_reload_takes_a_rollback_back(folder: Path, database: Database) -> None:
    catalogue = await open_catalogue(folder, database)
    first = catalogue.revision.number
    write_terms(folder, meant="As the files have it.")
    await catalogue.reload()
    await catalogue.roll_back(first, USER)
    await catalogue.reload()
    assert names(catalogue) == ["meant"]


async def test_what_another_process_publishes_is_followed(folder: Path, database: Database) -> None:
    catalogue, elsewhere = await open_catalogue(folder, database), await open_catalogue(folder, database)
    before = catalogue.glossary
    assert not await catalogue.follow()
    assert catalogue.glossary is before
    write_terms(folder, order="Changed.")
    reloaded = await elsewhere.reload()
    assert await catalogue.follow()
    assert names(catalogue) == ["order"]
    assert catalogue.revision == reloaded.revision
    assert not await elsewhere.follow()
