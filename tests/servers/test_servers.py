"""What each server sees, and how its own entries change, on a real database."""

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.catalogue import Catalogue
from bot.glossary.model import Entry
from bot.glossary.own import MOST_OWN, OWN_CATEGORY
from bot.glossary.search.names import Outcome
from bot.servers.changes import (
    AddAliases,
    AlreadyThere,
    Change,
    Changed,
    Conflict,
    ImportEntries,
    Overtaken,
    Refused,
    RemoveEntry,
    RevertChange,
    SaveEntry,
    TakesName,
    Unchanged,
)
from bot.servers.server import Server
from bot.servers.servers import SERVER_OVERHEAD, Servers
from bot.servers.servers import Outcome as ChangeOutcome
from bot.settings import read_settings
from bot.storage.change_history import ChangeHistory, ChangeItem
from bot.storage.database import Database
from bot.storage.misses import Misses
from bot.storage.own_entries import OwnEntries
from bot.storage.retention import Retention
from bot.storage.revisions import Revisions
from bot.storage.server_settings import AllServerSettings

GUILD, OTHER_GUILD, USER = 2**62, 2**62 + 1, 2**63 - 1


@pytest.fixture
async def database(environment: dict[str, str], tmp_path: Path) -> AsyncIterator[Database]:
    """An SQLite file; what only the database decides is tested on PostgreSQL as well, in tests/storage."""
    database = await Database.open(read_settings(environment, tmp_path / "no.env").database_url)
    yield database
    await database.close()


@pytest.fixture
async def catalogue(database: Database, data: Path) -> Catalogue:
    """The shared glossary of `conftest.py`."""
    return (await Catalogue.open(data, Revisions(database)))[0]


async def opened(database: Database, catalogue: Catalogue) -> Servers:
    """The servers of one process."""
    servers = Servers(
        catalogue, OwnEntries(database), ChangeHistory(database), AllServerSettings(database), Misses(database)
    )
    await servers.note_servers_with_data()
    return servers


@pytest.fixture
async def servers(database: Database, catalogue: Catalogue) -> Servers:
    """The servers of one process."""
    return await opened(database, catalogue)


@pytest.fixture
async def elsewhere(database: Database, catalogue: Catalogue) -> Servers:
    """The servers of another process on the same database."""
    return await opened(database, catalogue)


def made(name: str, definition: str = "Something.", *aliases: str) -> Entry:
    entry_id = name.lower().replace(" ", "-")
    return Entry(id=entry_id, name=name, category=OWN_CATEGORY.name, definition=definition, aliases=aliases)


async def apply(servers: Servers, change: Change, guild_id: int = GUILD) -> int:
    """Make a change that must succeed and return its id."""
    outcome = await servers.apply(guild_id, USER, change)
    assert isinstance(outcome, Changed), outcome
    return outcome.change_id


async def save(servers: Servers, entry: Entry, version: int = 0, guild_id: int = GUILD) -> int:
    return await apply(servers, SaveEntry(entry, version), guild_id)


async def try_to_save(servers: Servers, entry: Entry, version: int = 0) -> ChangeOutcome:
    return await servers.apply(GUILD, USER, SaveEntry(entry, version))


async def revert(servers: Servers, change_id: int, despite: int | None = None) -> ChangeOutcome:
    done = await servers.items_of(GUILD, change_id)
    return await servers.apply(GUILD, USER, RevertChange(change_id, done, despite))


async def last_change_id(servers: Servers) -> int:
    return (await servers.of(GUILD)).last_change_id


def reasons(outcome: ChangeOutcome) -> str:
    """Why a change was refused."""
    assert isinstance(outcome, Refused), outcome
    return "; ".join(fault.what for fault in outcome.faults)


async def found(servers: Servers, query: str, guild_id: int | None = GUILD) -> str | None:
    """The definition that a query surely finds."""
    glossary = (await servers.of(guild_id)).glossary
    result = glossary.find(query)
    entry = glossary.get(result.hits[0].name.entry_id) if result.is_answer else None
    return entry.definition if entry else None


async def test_a_server_without_data_gets_the_shared_glossary_itself(servers: Servers, catalogue: Catalogue) -> None:
    assert (await servers.of(GUILD)).glossary is catalogue.glossary
    assert (await servers.of(None)).glossary is catalogue.glossary


async def test_a_saved_entry_is_found_at_once_in_that_server_alone(servers: Servers) -> None:
    change_id = await save(servers, made("pip spread", "Ours.", "markup"))
    assert await found(servers, "pip spraed") == "Ours."
    assert await found(servers, "markup") == "Ours."
    assert await found(servers, "pip spread", OTHER_GUILD) is None
    assert await found(servers, "pip spread", None) is None
    server = await servers.of(GUILD)
    assert (server.last_change_id, server.version("pip-spread")) == (change_id, change_id)
    assert server.glossary.is_own("pip-spread")
    assert len(server.glossary) == len(server.shared) + 1


async def test_an_own_entry_stands_in_the_place_of_the_shared_one_until_it_is_removed(servers: Servers) -> None:
    shared = await found(servers, "leverage")
    unseen = await try_to_save(servers, made("leverage", "Ours."))
    assert isinstance(unseen, TakesName)
    assert unseen.shared.definition == shared
    await apply(servers, SaveEntry(made("leverage", "Ours."), seen=frozenset({"leverage"})))
    assert await found(servers, "leverage") == "Ours."
    assert await found(servers, "leverage", OTHER_GUILD) == shared
    await apply(servers, RemoveEntry("leverage"))
    assert await found(servers, "leverage") == shared
    assert "not one of this server's own" in reasons(await servers.apply(GUILD, USER, RemoveEntry("leverage")))


async def test_an_entry_that_somebody_else_has_changed_is_not_overwritten(servers: Servers) -> None:
    first = await save(servers, made("fee", "One."))
    second = await save(servers, made("fee", "Two."), first)
    for version in (0, first):
        outcome = await try_to_save(servers, made("fee", "Three."), version)
        assert isinstance(outcome, Conflict if version else AlreadyThere)
        assert outcome.current is not None
        assert (outcome.current.entry.definition, outcome.current.version) == ("Two.", second)
    await apply(servers, RemoveEntry("fee"))
    assert await try_to_save(servers, made("fee", "Three."), second) == Conflict(None)
    assert await found(servers, "fee") is None


async def test_of_two_saves_at_once_one_wins_and_the_other_is_told(servers: Servers) -> None:
    version = await save(servers, made("fee", "Before."))
    outcomes = await asyncio.gather(*(try_to_save(servers, made("fee", text), version) for text in ("One.", "Two.")))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Changed", "Conflict"]
    assert len(await servers.history(GUILD, limit=9)) == 2


async def test_many_moderators_adding_different_entries_at_once_lose_nothing(servers: Servers) -> None:
    names = [f"term {letter}" for letter in "abcdefghij"]
    await asyncio.gather(*(save(servers, made(name)) for name in names))
    assert [one.entry.name for one in (await servers.of(GUILD)).own_entries.values()] == names
    assert len(await servers.history(GUILD, limit=20)) == 10


async def test_what_another_process_changed_is_taken_into_account(servers: Servers, elsewhere: Servers) -> None:
    await save(servers, made("fee", "Ours."))
    await save(elsewhere, made("charge", "Theirs.", "markup"))
    assert "markup" in reasons(await try_to_save(servers, made("markup")))
    await save(servers, made("cost"))
    assert await found(servers, "charge") == "Theirs."
    assert isinstance(await try_to_save(servers, made("charge", "Ours.")), AlreadyThere)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (made("charge", "Other.", "markup"), "markup"),
        (made("charge", "Other.", "leverage"), "the name of a shared entry"),
        (made("charge", "", "gearing"), "no shared entry"),
    ],
)
async def test_what_cannot_stand_beside_the_others_is_refused(servers: Servers, entry: Entry, reason: str) -> None:
    version = await save(servers, made("fee", "Something.", "markup"))
    assert reason in reasons(await try_to_save(servers, entry))
    assert await last_change_id(servers) == version


async def test_what_is_saved_already_is_no_change(servers: Servers) -> None:
    version = await save(servers, made("fee", "Something.", "markup"))
    for expected in (0, version):
        assert await try_to_save(servers, made("fee", "Something.", "markup"), expected) == Unchanged()
    assert await last_change_id(servers) == version


async def test_an_entry_named_like_an_alias_of_a_shared_one_takes_it_only_after_that_was_seen(
    servers: Servers,
) -> None:
    outcome = await try_to_save(servers, made("API port", "Ours."))
    assert isinstance(outcome, TakesName)
    assert outcome.shared.name == "API socket"
    await apply(servers, SaveEntry(made("API port", "Ours."), seen=frozenset({"api-socket"})))
    assert await found(servers, "API port") == "Ours."


async def test_a_server_can_have_a_limited_number_of_entries(servers: Servers) -> None:
    await apply(servers, ImportEntries(tuple(made(f"term {number}") for number in range(MOST_OWN)), 0))
    assert f"{MOST_OWN:,}" in reasons(await try_to_save(servers, made("one too many")))
    await apply(servers, RemoveEntry("term-1"))
    await save(servers, made("one too many"))


async def test_a_renamed_entry_leaves_nothing_behind(servers: Servers) -> None:
    version = await save(servers, made("fee"))
    await apply(servers, SaveEntry(made("charge", "Something.", "fee"), version, replaces="fee"))
    assert list((await servers.of(GUILD)).own_entries) == ["charge"]
    await revert(servers, await last_change_id(servers))
    assert list((await servers.of(GUILD)).own_entries) == ["fee"]


async def test_every_kind_of_change_is_reverted_to_exactly_what_was(servers: Servers) -> None:
    states: list[dict[str, Entry]] = [{}]

    async def state() -> dict[str, Entry]:
        return {key: one.entry for key, one in (await servers.of(GUILD)).own_entries.items()}

    first = await save(servers, made("fee"))
    states.append(await state())
    await save(servers, made("fee", "Else."), first)
    states.append(await state())
    many = tuple(made(f"term {number}") for number in range(1000))
    await apply(servers, ImportEntries(many, await last_change_id(servers)))
    states.append(await state())
    await apply(servers, RemoveEntry("fee"))
    changes = await servers.history(GUILD, limit=9)
    for change, before in zip(changes, reversed(states), strict=True):
        await revert(servers, change.id)
        assert await state() == before
    assert await state() == {}
    assert await found(servers, "term 500") is None
    await revert(servers, await last_change_id(servers))
    assert await found(servers, "fee") == "Something."


async def test_a_change_that_was_built_upon_is_reverted_only_when_that_is_meant(servers: Servers) -> None:
    first = await save(servers, made("fee", "One."))
    second = await save(servers, made("fee", "Two."), first)
    put_back = ChangeItem("fee", made("fee", "Two."), None)
    assert await revert(servers, first) == Overtaken((put_back,), second)
    third = await save(servers, made("fee", "Three."), second)
    assert isinstance(await revert(servers, first, despite=second), Overtaken)
    await revert(servers, first, despite=third)
    assert await found(servers, "fee") is None


async def test_nothing_of_another_server_is_reverted(servers: Servers) -> None:
    change_id = await save(servers, made("fee"), guild_id=OTHER_GUILD)
    assert "not in the history" in reasons(await revert(servers, change_id))
    assert await found(servers, "fee", OTHER_GUILD) == "Something."


async def test_a_reload_of_the_shared_data_shows_behind_the_own_entries(
    servers: Servers, catalogue: Catalogue, data: Path
) -> None:
    await save(servers, made("fee"))
    await apply(servers, AddAliases("leverage", ("gearing",)))
    file = data / "tws.toml"
    file.write_text(file.read_text("utf-8").replace("More exposure than money.", "Borrowed."), "utf-8")
    await catalogue.reload()
    assert await found(servers, "gearing") == "Borrowed."
    assert await found(servers, "fee") == "Something."


async def test_more_names_for_a_shared_entry_that_is_gone_are_kept_and_do_no_harm(
    servers: Servers, catalogue: Catalogue, data: Path
) -> None:
    await apply(servers, AddAliases("leverage", ("gearing",)))
    file = data / "tws.toml"
    whole = file.read_text("utf-8")
    file.write_text(whole[: whole.index('[[term]]\nname = "leverage"')], "utf-8")
    await catalogue.reload()
    assert (await servers.of(GUILD)).glossary.find("gearing").outcome is Outcome.NONE
    await save(servers, made("fee"))
    file.write_text(whole, "utf-8")
    await catalogue.reload()
    assert await found(servers, "gearing") == "More exposure than money."


async def test_a_restart_sees_everything_and_loads_only_what_is_used(
    servers: Servers, database: Database, catalogue: Catalogue
) -> None:
    for guild_id in range(1, 50):
        await save(servers, made("fee", f"Of {guild_id}."), guild_id=guild_id)
    await servers.change_settings(OTHER_GUILD, hide_replies=True)
    again = await opened(database, catalogue)
    assert list(again._cache) == []
    assert await found(again, "fee", 7) == "Of 7."
    assert (await again.of(OTHER_GUILD)).settings.hide_replies
    assert list(again._cache) == [7, OTHER_GUILD]


async def test_a_snapshot_that_cannot_be_built_loses_no_committed_change(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    await save(servers, made("fee", "One."))

    async def fail(*_: object) -> Server:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(servers, "_with_own_entries", fail)
        with pytest.raises(MemoryError):
            await save(servers, made("charge", "Two."))
    assert await found(servers, "charge") == "Two."


async def test_settings_are_changed_one_by_one_and_apply_at_once(servers: Servers) -> None:
    await save(servers, made("fee"))
    await servers.change_settings(GUILD, hide_replies=True)
    await servers.change_settings(GUILD, channels=(5,))
    server = await servers.of(GUILD)
    assert (server.settings.hide_replies, server.settings.channels) == (True, (5,))
    assert await found(servers, "fee") == "Something."


async def test_a_forgotten_server_is_served_like_a_new_one(servers: Servers, catalogue: Catalogue) -> None:
    await save(servers, made("fee"))
    servers.forget(GUILD)
    assert (await servers.of(GUILD)).glossary is catalogue.glossary


async def test_servers_that_were_not_used_for_longest_make_room_and_come_back(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.servers.servers.MAX_CACHED_ENTRIES", 3 * SERVER_OVERHEAD + 3)
    for guild_id in (1, 2, 3):
        await save(servers, made("pip spread", f"Of {guild_id}."), guild_id=guild_id)
    first, second = await servers.of(1), await servers.of(2)
    assert await servers.of(1) is first
    for guild_id in (4, 5):  # instead of 3 and 2
        await save(servers, made("pip spread", f"Of {guild_id}."), guild_id=guild_id)
    assert await servers.of(1) is first
    assert await servers.of(2) is not second
    for guild_id in range(1, 6):
        assert await found(servers, "pip spread", guild_id) == f"Of {guild_id}."


async def test_a_server_larger_than_all_the_room_is_held_alone(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.servers.servers.MAX_CACHED_ENTRIES", 1)
    await save(servers, made("pip spread"))
    assert await servers.of(GUILD) is await servers.of(GUILD)


async def test_a_reload_leaves_nothing_of_the_former_glossary_in_memory(
    servers: Servers, catalogue: Catalogue, data: Path
) -> None:
    await save(servers, made("pip spread"))
    await save(servers, made("pip spread"), guild_id=OTHER_GUILD)
    former = weakref.ref(catalogue.glossary)
    with (data / "tws.toml").open("a") as file:
        file.write('\n[[term]]\nname = "brand new"\ndefinition = "It is new."\nreviewed = 2026-11-23\n')
    await catalogue.reload()
    assert await found(servers, "brand new") == "It is new."
    gc.collect()
    assert former() is None


async def test_what_another_process_changed_or_set_is_followed(servers: Servers, elsewhere: Servers) -> None:
    version = await save(servers, made("pip spread", "Ours."))
    await save(servers, made("pip spread", "Untouched."), guild_id=OTHER_GUILD)
    assert await found(elsewhere, "pip spread") is None
    await elsewhere.follow()
    assert await found(elsewhere, "pip spread") == "Ours."
    others = await elsewhere.of(OTHER_GUILD)
    await save(servers, made("pip spread", "Newer."), version)
    await elsewhere.follow()
    assert await found(elsewhere, "pip spread") == "Newer."
    await servers.change_settings(GUILD, hide_replies=True)
    await elsewhere.follow()
    assert (await elsewhere.of(GUILD)).settings.hide_replies
    assert await elsewhere.of(OTHER_GUILD) is others


async def test_what_was_forgotten_by_another_process_is_no_longer_shown(servers: Servers, database: Database) -> None:
    await save(servers, made("pip spread"))
    await servers.change_settings(GUILD, hide_replies=True)
    await Retention(database).forget_server(GUILD)
    await servers.follow()
    assert await found(servers, "pip spread") is None
    assert not (await servers.of(GUILD)).settings.hide_replies


async def test_following_does_not_drop_what_changes_meanwhile(servers: Servers, elsewhere: Servers) -> None:
    version = await save(servers, made("pip spread", "Ours."))
    await save(elsewhere, made("pip spread", "Newer."), version)
    change = asyncio.create_task(save(servers, made("charge", "Ours.")))
    await servers.follow()
    await change
    assert await found(servers, "pip spread") == "Newer."
    assert await found(servers, "charge") == "Ours."
