"""Message codes, as people in the simulated Discord see them."""

from pathlib import Path

import pytest

from tests.world import World, parts, reply, shown, title

MESSAGES = """
[category]
name = "API messages"
description = "What the API says"
emoji = "📟"
colour = "#718096"
order = 2

[[message]]
code = 502
kind = "error"
title = "No connection"
aliases = ["Couldn't connect to TWS"]
definition = "Nothing listens at that address."
causes = ["TWS is not running"]
checks = ["Start TWS.", "Compare the port."]
related = ["API socket"]
verified = false

[[message]]
code = 2104
kind = "warning"
title = "Quote server connected"
definition = "Nothing is wrong."
"""


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with messages."""
    (data / "messages.toml").write_text(MESSAGES, "utf-8")
    return data


@pytest.mark.parametrize(
    "term", ["502", "error 502", "Error 502, reqId 3: Couldn't connect to TWS", "warning 502", "couldnt conect to tws"]
)
async def test_a_code_is_found_by_number_line_or_words(world: World, term: str) -> None:
    message = reply(await world.member.slash(world.channel, "define", term=term))
    assert title(message) == "Error 502: No connection"


async def test_a_message_shows_kind_causes_and_checks_at_a_glance(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="502"))
    assert shown(message) == (
        "📟 API messages\nError 502: No connection\n"
        "🔴 **Error**\n\nNothing listens at that address.\n\n"
        "**Usual causes**\n• TWS is not running\n\n"
        "**What to check**\n1\\. Start TWS.\n2\\. Compare the port.\n\n"
        "*This rests on public reports, not on the vendor's own table.*\n"
        "Seen in logs as\nCouldn't connect to TWS\n"
        "Related\nAPI socket"
    )


@pytest.mark.parametrize("term", ["777", "error 777", "Error 777, reqId 3: Couldn't do it"])
async def test_an_unknown_code_is_said_to_be_unknown(world: World, term: str) -> None:
    message = reply(await world.member.slash(world.channel, "define", term=term))
    assert message.ephemeral
    assert title(message) == "No entry for 777"
    assert "Message code 777 is not in the glossary" in shown(message)
    assert parts(message) == []


async def test_typing_a_number_offers_the_message_by_its_title(world: World) -> None:
    assert await world.member.autocomplete(world.channel, "define", "term", "21") == [
        {"name": "Warning 2104: Quote server connected", "value": "warning-2104"}
    ]
