"""Menus open and close, buttons answer, and the message box fits its page, as on Discord."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.playground.page import AT_REST, Playground

pytestmark = pytest.mark.slow


# Counts how often the messages scroll from now on.
COUNT_SCROLLS = """() => {
  window.scrolls = 0;
  document.querySelector("#channel-timeline").addEventListener("scroll", () => { window.scrolls += 1; });
}"""


async def test_a_menu_that_opens_does_not_move_the_messages(playground: Playground, tmp_path: Path) -> None:
    """A menu opens: simcord loads all pictures again, and closes a menu that moves out of view meanwhile."""
    pictures = [tmp_path / "flat.png", tmp_path / "tall.png"]
    for path, height in zip(pictures, (40, 400), strict=True):
        Image.new("RGB", (400, height), "navy").save(path)
    await playground.attach(*pictures)
    await playground.send_files("Two pictures")
    await expect(playground.last.get_by_role("button", name="tall.png in image preview")).to_be_enabled()
    await playground.command("define", "trusted ips", choice="trusted IPs")
    await playground.page.wait_for_function(AT_REST)
    await playground.page.evaluate(COUNT_SCROLLS)
    await playground.open_menu("Related terms")
    await playground.page.wait_for_function(AT_REST)
    assert await playground.page.evaluate("window.scrolls") == 0


async def test_a_press_that_closes_a_menu_also_presses_the_button(playground: Playground) -> None:
    await playground.command("define", "trusted ips", choice="trusted IPs")
    await playground.open_menu("Related terms")
    await playground.last.get_by_role("button", name="Pitfalls").hover()
    await playground.page.mouse.down()
    await expect(playground.open_menus).to_have_count(0)
    await playground.page.mouse.up()
    await playground.sees("Hide pitfalls")


async def test_a_press_that_closes_a_menu_opens_another_one(playground: Playground) -> None:
    for term in ("trusted IPs", "API socket"):
        await playground.command("define", term, choice=term)
    await playground.open_menu("Related terms")
    await playground.messages.nth(-2).get_by_text("Related terms").hover()
    await playground.page.mouse.down()
    await expect(playground.open_menus).to_have_count(0)
    await playground.page.mouse.up()
    await expect(playground.open_menus).to_contain_text("The door through which programs talk.")


async def test_the_menu_more_closes_with_escape_and_with_a_click_elsewhere(playground: Playground) -> None:
    page = playground.page
    more, stop = page.get_by_text("More", exact=True), page.get_by_role("button", name="Stop the playground")
    await more.click()
    await expect(stop).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(stop).to_be_hidden()
    await expect(more).to_be_focused()
    await more.click()
    await expect(stop).to_be_visible()
    await playground.box.click()
    await expect(stop).to_be_hidden()


async def test_a_command_with_a_long_description_fits_a_phone(playground: Playground) -> None:
    await playground.page.set_viewport_size({"width": 390, "height": 844})
    await playground.pick("map")
    await expect(playground.page.locator("#send-message")).to_be_in_viewport(ratio=1)
    await expect(playground.page.locator(".command-context-close")).to_be_in_viewport(ratio=1)
