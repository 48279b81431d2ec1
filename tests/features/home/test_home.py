"""`/glossary home`: how much there is to do, and the way to each list and back."""

import pytest
from simcord.results import ResponseMessage

from tests.features.moderating import add, defined, suggest
from tests.features.suggestions.test_reports import report
from tests.world import World, parts, reply, shown, title

LISTS = ("Suggestions", "Misses", "Reports", "Own entries", "Review")


async def home(world: World) -> ResponseMessage:
    """The home, as a moderator sees it."""
    return reply(await world.moderator.slash(world.channel, "glossary home"))


def label(message: ResponseMessage, start: str) -> str:
    """The whole label of the button that starts so."""
    (found,) = [one["label"] for one in parts(message) if one.get("label", "").startswith(start)]
    return str(found)


async def test_it_counts_what_is_on_each_list(world: World) -> None:
    await add(world)
    await suggest(world, "pizza")
    await suggest(world, "pasta")
    await report(world, "leverage", "No.")
    message = await home(world)
    assert message.ephemeral
    assert "Terms that members suggest: **2**" in shown(message)
    assert "Questions that found nothing: **2**" in shown(message)
    assert "Reports of wrong entries: **1**" in shown(message)
    assert "Entries of this server's own: **1**" in shown(message)
    assert [label(message, one) for one in LISTS[:4]] == [
        "Suggestions (2)",
        "Misses (2)",
        "Reports (1)",
        "Own entries (1)",
    ]


@pytest.mark.parametrize("start", LISTS)
async def test_each_list_opens_in_place_and_leads_back_filled_or_empty(world: World, start: str) -> None:
    for _ in range(2):
        message = await home(world)
        await world.moderator.click(message, label=label(message, start))
        assert title(message) != "Your glossary"
        await world.moderator.click(message, label="Home")
        assert title(message) == "Your glossary"
        await add(world)
        await suggest(world, "pizza")
        await report(world, "leverage", "No.")


async def test_suggestions_and_reports_are_apart_and_back_leads_to_the_list_that_one_came_from(world: World) -> None:
    await suggest(world, "pizza")
    await report(world, "leverage", "No.")
    message = await home(world)
    await world.moderator.click(message, label="Suggestions (1)")
    assert "pizza" in shown(message)
    assert "leverage" not in shown(message)
    await world.moderator.click(message, label="Home")
    await world.moderator.click(message, label="Reports (1)")
    assert "leverage" in shown(message)
    assert "pizza" not in shown(message)
    menu = next(one for one in parts(message) if one["type"] == 3)
    await world.moderator.select(message, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    await world.moderator.click(message, label="Back")
    assert title(message) == "Reports of wrong entries"


async def test_own_entries_are_listed_by_name_page_by_page(world: World) -> None:
    for number in range(7):
        await add(world, name=f"risk {9 - number}")
    await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="gearing")
    message = await home(world)
    await world.moderator.click(message, label="Own entries (8)")
    assert "- **leverage**: a shared entry, here also called gearing" in shown(message)
    assert "risk 9" not in shown(message)
    await world.moderator.click(message, label="Next")
    assert "risk 9" in shown(message)


async def test_members_are_refused(world: World) -> None:
    message = await home(world)
    world.demote_moderator()
    assert title(reply(await world.moderator.click(message, label=label(message, "Own")))) == "Not allowed"
    assert title(await defined(world, "leverage")) == "leverage"
