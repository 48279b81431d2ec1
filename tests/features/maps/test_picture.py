"""The picture of a map is a PNG for a phone, in dark and light, whatever the names are."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.features.maps.labels import LABEL_SIZE, SCALE, label_of
from bot.features.maps.neighbourhood import Link, Neighbourhood
from bot.features.maps.picture import DARK, LIGHT, Theme, draw
from bot.glossary.model import Category, Entry


def opened(shown: Neighbourhood, theme: Theme = DARK) -> Image.Image:
    """The picture of a map."""
    category = Category(name="Orders", description="d", emoji="🧾", colour=0xB7791F, order=1)
    return Image.open(io.BytesIO(draw(shown, [category] * len(shown.entries), theme))).convert("RGB")


def map_of(*names: str, links: tuple[Link, ...] = (), has_middle: bool = True) -> Neighbourhood:
    """A map of entries with some names."""
    entries = tuple(Entry(id=str(at), name=name, category="Orders", definition="D.") for at, name in enumerate(names))
    return Neighbourhood(entries, links, has_middle)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8), st.booleans())
def test_any_names_can_be_drawn(names: list[str], has_middle: bool) -> None:
    links = tuple(Link(0, place, is_confusion=place % 2 == 0) for place in range(1, len(names)))
    image = opened(map_of(*names, links=links, has_middle=has_middle))
    assert image.width == 390 * SCALE
    assert image.height > 200 * SCALE


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_theme_decides_on_the_background(theme: Theme) -> None:
    image = opened(map_of("limit order", "stop order"), theme)
    background = tuple(bytes.fromhex(theme.background[1:]))
    assert image.getpixel((0, 0)) == pytest.approx(background, abs=4)


def test_what_is_not_to_be_confused_is_dashed_in_a_colour_of_its_own() -> None:
    def has_amber(image: Image.Image) -> bool:
        colours = image.getcolors(maxcolors=2**20) or []
        return any(r > 200 and 140 < g < 200 and b < 90 for _, (r, g, b) in colours)  # type: ignore[misc]

    assert has_amber(opened(map_of("a", "b", links=(Link(0, 1, is_confusion=True),))))
    assert not has_amber(opened(map_of("a", "b", links=(Link(0, 1),))))


def test_the_same_map_is_the_same_file() -> None:
    shown = map_of("a", "b", "c", links=(Link(0, 1), Link(1, 2)))
    assert opened(shown).tobytes() == opened(shown).tobytes()


def test_a_long_name_stands_on_short_lines_and_is_not_cut() -> None:
    label = label_of("market-to-limit and if-touched orders", is_middle=False)
    assert label.lines == ("market-to-limit", "and if-touched", "orders")
    assert label.text_size == LABEL_SIZE
    assert label_of("limit order", is_middle=False).lines == ("limit order",)
