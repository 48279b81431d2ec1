"""Every reply of every kind ends with the disclaimer; a new command or component cannot forget it."""

import contextlib
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import simcord
from discord import AppCommandOptionType, app_commands
from simcord.results import InteractionResult, ResponseMessage

from bot.replies.components import COMPONENTS, Component
from tests.world import DISCLAIMER, World, parts, reply, shown

# What each type of option is tried with; a command with another type needs another row.
TRIED: dict[AppCommandOptionType, tuple[Any, ...]] = {
    AppCommandOptionType.string: ("trusted IPs", "trsuted ips", "beverage", "pizza"),
    AppCommandOptionType.boolean: (True, False),
}


def replies(result: InteractionResult) -> list[ResponseMessage]:
    """Every message that an interaction led to; it must have led to something."""
    assert result.acknowledged
    return [*([result.response] if result.response else []), *result.followups]


def calls(command: app_commands.Command[Any, ..., Any]) -> Iterator[dict[str, Any]]:
    """Every value of every option, one at a time."""
    first = {option.name: TRIED[option.type][0] for option in command.parameters if option.required}
    yield first
    for option in command.parameters:
        yield from (first | {option.name: value} for value in TRIED[option.type])


def assert_ends_with_disclaimer(message: ResponseMessage) -> None:
    assert message.embeds, message
    assert message.embeds[-1].footer.text == DISCLAIMER


async def test_every_command_and_component_ends_with_the_disclaimer(world: World) -> None:
    used: set[type[Component[Any]]] = set()
    commands = [one for one in world.bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    assert len(commands) >= 4
    for command in commands:
        for options in calls(command):
            result = await world.moderator.slash(world.channel, command.qualified_name, **options)
            for index in range(max(1, *[len(parts(message)) for message in replies(result)])):
                # A click may replace or delete the message, so each part gets a message of its own.
                result = await world.moderator.slash(world.channel, command.qualified_name, **options)
                for message in replies(result):
                    assert_ends_with_disclaimer(message)
                    for custom_id in [one.get("custom_id") for one in parts(message)][index : index + 1]:
                        if custom_id is not None:
                            used |= await use(world, message, custom_id)
    assert used == set(COMPONENTS)


async def use(world: World, message: ResponseMessage, custom_id: str) -> set[type[Component[Any]]]:
    """Use one button or menu as a stranger and as a moderator, check what comes back, and return its kind."""
    actors = [world.moderator] if message.ephemeral else [world.member, world.moderator]
    (one,) = [one for one in parts(message) if one.get("custom_id") == custom_id]
    for actor in actors:
        if "options" in one:
            result = await actor.select(message, [one["options"][0]["value"]], custom_id=custom_id)
        else:
            result = await actor.click(message, custom_id=custom_id)
        answers = replies(result)
        if result.modal is not None:
            answers = replies(await actor.submit_modal(result, {"term": "pizza"}))
            assert answers
        for answer in answers:
            assert_ends_with_disclaimer(answer)
    return {kind for kind in COMPONENTS if kind.__discord_ui_compiled_template__.fullmatch(custom_id)}


async def test_a_failure_ends_with_the_disclaimer_and_names_the_id_it_is_logged_under(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.bot.lookups = None  # type: ignore[assignment] # anything that makes answering fail
    message = reply(await world.member.slash(world.channel, "define", term="leverage"))
    assert_ends_with_disclaimer(message)
    assert message.ephemeral
    (record,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert record.exc_info is not None
    error_id = re.search(r"error id `([0-9a-f]{8})`", shown(message))
    assert error_id is not None
    assert error_id[1] in record.getMessage()
    assert "Traceback" not in shown(message)
    assert world.env.errors  # simcord fails a test whose errors nobody looked at


async def test_typing_that_fails_is_answered_with_no_choices(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.bot.lookups = None  # type: ignore[assignment] # anything that makes answering fail
    assert await world.member.autocomplete(world.channel, "define", "term", "lev") == []
    assert [one.levelname for one in caplog.records if one.name.startswith("bot")] == ["ERROR"]


async def test_choices_that_come_too_late_are_debug_noise(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    with contextlib.suppress(AssertionError, simcord.SetupError):
        await world.member.autocomplete(world.channel, "define", "term", "lev")
    noise = [one for one in caplog.records if one.name == "bot.replies.errors"]
    assert [one.levelname for one in noise] == ["DEBUG"]
    assert "came too late" in noise[0].getMessage()
