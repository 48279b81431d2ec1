"""Questions that ask for advice are told from those about the glossary, by phrases in the data."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Notices, Pack
from bot.glossary.pack import read_pack
from bot.glossary.search.advice import AdvicePhrases
from bot.glossary.search.names import Outcome

KITCHEN = Category(name="Kitchen", description="d", emoji="🍲", colour=1, order=1)
SOUP = Entry(id="soup", name="soup", category="Kitchen", definition="A warm dish that is mostly water.")


def glossary(*phrases: str) -> Glossary:
    notices = Notices(title="t", disclaimer="d", full_disclaimer="f", trademarks="m", advice_phrases=phrases)
    return Glossary(Pack(notices=notices, categories=(KITCHEN,), entries=(SOUP,)))


@pytest.fixture(scope="module")
def shipped() -> Glossary:
    """The glossary that ships."""
    return Glossary(read_pack(Path(__file__).parents[3] / "data")[0])


@pytest.mark.parametrize("question", ["should I eat it today?", "SHOULD I EAT", "so, should-I eat that"])
def test_a_question_with_such_a_phrase_asks_for_advice(question: str) -> None:
    found = glossary("should i eat").ask(question)
    assert found.asks_advice
    assert found.outcome is Outcome.NONE


@pytest.mark.parametrize("question", ["should I eaten it", "who should eat", "what is soup"])
def test_a_question_without_the_phrase_does_not(question: str) -> None:
    assert not glossary("should i eat").ask(question).asks_advice


def test_a_question_that_may_be_about_an_entry_is_offered_it_as_well(shipped: Glossary) -> None:
    found = shipped.ask("should I buy with a limit order or a market order")
    assert found.asks_advice
    assert "limit-order" in [hit.name.entry_id for hit in found.hits]


def test_a_sure_answer_and_a_code_that_is_missing_matter_more(shipped: Glossary) -> None:
    assert not shipped.ask("should I sell short").asks_advice
    found = shipped.ask("error 12345, what to buy now")
    assert not found.asks_advice
    assert found.unknown_codes == (12345,)


@pytest.mark.parametrize("phrase", ["will … rise", "will ... rise"])
def test_a_gap_stands_for_any_words(phrase: str) -> None:
    phrases = AdvicePhrases([phrase])
    assert phrases.stand_in("Will my bread ever rise today?")
    assert not phrases.stand_in("will my bread sunrise")
    assert not phrases.stand_in("rise, will you")


def test_without_phrases_or_words_in_them_nothing_asks_for_advice() -> None:
    assert not AdvicePhrases([]).stand_in("should I eat it")
    assert not AdvicePhrases(["", "…", "_", "\u3164"]).stand_in("should I eat it")


def test_many_gaps_take_no_time() -> None:
    phrases = AdvicePhrases([" … ".join("i" * 30) + " … zz"] * 60)
    began = time.process_time()
    assert not phrases.stand_in("i " * 2_000)
    assert time.process_time() - began < 1


@given(st.from_regex(r"[^…]*[a-z][^…]*", fullmatch=True).filter(lambda text: "..." not in text))
def test_any_phrase_finds_itself(phrase: str) -> None:
    assert AdvicePhrases([phrase]).stand_in(phrase)
