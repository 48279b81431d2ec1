"""A real browser for the tests."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, ViewportSize, async_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def browser_path() -> str | None:
    """Return where the browser is, `None` if there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@asynccontextmanager
async def open_page() -> AsyncIterator[Page]:
    """Open a page, 1280 pixels wide and in dark colours."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=QUIET.split())
        size = ViewportSize(width=1280, height=900)
        yield await browser.new_page(viewport=size, color_scheme="dark", bypass_csp=True, timezone_id="UTC")
        await browser.close()
