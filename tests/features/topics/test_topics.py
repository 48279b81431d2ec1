"""`/topics` and `/random`, as people in the simulated Discord see them."""

from pathlib import Path

import pytest

from tests.features.moderating import add
from tests.world import World, part, parts, reply, shown, title


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with a category of ten entries."""
    head = (
        '[category]\nname = "Numbers"\ndescription = "Terms by number"\nemoji = "🔢"\ncolour = "#718096"\norder = 2\n'
    )
    terms = "".join(f'[[term]]\nname = "number {n:02}"\ndefinition = "The term {n}."\n' for n in range(1, 11))
    (data / "numbers.toml").write_text(head + terms, "utf-8")
    return data


async def test_topics_lists_the_categories_with_their_sizes(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "topics"))
    assert message.ephemeral
    assert shown(message) == (
        "Topics\n🖥️ **TWS** (3 terms): The workstation\n🔢 **Numbers** (10 terms): Terms by number"
    )
    assert [option["value"] for option in part(message, "pick:topic:")["options"]] == ["TWS", "Numbers"]


async def test_a_topic_lists_its_terms_page_by_page_and_leads_back(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "topics"))
    await world.member.select(message, ["Numbers"])
    assert title(message) == "🔢 Numbers"
    assert "10 terms · page 1 of 2" in shown(message)
    assert "- **number 08**: The term 8." in shown(message)
    assert "number 09" not in shown(message)
    assert [one["label"] for one in parts(message) if one.get("disabled") and "label" in one] == ["Previous"]
    await world.member.click(message, label="Next")
    assert "- **number 09**: The term 9." in shown(message)
    assert [one["label"] for one in parts(message) if one.get("disabled") and "label" in one] == ["Next"]
    await world.member.click(message, label="Previous")
    assert "page 1 of 2" in shown(message)
    await world.member.click(message, label="All topics")
    assert title(message) == "Topics"


async def test_a_term_opens_below_the_topic(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "topics", category="numbers"))
    opened = reply(await world.member.select(message, ["number-03"]))
    assert title(opened) == "number 03"
    assert title(message) == "🔢 Numbers"


async def test_an_unknown_topic_is_said_to_be_unknown(world: World) -> None:
    for command in ("topics", "random"):
        message = reply(await world.member.slash(world.channel, command, category="*pizza*"))
        assert "There is no topic “\\*pizza\\*”." in shown(message)


async def test_typing_offers_the_topics(world: World) -> None:
    assert await world.member.autocomplete(world.channel, "topics", "category", "num") == [
        {"name": "Numbers", "value": "Numbers"}
    ]
    assert len(await world.member.autocomplete(world.channel, "random", "category", "")) == 2


async def test_a_servers_own_entries_are_a_topic_of_their_own(world: World) -> None:
    await add(world)
    message = reply(await world.member.slash(world.channel, "topics"))
    assert "🏠 **This server** (1 term): What this server calls things" in shown(message)


async def test_random_shows_an_entry_of_the_topic(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "random", category="Numbers"))
    assert message.ephemeral
    assert title(message).startswith("number ")
    anything = reply(await world.member.slash(world.channel, "random"))
    assert world.services.catalogue.glossary.named(title(anything)) is not None


async def test_a_topic_that_is_gone_is_said_to_be_unknown(world: World, data: Path) -> None:
    message = reply(await world.member.slash(world.channel, "topics", category="Numbers"))
    (data / "numbers.toml").unlink()
    await world.services.catalogue.reload()
    await world.member.click(message, label="Next")
    assert "There is no topic “Numbers”." in shown(message)
