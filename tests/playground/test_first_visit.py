"""The playground, as somebody who opens it for the first time meets it."""

import re
import signal
import stat
from pathlib import Path

import pytest
from playwright.async_api import Dialog, Page, expect

from tests.playground.page import ADDRESS, MEMBER, Playground
from tests.process import BotProcess

pytestmark = pytest.mark.slow

NOT_HERE = "The playground is not at this address."


async def test_make_run_says_why_it_starts_the_playground_and_prints_an_answer(page: Page, process: BotProcess) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2].split(":")[0]))
    await process.start("run", "--or-playground")
    await Playground(page).open(process)
    assert process.log.startswith("DISCORD_TOKEN is not set")
    assert "Addresses that may connect without being asked." in process.log
    assert hosts == {"127.0.0.1"}


async def test_the_page_carries_the_bots_name_and_picture(playground: Playground) -> None:
    page = playground.page
    await expect(page).to_have_title(re.compile("Glossary"))
    await expect(page.get_by_text("SimCord Preview")).to_have_count(0)
    await expect(playground.last.locator(".message-author")).to_have_text("Glossary")
    picture = playground.last.locator("img.entity-avatar-img")
    await expect(picture).to_have_js_property("naturalWidth", 256)


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("trusted IPs", "Addresses that may connect without being asked."),
        ("Ask a question", "Addresses that may connect without being asked."),
        ("Explain a log", "Terms in this message"),
        ("Topics", "The workstation"),
        ("Any term", "Only you can see this"),
    ],
)
async def test_the_welcome_has_five_buttons_that_do_what_they_say(
    playground: Playground, button: str, answer: str
) -> None:
    await playground.press(button)
    await playground.sees(answer)


async def test_the_newest_message_is_in_view(playground: Playground) -> None:
    for _ in range(4):
        await playground.press("Topics")
        await expect(playground.last).to_be_in_viewport(ratio=0.5)
        await playground.page.wait_for_load_state()
    assert await playground.messages.count() > 1


async def test_commands_and_people_show_as_names(playground: Playground) -> None:
    await expect(playground.last.locator(".command-mention").first).to_have_text("/define")
    await playground.last.locator(".command-mention", has_text="/define").click()
    await expect(playground.box).to_have_value("/define")
    await playground.box.fill("")
    await playground.say(f"Ask @Glossary, @{MEMBER} or #moderators.")
    said = playground.messages.filter(has_text="Ask")
    await expect(said.last.locator(".mention")).to_have_text(["@Glossary", f"@{MEMBER}", "#moderators"])


async def test_light_colours_can_be_chosen_and_are_remembered(playground: Playground) -> None:
    page = playground.page
    root = page.locator(":root")
    await expect(root).to_have_attribute("data-theme", "dark")
    await page.get_by_role("button", name="Use light colours").click()
    await expect(root).to_have_attribute("data-theme", "light")
    await page.reload()
    await expect(root).to_have_attribute("data-theme", "light")


async def test_stopping_the_playground_in_the_page_asks_first(page: Page, process: BotProcess) -> None:
    await process.start("playground")
    playground = Playground(page)
    await playground.open(process)
    asked: list[str] = []

    async def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        await dialog.dismiss()

    page.once("dialog", refuse)
    await playground.ask_to_stop()
    await playground.press("Topics")
    await playground.sees("The workstation")
    page.once("dialog", lambda dialog: dialog.accept())
    await playground.ask_to_stop()
    assert await process.ended() == 0
    assert len(asked) == 1
    await expect(page.get_by_text(NOT_HERE)).to_be_visible()


async def test_messages_and_entries_are_kept_together_or_not_at_all(page: Page, process: BotProcess) -> None:
    playground = Playground(page)
    for arguments, is_kept in ((("--keep",), False), (("--keep",), True), ((), False)):
        await process.start("playground", *arguments)
        process.log = ""
        await page.goto((await process.says(ADDRESS))[0])
        await expect(playground.messages.first).to_contain_text("Five things to try")
        await expect(playground.messages.filter(has_text="what I said")).to_have_count(1 if is_kept else 0)
        await playground.act_as("Max (moderator)")
        await playground.command("glossary history")
        await playground.sees("added pip spread" if is_kept else "Nothing was changed yet")
        if not is_kept:
            await playground.say("what I said")
            await playground.command("glossary add")
            await playground.fill_in(Name="pip spread", Definition="What the broker keeps.")
            await playground.sees("Saved")
        await page.goto("about:blank")
        assert await process.stop() == 0


async def test_a_page_of_an_earlier_start_says_where_the_playground_is(playground: Playground) -> None:
    page = playground.page
    for end in ("", "#from-an-earlier-start"):
        await page.goto("about:blank")
        await page.goto(playground.address.partition("#")[0] + end)
        await expect(page.get_by_text(NOT_HERE)).to_be_visible()


async def test_a_second_playground_leaves_what_the_first_one_keeps(
    process: BotProcess, environment: dict[str, str], tmp_path: Path
) -> None:
    await process.start("playground", "--keep")
    await process.says(ADDRESS)
    second = BotProcess(environment, tmp_path)
    for arguments in ((), ("--keep",)):
        second.log = ""
        await second.start("playground", *arguments)
        assert await second.ended() == 2
        (line,) = second.log.strip().splitlines()
        assert line.startswith("The playground cannot use the folder")
    assert (tmp_path / "var" / "playground.db").exists()
    await process.stop(signal.SIGKILL)
    await process.start("playground", "--keep")
    await process.says(ADDRESS)


async def test_kept_messages_that_cannot_be_read_are_said_in_one_sentence(process: BotProcess, tmp_path: Path) -> None:
    kept = tmp_path / "var" / "playground.json"
    kept.parent.mkdir()
    for content in ("", "[]", '{"messages": [{}], "files": {}}'):
        kept.write_text(content, "utf-8")
        process.log = ""
        await process.start("playground", "--keep")
        assert await process.ended() == 2
        assert "Traceback" not in process.log
        assert process.log.strip().endswith("Delete the file to go on without them.")
        assert kept.read_text("utf-8") == content


async def test_kept_messages_are_replaced_whole(process: BotProcess, tmp_path: Path) -> None:
    kept, earlier = tmp_path / "var" / "playground.json", tmp_path / "earlier"
    for _ in range(2):
        process.log = ""
        await process.start("playground", "--keep")
        await process.says(ADDRESS)
        assert await process.stop() == 0
        if not earlier.exists():
            earlier.hardlink_to(kept)
    assert not earlier.samefile(kept)


async def test_a_port_in_use_is_said_in_one_sentence_before_anything_else(
    process: BotProcess, environment: dict[str, str], tmp_path: Path
) -> None:
    await process.start("playground")
    port = (await process.says(r"http://127\.0\.0\.1:(\d+)/"))[1]
    second = BotProcess(environment, tmp_path)
    await second.start("playground", "--port", port)
    assert await second.ended() == 2
    (line,) = second.log.strip().splitlines()
    assert line.startswith(f"The playground cannot use port {port}")
    assert "--port" in line


async def test_the_browser_opens_where_there_is_a_screen(
    environment: dict[str, str], process: BotProcess, tmp_path: Path
) -> None:
    note = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {note}\n', "utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    screen = {"DISPLAY": ":0", "BROWSER": f"{browser} %s"}
    for variables, arguments, is_opened in (
        ({"CI": "true"}, (), False),
        ({"SSH_CONNECTION": "10.0.0.1"}, (), False),
        ({}, ("--no-browser",), False),
        ({}, (), True),
    ):
        process.environment = {**process.environment, **environment, **screen, **variables}
        if not variables:
            process.environment.pop("CI", None)
            process.environment.pop("SSH_CONNECTION", None)
        process.log = ""
        await process.start("playground", *arguments)
        address = (await process.says(ADDRESS))[0]
        await process.says("Ctrl-C ends it")
        assert ("opens in your browser" in process.log) == is_opened
        assert await process.stop() == 0
        assert (note.read_text("utf-8").strip() if note.exists() else "") == (address if is_opened else "")
