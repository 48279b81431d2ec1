"""Message codes, as people in the simulated Discord see them."""

from pathlib import Path

import pytest

from tests.conftest import GLOSSARY
from tests.features.moderating import listed_misses
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
reasons = ["Connection refused → Nothing listens. → Start TWS."]
libraries = "ib_async raises it as `ConnectionRefusedError`."
related = ["API socket"]
verified = false

[[message]]
code = 2104
kind = "system"
harmless = true
title = "Quote server connected"
definition = "Nothing is wrong."
checks = ["Nothing."]

[[term]]
name = "paper port"
definition = "Where the simulator listens."
keywords = ["7497"]
"""


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with messages, and the address of a table of them."""
    (data / "glossary.toml").write_text(f'{GLOSSARY}codes_table = "https://example.com/codes"\n', "utf-8")
    (data / "messages.toml").write_text(MESSAGES, "utf-8")
    return data


@pytest.mark.parametrize(
    "term", ["502", "error 502", "Error 502, reqId 3: Couldn't connect to TWS", "warning 502", "couldnt conect to tws"]
)
async def test_a_code_is_found_by_number_line_or_words(world: World, term: str) -> None:
    message = reply(await world.member.slash(world.channel, "define", term=term))
    assert title(message) == "🔴 Error 502: No connection"


async def test_an_error_says_what_to_check_before_what_it_means(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="502"))
    assert shown(message) == (
        "📟 API messages\n🔴 Error 502: No connection\n"
        "**Check first**\n1. Start TWS.\n2. Compare the port.\n\n"
        "Nothing listens at that address.\n\n"
        "ib\\_async raises it as `ConnectionRefusedError`.\n\n"
        "*From public reports, not the official table.*\n"
        "**Related:** API socket"
    )


async def test_causes_and_wordings_of_a_message_unfold(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="502"))
    await world.member.click(message, label="Causes (1)")
    assert "**Causes**\n- TWS is not running\n\n**Seen in logs as** Couldn't connect to TWS" in shown(message)
    assert "Connection refused" not in shown(message)
    await world.member.click(message, label="Texts (1)")
    assert "- **Connection refused**: Nothing listens. Start TWS." in shown(message)


@pytest.mark.parametrize("label", ["Causes (1)", "Texts (1)"])
async def test_unfolding_a_section_leaves_what_to_check_first_as_it_is(world: World, label: str) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="502"))
    first = "**Check first**\n1. Start TWS.\n2. Compare the port.\n\nNothing listens"
    assert first in shown(message)
    await world.member.click(message, label=label)
    assert first in shown(message)


async def test_causes_unfold_only_if_they_say_more(world: World, data: Path) -> None:
    (data / "messages.toml").write_text(MESSAGES.replace('causes = ["TWS is not running"]', ""), "utf-8")
    await world.services.catalogue.reload()
    message = reply(await world.member.slash(world.channel, "define", term="502"))
    assert not [one for one in parts(message) if str(one.get("label")).startswith("Causes")]


async def test_checks_that_the_first_view_has_no_room_for_unfold_with_the_causes(world: World, data: Path) -> None:
    long_check = "Read what the log says about it, line by line. " * 4
    text = MESSAGES.replace('"Compare the port."', f'"Compare the port.", "{long_check}", "{long_check}"')
    (data / "messages.toml").write_text(text, "utf-8")
    await world.services.catalogue.reload()
    message = reply(await world.member.slash(world.channel, "define", term="502"))
    first = shown(message).partition("\n\n")[0]
    assert "4. Read" not in first
    await world.member.click(message, label="Causes (1)")
    assert shown(message).startswith(f"{first}\n\n")
    assert "**Then check**\n" in shown(message)
    assert "4. Read" in shown(message)


@pytest.mark.parametrize(("command", "option"), [("define", "term"), ("ask", "question")])
async def test_a_quoted_text_leads_to_its_own_check(world: World, command: str, option: str) -> None:
    line = {option: "error 502: connection refused by 127.0.0.1"}
    message = reply(await world.member.slash(world.channel, command, **line))
    assert title(message) == "🔴 Error 502: No connection"
    assert message.content.endswith("**Nothing listens.** Start TWS.")
    other = reply(await world.member.slash(world.channel, command, **{option: "error 502"}))
    assert "Nothing listens." not in other.content


async def test_a_harmless_message_says_so_first(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="2104"))
    assert shown(message) == (
        "📟 API messages\n⚪ System 2104: Quote server connected\nNothing is wrong.\n\n**Check first**\nNothing."
    )


@pytest.mark.parametrize(
    ("fields", "sign", "colour"),
    [
        ('kind = "error"', "🔴", 0xC53030),
        ('kind = "warning"', "🟡", 0xD69E2E),
        ('kind = "system"', "🔵", 0x3182CE),
        ('kind = "warning"\nharmless = true', "⚪", 0x4A5568),
    ],
)
async def test_a_message_has_the_sign_and_the_colour_of_its_kind(
    world: World, data: Path, fields: str, sign: str, colour: int
) -> None:
    """One that only informs is harmless, whatever its kind. `/about` says what the signs mean."""
    (data / "messages.toml").write_text(MESSAGES.replace('kind = "error"', fields), "utf-8")
    await world.services.catalogue.reload()
    message = reply(await world.member.slash(world.channel, "define", term="502"))
    assert title(message).startswith(f"{sign} ")
    assert message.embeds[0].colour is not None
    assert message.embeds[0].colour.value == colour
    assert f"{sign} " in shown(reply(await world.member.slash(world.channel, "about")))


async def test_a_glossary_without_messages_does_not_explain_their_signs(world: World, data: Path) -> None:
    (data / "messages.toml").unlink()
    await world.services.catalogue.reload()
    assert "🔴" not in shown(reply(await world.member.slash(world.channel, "about")))


@pytest.mark.parametrize(("command", "option"), [("define", "term"), ("ask", "question")])
@pytest.mark.parametrize(
    "said",
    ["777", "error 777", "what does 777 mean?", "Error 777, reqId 3: Can't do it", "[#777]", "17 777 Can't do it"],
)
async def test_an_unknown_code_is_said_to_be_unknown(world: World, command: str, option: str, said: str) -> None:
    message = reply(await world.member.slash(world.channel, command, **{option: said}))
    assert message.ephemeral
    assert title(message) == "No entry for 777"
    assert "Message code 777 is not in the glossary" in shown(message)
    assert [one.get("url") or one["custom_id"] for one in parts(message)] == [
        "https://example.com/codes",
        "suggest:777",
    ]


async def test_several_unknown_codes_are_said_to_be_unknown_together(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question="errors 777 and 778"))
    assert "Message codes 777, 778 are not in the glossary." in shown(message)


async def test_an_unknown_code_in_a_mention_is_said_to_be_unknown(world: World) -> None:
    assert world.bot.user is not None
    await world.member.send(world.channel, f"{world.bot.user.mention} why error 777?")
    assert title(world.channel.history()[-1]) == "No entry for 777"


async def test_nothing_that_looks_alike_is_offered_for_an_unknown_code(world: World) -> None:
    line = "Error 777, reqId -1: Couldn't connect to TWS, says the log"
    message = reply(await world.member.slash(world.channel, "ask", question=line))
    assert title(message) == "No entry for 777"
    assert [one["label"] for one in parts(message)] == ["Table of message codes", "Suggest this term"]


async def test_a_message_that_a_question_quotes_is_the_answer(world: World) -> None:
    line = "why does the leverage bot say: couldn't connect to TWS?"
    for command, option in (("define", "term"), ("ask", "question")):
        message = reply(await world.member.slash(world.channel, command, **{option: line}))
        assert title(message) == "🔴 Error 502: No connection"


async def test_a_number_among_the_keywords_of_a_term_is_no_unknown_code(world: World) -> None:
    for said in ("7497", "error 7497"):
        message = reply(await world.member.slash(world.channel, "ask", question=said))
        assert title(message) == "paper port"


async def test_an_unknown_code_is_a_miss_without_the_line_around_it(world: World) -> None:
    await world.member.slash(world.channel, "define", term="Error 777, reqId 3: account DU1234567")
    await world.member.slash(world.channel, "ask", question="error 777")
    assert "**777** · 2 times" in shown(await listed_misses(world))
    assert "1234567" not in shown(await listed_misses(world))


async def test_typing_a_number_offers_the_message_by_its_title(world: World) -> None:
    assert await world.member.autocomplete(world.channel, "define", "term", "21") == [
        {"name": "System 2104: Quote server connected", "value": "system-2104"}
    ]
