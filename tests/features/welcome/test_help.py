"""The help shows five things to try, and each of its buttons does one of them."""

from pathlib import Path

import discord
import pytest
from simcord.results import InteractionResult

from bot.features.welcome import samples
from bot.glossary.glossary import Glossary
from bot.glossary.pack import read_pack
from tests.world import World, parts, reply, shown, title

MESSAGES = """
[category]
name = "Messages"
description = "What TWS says"
emoji = "🔢"
colour = "#805ad5"
order = 2

[[message]]
code = 2104
kind = "warning"
harmless = true
title = "Market data farm connection is OK"
definition = "The farm answers."

[[message]]
code = 502
kind = "error"
title = "Couldn't connect to TWS"
definition = "Nothing listens at that port."
"""


async def test_help_offers_five_things_to_try(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "help"))
    assert message.ephemeral
    assert title(message) == "Five things to try"
    assert len(parts(message)) == 5


async def test_a_mention_without_a_question_gets_the_same_help(world: World) -> None:
    of_command = reply(await world.member.slash(world.channel, "help"))
    assert world.bot.user is not None
    await world.member.send(world.channel, world.bot.user.mention)
    answer = world.channel.last_message
    assert answer is not None
    assert shown(answer) == shown(of_command)
    rows = [row for row in answer.components if isinstance(row, discord.ActionRow)]
    buttons = [one.custom_id for row in rows for one in row.children if isinstance(one, discord.Button)]
    assert buttons[:-1] == [one["custom_id"] for one in parts(of_command)]
    assert str(buttons[-1]).startswith("dismiss:")


async def click(world: World, label: str) -> InteractionResult:
    message = reply(await world.member.slash(world.channel, "help"))
    return await world.member.click(message, label=label)


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("trusted IPs", "Addresses that may connect without being asked."),
        ("Ask a question", "Addresses that may connect without being asked."),
        ("Explain a log", "Terms in this message"),
        ("Topics", "The workstation"),
        ("Any term", ""),
    ],
)
async def test_each_button_does_what_it_says_for_the_person_alone(world: World, label: str, says: str) -> None:
    answer = reply(await click(world, label))
    assert answer.ephemeral
    assert says in shown(answer)


def test_a_sample_log_quotes_messages_harmless_ones_first(data: Path) -> None:
    (data / "messages.toml").write_text(MESSAGES, "utf-8")
    glossary = Glossary(read_pack(data)[0])
    assert samples.log(glossary).splitlines() == [
        "10:15:01 Warning 2104: Market data farm connection is OK",
        "10:15:02 Error 502: Couldn't connect to TWS",
    ]


def test_the_sample_question_compares_two_entries_that_people_mix_up(data: Path) -> None:
    file = data / "tws.toml"
    text = file.read_text("utf-8") + 'confused_with = ["API socket: is a door."]\n'
    file.write_text(text, "utf-8")
    glossary = Glossary(read_pack(data)[0])
    assert samples.question(glossary) == "What is the difference between leverage and API socket?"
    assert glossary.ask(samples.question(glossary)).is_comparison
