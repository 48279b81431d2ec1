"""Rules for text in a picture: what the font cannot draw is replaced or left out, and no text is too wide."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.pictures import lettering
from bot.features.pictures.lettering import cut_to_width, drawable, width


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("trusted IPs", "trusted IPs"),
        ("two\n lines", "two lines"),
        ("Größe – café", "Grosse - cafe"),
        ("reqMktData 🍕", "reqMktData"),
        ("市场 数据 feed", "… feed"),
        ("市场", ""),
        ("ＴＷＳ", "TWS"),
        ("Øre in Łódź", "Ore in Lodz"),
    ],
)
def test_what_the_font_lacks_is_replaced_or_left_out(label: str, text: str) -> None:
    assert drawable(label) == text


@given(st.text(max_size=300))
def test_the_font_has_every_character_of_what_can_be_drawn(text: str) -> None:
    assert all(lettering._is_in_font(character) for character in drawable(text))


def test_a_text_with_enough_room_is_not_cut() -> None:
    assert cut_to_width("trusted IPs", 24, limit=400) == "trusted IPs"


def test_a_text_that_is_too_wide_ends_in_an_ellipsis() -> None:
    text = cut_to_width("Error 502: could not connect to the Trader Workstation", 24, limit=400)
    assert text.endswith("…")
    assert text.startswith("Error 502: could")


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(30, 600))
def test_no_text_is_wider_than_its_room(text: str, limit: int) -> None:
    assert width(cut_to_width(drawable(text), 24, limit), 24) <= limit
