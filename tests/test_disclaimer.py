"""Every reply of every kind ends with the disclaimer; a new command or component cannot forget it."""

import contextlib
import datetime as dt
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
import simcord
from discord import AppCommandOptionType, app_commands
from simcord.results import InteractionResult, ResponseMessage

from bot.chat.components import ACTIONS, custom_id, read_action
from bot.features.dispatch import FEATURES
from bot.glossary.model import Entry
from bot.servers.changes import SaveEntry
from bot.storage.ids import HOME_SERVERS
from bot.storage.posts import PostKind, Problem
from tests.world import DISCLAIMER, World, form_fields, parts, reply, shown, submit

# What each type of option is tried with; a command with another type needs another row.
TRIED: dict[AppCommandOptionType, tuple[Any, ...]] = {
    AppCommandOptionType.string: (
        "trusted IPs",
        "trsuted ips",
        "beverage",
        "socket or ips pop-up",
        "pizza",
        "pip spread",
    ),
    AppCommandOptionType.boolean: (True, False),
    AppCommandOptionType.integer: (7,),
    AppCommandOptionType.user: (),
    AppCommandOptionType.attachment: (
        ("new.csv", b"name,definition\nnew,Something new."),
        ("new.csv", b"nonsense"),
        ("new.csv", "name,definition\ncafé,Something new.".encode("cp1252")),
    ),
}
# What forms are filled in with: once as they should be, once not.
FILLED: tuple[dict[str, Any], ...] = (
    {
        "name": "another",
        "definition": "Another thing.",
        "term": "slippage",
        "reason": "No.",
        "details": "No.",
        "zone": "utc",
        "file": ("new.csv", b"name,definition\nnew,Something new."),
    },
    {
        "name": "another",
        "definition": "Another thing.",
        "term": "!!!",
        "aliases": "leverage",
        "details": "No.",
        "zone": "Moon",
        "file": ("new.xlsx", b"PK"),
    },
)
# So many clicks lead to everything.
DEPTH = 3


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with a path, whose steps can be opened."""
    steps = '"API port: Is the door.", "trusted IPs: Let you in."'
    path = f'[[path]]\nname = "First steps"\ndescription = "Connect a program."\nsteps = [{steps}]\n'
    (data / "paths.toml").write_text(path, "utf-8")
    return data


class Steps(NamedTuple):
    """A command and the clicks that follow, each by the kind of its component and the form that comes of it."""

    command: str
    options: dict[str, Any]
    clicks: tuple[tuple[str, int], ...] = ()


def calls(command: app_commands.Command[Any, ..., Any]) -> Iterator[dict[str, Any]]:
    """Every value of every option, one at a time."""
    first = {option.name: TRIED[option.type][0] for option in command.parameters if option.required}
    yield first
    for option in command.parameters:
        yield from (first | {option.name: value} for value in TRIED[option.type])


def replies(result: InteractionResult) -> list[ResponseMessage]:
    """Every message that an interaction led to; it must have led to something."""
    assert result.acknowledged
    return [*([result.response] if result.response else []), *result.followups]


def assert_ends_with_disclaimer(message: ResponseMessage) -> None:
    assert message.embeds, message
    assert message.embeds[-1].footer.text == DISCLAIMER


def kind(custom_id: str) -> str:
    """What a component is for, without what it is about."""
    return ":".join(custom_id.split(":")[: 2 if custom_id.startswith(("do:", "pick:")) else 1])


class Control(NamedTuple):
    """What somebody can use under a message: a button, a menu, or an option of a menu that does what a button does."""

    kind: str
    part: dict[str, Any]
    action: str = ""


def controls(message: ResponseMessage) -> Iterator[Control]:
    """What can be used under a message."""
    for part in parts(message):
        if part.get("disabled") or "custom_id" not in part:
            continue
        if not part["custom_id"].startswith(ACTIONS):
            yield Control(kind(part["custom_id"]), part)
        for option in part.get("options", ()):
            action = read_action(option["value"])
            if action is not None:
                yield Control(kind(custom_id(*action)), part, option["value"])


async def prepare(world: World, data: Path) -> None:
    """Bring about something for every list: own entries and changes, misses, checks, suggestions, revisions."""
    world.services.usage.count_missed("fee", world.guild.id, world.member.id)
    world.services.usage.count_shown("leverage", world.guild.id, world.member.id)
    for number in range(12):
        world.services.usage.misses.count(world.guild.id, 1, f"miss {number}")
    server = await world.services.servers.of(world.guild.id)
    await world.services.reviews.still_right(HOME_SERVERS, server.shared.pack.entries[0], dt.date(2026, 11, 27))
    entry = Entry(id="pip-spread", name="pip spread", category="", definition=f"Version {server.last_change_id}.")
    for number in range(6 if not server.last_change_id else 1):
        entry = msgspec.structs.replace(entry, definition=f"Version {number} after {server.last_change_id}.")
        seen = (await world.services.servers.of(world.guild.id)).version(entry.id)
        change = SaveEntry(entry, seen, seen=frozenset({entry.id}))
        await world.services.servers.apply(world.guild.id, world.moderator.id, change)
    refused = Problem(world.channel.id, "it may not write there", is_paused=True)
    await world.services.posts.note_problem(world.guild.id, PostKind.DAILY_TERM, refused)
    await world.services.reviews.still_right(HOME_SERVERS, server.shared.pack.entries[0], dt.date(2026, 11, 27))
    await world.services.suggestions.add(world.guild.id, world.stranger.id, entry.name, "No.", entry_id=entry.id)
    await world.services.suggestions.add(
        world.guild.id, world.member.id, f"wish {server.last_change_id}", "What it is."
    )
    if world.services.catalogue.revision.number == 1:
        for number in range(6):
            own = msgspec.structs.replace(entry, id=f"number-{number}", name=f"number {number}")
            await world.services.servers.apply(world.guild.id, world.moderator.id, SaveEntry(own))
        more = (f'[[term]]\nname = "number {number}"\ndefinition = "One of many."\n' for number in range(20))
        with (data / "tws.toml").open("a", encoding="utf-8") as file:
            file.writelines((*more, '[[term]]\nname = "pip spread"\ndefinition = "Shared now."\n'))
        await world.services.catalogue.reload()


async def follow(world: World, steps: Steps) -> list[ResponseMessage]:
    """Take the steps as a moderator and return the messages that the last one led to, or changed."""
    result = await world.moderator.slash(world.channel, steps.command, **steps.options)
    messages = await after(world, result, 0)
    for which, filled in steps.clicks:
        found = [(one, control) for one in messages for control in controls(one) if control.kind == which]
        if not found:
            return []  # what was there before is done with
        message, (_, part, action) = found[0]
        if part["type"] == 2:
            result = await world.moderator.click(message, custom_id=part["custom_id"])
        else:
            values = [action] if action else chosen(world, part, filled)
            result = await world.moderator.select(message, values, custom_id=part["custom_id"])
        messages = [message, *await after(world, result, filled)]
    return messages


def chosen(world: World, menu: dict[str, Any], filled: int) -> list[Any]:
    """What is chosen in a menu, by its type: text, the first time the first and then the last, role or channel."""
    texts = [one["value"] for one in menu.get("options", ()) if read_action(one["value"]) is None]
    return {3: texts[-1:] if filled else texts[:1], 6: [], 8: [world.channel]}[menu["type"]]


async def after(world: World, result: InteractionResult, filled: int) -> list[ResponseMessage]:
    """The messages that an interaction led to, be it by a form that is filled in."""
    if result.modal is None:
        return replies(result)
    typed = {name: text for name, text in FILLED[filled].items() if name in form_fields(result)}
    return replies(await submit(world.moderator, result, typed))


async def test_whatever_is_used_and_clicked_ends_with_the_disclaimer(world: World, data: Path) -> None:
    commands = [one for one in world.bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    assert len(commands) >= 18
    waiting = [Steps(one.qualified_name, options) for one in commands for options in calls(one)]
    used: set[str] = set()
    for steps in waiting:
        await prepare(world, data)
        messages = await follow(world, steps)
        if steps.clicks and steps.clicks[-1][0] == "dismiss":
            continue  # the message is gone
        for message in messages:
            assert_ends_with_disclaimer(message)
        for which in [control.kind for message in messages for control in controls(message)]:
            if which not in used and len(steps.clicks) < DEPTH:
                used.add(which)
                waiting += [steps._replace(clicks=(*steps.clicks, (which, form))) for form in range(len(FILLED))]
    assert used == {verb for feature in FEATURES for verb in feature.clicks}


async def test_a_failure_ends_with_the_disclaimer_and_names_the_id_it_is_logged_under(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.services.usage, "answers", None)  # anything that makes answering fail
    message = reply(await world.member.slash(world.channel, "define", term="leverage"))
    assert_ends_with_disclaimer(message)
    assert message.ephemeral
    (record,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert record.exc_info is not None
    error_id = re.search(r"error id `([0-9a-f]{8})`", shown(message))
    assert error_id is not None
    assert error_id[1] in record.getMessage()
    assert "Traceback" not in shown(message)


async def test_typing_that_fails_is_answered_with_no_choices(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(world.services.usage, "lookups", None)  # anything that makes answering fail
        assert await world.member.autocomplete(world.channel, "define", "term", "") == []
    assert [one.levelname for one in caplog.records if one.name.startswith("bot")] == ["ERROR"]


async def test_choices_that_come_too_late_are_debug_noise(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    with contextlib.suppress(AssertionError, simcord.SetupError):
        await world.member.autocomplete(world.channel, "define", "term", "lev")
    noise = [one for one in caplog.records if one.name == "bot.chat.answering"]
    assert [one.levelname for one in noise] == ["DEBUG"]
    assert "came too late" in noise[0].getMessage()
