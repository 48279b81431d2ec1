"""`/topics` and `/random`, as people in the simulated Discord see them."""

from pathlib import Path

import pytest

from tests.features.moderating import add
from tests.world import World, part, parts, reply, shown, title


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with a category of fourteen entries."""
    head = (
        '[category]\nname = "Numbers"\ndescription = "Terms by number"\nemoji = "🔢"\ncolour = "#718096"\norder = 2\n'
    )
    terms = "".join(f'[[term]]\nname = "number {n:02}"\ndefinition = "The term {n}."\n' for n in range(1, 15))
    (data / "numbers.toml").write_text(head + terms, "utf-8")
    return data


async def test_topics_lists_the_categories_with_their_sizes(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "topics"))
    assert message.ephemeral
    assert shown(message) == (
        "2 topics\nTopics\n🖥️ **TWS** (3 terms): The workstation\n🔢 **Numbers** (14 terms): Terms by number"
    )
    assert [option["value"] for option in part(message, "pick:topic:")["options"]] == ["TWS", "Numbers"]


async def test_a_topic_lists_its_terms_page_by_page_and_leads_back(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "topics"))
    await world.member.select(message, ["Numbers"])
    assert title(message) == "🔢 Numbers"
    assert "14 terms · page 1 of 3" in shown(message)
    assert "- **number 06**: The term 6." in shown(message)
    assert "number 07" not in shown(message)
    assert [one["label"] for one in parts(message) if one.get("disabled") and "label" in one] == ["Previous"]
    await world.member.click(message, label="Next")
    assert "- **number 07**: The term 7." in shown(message)
    await world.member.click(message, label="Next")
    assert "- **number 14**: The term 14." in shown(message)
    assert [one["label"] for one in parts(message) if one.get("disabled") and "label" in one] == ["Next"]
    await world.member.click(message, label="Previous")
    assert "page 2 of 3" in shown(message)
    await world.member.click(message, label="All topics")
    assert title(message) == "Topics"


async def test_a_menu_shows_any_page_of_a_topic(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "topics", category="numbers"))
    pages = part(message, "pick:action:pages")
    assert [option["label"] for option in pages["options"]] == ["Page 1", "Page 2", "Page 3"]
    assert pages["options"][1]["description"] == "number 07 … number 12"
    await world.member.select(message, [pages["options"][2]["value"]], custom_id=pages["custom_id"])
    assert "page 3 of 3" in shown(message)


async def test_a_term_opens_in_place_and_back_returns_to_its_page(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "topics", category="numbers"))
    await world.member.click(message, label="Next")
    await world.member.select(message, ["number-08"], custom_id="pick:listed:do:topic:1:Numbers")
    assert title(message) == "number 08"
    await world.member.click(message, label="Back")
    assert title(message) == "🔢 Numbers"
    assert "page 2 of 3" in shown(message)


async def test_the_way_back_to_the_topic_stays_while_somebody_wanders_on(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "topics", category="TWS"))
    await world.member.select(message, ["trusted-ips"])
    await world.member.click(message, label="Code")
    await world.member.select(message, ["api-socket"])
    assert title(message) == "API socket"
    await world.member.click(message, label="Back")
    assert title(message) == "trusted IPs"
    await world.member.select(message, ["api-socket"])
    await world.member.click(message, label="Back to the list")
    assert title(message) == "🖥️ TWS"


async def test_the_menu_of_every_entry_leads_to_its_topic(world: World) -> None:
    answer = reply(await world.member.slash(world.channel, "define", term="number 08"))
    (option,) = [one for one in part(answer, "menu:")["options"] if one["label"] == "🔢 All of Numbers"]
    opened = reply(await world.moderator.select(answer, [option["value"]]))
    assert opened.ephemeral
    assert title(opened) == "🔢 Numbers"
    assert title(answer) == "number 08"


async def test_about_leads_to_the_topics(world: World) -> None:
    about = reply(await world.member.slash(world.channel, "about"))
    opened = reply(await world.member.click(about, label="Browse the topics"))
    assert title(opened) == "Topics"
    assert title(about) != "Topics"


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
