"""Take the pictures of the documentation: `make pictures`."""

import asyncio
import io
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops
from playwright.async_api import Page

from tests.playground.browser import open_page
from tests.playground.page import Playground
from tests.playground.scenes import SCENES
from tests.process import ROOT, BotProcess

FOLDER = ROOT / "docs" / "images"
# Not the real glossary, so that a picture changes only if a card does.
ENVIRONMENT = {"GLOSSARY_PATH": str(Path(__file__).with_name("glossary")), "PLAYGROUND_PORT": "0"}
# Few colours keep a picture below some 40 KB.
COLOURS = 128
# What differs from run to run, and what stands on top of a message.
HIDDEN = """
:is(.message-time, .message-gutter-time, .message-context-actions) { visibility: hidden; }
:is(#channel-composer, .preview-toolbar) { visibility: hidden; }
.channel-message, .channel-message:hover, .channel-message:focus-within { background: none !important; }
* { caret-color: transparent !important; }
"""
# Pictures are compared in square cells: their width in pixels, how much lighter or darker a cell may be, and how many
# pixels higher or lower a picture may lie.
CELL, MOST_LIGHTER, MOST_SHIFTED = 8, 24, 1


class Look(NamedTuple):
    """A way to look at the page."""

    theme: str
    width: int


LOOKS = {"dark": Look("dark", 620), "light": Look("light", 620), "phone": Look("dark", 390)}
# The same in every picture, however long it took to get there.
SAME_TIME = "document.querySelectorAll('.discord-timestamp').forEach((one) => { one.textContent = 'a minute ago'; })"
# True once nothing has moved for a while, and everything that was pressed is answered.
AT_REST = """() => new Promise((done) => {
  let place, since = 0;
  const check = (now) => {
    const page = window.simcordPreview;
    const next = `${document.querySelector("#channel-timeline").scrollTop} ${page.renderGeneration} ${page.ready}`;
    if (next !== place) { place = next; since = now; }
    if (page.ready && !page.pendingAction && now - since > 500) done(true);
    else requestAnimationFrame(check);
  };
  requestAnimationFrame(check);
})"""


def difference(before: Image.Image, after: Image.Image) -> float:
    """Return the share of two pictures that differs, from 0 to 1; pictures of different sizes differ altogether.

    How letters are smoothed differs from machine to machine, so small cells are compared by how light they are. A
    picture may lie a pixel higher or lower than the other.
    """
    if max(abs(before.width - after.width), abs(before.height - after.height)) > MOST_SHIFTED:
        return 1.0
    common = (0, 0, min(before.width, after.width), min(before.height, after.height))
    old, new = (picture.convert("L").crop(common) for picture in (before, after))
    shifted = (ImageChops.offset(new, 0, pixels) for pixels in range(-MOST_SHIFTED, MOST_SHIFTED + 1))
    return min(_share(old, one) for one in shifted)


def _share(before: Image.Image, after: Image.Image) -> float:
    """Return the share of cells that are lighter or darker."""
    size = (before.width // CELL, before.height // CELL)
    cells = [picture.resize(size, Image.Resampling.BOX) for picture in (before, after)]
    return sum(ImageChops.difference(*cells).histogram()[MOST_LIGHTER:]) / (size[0] * size[1])


async def take_pictures(page: Page, process: BotProcess, look: Look) -> AsyncIterator[tuple[str, Image.Image]]:
    """Yield the picture of every scene with its name, from a playground that has just been started."""
    await page.set_viewport_size({"width": look.width, "height": 1200})
    playground = Playground(page)
    await playground.open(process)
    await page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", look.theme)
    for name, scene in SCENES.items():
        seen = await scene(playground)
        await page.mouse.move(0, 0)
        await page.evaluate(AT_REST)
        await page.evaluate(SAME_TIME)
        yield name, _opened(await seen.screenshot(style=HIDDEN, animations="disabled"))


async def main() -> None:
    """Take every picture anew."""
    for suffix, look in LOOKS.items():
        async with _started() as (page, process):
            async for name, picture in take_pictures(page, process, look):
                _save(f"{name}-{suffix}", picture)
    async with _started() as (page, process):
        await page.set_viewport_size({"width": 1000, "height": 680})
        playground = Playground(page)
        await playground.open(process)
        await playground.command("define", "trusted", choice="trusted IPs")
        await playground.sees("A list of IP addresses")
        await page.mouse.move(0, 0)
        await page.evaluate(AT_REST)
        _save("playground", _opened(await page.screenshot()))


@asynccontextmanager
async def _started() -> AsyncIterator[tuple[Page, BotProcess]]:
    """Start a playground on the glossary of the pictures, and a browser."""
    with tempfile.TemporaryDirectory() as folder:
        process = BotProcess(ENVIRONMENT, Path(folder))
        await process.start("playground")
        try:
            async with open_page() as page:
                yield page, process
        finally:
            await process.kill_if_running()


def _opened(taken: bytes) -> Image.Image:
    return Image.open(io.BytesIO(taken)).convert("RGB")


def _save(name: str, picture: Image.Image) -> None:
    path = FOLDER / f"{name}.png"
    picture.quantize(COLOURS).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024 + 1} KB")  # noqa: T201 - what `make pictures` did


if __name__ == "__main__":
    asyncio.run(main())
