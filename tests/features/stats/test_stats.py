"""`/glossary stats`, as moderators see it."""

import io

from PIL import Image
from simcord.results import ResponseMessage

from bot.features.stats import cards
from bot.features.stats.day_counts import DayCounts
from bot.features.stats.period import Period, Shown
from bot.glossary.search.names import Outcome
from bot.storage.counts import today
from tests.features.moderating import add, defined
from tests.world import World, form_fields, parts, reply, shown, title

ASKED = ("leverage", "leverage", "trsuted ips", "beverage", "pizza")


async def stats(world: World, **options: int) -> ResponseMessage:
    """The statistics that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary stats", **options))


async def asked_before(world: World, days_ago: int, **outcomes: int) -> None:
    """Questions that were answered so on an earlier day."""
    for outcome, count in outcomes.items():
        for _ in range(count):
            world.services.usage.answers._counts.add(today() - days_ago, world.guild.id, Outcome[outcome].value)
    await world.services.usage.flush()


async def brightness(message: ResponseMessage) -> float:
    """How light the background of the picture in a message is, from 0 to 255."""
    (picture,) = message.attachments
    background = Image.open(io.BytesIO(await picture.read())).convert("RGBA").convert("L").crop((380, 10, 390, 20))
    return sum(background.tobytes()) / 100


def labels(message: ResponseMessage) -> list[str]:
    """The labels of the buttons that can be clicked."""
    return [one["label"] for one in parts(message) if "label" in one and not one["disabled"]]


async def test_without_questions_there_are_no_statistics_but_other_periods(world: World) -> None:
    message = await stats(world)
    assert message.ephemeral
    assert "Nobody has asked anything here" in shown(message)
    assert not message.attachments
    assert labels(message)[:2] == ["7 days", "90 days"]


async def test_they_count_how_questions_were_answered_and_what_was_shown_most(world: World) -> None:
    for term in ASKED:
        await defined(world, term)
    message = await stats(world, days=7)
    assert title(message) == "The last 7 days"
    figures = "**5** questions\n**60%** answered\n**1** unsure\n**1** not found"
    assert figures in shown(message)
    assert "1\\. **leverage** · 2\n2\\. **trusted IPs** · 1" in shown(message)
    assert message.embeds[0].image.url


def test_the_picture_is_described_to_those_who_do_not_see_it() -> None:
    top = [Shown("leverage", 2, "TWS", 1), Shown("trusted IPs", 1, "TWS", 1)]
    card = cards.stats(Period(30, [DayCounts(1, 3, 1, 1)], top, DayCounts(0, 4)), (), "dark", b"")
    assert card.attachments[0].description == (
        "The last 30 days: 5 questions ▲ 25%, 60% answered ▼ 40 points, 1 unsure, 1 not found ▲ 1. "
        "Shown most: leverage 2, trusted IPs 1."
    )


async def test_the_changes_from_the_period_before_are_told_once_all_of_it_was_counted(world: World) -> None:
    await asked_before(world, 9, EXACT=2, NONE=2)
    await asked_before(world, 1, EXACT=4, SURE=2, NONE=2)
    assert "▲" not in shown(await stats(world, days=7))
    await asked_before(world, 13, NONE=1)
    message = shown(await stats(world, days=7))
    assert "**8** questions ▲ 60%\n**75%** answered ▲ 35 points\n**0** unsure\n**2** not found ▼ 1" in message
    assert "*The changes are those from the 7 days before.*" in message


async def test_buttons_switch_the_period_and_the_theme_in_place(world: World) -> None:
    await asked_before(world, 20, EXACT=2)
    await defined(world, "leverage")
    message = await stats(world)
    assert "**3** questions" in shown(message)
    assert await brightness(message) < 60
    await world.moderator.click(message, label="7 days")
    assert title(message) == "The last 7 days"
    assert "**1** question\n" in shown(message)
    await world.moderator.click(message, label="Light picture")
    assert title(message) == "The last 7 days"
    assert await brightness(message) > 200
    await world.moderator.click(message, label="30 days")
    assert await brightness(message) > 200, "the theme stays"
    assert "Dark picture" in labels(message)


async def test_what_was_missed_most_can_be_added_at_once(world: World) -> None:
    for term in ("pizza", "pizza", "pasta"):
        await defined(world, term)
    message = await stats(world)
    (menu,) = [one for one in parts(message) if "options" in one]
    offered = [(one["label"], one["description"]) for one in menu["options"]]
    assert offered == [("pizza", "Asked for 2 times"), ("pasta", "Asked for once")]
    form = await world.moderator.select(message, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert form_fields(form)["name"]["value"] == "pizza"


async def test_what_was_missed_before_the_period_is_not_offered(world: World) -> None:
    world.services.usage.misses._counts.add(world.guild.id, "pizza", today() - 10)
    await defined(world, "leverage")
    assert not [one for one in parts(await stats(world, days=7)) if "options" in one]
    assert [one for one in parts(await stats(world, days=30)) if "options" in one]


async def test_they_are_those_of_one_server_and_name_nobody(world: World) -> None:
    stranger, channel = world.another_server()
    await stranger.slash(channel, "define", term="leverage")
    assert "Nobody has asked anything here" in shown(await stats(world))
    await add(world)
    await defined(world, "pip spread")
    assert "1\\. **pip spread** · 1" in shown(await stats(world))
    assert str(world.member.id) not in shown(await stats(world))


async def test_an_entry_that_was_removed_is_named_by_its_id(world: World) -> None:
    await add(world)
    await defined(world, "pip spread")
    await world.moderator.slash(world.channel, "glossary remove", term="pip spread")
    assert "**pip-spread** · 1" in shown(await stats(world))
