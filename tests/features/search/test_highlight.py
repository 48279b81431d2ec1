"""What matches is bold, and nothing else in a text becomes formatting."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markdown import prose
from bot.features.search.highlight import highlighted, passage
from bot.glossary.search.stems import scratch
from bot.glossary.text import words

TEXTS = st.text(alphabet="abt cancels*_`~<>@:/.#1\n", max_size=80)


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text."""
    return frozenset(scratch().stem(words(text)).values())


@pytest.mark.parametrize(
    ("text", "searched", "expected"),
    [
        ("Orders that cancel an order.", "order", "**Orders** that cancel an **order**."),
        ("It was cancelled; cancelling takes time.", "cancels", "It was **cancelled**; **cancelling** takes time."),
        ("The call `reqMktData(1)` asks.", "mkt", "The call **`reqMktData(1)`** asks."),
        ("ib_async can't *stop*.", "async cant", "**ib\\_async** **can't** \\*stop\\*."),
        ("An odd <:order:123456789012345678> sign", "sign", "An odd <:order:123456789012345678> **sign**"),
        ("An orderly border", "order", "An orderly border"),
        ("See https://example.com/order", "order", "See https\\://example.com/**order**"),
    ],
)
def test_every_form_of_a_word_is_bold(text: str, searched: str, expected: str) -> None:
    assert highlighted(text, stems(searched)) == expected


@given(TEXTS)
def test_without_a_match_a_text_shows_as_everywhere_else(text: str) -> None:
    assert re.sub(r"\s", " ", highlighted(text, ())) == re.sub(r"\s", " ", prose(text))


@given(TEXTS, st.integers(30, 80))
def test_a_passage_is_short_and_shows_the_first_match(text: str, limit: int) -> None:
    shown = passage(f"{text} zebra", {"zebra"}, limit)
    assert len(shown) <= limit
    assert "zebra" in shown or "`" in text
