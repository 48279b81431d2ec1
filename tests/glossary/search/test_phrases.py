"""How much of a question stands in a single phrase."""

import pytest

from bot.glossary.search.phrases import Phrases

STEMS = {word: word for word in "red green blue loud quiet".split()}
WEIGHTS = {"red": 2.0}


def weight(stem: str) -> float:
    return WEIGHTS.get(stem, 1.0)


def asked(*stems: str) -> dict[str, float]:
    return {stem: weight(stem) for stem in stems}


PHRASES = Phrases([["red green", "the blue"], ["green", "loud quiet"], ["quiet"]], STEMS, weight)


def test_equal_stems_overlap_fully_in_any_order_and_without_fillers() -> None:
    assert PHRASES.overlap(asked("green", "red"))[0] == pytest.approx(1)
    assert PHRASES.overlap(asked("blue"))[0] == pytest.approx(1)


def test_the_most_similar_phrase_of_an_entry_counts_and_not_all_together() -> None:
    assert PHRASES.overlap(asked("red", "blue")) == {0: pytest.approx(2 * 2 / (3 + 3))}


def test_rare_words_count_more() -> None:
    of_first = PHRASES.overlap(asked("red", "loud"))
    assert of_first[0] > of_first[1]


def test_entries_without_any_of_the_stems_are_left_out() -> None:
    assert PHRASES.overlap(asked("loud")).keys() == {1}
    assert PHRASES.overlap({}) == {}
