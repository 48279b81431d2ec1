"""Paths as people in the simulated Discord go along them."""

from pathlib import Path

import pytest

from bot.services import open_services
from bot.settings import read_settings
from tests.features.moderating import add
from tests.world import World, parts, reply, shown, title

PATHS = """
[[path]]
name = "First connection"
description = "Connect a program."
steps = [
  "API port: Is the door.",
  "trusted IPs: Let you *in*.",
]

[[path]]
name = "More"
description = "Go on."
steps = ["leverage: Comes later.", "API socket: Is needed again."]

[[path]]
name = "Trading"
description = "Trade."
steps = ["slippage: Costs.", "commission: Costs as well.", "volume: Says how much is traded."]
"""
TRADING = """
[[term]]
name = "slippage"
definition = "The difference between the expected price of a trade and the price at which it is filled."

[[term]]
name = "commission"
definition = "A fee that the broker charges for carrying out an instruction of a client."

[[term]]
name = "volume"
definition = "How many shares or contracts changed hands during a period."
"""


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with three paths."""
    with (data / "tws.toml").open("a", encoding="utf-8") as file:
        file.write(TRADING)
    (data / "paths.toml").write_text(PATHS, "utf-8")
    return data


async def test_the_paths_are_listed_with_what_is_read_of_each(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "learn"))
    assert message.ephemeral
    assert "🧭 **First connection** (0 of 2 read): Connect a program." in shown(message)
    await world.member.select(message, ["first-connection"])
    assert shown(message) == (
        "🧭 0 of 2 read\nFirst connection\nConnect a program.\n\n"
        "⬜ **API socket**: Is the door.\n⬜ **trusted IPs**: Let you \\*in\\*."
    )
    await world.member.click(message, label="All paths")
    assert title(message) == "Learning paths"


async def test_next_leads_through_the_steps_and_ticks_them(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "learn", path="first connection"))
    await world.member.click(message, label="Next: API socket")
    assert title(message) == "API socket"
    assert message.content == "-# 🧭 First connection, step 1 of 2: Is the door."
    await world.member.click(message, label="Back")
    assert "1 of 2 read" in shown(message)
    assert "✅ **API socket**" in shown(message)
    await world.member.click(message, label="Next: trusted IPs")
    assert title(message) == "trusted IPs"
    await world.member.click(message, label="Next")
    assert "2 of 2 read" in shown(message)
    assert "You have read all of it." in shown(message)
    assert [one["label"] for one in parts(message) if "label" in one] == ["Quiz me on it", "All paths"]
    await world.member.click(message, label="All paths")
    assert "✅ **First connection** (2 of 2 read)" in shown(message)
    # An entry that is read is read on every path.
    assert "🧭 **More** (1 of 2 read)" in shown(message)


async def test_a_path_that_is_read_leads_to_a_quiz_about_it(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "learn", path="Trading"))
    for number in range(3):
        await world.member.select(message, [str(number)])
        await world.member.click(message, label="Back")
    await world.member.click(message, label="Quiz me on it")
    assert "Question 1 of 3" in shown(message)
    clicked = next(one["custom_id"] for one in parts(message) if "quiz-answer" in one.get("custom_id", ""))
    stored = await world.services.quiz_rounds.get(int(clicked.split(":")[2]))
    assert stored is not None
    assert {question.entry_id for question in stored.round.questions} == {"slippage", "commission", "volume"}


async def test_what_was_read_under_an_old_name_stays_read(world: World, data: Path) -> None:
    message = reply(await world.member.slash(world.channel, "learn", path="More"))
    await world.member.click(message, label="Next: leverage")
    for file in (data / "tws.toml", data / "paths.toml"):
        renamed = 'name = "gearing"\naliases = ["leverage"]'
        file.write_text(file.read_text("utf-8").replace('name = "leverage"', renamed), "utf-8")
    await world.services.catalogue.reload()
    await world.member.click(message, label="Back")
    assert "✅ **gearing**: Comes later." in shown(message)


async def test_next_and_back_stay_while_somebody_unfolds_or_wanders_on(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "learn", path="First connection"))
    await world.member.select(message, ["1"])
    assert title(message) == "trusted IPs"
    await world.member.click(message, label="Code")
    assert 'print("hello")' in shown(message)
    await world.member.select(message, ["api-socket"])
    assert title(message) == "API socket"
    await world.member.click(message, label="Back to the list")
    assert title(message) == "First connection"
    assert "⬜ **API socket**" in shown(message)


async def test_each_person_has_their_own_progress_also_in_direct_messages(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "learn", path="More"))
    await world.member.click(message, label="Next: leverage")
    message = reply(await world.stranger.slash("learn", path="More"))
    assert "0 of 2 read" in shown(message)
    await world.stranger.click(message, label="Next: leverage")
    assert title(message) == "leverage"


async def test_progress_survives_a_restart_a_reload_and_a_renamed_path(
    world: World, data: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    message = reply(await world.member.slash(world.channel, "learn", path="First connection"))
    await world.member.click(message, label="Next: API socket")
    async with open_services(read_settings(environment, tmp_path / "no.env")) as other:
        assert await other.read_steps.of(world.member.id) == {"api-socket"}
    changed = PATHS.replace("First connection", "The very first").replace('"API port: Is the door.",', "")
    steps = changed.replace('"trusted IPs: Let you *in*.",', '"leverage: Is new.", "API socket: Moved."')
    (data / "paths.toml").write_text(steps, "utf-8")
    await world.services.catalogue.reload()
    await world.member.click(message, label="Back")
    assert "There is no path “first-connection”." in shown(message)
    await world.member.click(message, label="All paths")
    await world.member.select(message, ["the-very-first"])
    assert "⬜ **leverage**: Is new.\n✅ **API socket**: Moved." in shown(message)


async def test_a_step_after_the_last_shows_the_path(world: World, data: Path) -> None:
    message = reply(await world.member.slash(world.channel, "learn", path="First connection"))
    await world.member.select(message, ["1"])
    shorter = PATHS.replace('  "trusted IPs: Let you *in*.",\n', "")
    (data / "paths.toml").write_text(shorter, "utf-8")
    await world.services.catalogue.reload()
    await world.member.click(message, label="Next")
    assert title(message) == "First connection"


async def test_a_servers_own_version_of_an_entry_is_the_step_there(world: World) -> None:
    await add(world, name="leverage", definition="Our own words for it.")
    message = reply(await world.member.slash(world.channel, "learn", path="More"))
    await world.member.click(message, label="Next: leverage")
    assert title(message) == "leverage"


async def test_an_unknown_path_is_said_to_be_unknown_and_typing_offers_the_others(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "learn", path="*pizza*"))
    assert "There is no path “\\*pizza\\*”." in shown(message)
    offered = await world.member.autocomplete(world.channel, "learn", "path", "FIRST")
    assert offered == [{"name": "First connection", "value": "First connection"}]


async def test_a_glossary_without_paths_says_so(world: World, data: Path) -> None:
    (data / "paths.toml").unlink()
    await world.services.catalogue.reload()
    message = reply(await world.member.slash(world.channel, "learn"))
    assert title(message) == "No paths yet"


async def test_what_somebody_has_read_is_shown_and_deleted_by_privacy(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "learn", path="More"))
    await world.member.click(message, label="Next: leverage")
    privacy = reply(await world.member.slash(world.channel, "privacy"))
    assert "• 1 step read on paths" in shown(privacy)
    await world.member.click(privacy, label="Delete what is stored about me")
    await world.member.click(privacy, label="Yes, delete it")
    assert not await world.services.read_steps.of(world.member.id)
