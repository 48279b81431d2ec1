"""What people do in their direct messages with the bot, in a real browser."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.playground.page import ADDRESS, AT_REST, MEMBER, MODERATOR, OTHER_MEMBER, Playground
from tests.process import BotProcess
from tests.world import DISCLAIMER

pytestmark = pytest.mark.slow

CHANNEL, DIRECT = "glossary", "Direct messages"


async def is_acting_as(playground: Playground, name: str) -> None:
    """Wait until the page says who somebody is."""
    await expect(playground.page.get_by_label("You are").locator("option:checked")).to_have_text(name)


async def test_a_question_and_a_command_are_answered_and_the_channel_is_one_click_away(playground: Playground) -> None:
    await playground.act_as(OTHER_MEMBER)
    await playground.open_conversation(DIRECT)
    await is_acting_as(playground, OTHER_MEMBER)
    await expect(playground.page.get_by_text("Only you and the bot read this.")).to_be_visible()
    await playground.say("what are trusted IPs?")
    await playground.sees("Addresses that may connect without being asked.", DISCLAIMER)
    await playground.command("define", "api po", choice="API port → API socket")
    await playground.sees("used /define", "The door through which programs talk.")
    await playground.choose("Related terms", "trusted IPs")
    await playground.sees("Addresses that may connect without being asked.")
    await playground.press("Code")
    await playground.sees('print("hello")')
    await playground.open_conversation(CHANNEL)
    await is_acting_as(playground, OTHER_MEMBER)
    await expect(playground.messages).to_have_count(1)
    await playground.sees("Five things to try")


async def test_only_what_works_in_direct_messages_is_offered(playground: Playground) -> None:
    await playground.act_as(MODERATOR)
    await playground.open_conversation(DIRECT)
    await playground.box.click()
    await playground.page.keyboard.type("/")
    await expect(playground.page.locator(".command-entry", has_text="/define")).to_be_visible()
    await expect(playground.page.locator(".command-entry", has_text="/glossary")).to_have_count(0)
    await playground.box.fill("@")
    await expect(playground.page.get_by_role("listbox").get_by_role("option")).to_have_text(["@Glossary"])


async def test_an_attached_log_is_explained_and_a_reply_asks_on(playground: Playground, tmp_path: Path) -> None:
    log = tmp_path / "tws.log"
    log.write_text("Couldn't connect to TWS, check the trusted IPs\n", "utf-8")
    await playground.open_conversation(DIRECT)
    await playground.attach(log)
    await playground.box.fill("what is leverage?")
    await playground.box.press("Enter")
    await playground.sees("More exposure than money.")
    await playground.use_menu(playground.messages.filter(has_text="tws.log").last, "Explain terms")
    await playground.sees("used Explain terms", "Only you can see this", "trusted IPs")
    answer = playground.messages.filter(has_text="More exposure than money.").last
    await answer.hover()
    await answer.get_by_role("button", name="Reply").click()
    await playground.attach(log)
    await playground.box.fill("and an API socket?")
    await playground.box.press("Enter")
    await playground.sees("The door through which programs talk.")
    asked = playground.messages.filter(has_text="and an API socket?").first
    await expect(asked.locator(".reply-author")).to_have_text("Glossary")


async def test_everybody_has_messages_of_their_own(playground: Playground) -> None:
    await playground.open_conversation(DIRECT)
    await playground.say("leverage")
    await playground.sees("More exposure than money.")
    await playground.page.get_by_label("You are").select_option(label=OTHER_MEMBER)
    await expect(playground.page.get_by_text("Only you and the bot read this.")).to_be_visible()
    await expect(playground.messages).to_have_count(0)
    await playground.page.reload()
    await is_acting_as(playground, OTHER_MEMBER)
    await playground.page.get_by_label("You are").select_option(label=MEMBER)
    await playground.sees("More exposure than money.")


async def test_what_is_written_and_not_sent_stays_in_its_conversation(playground: Playground) -> None:
    await playground.box.fill("half a question")
    await playground.open_conversation(DIRECT)
    await expect(playground.box).to_have_value("")
    await playground.box.fill("only for the bot")
    await playground.open_conversation(CHANNEL)
    await expect(playground.box).to_have_value("half a question")
    await playground.open_conversation(DIRECT)
    await expect(playground.box).to_have_value("only for the bot")
    await playground.page.reload()
    await expect(playground.box).to_have_value("only for the bot")
    await playground.page.wait_for_function(AT_REST)
    await playground.box.press("Enter")
    await playground.sees("Nothing in the glossary")
    await playground.open_conversation(CHANNEL)
    await expect(playground.box).to_have_value("half a question")
    await playground.box.press("Enter")
    await playground.sees("half a question")
    await playground.last.hover()
    await playground.last.get_by_role("button", name="Edit").click()
    await playground.open_conversation(DIRECT)
    await expect(playground.box).to_have_value("")
    await playground.open_conversation(CHANNEL)
    await expect(playground.box).to_have_value("")


async def test_a_member_is_told_there_what_moderators_decided(playground: Playground) -> None:
    await playground.suggest("slippage", "A worse price than expected.")
    browser = playground.page.context.browser
    assert browser is not None
    tab = Playground(await browser.new_page(bypass_csp=True))
    await tab.page.goto(playground.page.url)
    await tab.sees("Thank you")
    await tab.open_conversation(DIRECT)
    await playground.act_as(MODERATOR)
    await playground.command("glossary suggestions")
    await playground.choose("Decide on one of them", "slippage")
    await playground.press("Approve")
    await playground.sees("was told")
    await tab.sees("slippage")


async def test_the_list_fits_a_phone(playground: Playground) -> None:
    await playground.page.set_viewport_size({"width": 390, "height": 800})
    await playground.open_conversation(DIRECT)
    await playground.say("leverage")
    await playground.sees("More exposure than money.")
    for entry in await playground.page.get_by_role("navigation").get_by_role("button").all():
        await expect(entry).to_be_in_viewport(ratio=1)
    await expect(playground.box).to_be_in_viewport(ratio=1)
    assert await playground.page.evaluate("document.documentElement.scrollWidth") == 390


async def test_direct_messages_are_kept_too_and_the_playground_stops_from_there(
    page: Page, process: BotProcess
) -> None:
    playground = Playground(page)
    for is_kept in (False, True):
        await process.start("playground", "--keep")
        process.log = ""
        await page.goto((await process.says(ADDRESS))[0])
        await playground.sees("Five things to try")
        await playground.open_conversation(DIRECT)
        await expect(playground.messages).to_have_count(2 if is_kept else 0)
        if not is_kept:
            await playground.say("leverage")
        await playground.sees("More exposure than money.")
        page.once("dialog", lambda dialog: dialog.accept())
        await playground.ask_to_stop()
        assert await process.ended() == 0
