"""What gives moderators an overview: how the glossary is used, and what to check again."""

import io
from pathlib import Path

import pytest
from PIL import Image
from simcord.results import ResponseMessage

from tests.commands.test_entries import add, defined
from tests.world import World, parts, reply, shown, title


async def stats(world: World, **options: int) -> ResponseMessage:
    """The statistics that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary stats", **options))


async def review(world: World) -> ResponseMessage:
    """The entries to be reviewed that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary review"))


async def test_without_questions_there_are_no_statistics(world: World) -> None:
    message = await stats(world)
    assert message.ephemeral
    assert "Nobody has asked anything here" in shown(message)
    assert not message.attachments


async def test_they_count_how_questions_were_answered_and_what_was_shown_most(world: World) -> None:
    for term in ("leverage", "leverage", "trsuted ips", "beverage", "pizza"):
        await defined(world, term)
    message = await stats(world, days=7)
    assert title(message) == "The last 7 days"
    assert "**5** asked, **3** answered, **1** missed" in shown(message)
    assert "• found by name: 2 (40%)" in shown(message)
    assert "• close entries offered: 1 (20%)" in shown(message)
    assert "1\\. **leverage** · 2\n2\\. **trusted IPs** · 1" in shown(message)
    (picture,) = message.attachments
    image = Image.open(io.BytesIO(await picture.read()))
    assert image.format == "PNG"
    assert message.embeds[0].image.url


async def test_they_are_those_of_one_server_and_name_nobody(world: World) -> None:
    stranger, channel = world.another_server()
    await stranger.slash(channel, "define", term="leverage")
    assert "Nobody has asked anything here" in shown(await stats(world))
    await add(world)
    await defined(world, "pip spread")
    assert "1\\. **pip spread** · 1" in shown(await stats(world))
    assert str(world.member.id) not in shown(await stats(world))


async def test_an_entry_that_is_gone_is_named_by_what_it_was(world: World) -> None:
    await add(world)
    await defined(world, "pip spread")
    await world.moderator.slash(world.channel, "glossary remove", term="pip spread")
    assert "**pip-spread** · 1" in shown(await stats(world))


@pytest.fixture
def data(data: Path) -> Path:
    """The data folder, with many more entries that were reviewed on one day or another."""
    terms = (
        f'[[term]]\nname = "number {n:02}"\ndefinition = "One of many."\nreviewed = 20{20 + n // 4}-01-{n + 1:02}\n'
        for n in range(28)
    )
    with (data / "tws.toml").open("a", encoding="utf-8") as file:
        file.writelines(terms)
    return data


async def test_what_was_reviewed_longest_ago_comes_first_and_what_never_was_before_that(world: World) -> None:
    message = await review(world)
    assert message.ephemeral
    lines = [line for line in shown(message).splitlines() if line.startswith("•")]
    assert len(lines) == 15
    assert lines[2] == "• **trusted IPs** · never · [source](https://example.com/trusted)"
    assert lines[3] == "• **number 00** · 1 January 2020"
    assert "of 31 shared entries have not been checked for a year." in shown(message)


async def test_the_review_pages_and_shows_shared_entries_alone(world: World) -> None:
    await add(world)
    message = await review(world)
    seen = shown(message)
    await world.moderator.click(message, label="Newer")
    await world.moderator.click(message, label="Newer")
    assert "number 27" in shown(message)
    assert [one["label"] for one in parts(message)] == ["Older"]
    await world.moderator.click(message, label="Older")
    await world.moderator.click(message, label="Older")
    assert shown(message) == seen
    assert "pip spread" not in seen


async def test_an_old_page_does_not_turn_for_who_lost_the_right(world: World) -> None:
    message = await review(world)
    world.demote_moderator()
    assert title(reply(await world.moderator.click(message, label="Newer"))) == "Not allowed"
