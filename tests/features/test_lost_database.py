"""What people typed into a form comes back when the database is gone, whatever the form."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.chat.limits import AnswerLimit
from bot.storage import database
from tests.features.moderating import DRAFT, add, defined, listed_suggestions, suggest
from tests.features.suggestions.test_suggestions import chosen
from tests.world import World, reply, shown, title


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a locked file for a moment only."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0)


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Another process has locked the database for writing."""
    path = str(world.services.settings.database_url.database)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


async def typed_in(message: ResponseMessage) -> str:
    """The file that gives back what was typed."""
    (file,) = message.attachments
    assert file.filename == "typed.txt"
    return (await file.read()).decode()


async def opened(world: World, form: str) -> tuple[MemberActor, InteractionResult, dict[str, str]]:
    """Who fills in a form of some kind, the form, and what they type."""
    moderator, member = world.moderator, world.member
    match form:
        case "entry":
            return moderator, await moderator.slash(world.channel, "glossary add"), DRAFT
        case "suggestion":
            missed = reply(await member.slash(world.channel, "define", term="pizza"))
            typed = {"term": "pizza", "details": "Round and flat."}
            return member, await member.click(missed, label="Suggest this term"), typed
        case "report":
            answer = await defined(world, "leverage")
            typed = {"details": "It is less than that."}
            return member, await member.click(answer, label="Wrong or out of date?"), typed
        case "decline":
            await suggest(world, "pizza")
            typed = {"reason": "We only have pasta."}
            return moderator, await moderator.click(await chosen(world, "pizza"), label="Decline"), typed
        case _:
            await defined(world, "gearing")
            misses = reply(await moderator.slash(world.channel, "glossary misses"))
            await moderator.select(misses, ["gearing"], custom_id="pick:miss:")
            form_opened = await moderator.click(misses, label="Alias of another term")
            return moderator, form_opened, {"term": "leverage"}


FORMS = ["entry", "suggestion", "report", "decline", "alias"]


@pytest.mark.parametrize("form", FORMS)
async def test_everything_typed_comes_back_as_a_file(world: World, form: str) -> None:
    who, window, typed = await opened(world, form)
    with locked(world):
        result = await who.submit_modal(window, typed)
    failed = [*([result.response] if result.response else []), *result.followups][-1]
    assert title(failed) == "The database is not available"
    assert failed.ephemeral
    given_back = await typed_in(failed)
    assert all(text in given_back for text in typed.values())


async def test_a_moderator_is_sent_to_the_operator_and_a_member_to_a_moderator(world: World) -> None:
    for form, contact in (("entry", "tell the operator of this bot"), ("report", "tell a moderator")):
        who, window, typed = await opened(world, form)
        with locked(world):
            failed = reply(await who.submit_modal(window, typed))
        assert contact in shown(failed)


async def test_what_is_refused_comes_back_as_well(world: World) -> None:
    who, window, typed = await opened(world, "suggestion")
    await world.services.servers.change_settings(world.guild.id, take_suggestions=False)
    refused = reply(await who.submit_modal(window, typed))
    assert title(refused) == "No suggestions here"
    assert "Round and flat." in await typed_in(refused)


async def test_the_clicks_of_moderators_use_up_none_of_their_answers(world: World) -> None:
    await suggest(world, "pizza", "Round and flat.")
    await add(world)
    message = await listed_suggestions(world)
    world.bot.limit = AnswerLimit(1)
    for _ in range(3):
        await world.moderator.select(message, ["1"], custom_id="pick:suggestion:")
        await world.moderator.click(message, label="Back")
    assert title(message) == "Open suggestions"
    assert title(await defined(world, "leverage", by=world.moderator)) == "leverage"
