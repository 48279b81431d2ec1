"""Learning in a real browser: a quiz that goes on after a restart, and a path that is followed to its end."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.playground.page import ADDRESS, MEMBER, OTHER_MEMBER, Playground
from tests.process import BotProcess

pytestmark = pytest.mark.slow

TERMS = """
[[term]]
name = "slippage"
definition = "The difference between the expected price of a trade and the price at which it is filled."

[[term]]
name = "commission"
definition = "A fee that the broker charges for carrying out an instruction of a client."
"""
PATHS = """
[[path]]
name = "First connection"
description = "Connect a program."
steps = ["API socket: Is the door.", "trusted IPs: Let you in."]
"""


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with more to ask about, and a path."""
    with (data / "tws.toml").open("a", encoding="utf-8") as file:
        file.write(TERMS)
    (data / "paths.toml").write_text(PATHS, "utf-8")
    return data


async def test_a_quiz_is_nobody_elses_and_goes_on_after_a_restart(page: Page, process: BotProcess) -> None:
    playground = Playground(page)
    await process.start("playground", "--keep")
    await playground.open(process)
    await playground.command("quiz play")
    quiz = playground.messages.filter(has_text=f"{MEMBER} used /quiz")
    await expect(quiz).to_contain_text("Question 1 of")
    await playground.act_as(OTHER_MEMBER)
    await quiz.get_by_role("button").first.click()
    await playground.sees("This is somebody else's quiz")
    await playground.press("Play my own")
    await playground.sees("Question 1 of")
    await playground.act_as(MEMBER)
    await page.goto("about:blank")
    assert await process.stop() == 0

    await process.start("playground", "--keep")
    process.log = ""
    await page.goto((await process.says(ADDRESS))[0])
    await expect(quiz).to_contain_text("Question 1 of")
    await quiz.get_by_role("button").first.click()
    await expect(quiz).to_contain_text("It comes up again")
    await quiz.get_by_role("button", name="Next").click()
    await expect(quiz).to_contain_text("Question 2 of")
    await page.goto("about:blank")
    assert await process.stop() == 0
    assert "Traceback" not in process.log


async def test_a_path_leads_from_step_to_step(playground: Playground) -> None:
    await playground.command("learn")
    await playground.choose("Open a path", "First connection")
    await playground.sees("0 of 2 read", "⬜ API socket: Is the door.")
    await playground.press("Next: API socket")
    await playground.sees("step 1 of 2", "The door through which programs talk.")
    await playground.press("Next")
    await playground.sees("step 2 of 2", "Addresses that may connect without being asked.")
    await playground.press("Next")
    await playground.sees("2 of 2 read", "✅ trusted IPs: Let you in.")
