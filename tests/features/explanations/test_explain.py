"""*Explain terms*, as people in the simulated Discord see it."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import discord
import pytest
from simcord.backend.cdn import CDN_BASE

from bot.glossary.search.timeline import MOST_CODES, Timeline
from tests.features.terms.test_messages import MESSAGES
from tests.world import World, parts, reply, shown, title

MORE_MESSAGES = """
[[message]]
code = 1100
kind = "system"
title = "Connectivity lost"
aliases = ["Connectivity between IB and TWS has been lost"]
definition = "The servers are away."
checks = ["Wait for the line to come back."]
settled_by = ["System 1101", "System 1102"]

[[message]]
code = 1101
kind = "system"
title = "Back, quotes lost"
definition = "The servers are back."
checks = ["Request your quotes again."]

[[message]]
code = 1102
kind = "system"
harmless = true
title = "Back"
definition = "Nothing is wrong."
"""
LOG = """2026-11-23 03:15:00,120 INFO Warning 2104, reqId -1: Quote server is there
2026-11-23 03:15:02,500 ERROR Error 1100, reqId -1: Connectivity between IB and TWS has been lost
2026-11-23 03:15:09,000 INFO Warning 2104, reqId -1: Quote server is there
2026-11-23 03:16:00,000 ERROR Error 502, reqId -1: Couldn't connect to TWS, API port
2026-11-23 03:16:05,000 ERROR Error 777, reqId 5: Something"""


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with messages, one of them harmless."""
    (data / "messages.toml").write_text(MESSAGES + MORE_MESSAGES, "utf-8")
    return data


@pytest.fixture(autouse=True)
def _files_are_simulated(world: World) -> None:
    world.bot.file_hosts |= {str(urlsplit(CDN_BASE).hostname)}


async def explained(world: World, said: discord.Message) -> Any:
    """What a member is shown who asks for the terms of a message."""
    message = reply(await world.member.context_menu(world.channel, "Explain terms", said))
    assert message.ephemeral
    return message


def menu(message: Any) -> Any:
    """The menu under a message."""
    (found,) = parts(message)
    return found


async def said(world: World, content: str = "", **more: Any) -> discord.Message:
    """A message in the channel, by somebody else."""
    return await world.moderator.send(world.channel, content, **more)


async def test_every_term_has_a_line_with_its_first_sentence_and_opens_from_the_menu(world: World) -> None:
    asked = await said(world, "do I put Trusted-IPs before the API socket? see https://x.y/leverage")
    message = await explained(world, asked)
    assert shown(message) == (
        "Terms in this message\n"
        "- **trusted IPs**: Addresses that may connect without being asked.\n"
        "- **API socket**: The door through which programs talk."
    )
    assert [option["value"] for option in menu(message)["options"]] == ["trusted-ips", "api-socket"]
    opened = reply(await world.member.select(message, ["api-socket"]))
    assert title(opened) == "API socket"
    assert title(message) == "Terms in this message"


async def test_a_message_without_terms_is_said_to_have_none(world: World) -> None:
    message = await explained(world, await said(world, "good morning everyone"))
    assert title(message) == "No glossary terms here"
    assert parts(message) == []


async def test_terms_beyond_ten_are_only_in_the_menu(world: World, data: Path) -> None:
    names = [f"gizmo{letter}x" for letter in "abcdefghijklm"]
    with (data / "tws.toml").open("a", encoding="utf-8") as file:
        file.writelines(f'\n[[term]]\nname = "{name}"\ndefinition = "One of many."\n' for name in names)
    await world.services.catalogue.reload()
    message = await explained(world, await said(world, ", ".join(names)))
    lines = shown(message).splitlines()
    assert lines[-2:] == ["- **gizmojx**: One of many.", "… and 3 more in the menu"]
    assert [option["label"] for option in menu(message)["options"]] == names


async def test_a_log_becomes_a_timeline_with_the_likely_first_cause(world: World) -> None:
    message = await explained(world, await said(world, LOG))
    assert shown(message) == (
        "What happened?\n"
        "**Likely first cause:** System 1100. Check first: Wait for the line to come back.\n\n"
        "- `03:15:00` ⚪ **2104** (×2): Quote server connected · *harmless*\n"
        "- `03:15:02` 🔵 **1100**: Connectivity lost\n"
        "- `03:16:00` 🔴 **502**: No connection\n"
        "- `03:16:05` ❔ **777**: not in the glossary\n\n"
        "**Also mentioned**\n- **API socket**: The door through which programs talk."
    )
    values = [option["value"] for option in menu(message)["options"]]
    assert values == ["system-2104", "system-1100", "error-502", "api-socket"]


async def test_the_text_of_a_message_tells_its_reason_and_what_to_check_then(world: World) -> None:
    log = "03:14:07 Error 502: connection refused by host; 03:14:52 Error 502"
    message = await explained(world, await said(world, f"{log}\n03:20 error 1100"))
    assert "**Likely first cause:** Error 502. Nothing listens. Start TWS." in shown(message)


async def test_a_line_of_the_timeline_tells_the_reason_that_the_text_of_its_message_gives(world: World) -> None:
    log = "03:14:00 error 1100\n03:14:07 Error 502, reqId -1: Connection refused\n03:14:52 Error 502, reqId -1"
    lines = shown(await explained(world, await said(world, log))).splitlines()
    assert lines[-1] == "- `03:14:07` 🔴 **502** (×2): Nothing listens"


async def test_a_long_reason_is_cut_in_the_timeline(world: World, data: Path) -> None:
    cause = f"{'Nothing listens there ' * 4}`at all`."
    (data / "messages.toml").write_text(
        MESSAGES.replace("→ Nothing listens. →", f"→ {cause} →") + MORE_MESSAGES, "utf-8"
    )
    await world.services.catalogue.reload()
    message = await explained(world, await said(world, "error 1100\nError 502, reqId -1: Connection refused"))
    assert shown(message).splitlines()[-1].endswith("**502**: " + "Nothing listens there " * 3 + "Nothing…")


async def test_a_single_message_tells_the_reason_and_what_to_check(world: World) -> None:
    message = await explained(world, await said(world, "Error 502, reqId -1: Connection refused"))
    assert shown(message) == ("Terms in this message\n- **Error 502: No connection**: Nothing listens. Start TWS.")


async def test_days_are_shown_where_they_change(world: World) -> None:
    log = "2026-11-23 23:59:00 Warning 2104\n2026-11-23 23:59:30 Error 502\n2026-11-24 00:01:00 System 1100"
    lines = shown(await explained(world, await said(world, log))).splitlines()
    assert [line[: line.index("**")] for line in lines if line.startswith("- ")] == [
        "- `2026-11-23 23:59:00` ⚪ ",
        "- `23:59:30` 🔴 ",
        "- `2026-11-24 00:01:00` 🔵 ",
    ]


async def test_harmless_messages_alone_are_said_to_be_no_problem(world: World) -> None:
    message = await explained(world, await said(world, "Warning 2104: up\nWarning 2104: up"))
    assert shown(message) == (
        "What happened?\n**Nothing is wrong.** These messages only inform.\n\n"
        "- ⚪ **2104** (×2): Quote server connected · *harmless*"
    )


async def test_a_message_is_found_in_a_log_by_its_words_too(world: World) -> None:
    log = "09:00:01 Couldn't connect to TWS\n09:00:09 Connectivity between IB and TWS has been lost"
    message = await explained(world, await said(world, log))
    assert "**Likely first cause:** Error 502. Check first: Start TWS." in shown(message)
    assert "- `09:00:09` 🔵 **1100**: Connectivity lost" in shown(message)


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [
        ("1100 1102 502", "**Likely first cause:** Error 502. Check first: Start TWS."),
        ("1100 1101 502", "**Likely first cause:** Error 502. Check first: Start TWS."),
        ("1100 1102 502 1100 1102", "**Likely first cause:** Error 502. Check first: Start TWS."),
        ("1100 502 1102", "**Likely first cause:** System 1100. Check first: Wait for the line to come back."),
        ("1100 1102 1100 502", "**Likely first cause:** System 1100. Check first: Wait for the line to come back."),
        ("1102 1100 502", "**Likely first cause:** System 1100. Check first: Wait for the line to come back."),
        ("1100 1101", "**Left to do after System 1101:** Request your quotes again."),
        ("1101 502", "**Likely first cause:** System 1101. Check first: Request your quotes again."),
        ("1100 1102", "**Nothing is wrong any more.** A later message says that it is over."),
    ],
)
async def test_what_is_over_is_not_the_cause_of_what_came_later(world: World, codes: str, verdict: str) -> None:
    log = "\n".join(f"09:00:0{second} error {code}" for second, code in enumerate(codes.split()))
    lines = shown(await explained(world, await said(world, log))).splitlines()
    assert lines[1] == verdict


async def test_a_message_that_is_over_says_since_which_one(world: World) -> None:
    message = await explained(world, await said(world, "09:00:01 error 1100\n09:02:01 error 1102\n09:03:00 error 502"))
    assert "- `09:00:01` 🔵 **1100**: Connectivity lost · *over with 1102*\n" in shown(message)


async def test_a_single_code_is_a_term_like_others(world: World) -> None:
    message = await explained(world, await said(world, "what is error 502?"))
    assert shown(message) == ("Terms in this message\n- **Error 502: No connection**: Nothing listens at that address.")


async def test_a_code_that_is_not_in_the_glossary_is_said_to_be_missing(world: World) -> None:
    message = await explained(world, await said(world, "what is error 777?"))
    assert shown(message) == "Nothing to explain\n*Code 777 is not in the glossary.*"


async def test_attached_logs_are_read(world: World) -> None:
    files = [
        ("bot.LOG", LOG.encode()),
        ("notes.txt", "the exposure of leverage \xff".encode("latin-1")),
        ("x.png", b"error 1100"),
    ]
    message = await explained(world, await said(world, "my bot died", attachments=files))
    assert "- `03:15:00` ⚪ **2104** (×2): Quote server connected · *harmless*" in shown(message)
    assert "- **leverage**: More exposure than money." in shown(message)
    assert "was not read" not in shown(message)


async def test_a_log_made_of_all_numbers_is_read_no_further_than_there_are_codes(world: World) -> None:
    numbers = " ".join(f"error {number}," for number in range(1000, 5000))
    message = await explained(world, await said(world, attachments=[("tws.log", numbers.encode())]))
    assert f"… and {MOST_CODES - 10} more" in shown(message)


async def test_logs_that_are_too_large_are_left_out_and_the_rest_is_explained(world: World) -> None:
    files = [("big_1.log", b"error 502".ljust(99) + b"\n"), ("big_2.log", b"error 1100".ljust(99) + b"\n")]
    files = [(name, line * 7_000) for name, line in files]
    message = await explained(world, await said(world, "leverage", attachments=files))
    assert "- 🔴 **502** (×7,000): No connection" in shown(message)
    assert "1100" not in shown(message)
    assert shown(message).endswith("\n\n*big\\_2.log was not read: 1 MB is the most.*")


async def test_a_log_that_is_not_at_discord_is_never_fetched(world: World) -> None:
    world.bot.file_hosts = frozenset()
    message = await explained(world, await said(world, "leverage", attachments=[("a.log", b"error 502")]))
    assert shown(message) == (
        "Terms in this message\n- **leverage**: More exposure than money.\n\n*a.log could not be downloaded.*"
    )


async def test_a_log_that_discord_no_longer_has_is_said_to_be_missing(world: World) -> None:
    asked = await said(world, attachments=[("a.log", b"error 502")])
    world.env.backend.cdn = type(world.env.backend.cdn)()
    message = await explained(world, asked)
    assert shown(message) == "Nothing to explain\n*a.log could not be downloaded.*"


def test_a_text_without_messages_has_no_timeline() -> None:
    assert not Timeline()
    assert Timeline().first_cause is None
