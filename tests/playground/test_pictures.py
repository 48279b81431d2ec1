"""The pictures of the documentation show the cards as they are."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from playwright.async_api import Page

from tests.playground.pictures import ENVIRONMENT, FOLDER, LOOKS, difference, take_pictures
from tests.playground.scenes import SCENES
from tests.process import BotProcess

# Letters that are smoothed differently change less than this share of a picture.
MOST_NOISE = 0.004
MOST_BYTES = 60_000


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
async def test_the_pictures_show_the_cards_as_they_are(page: Page, tmp_path: Path, look: str) -> None:
    process = BotProcess(ENVIRONMENT, tmp_path)
    await process.start("playground")
    changed = {}
    try:
        async for name, picture in take_pictures(page, process, LOOKS[look]):
            with Image.open(FOLDER / f"{name}-{look}.png") as before:
                share = difference(before, picture)
            if share > MOST_NOISE:
                changed[name] = f"{share:.1%}"
    finally:
        await process.kill_if_running()
    assert not changed, "cards have changed; look at the pictures that `make pictures` takes"


def test_every_scene_has_a_small_picture_in_every_look() -> None:
    for name in SCENES:
        for look in LOOKS:
            assert (FOLDER / f"{name}-{look}.png").stat().st_size < MOST_BYTES


def test_noise_is_tolerated_and_another_word_is_not() -> None:
    with Image.open(FOLDER / "entry-dark.png") as opened:
        before = opened.convert("RGB")
    assert difference(before, before) == 0
    assert difference(before, before.filter(ImageFilter.GaussianBlur(0.6))) < MOST_NOISE
    assert difference(before, ImageChops.offset(before, 1, 0)) < MOST_NOISE
    changed = before.copy()
    ImageDraw.Draw(changed).rectangle((100, 120, 400, 140), fill=before.getpixel((100, 100)))
    assert difference(before, changed) > MOST_NOISE
    assert difference(before, before.crop((0, 0, before.width, before.height - 30))) > MOST_NOISE
