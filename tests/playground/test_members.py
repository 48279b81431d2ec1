"""What members can do, each from the first key to the answer, in a real browser."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.playground.page import MEMBER, MODERATOR, OTHER_MEMBER, Playground
from tests.world import DISCLAIMER

pytestmark = pytest.mark.slow

LOG = "10:15:01 Error 502: Couldn't connect to TWS, check the trusted IPs\n"


async def test_looking_up_a_term_reads_names_while_typing(playground: Playground) -> None:
    await playground.box.click()
    await playground.page.keyboard.type("/def")
    await expect(playground.page.locator(".command-entry", has_text="/define")).to_be_visible()
    await expect(playground.page.locator(".command-entry", has_text="/glossary")).to_have_count(0)
    await playground.page.keyboard.press("Enter")
    await playground.page.keyboard.type("api po")
    await playground.choices.filter(has_text="API port → API socket: The door through which programs talk.").click()
    await playground.send()
    await playground.sees("Mia (member) used /define", "The door through which programs talk.", DISCLAIMER)


async def test_sections_unfold_and_a_related_term_opens_with_a_way_back(playground: Playground) -> None:
    await playground.command("define", "trusted ips", choice="trusted IPs")
    await playground.press("Code")
    await playground.sees('print("hello")')
    await playground.press("Hide code")
    await expect(playground.last).not_to_contain_text('print("hello")')
    await playground.choose("Related terms", "API socket")
    await playground.sees("The door through which programs talk.")
    await playground.press("Back")
    await playground.sees("Addresses that may connect without being asked.")
    await expect(playground.messages).to_have_count(2)


async def test_a_private_answer_is_shared_and_dismissed(playground: Playground) -> None:
    await playground.press("trusted IPs")
    await playground.sees("Only you can see this")
    await playground.press("Share")
    await playground.sees("Shared by", f"@{MEMBER}")
    await playground.act_as(OTHER_MEMBER)
    await expect(playground.messages).to_have_count(2)
    await playground.press("Dismiss")
    await playground.sees("Not yours to dismiss")
    await playground.act_as(MEMBER)
    await playground.press("Dismiss")
    await expect(playground.messages.filter(has_text="Shared by")).to_have_count(0)


async def test_an_entry_is_reported_as_wrong(playground: Playground) -> None:
    await playground.command("define", "leverage", choice="leverage")
    await playground.press("Wrong or out of date?")
    await playground.fill_in(What="It is not that.")
    await playground.sees("will read")


async def test_an_attached_log_is_explained_from_the_menu_of_its_message(
    playground: Playground, tmp_path: Path
) -> None:
    log = tmp_path / "tws.log"
    log.write_text(LOG, "utf-8")
    await playground.attach(log)
    await playground.send_files("What is this?")
    message = playground.messages.filter(has_text="tws.log").last
    await playground.use_menu(message, "Explain terms")
    await playground.sees("used Explain terms", "Only you can see this", "502", "trusted IPs")
    await playground.choose("Open a term", "trusted IPs")
    await playground.sees("Addresses that may connect without being asked.")


async def test_a_mention_is_completed_and_answered_and_a_reply_asks_on(playground: Playground) -> None:
    await playground.box.click()
    await playground.page.keyboard.type("@gl")
    await playground.choices.filter(has_text="@Glossary").wait_for()
    await playground.page.keyboard.press("Enter")
    await expect(playground.box).to_have_value("@Glossary ")
    await playground.page.keyboard.type("what is leverage?")
    await playground.page.keyboard.press("Enter")
    await playground.sees("More exposure than money.")
    await playground.last.hover()
    await playground.last.get_by_role("button", name="Reply").click()
    await playground.say("and trusted IPs?")
    await playground.sees("Addresses that may connect without being asked.")


async def test_answer_this_answers_somebody_else(playground: Playground) -> None:
    await playground.say("what are trusted IPs?")
    await playground.act_as(OTHER_MEMBER)
    message = playground.messages.filter(has_text="what are trusted IPs?").last
    await playground.use_menu(message, "Answer this")
    await playground.sees("Addresses that may connect", f"@{MEMBER}")


async def test_topics_are_turned_page_by_page(playground: Playground, data: Path) -> None:
    terms = "".join(f'[[term]]\nname = "word {number:02}"\ndefinition = "One of many."\n' for number in range(30))
    (data / "tws.toml").write_text((data / "tws.toml").read_text("utf-8") + terms, "utf-8")
    await playground.act_as(MODERATOR)
    await playground.command("glossary reload")
    await playground.sees("word 29")
    await playground.command("topics")
    await playground.choose("Open a topic", "TWS")
    await playground.sees("page 1 of", "word 00")
    await playground.press("Next")
    await playground.sees("page 2 of")
    await playground.press("All topics")
    await playground.sees("The workstation")


async def test_a_member_is_not_offered_what_is_for_moderators(playground: Playground) -> None:
    await playground.say("pip spread")
    message = playground.messages.filter(has_text="pip spread").last
    await message.locator(".message-content").click(button="right")
    menu = playground.page.get_by_role("menuitem")
    await expect(menu).to_have_text(["Answer this", "Explain terms"])
