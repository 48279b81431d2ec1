"""What moderators can do, each from the first key to the answer, in a real browser."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect
from sqlalchemy import URL

from bot.playground.world import GUILD_ID
from bot.storage.database import Database
from bot.storage.server_settings import AllServerSettings
from tests.features.posts.posting import zone_at_noon
from tests.playground.page import MEMBER, MODERATOR, Playground

pytestmark = pytest.mark.slow


async def add(playground: Playground, name: str, definition: str) -> None:
    """Add an entry in the form."""
    await playground.command("glossary add")
    await playground.fill_in(Name=name, Definition=definition)
    await playground.sees("Saved")


async def test_an_entry_is_added_edited_compared_and_reverted(playground: Playground) -> None:
    await playground.act_as(MODERATOR)
    await add(playground, "pip spread", "What the broker takes.")
    await playground.command("glossary edit", "pip", choice="pip spread")
    await playground.fill_in(Definition="What the broker keeps.")
    await playground.sees("Saved")
    await playground.command("glossary history")
    await playground.sees("edited pip spread")
    await expect(playground.last.locator("s, del")).to_have_text("takes.")
    await playground.last.get_by_role("button", name="Revert").first.click()
    await playground.sees("reverted")
    await playground.command("define", "pip", choice="pip spread")
    await playground.sees("What the broker takes.")


async def test_a_form_that_cannot_be_saved_is_kept_and_corrected(playground: Playground) -> None:
    await playground.act_as(MODERATOR)
    await playground.command("glossary add")
    await playground.fill_in(Name="pip spread", Definition="What the broker keeps.", Also_called="leverage")
    await playground.sees("“leverage” is the name of a shared entry")
    await playground.press("Continue editing")
    await playground.fill_in(Also_called="markup")
    await playground.sees("Saved")
    await playground.command("define", "markup", choice="markup → pip spread")
    await playground.sees("What the broker keeps.")


async def test_the_other_fields_of_an_entry_are_filled_in_with_its_category_as_a_menu(playground: Playground) -> None:
    await playground.act_as(MODERATOR)
    await add(playground, "pip spread", "What the broker keeps.")
    await playground.press("More fields")
    form = playground.page.get_by_role("dialog")
    await form.get_by_text("This server").first.click()
    await playground.choices.filter(has_text="TWS").first.click()
    await playground.fill_in(Example="print(spread)", Sources="https://example.com/spread")
    await playground.sees("Saved")
    await playground.command("define", "pip", choice="pip spread")
    await playground.sees("TWS")
    await playground.press("Code")
    await playground.sees("print(spread)")


async def test_a_template_is_handed_out_and_a_file_uploaded_in_a_form(playground: Playground, tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("name,definition\npip spread,What the broker keeps.\n", "utf-8")
    await playground.act_as(MODERATOR)
    await playground.command("glossary import")
    await playground.sees("template.csv")
    await playground.press("Upload a file")
    await playground.page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)
    await playground.fill_in()
    await playground.sees("Nothing is imported yet")
    await playground.press("Import 1 entry")
    await playground.sees("Imported")


async def test_a_file_is_imported_after_a_preview(playground: Playground, tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("name,definition\npip spread,What the broker keeps.\nfee,What is paid.\n", "utf-8")
    await playground.act_as(MODERATOR)
    await playground.pick("glossary import")
    await playground.choices.filter(has_text="file").first.click()
    await playground.page.locator(".command-row input[type=file]").set_input_files(file)
    await playground.send()
    await playground.sees("Nothing is imported yet")
    await playground.press("Import 2 entries")
    await playground.sees("Imported")
    await playground.act_as(MEMBER)
    await playground.command("define", "pip", choice="pip spread")
    await playground.sees("What the broker keeps.")


async def test_a_members_suggestion_is_approved(playground: Playground) -> None:
    await playground.suggest("slippage", "A worse price than expected.")
    await playground.act_as(MODERATOR)
    await playground.command("glossary suggestions")
    await playground.choose("Decide on one of them", "slippage")
    await playground.press("Approve")
    await playground.sees("was told")
    await playground.act_as(MEMBER)
    await playground.command("define", "slip", choice="slippage")
    await playground.sees("A worse price than expected.")


async def test_a_message_becomes_an_entry(playground: Playground) -> None:
    await playground.say("A pip spread is what the broker keeps.")
    await playground.act_as(MODERATOR)
    await playground.use_menu(playground.messages.filter(has_text="A pip spread").last, "Add to glossary")
    form = playground.page.get_by_role("dialog")
    await expect(form.get_by_label("Definition")).to_have_value("A pip spread is what the broker keeps.")
    await playground.fill_in(Name="pip spread")
    await playground.sees("Saved")


async def test_broken_data_changes_nothing_and_mended_data_goes_live(playground: Playground, data: Path) -> None:
    file = data / "tws.toml"
    right = file.read_text("utf-8")
    await playground.act_as(MODERATOR)
    file.write_text(right.replace('definition = "More exposure than money."\n', ""), "utf-8")
    await playground.command("glossary reload")
    await playground.sees("the previous data stays", "tws.toml:24: leverage: definition is missing")
    await playground.command("define", "leverage", choice="leverage")
    await playground.sees("More exposure than money.")
    file.write_text(right.replace("More exposure than money.", "Borrowed."), "utf-8")
    await playground.command("glossary reload")
    await playground.sees("Changed: leverage")
    await playground.command("define", "leverage", choice="leverage")
    await playground.sees("Borrowed.")


async def test_a_log_of_changes_is_turned_on_and_reverts_a_change(playground: Playground) -> None:
    await playground.act_as(MODERATOR)
    await playground.command("glossary settings")
    await playground.press("Posts")
    await playground.sees("Log of changes: off")
    await playground.choose("No log of changes", "glossary")
    await playground.sees("posts each change of this server's entries")
    await playground.press("Change the time")
    await playground.press("Another time zone")
    await playground.fill_in(Time_zone="new york")
    await playground.sees("09:00, America/New_York")
    await playground.command("glossary add")
    await playground.fill_in(Name="pip spread", Definition="What the broker keeps.")
    log = playground.messages.filter(has_text="The glossary was changed")
    await expect(log).to_contain_text("added pip spread")
    await log.get_by_role("button", name="Revert #1").click()
    await expect(log).to_have_count(2)
    await expect(log.last).to_contain_text("reverted #1: pip spread")


async def test_the_daily_term_comes_while_the_playground_runs(playground: Playground, tmp_path: Path) -> None:
    await playground.act_as(MODERATOR)
    await playground.command("glossary settings")
    await playground.press("Posts")
    await playground.choose("No daily term", "glossary")
    await playground.sees("posts another term each day")
    # What was chosen just now starts tomorrow; let it have been chosen long ago, and midnight be its hour.
    database = await Database.open(URL.create("sqlite+aiosqlite", database=str(tmp_path / "var" / "playground.db")))
    await AllServerSettings(database).set(GUILD_ID, scheduled_at=0, post_hour=0, time_zone=zone_at_noon())
    await database.close()
    async with asyncio.timeout(30):
        # The page shows what is new when somebody does something.
        while "Term of the day" not in (await playground.last.text_content() or ""):
            await playground.act_as(MEMBER)
            await playground.act_as(MODERATOR)
