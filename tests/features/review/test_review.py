"""`/glossary review`, as moderators see it."""

from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from tests.features.moderating import add
from tests.world import World, parts, reply, shown, title


async def review(world: World) -> ResponseMessage:
    """The entries to be reviewed that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary review"))


@pytest.fixture
def data(data: Path) -> Path:
    """The data folder, with many more entries, each reviewed on another day."""
    terms = (
        f'[[term]]\nname = "number {n:02}"\ndefinition = "One of many."\nreviewed = 20{20 + n // 4}-01-{n + 1:02}\n'
        for n in range(28)
    )
    with (data / "tws.toml").open("a", encoding="utf-8") as file:
        file.writelines(terms)
    return data


async def test_entries_never_reviewed_come_first_and_then_those_reviewed_longest_ago(world: World) -> None:
    message = await review(world)
    assert message.ephemeral
    lines = [line for line in shown(message).splitlines() if line.startswith("•")]
    assert len(lines) == 15
    assert lines[2] == "• **trusted IPs** · never · [source](https://example.com/trusted)"
    assert lines[3] == "• **number 00** · 1 January 2020"
    assert "of 31 shared entries have not been checked for a year." in shown(message)


async def test_its_pages_turn_and_show_only_shared_entries(world: World) -> None:
    await add(world)
    message = await review(world)
    seen = shown(message)
    await world.moderator.click(message, label="Newer")
    await world.moderator.click(message, label="Newer")
    assert "number 27" in shown(message)
    assert [one["label"] for one in parts(message)] == ["Older", "Home"]
    await world.moderator.click(message, label="Older")
    await world.moderator.click(message, label="Older")
    assert shown(message) == seen
    assert "pip spread" not in seen


async def test_an_old_page_does_not_turn_for_somebody_who_lost_the_right(world: World) -> None:
    message = await review(world)
    world.demote_moderator()
    assert title(reply(await world.moderator.click(message, label="Newer"))) == "Not allowed"
