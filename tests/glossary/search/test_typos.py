"""A typo is a slip of the fingers; other words that differ by a letter are other words."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.search.typos import is_likely_typo

WORDS = st.text(string.ascii_lowercase, min_size=6, max_size=15)


@given(WORDS, st.data())
def test_a_missing_doubled_or_swapped_letter_is_a_typo(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    missing = word[:at] + word[at + 1 :]
    doubled = word[:at] + word[at] + word[at:]
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert all(typed == word or is_likely_typo(typed, word) for typed in (missing, doubled, swapped))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ordwr", "order"),  # the key beside
        ("volitility", "volatility"),  # a vowel
        ("eror", "error"),
        ("secound", "second"),
        ("verisimiltude", "verisimilitude"),
        ("recconection", "reconnection"),  # two slips in a long word
    ],
)
def test_slips_of_the_fingers_are_typos(typed: str, meant: str) -> None:
    assert is_likely_typo(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("covid", "conid"),  # far apart on the keyboard
        ("modal", "model"),  # a short word with another vowel
        ("codec", "code"),  # a longer word
        ("multiplayer", "multiplier"),  # two slips
        ("rope", "ripe"),  # too short
        ("tops", "top"),
        ("robust", "bust"),
        ("margin", "margin"),
        ("", "a"),
    ],
)
def test_other_words_are_no_typos(typed: str, meant: str) -> None:
    assert not is_likely_typo(typed, meant)
