"""What each server sees, and how its own entries change, on a real database."""

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from bot.catalogue import Catalogue
from bot.glossary.model import Entry
from bot.glossary.own import MOST_OWN, OWN_CATEGORY
from bot.glossary.search.names import Outcome
from bot.server_view import ConflictingChange, OvertakenChange, RefusedChange, Server
from bot.servers import EACH_SERVER, Servers
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.own_entries import Item, Kind
from bot.storage.retention import Retention
from bot.storage.revisions import Revisions

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


@pytest.fixture
async def servers(database: Database, catalogue: Catalogue) -> Servers:
    """The servers of one process."""
    return await Servers.open(catalogue, database)


@pytest.fixture
async def elsewhere(database: Database, catalogue: Catalogue) -> Servers:
    """The servers of another process on the same database."""
    return await Servers.open(catalogue, database)


def made(name: str, definition: str = "Something.", *aliases: str) -> Entry:
    entry_id = name.lower().replace(" ", "-")
    return Entry(id=entry_id, name=name, category=OWN_CATEGORY.name, definition=definition, aliases=aliases)


async def save(servers: Servers, entry: Entry, seen: int = 0, guild_id: int = GUILD) -> int:
    return await servers.save(guild_id, USER, Kind.EDIT if seen else Kind.ADD, entry, seen=seen)


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
    assert (server.latest, server.version("pip-spread")) == (change_id, change_id)
    assert server.glossary.is_own("pip-spread")
    assert len(server.glossary) == len(server.shared) + 1


async def test_an_own_entry_stands_in_the_place_of_the_shared_one_until_it_is_removed(servers: Servers) -> None:
    shared = await found(servers, "leverage")
    await save(servers, made("leverage", "Ours."))
    assert await found(servers, "leverage") == "Ours."
    assert await found(servers, "leverage", OTHER_GUILD) == shared
    await servers.remove(GUILD, USER, "leverage")
    assert await found(servers, "leverage") == shared
    with pytest.raises(RefusedChange):
        await servers.remove(GUILD, USER, "leverage")


async def test_an_entry_that_somebody_else_has_changed_is_not_overwritten(servers: Servers) -> None:
    first = await save(servers, made("fee", "One."))
    second = await save(servers, made("fee", "Two."), seen=first)
    for seen in (0, first):
        with pytest.raises(ConflictingChange) as caught:
            await save(servers, made("fee", "Three."), seen=seen)
        assert caught.value.current is not None
        assert (caught.value.current.entry.definition, caught.value.current.version) == ("Two.", second)
    await servers.remove(GUILD, USER, "fee")
    with pytest.raises(ConflictingChange) as caught:
        await save(servers, made("fee", "Three."), seen=second)
    assert caught.value.current is None
    assert await found(servers, "fee") is None


async def test_of_two_saves_at_once_one_wins_and_the_other_is_told(servers: Servers) -> None:
    seen = await save(servers, made("fee", "Before."))
    results = await asyncio.gather(
        *(save(servers, made("fee", text), seen=seen) for text in ("One.", "Two.")), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["ConflictingChange", "int"]
    assert len(await servers.history(GUILD, limit=9)) == 2


async def test_many_moderators_adding_different_entries_at_once_lose_nothing(servers: Servers) -> None:
    names = [f"term {letter}" for letter in "abcdefghij"]
    await asyncio.gather(*(save(servers, made(name)) for name in names))
    assert [one.entry.name for one in (await servers.of(GUILD)).own.values()] == names
    assert len(await servers.history(GUILD, limit=20)) == 10


async def test_what_another_process_changed_is_taken_into_account(servers: Servers, elsewhere: Servers) -> None:
    await save(servers, made("fee", "Ours."))
    await save(elsewhere, made("charge", "Theirs.", "markup"))
    with pytest.raises(RefusedChange, match="markup"):
        await save(servers, made("markup"))
    await save(servers, made("cost"))
    assert await found(servers, "charge") == "Theirs."
    with pytest.raises(ConflictingChange):
        await save(servers, made("charge", "Ours."))


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (made("fee"), "nothing was changed"),
        (made("charge", "Other.", "markup"), "markup"),
        (made("charge", "Other.", "leverage"), "the name of a shared entry"),
        (made("charge", "", "gearing"), "no shared entry"),
    ],
)
async def test_what_cannot_stand_beside_the_others_is_refused(servers: Servers, entry: Entry, reason: str) -> None:
    version = await save(servers, made("fee", "Something.", "markup"))
    if entry.id == "fee":
        entry = msgspec.structs.replace(entry, aliases=("markup",))
    with pytest.raises(RefusedChange, match=reason):
        await save(servers, entry, seen=version if entry.id == "fee" else 0)
    assert (await servers.of(GUILD)).latest == version


async def test_a_server_has_so_many_entries_and_no_more(servers: Servers) -> None:
    items = [Item(entry.id, None, entry) for entry in (made(f"term {number}") for number in range(MOST_OWN))]
    await servers.change(GUILD, USER, Kind.IMPORT, lambda _: items)
    with pytest.raises(RefusedChange, match=f"{MOST_OWN:,}"):
        await save(servers, made("one too many"))
    await servers.remove(GUILD, USER, "term-1")
    await save(servers, made("one too many"))


async def test_a_renamed_entry_leaves_nothing_behind(servers: Servers) -> None:
    seen = await save(servers, made("fee"))
    renamed = made("charge", "Something.", "fee")
    await servers.save(GUILD, USER, Kind.EDIT, renamed, seen=seen, instead_of="fee")
    assert list((await servers.of(GUILD)).own) == ["charge"]
    await servers.revert(GUILD, USER, (await servers.of(GUILD)).latest)
    assert list((await servers.of(GUILD)).own) == ["fee"]


async def test_every_kind_of_change_is_reverted_to_exactly_what_was(servers: Servers) -> None:
    states: list[dict[str, Entry]] = [{}]

    async def state() -> dict[str, Entry]:
        return {key: one.entry for key, one in (await servers.of(GUILD)).own.items()}

    first = await save(servers, made("fee"))
    states.append(await state())
    await save(servers, made("fee", "Else."), seen=first)
    states.append(await state())
    items = [Item(entry.id, None, entry) for entry in (made(f"term {number}") for number in range(1000))]
    await servers.change(GUILD, USER, Kind.IMPORT, lambda _: items)
    states.append(await state())
    await servers.remove(GUILD, USER, "fee")
    changes = await servers.history(GUILD, limit=9)
    for change, before in zip(changes, reversed(states), strict=True):
        await servers.revert(GUILD, USER, change.id)
        assert await state() == before
    assert await state() == {}
    assert await found(servers, "term 500") is None
    await servers.revert(GUILD, USER, (await servers.of(GUILD)).latest)
    assert await found(servers, "fee") == "Something."


async def test_a_change_that_was_built_upon_is_reverted_only_when_that_is_meant(servers: Servers) -> None:
    first = await save(servers, made("fee", "One."))
    second = await save(servers, made("fee", "Two."), seen=first)
    with pytest.raises(OvertakenChange) as caught:
        await servers.revert(GUILD, USER, first)
    assert (caught.value.names, caught.value.latest) == (("fee",), second)
    third = await save(servers, made("fee", "Three."), seen=second)
    with pytest.raises(OvertakenChange):
        await servers.revert(GUILD, USER, first, despite=second)
    await servers.revert(GUILD, USER, first, despite=third)
    assert await found(servers, "fee") is None


async def test_nothing_of_another_server_is_reverted(servers: Servers) -> None:
    change_id = await save(servers, made("fee"), guild_id=OTHER_GUILD)
    with pytest.raises(RefusedChange):
        await servers.revert(GUILD, USER, change_id)
    assert await found(servers, "fee", OTHER_GUILD) == "Something."


async def test_a_reload_of_the_shared_data_shows_behind_the_own_entries(
    servers: Servers, catalogue: Catalogue, data: Path
) -> None:
    await save(servers, made("fee"))
    await servers.change(GUILD, USER, Kind.ALIAS, lambda _: [Item("leverage", None, made("leverage", "", "gearing"))])
    file = data / "tws.toml"
    file.write_text(file.read_text("utf-8").replace("More exposure than money.", "Borrowed."), "utf-8")
    await catalogue.reload()
    assert await found(servers, "gearing") == "Borrowed."
    assert await found(servers, "fee") == "Something."


async def test_more_names_for_a_shared_entry_that_is_gone_are_kept_and_do_no_harm(
    servers: Servers, catalogue: Catalogue, data: Path
) -> None:
    await servers.change(GUILD, USER, Kind.ALIAS, lambda _: [Item("leverage", None, made("leverage", "", "gearing"))])
    file = data / "tws.toml"
    whole = file.read_text("utf-8")
    file.write_text(whole[: whole.index('[[term]]\nname = "leverage"')], "utf-8")
    await catalogue.reload()
    assert (await servers.of(GUILD)).glossary.find("gearing").outcome is Outcome.NONE
    await save(servers, made("fee"))
    file.write_text(whole, "utf-8")
    await catalogue.reload()
    assert await found(servers, "gearing") == "More exposure than money."


async def test_a_restart_sees_everything_and_loads_only_what_is_used(servers: Servers, elsewhere: Servers) -> None:
    for guild_id in range(1, 50):
        await save(servers, made("fee", f"Of {guild_id}."), guild_id=guild_id)
    await servers.change_settings(OTHER_GUILD, hide_replies=True)
    again = await Servers.open(elsewhere._catalogue, elsewhere._own_entries._database)
    assert list(again._loaded) == []
    assert await found(again, "fee", 7) == "Of 7."
    assert (await again.of(OTHER_GUILD)).settings.hide_replies
    assert list(again._loaded) == [7, OTHER_GUILD]


async def test_a_snapshot_that_cannot_be_built_loses_no_committed_change(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    await save(servers, made("fee", "One."))

    async def fail(*_: object) -> Server:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(servers, "_layered", fail)
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
    monkeypatch.setattr("bot.servers.MOST_HELD", 3 * EACH_SERVER + 3)
    for guild_id in (1, 2, 3):
        await save(servers, made("pip spread", f"Of {guild_id}."), guild_id=guild_id)
    first, second = await servers.of(1), await servers.of(2)
    assert await servers.of(1) is first
    for guild_id in (4, 5):  # in the stead of 3 and 2
        await save(servers, made("pip spread", f"Of {guild_id}."), guild_id=guild_id)
    assert await servers.of(1) is first
    assert await servers.of(2) is not second
    for guild_id in range(1, 6):
        assert await found(servers, "pip spread", guild_id) == f"Of {guild_id}."


async def test_a_server_larger_than_all_the_room_is_held_alone(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.servers.MOST_HELD", 1)
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


async def test_what_was_forgotten_by_another_process_is_not_shown_any_more(
    servers: Servers, database: Database
) -> None:
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
