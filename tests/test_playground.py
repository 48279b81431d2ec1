"""The playground, as somebody who opens it for the first time uses it."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from tests.process import BotProcess

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A page of a real browser."""
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs one of {', '.join(BROWSERS)}")
        pytest.skip(f"needs one of {', '.join(BROWSERS)}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=QUIET.split())
        yield await browser.new_page(viewport={"width": 1280, "height": 900})
        await browser.close()


@pytest.fixture
async def process(environment: dict[str, str], tmp_path: Path) -> AsyncIterator[BotProcess]:
    """The playground, not started yet."""
    bot = BotProcess(environment, tmp_path)
    yield bot
    await bot.kill_if_running()


async def test_a_first_visit(page: Page, process: BotProcess) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2].split(":")[0]))
    await process.start("run", "--or-playground")
    url = (await process.says(r"http://127\.0\.0\.1:\d+/\S*"))[0]
    assert process.log.startswith("DISCORD_TOKEN is not set")
    assert "Addresses that may connect without being asked." in process.log
    await page.goto(url)
    messages = page.locator("#channel-message-list > .channel-message")
    await expect(messages).to_have_count(1)
    await expect(messages.last).to_contain_text("Mia (member) used /define")
    await expect(messages.last).to_contain_text("Addresses that may connect without being asked.")

    await page.get_by_role("textbox", name="Message").click()
    await page.keyboard.type("/")
    await expect(page.locator(".command-entry", has_text="/define")).to_be_visible()
    await expect(page.locator(".command-entry", has_text="/glossary reload")).to_have_count(0)
    await page.keyboard.press("Backspace")

    await pick(page, "define")
    await page.keyboard.type("api po")
    await page.get_by_role("option", name="API port → API socket").click()
    await send(page)
    await expect(messages).to_have_count(2)
    await expect(messages.last).to_contain_text("The door through which programs talk.")

    await open_related(messages.last, page, "trusted IPs")
    await expect(messages.last).to_contain_text("Addresses that may connect without being asked.")
    await messages.last.get_by_role("button", name="Code").click()
    await expect(messages.last).to_contain_text('print("hello")')
    await messages.last.get_by_role("button", name="Back").click()
    await expect(messages.last).to_contain_text("The door through which programs talk.")
    await expect(messages).to_have_count(2)

    await page.get_by_label("Viewing as").select_option(label="Max (moderator)")
    await open_related(messages.last, page, "trusted IPs")
    await expect(messages).to_have_count(3)
    await expect(messages.last).to_contain_text("Only you can see this")
    await messages.last.get_by_role("button", name="Share").click()
    await expect(messages).to_have_count(4)
    assert hosts == {"127.0.0.1"}
    assert await process.stop() == 0
    assert "Traceback" not in process.log


async def test_a_moderator_reloads_the_data(page: Page, process: BotProcess, data: Path) -> None:
    await process.start("run", "--or-playground")
    await page.goto((await process.says(r"http://127\.0\.0\.1:\d+/\S*"))[0])
    messages = page.locator("#channel-message-list > .channel-message")
    await expect(messages).to_have_count(1)
    file = data / "tws.toml"
    file.write_text(file.read_text("utf-8").replace("More exposure than money.", "Borrowed."), "utf-8")
    await page.get_by_label("Viewing as").select_option(label="Max (moderator)")
    await pick(page, "glossary reload")
    await send(page)
    await expect(messages.last).to_contain_text("Changed: leverage")
    await pick(page, "define")
    await page.keyboard.type("leverage")
    await page.get_by_role("option", name="leverage").click()
    await send(page)
    await expect(messages.last).to_contain_text("Borrowed.")

    assert await process.stop() == 0
    assert "Traceback" not in process.log


async def test_commands_that_replies_name_are_readable(page: Page, process: BotProcess) -> None:
    await process.start("run", "--or-playground")
    await page.goto((await process.says(r"http://127\.0\.0\.1:\d+/\S*"))[0])
    last = page.locator("#channel-message-list > .channel-message").last
    await expect(last).to_contain_text("Mia (member) used /define")
    await pick(page, "ask")
    await page.keyboard.type("help")
    await send(page)
    await expect(last).to_contain_text("/define explains a term")
    await expect(last).not_to_contain_text("</define")


async def test_a_moderators_first_entry(page: Page, process: BotProcess) -> None:
    await process.start("run", "--or-playground")
    await page.goto((await process.says(r"http://127\.0\.0\.1:\d+/\S*"))[0])
    last = page.locator("#channel-message-list > .channel-message").last
    await expect(last).to_contain_text("Mia (member) used /define")
    await page.get_by_label("Viewing as").select_option(label="Max (moderator)")
    await expect(page.get_by_label("Pin")).to_be_attached()  # what a moderator alone may do
    await pick(page, "glossary add")
    await page.locator("#send-message").click()
    await submit(page, {"Name": "pip spread", "Definition": "What the broker keeps.", "Also called": "leverage"})
    await expect(last).to_contain_text("“leverage” is the name of a shared entry")
    await last.get_by_role("button", name="Continue editing").click()
    await submit(page, {"Also called": "markup"})
    await expect(last).to_contain_text("Saved")
    await expect(last).to_contain_text("this server's own entry")

    await pick(page, "define")
    await page.keyboard.type("markup")
    await page.get_by_role("option", name="markup → pip spread").click()
    await send(page)
    await expect(last).to_contain_text("What the broker keeps.")

    await pick(page, "glossary history")
    await send(page)
    await expect(last).to_contain_text("added pip spread")
    await last.get_by_role("button", name="Revert").click()
    await pick(page, "define")
    await page.keyboard.type("pip spread")
    await page.keyboard.press("Escape")
    await send(page)
    await expect(last).to_contain_text("Not found")
    assert await process.stop() == 0
    assert "Traceback" not in process.log


async def test_a_port_in_use_is_said_in_one_sentence(
    process: BotProcess, environment: dict[str, str], tmp_path: Path
) -> None:
    await process.start("playground", "--port", "0")
    port = (await process.says(r"http://127\.0\.0\.1:(\d+)/"))[1]
    second = BotProcess(environment, tmp_path)
    await second.start("playground", "--port", port)
    assert await second.ended() == 2
    assert second.log.strip().splitlines()[-1].startswith(f"The playground cannot use port {port}")
    assert "Traceback" not in second.log


async def pick(page: Page, command: str) -> None:
    """Type a slash and choose a command."""
    await page.get_by_role("textbox", name="Message").click()
    await page.keyboard.type(f"/{command}")
    await page.locator(".command-entry", has_text=command).first.wait_for()
    await page.keyboard.press("Enter")
    await page.locator(".command-chip", has_text=command).wait_for()


async def send(page: Page) -> None:
    """Send what was typed; the empty message box comes back when the bot has answered."""
    await page.locator("#send-message").click()
    await page.get_by_role("textbox", name="Message").wait_for()


async def open_related(message: Locator, page: Page, name: str) -> None:
    """Choose an entry in the menu of a message."""
    await message.get_by_text("Related terms").click()
    await page.get_by_role("option", name=name).click()


async def submit(page: Page, fields: dict[str, str]) -> None:
    """Fill in fields of the open form by their labels, and submit it."""
    form = page.get_by_role("dialog")
    for label, text in fields.items():
        await form.get_by_label(label).fill(text)
    await form.get_by_role("button", name="Submit").click()
    await form.wait_for(state="hidden")
