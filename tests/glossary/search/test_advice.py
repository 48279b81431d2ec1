"""Questions that ask for advice are told from those about the glossary, by phrases in the data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Notices, Pack
from bot.glossary.search.advice import advice_pattern
from bot.glossary.search.names import Outcome
from bot.glossary.text import words

KITCHEN = Category(name="Kitchen", description="d", emoji="🍲", colour=1, order=1)
SOUP = Entry(id="soup", name="soup", category="Kitchen", definition="A warm dish that is mostly water.")


def glossary(*phrases: str) -> Glossary:
    notices = Notices(title="t", disclaimer="d", full_disclaimer="f", trademarks="m", advice_phrases=phrases)
    return Glossary(Pack(notices=notices, categories=(KITCHEN,), entries=(SOUP,)))


@pytest.mark.parametrize("question", ["should I eat it today?", "SHOULD I EAT", "so, should-I eat that"])
def test_a_question_with_such_a_phrase_asks_for_advice(question: str) -> None:
    found = glossary("should i eat").ask(question)
    assert found.asks_advice
    assert found.outcome is Outcome.NONE


@pytest.mark.parametrize("question", ["should I eat soup", "should I eaten it", "who should eat", "what is soup"])
def test_a_question_that_names_an_entry_or_lacks_the_phrase_does_not(question: str) -> None:
    assert not glossary("should i eat").ask(question).asks_advice


def test_a_gap_stands_for_any_words() -> None:
    pattern = advice_pattern(["will … rise"])
    assert pattern is not None
    assert pattern.search("will my bread ever rise today")
    assert not pattern.search("will my bread sunrise")


def test_without_phrases_nothing_asks_for_advice() -> None:
    assert advice_pattern([]) is None
    assert not glossary().ask("should I eat it").asks_advice


@given(st.from_regex(r"[^…]*\w[^…]*", fullmatch=True))
def test_any_phrase_finds_itself(phrase: str) -> None:
    pattern = advice_pattern([phrase])
    assert pattern is not None
    assert pattern.search(" ".join(words(phrase)))
