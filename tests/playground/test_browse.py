"""Wandering through the glossary in a real browser: topics, a search, a map, and what is saved."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.playground.page import Playground

pytestmark = pytest.mark.slow


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with a category of twenty entries."""
    head = (
        '[category]\nname = "Numbers"\ndescription = "Terms by number"\nemoji = "🔢"\ncolour = "#718096"\norder = 2\n'
    )
    terms = "".join(f'[[term]]\nname = "number {n:02}"\ndefinition = "It was counted {n}."\n' for n in range(1, 21))
    (data / "numbers.toml").write_text(head + terms, "utf-8")
    return data


async def test_a_topic_is_paged_and_a_term_leads_back_to_its_page(playground: Playground) -> None:
    await playground.command("topics")
    await playground.sees("Terms by number")
    await playground.choose("Open a topic", "Numbers")
    await playground.sees("page 1 of 4", "number 06")
    await playground.press("Next")
    await playground.sees("page 2 of 4", "number 07")
    await playground.choose("Page 2 of 4", "Page 4")
    await playground.sees("number 19")
    await playground.choose("Open a term", "number 20")
    await playground.sees("It was counted 20.")
    await playground.press("Back")
    await playground.sees("page 4 of 4")
    await expect(playground.messages).to_have_count(2)


async def test_a_search_is_paged_and_shows_in_bold_what_matches(playground: Playground) -> None:
    await playground.command("search", "counting")
    await playground.sees("20 matches", "page 1 of 5")
    await expect(playground.last.locator("strong", has_text="counted").first).to_be_visible()
    await playground.press("Next")
    await playground.sees("page 2 of 5")


async def test_a_map_shows_a_picture_and_opens_a_term(playground: Playground) -> None:
    await playground.command("define", "trusted ips", choice="trusted IPs")
    await playground.choose("Related terms", "Map")
    await playground.sees("Map around trusted IPs")
    await expect(playground.last.get_by_role("article").locator("img")).to_be_visible()
    await playground.press("Light")
    await expect(playground.last.get_by_role("button", name="Dark")).to_be_visible()
    await playground.choose("Open a term", "API socket")
    await playground.sees("The door through which programs talk.")
    await playground.press("Back")
    await playground.sees("Map around trusted IPs")


async def test_a_term_is_saved_and_listed(playground: Playground) -> None:
    await playground.command("define", "trusted ips", choice="trusted IPs")
    await playground.choose("Related terms", "Save")
    await playground.sees("is in your list")
    await playground.press("Show my list")
    await playground.sees("1 term", "trusted IPs")
    await playground.choose("Remove from the list", "trusted IPs")
    await playground.sees("You have saved nothing yet")
