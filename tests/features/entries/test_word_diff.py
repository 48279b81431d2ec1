"""Differences of texts, word by word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.entries.word_diff import PLAIN, word_diff

TEXT = st.lists(st.sampled_from(["stop", "order", "the", "*bold*", "~~x~~", "a_b", "<@1>", "limit."]), max_size=30).map(
    " ".join
)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a b c", "a x c", "a ~~b~~ **x** c"),
        ("a b", "a b c", "a b **c**"),
        ("a b c", "b c", "~~a~~ b c"),
        ("", "new words", "**new words**"),
        ("1 2 3 4 5 6 7 8 9 old", "1 2 3 4 5 6 7 8 9 new", "… 6 7 8 9 ~~old~~ **new**"),
    ],
)
def test_old_words_are_struck_and_new_ones_bold(before: str, after: str, shown: str) -> None:
    assert word_diff(before, after, 200) == shown


def test_a_change_far_inside_a_long_text_is_shown() -> None:
    before = "word " * 80 + "cheap"
    assert word_diff(before, before.replace("cheap", "dear"), 200).endswith("~~cheap~~ **dear**")


def test_places_that_do_not_fit_are_counted() -> None:
    before = " ".join(f"w{n}" for n in range(100))
    after = " ".join(f"x{n}" if n % 20 == 0 else f"w{n}" for n in range(100))
    assert word_diff(before, after, 120).endswith("… and 3 more")


def test_a_first_place_that_is_too_long_is_cut_even_if_others_follow() -> None:
    before = " ".join(["a"] * 100 + ["same"] * 20 + ["last"])
    after = " ".join(["b"] * 100 + ["same"] * 20 + ["end"])
    assert (
        word_diff(before, after, 120)
        == "~~a a a a a a a a a a a a a a a…~~ **b b b b b b b b b b b b b b b…** same same same same …"
    )


def test_a_long_change_far_inside_a_text_shows_what_was_there_and_what_is_now() -> None:
    same = "word " * 60
    shown = word_diff(same + "old " * 80, same + "new " * 80, 240)
    assert shown.startswith("… word word word word ~~old old")
    assert "**new new" in shown
    assert len(shown) <= 240


def test_a_text_that_was_only_divided_into_lines_shows_where() -> None:
    assert word_diff("one two three", "one\ntwo three", 200) == "one **↵** two three"


def test_spaces_alone_make_no_difference() -> None:
    assert word_diff("one  two", "one two", 200) == ""


def test_in_a_file_nothing_is_escaped() -> None:
    assert word_diff("a_b is `x`", "a_b is *y*", 200, PLAIN) == "a_b is [-`x`-] {+*y*+}"


@given(TEXT, TEXT)
def test_nothing_in_the_texts_becomes_formatting(before: str, after: str) -> None:
    plain = re.sub(r"\\[^\w\s]|\\_", "", word_diff(before, after, 2000))
    assert set(re.findall(r"[*~_<>@]+", plain)) <= {"**", "~~"}


@given(TEXT, TEXT, st.integers(40, 300))
def test_it_keeps_to_its_limit_but_for_the_count(before: str, after: str, limit: int) -> None:
    assert len(word_diff(before, after, limit)) <= limit + 20
