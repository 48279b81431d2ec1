"""`/search`, as people in the simulated Discord see it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.search.query import Query
from bot.features.terms.cards import page_menu
from bot.glossary.model import Category
from tests.features.moderating import add, listed_misses
from tests.world import World, part, parts, reply, shown, title

HEAD = '[category]\nname = "{}"\ndescription = "D"\nemoji = "🔢"\ncolour = "#718096"\norder = {}\n'


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with ten entries about counting, in two categories."""
    terms = "".join(f'[[term]]\nname = "number {n:02}"\ndefinition = "It was counted {n}."\n' for n in range(1, 10))
    (data / "numbers.toml").write_text(HEAD.format("Numbers", 2) + terms, "utf-8")
    letters = '[[term]]\nname = "abacus"\ndefinition = "A frame for counting with *beads*."\nrelated = ["number 01"]\n'
    (data / "tools.toml").write_text(HEAD.format("Tools", 3) + letters, "utf-8")
    return data


async def test_every_match_is_listed_with_its_sentence_and_related_terms_and_matches_are_bold(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "search", text="counts of beads"))
    assert shown(message) == (
        "1 match\n“counts of beads”\n- __abacus__: A frame for **counting** with \\***beads**\\*.\n"
        "  *Related:* number 01"
    )
    assert not message.ephemeral


async def test_the_asker_turns_the_pages_and_the_ends_are_disabled(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "search", text="count"))
    assert "10 matches · page 1 of 3" in shown(message)
    assert disabled(message) == ["Previous"]
    await world.member.click(message, label="Next")
    assert "page 2 of 3" in shown(message)
    assert disabled(message) == []
    pages = part(message, "pick:action:pages")
    await world.member.select(message, [pages["options"][2]["value"]], custom_id=pages["custom_id"])
    assert "page 3 of 3" in shown(message)
    assert disabled(message) == ["Next"]
    assert part(message, "dismiss:")["custom_id"] == f"dismiss:{world.member.id}"


def disabled(message: object) -> list[str]:
    """The labels of the buttons that cannot be pressed."""
    return [one["label"] for one in parts(message) if one.get("disabled") and "label" in one]  # type: ignore[arg-type]


async def test_others_turn_the_pages_of_a_private_copy(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "search", text="count"))
    copy = reply(await world.moderator.click(message, label="Next"))
    assert copy.ephemeral
    assert "page 2 of 3" in shown(copy)
    assert "page 1 of 3" in shown(message)
    await world.moderator.click(copy, label="Next")
    assert "page 3 of 3" in shown(copy)


async def test_a_match_opens_in_place_and_back_returns_to_its_page(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "search", text="number count"))
    await world.member.click(message, label="Next")
    menu = part(message, "pick:listed:")
    await world.member.select(message, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert title(message).startswith("number ")
    await world.member.click(message, label="Back")
    assert "page 2 of" in shown(message)
    assert title(message) == "“number count”"


async def test_a_category_limits_the_search_and_the_way_out_is_offered(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "search", text="count", category="tools"))
    assert "🔢 Tools · 1 match\n" in shown(message)
    message = reply(await world.member.slash(world.channel, "search", text="beads", category="Numbers"))
    assert message.ephemeral
    assert "Not found" in shown(message)
    assert "but 1 entry of another topic does" in shown(message)
    await world.member.click(message, label="Search all topics")
    assert "1 match\n“beads”" in shown(message)
    unknown = reply(await world.member.slash(world.channel, "search", text="count", category="*pizza*"))
    assert "There is no topic “\\*pizza\\*”." in shown(unknown)
    assert await world.member.autocomplete(world.channel, "search", "category", "num") == [
        {"name": "Numbers", "value": "Numbers"}
    ]


async def test_entries_with_some_of_the_words_are_shown_if_none_has_all(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "search", text="beads gaskets"))
    assert "No entry has all of these words. These have some:\n- __abacus__" in shown(message)


async def test_what_is_not_found_is_a_miss_and_can_be_suggested(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "search", text="*pizza* <@1> oven"))
    assert message.ephemeral
    assert "No entry contains “\\*pizza\\* oven”" in shown(message)
    assert part(message, "suggest:")
    assert "pizza oven" in shown(await listed_misses(world))


async def test_a_search_works_in_direct_messages_and_shows_what_was_typed_as_it_is(world: World) -> None:
    message = reply(await world.stranger.slash("search", text="*count* @everyone `number`"))
    assert title(message) == "“\\*count\\* \\@everyone number”"
    await world.stranger.click(message, label="Next")
    assert "page 2 of" in shown(message)


async def test_own_entries_are_found_as_well(world: World) -> None:
    await add(world, definition="We count it at night.")
    message = reply(await world.member.slash(world.channel, "search", text="counting night", hide=True))
    assert message.ephemeral
    assert "- __pip spread__: We **count** it at **night**." in shown(message)


@given(st.text(max_size=300), st.text(min_size=1, max_size=40), st.integers(0, 999))
def test_the_id_of_a_page_holds_the_whole_query_and_fits(text: str, name: str, number: int) -> None:
    category = Category(name=name, description="", emoji="", colour=0, order=0)
    query = Query.of(text, category)
    page_id = query.page_id(number)
    assert len(page_menu(page_id, ()).custom_id) <= 100
    assert Query.read(page_id.removeprefix("do:search:")) == (query, number)
