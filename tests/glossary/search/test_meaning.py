"""Texts about the same thing have similar vectors, even if they share no word."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.pack import read_pack
from bot.glossary.search.full_text import columns, distinct_words
from bot.glossary.search.meaning import Sense, Vectors, checksum, embed, likeness, load_word_vectors

PACK = read_pack(Path(__file__).parents[3] / "data")[0]


@given(st.text(max_size=200), st.sampled_from(Sense))
def test_the_vector_of_a_text_has_length_one_or_is_all_zeros(text: str, sense: Sense) -> None:
    length = np.linalg.norm(embed(text, sense))
    assert length == pytest.approx(1, abs=1e-5) or length == 0


@pytest.mark.parametrize("text", ["", "🖥️", "zzqxv wvvkz"])
def test_a_text_without_known_words_is_like_nothing(text: str) -> None:
    assert not embed(text).any()


@pytest.mark.parametrize(
    ("text", "alike", "unlike"),
    [
        ("biggest loss", "largest decline", "cheapest lunch"),
        ("the program froze", "software hangs", "the river thawed"),
        ("buying shares", "purchase of stock", "purchase of bread"),
    ],
)
def test_words_that_mean_the_same_are_more_alike_than_others(text: str, alike: str, unlike: str) -> None:
    assert embed(text) @ embed(alike) > embed(text) @ embed(unlike)


def test_common_words_hardly_change_what_a_text_is_about() -> None:
    assert embed("drawdown") @ embed("what is the drawdown of this") > 0.9


def test_an_entry_is_as_similar_as_the_most_similar_of_its_texts() -> None:
    vectors = Vectors([("lunch", "biggest loss"), ("biggest loss",), ("lunch",)])
    both, same, other = vectors.likeness(embed("biggest loss", Sense.GLOSSARY))
    assert both == same == pytest.approx(1, abs=0.02)
    assert other < both


def test_the_likeness_of_several_texts_is_that_of_the_most_similar() -> None:
    assert likeness(["lunch", "biggest loss"], embed("biggest loss")) == pytest.approx(1, abs=1e-5)
    assert likeness(["lunch"], embed("biggest loss")) < 0.5


def test_the_glossary_uses_words_in_a_sense_of_its_own() -> None:
    """A script that is kicked out has lost its connection."""
    general, ours = (embed("kicked out", sense) @ embed("client ID", sense) for sense in Sense)
    assert ours > general


@pytest.mark.parametrize("sense", Sense)
def test_the_words_of_the_glossary_have_vectors(sense: Sense) -> None:
    """If this fails, many words are new: run `benchmarks/word_vectors.py` again."""
    checksums = set(map(int, load_word_vectors(sense)[0]))
    said = {word for entry in PACK.entries for word in distinct_words(columns(entry))}
    assert sum(checksum(word) in checksums for word in said) / len(said) > 0.95
