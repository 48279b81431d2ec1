"""The playground as a process, and a page of a real browser that shows it."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.playground.browser import BROWSERS, browser_path, open_page
from tests.playground.page import Playground
from tests.process import BotProcess


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A page of a real browser."""
    if browser_path() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs one of {', '.join(BROWSERS)}")
        pytest.skip(f"needs one of {', '.join(BROWSERS)}")
    async with open_page() as page:
        yield page


@pytest.fixture
async def process(environment: dict[str, str], tmp_path: Path) -> AsyncIterator[BotProcess]:
    """The playground, not started yet."""
    bot = BotProcess(environment, tmp_path)
    yield bot
    await bot.kill_if_running()


@pytest.fixture
async def playground(page: Page, process: BotProcess) -> AsyncIterator[Playground]:
    """The playground, open in the browser; at its end nothing may have gone wrong in the bot."""
    await process.start("playground")
    shown = Playground(page)
    await shown.open(process)
    yield shown
    assert await process.stop() == 0
    assert "Traceback" not in process.log
