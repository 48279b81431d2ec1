"""In both themes, text can be read and bars stand out, whatever the colour of a category."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.stats.theme import LEAST_CONTRAST, THEMES, contrast, made_visible

both = pytest.mark.parametrize("name", THEMES)


@both
def test_text_can_be_read_on_the_background(name: str) -> None:
    theme = THEMES[name]
    for colour in (theme.text, theme.faint, theme.good, theme.bad):
        assert contrast(colour, theme.background) >= 4.5


@both
def test_columns_stand_out_and_their_parts_differ_in_lightness_alone(name: str) -> None:
    theme = THEMES[name]
    parts = (theme.answered, theme.suggested, theme.missed)
    # https://www.w3.org/TR/WCAG22/#non-text-contrast
    assert all(contrast(colour, theme.background) >= LEAST_CONTRAST * 0.9 for colour in parts)
    assert all(contrast(one, two) >= 1.5 for one, two in itertools.combinations(parts, 2))


@both
@given(colour=st.integers(0, 0xFFFFFF))
def test_every_category_is_made_visible(name: str, colour: int) -> None:
    assert contrast(made_visible(colour, THEMES[name]), THEMES[name].background) >= LEAST_CONTRAST


@both
def test_a_colour_that_is_visible_already_stays(name: str) -> None:
    assert made_visible(0x3388FF, THEMES[name]) == "#3388ff"


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
