"""What is shown while somebody fills in the options of a command, as on Discord."""

import re

import pytest
from playwright.async_api import expect

from tests.playground.page import AT_REST, Playground

pytestmark = pytest.mark.slow


async def test_choices_are_offered_before_anything_is_typed(playground: Playground) -> None:
    await playground.pick("define")
    await expect(playground.choices.filter(has_text="trusted IPs").first).to_be_visible()


async def test_a_choice_closes_its_list_and_is_shown_by_its_name(playground: Playground) -> None:
    await playground.pick("define")
    await playground.page.keyboard.type("trusted")
    await expect(playground.page.locator(".command-suggestion", has_text="trusted IPs")).to_be_visible()
    await expect(playground.page.locator(".command-popup-heading")).to_have_text("OPTIONS MATCHING TRUSTED")
    await playground.page.keyboard.press("Enter")
    term = playground.page.get_by_role("combobox", name="term")
    await expect(term).to_have_value(re.compile("^trusted IPs: Addresses that may connect"))
    await expect(playground.page.locator(".command-popup")).to_be_hidden()
    await playground.page.wait_for_function(AT_REST)
    await term.press("Enter")
    await playground.sees("used /define", "Addresses that may connect without being asked.")


async def test_what_is_typed_is_shown_whole_on_a_phone(playground: Playground) -> None:
    await playground.page.set_viewport_size({"width": 390, "height": 844})
    await playground.pick("define")
    await playground.page.keyboard.type("MMM trusted")
    await playground.page.wait_for_function(AT_REST)
    term = playground.page.get_by_role("combobox", name="term")
    assert await term.evaluate("field => field.scrollLeft") == 0
