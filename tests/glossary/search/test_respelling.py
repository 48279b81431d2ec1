"""Typos in a question are corrected before it is answered; words that are right stay as they are."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.relevance import Row, called, read_set
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry
from bot.glossary.pack import read_pack
from bot.glossary.search.names import Outcome
from bot.glossary.search.respelling import joined, respelled
from bot.glossary.text import squash

ROOT = Path(__file__).parents[3]
OWN = Category(name="Ours", description="Of this server", emoji="🏠", colour=0x2B6CB0, order=0)
SHARED = Glossary(read_pack(ROOT / "data")[0])
LUNCH = Entry(
    id="lunch-club", name="lunch club", category="Ours", definition="We meet at noon and talk about gardening."
)
TYPO = Entry(id="wheraea", name="wheraea", category="Ours", definition="A thouiht club.")


def read(text: str, glossary: Glossary = SHARED) -> str:
    return respelled(text, glossary.indexes.text, glossary.indexes.names)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how do I plcae a brakcet order", "how do I place a bracket order"),
        ("implied volitility of an option", "implied volatility of an option"),
        ("all pirces are an eror", "all price are an error"),
        ("how to get the opton chian", "how to get the option chain"),  # "chian" is a rare English word
        ("reqMktDta gives nothing", "reqMktData gives nothing"),
        ("orderSatus never arrives", "order status never arrives"),
        ("set the tickPrcie field", "set the tickPrice field"),
    ],
)
def test_a_typo_becomes_the_word_of_the_glossary_that_was_meant(typed: str, meant: str) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "a beverage with survivors",  # English words
        "my multiplayer lag is bad",  # a word that the list lacks, and that is not easily typed for "multiplier"
        "it doesn't and it couldn’t",
        "buy tsla, GREK and GOOGL",  # symbols of stocks
        "an oauth token",  # the first letter of "auth" differs
        "how do I get covid data with httpx",
        "ask @marginn at user.marginn@marginn.com or https://marginn.com/marginn today",
        "reqMktData and modelGreeks",
        "an errorCode from ContractDetail",  # names in code that have no typo
        "我们的服务器在星期五开会",
        "🍕 502 ½",
    ],
)
def test_a_word_that_is_no_typo_stays(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize("question", ["what is Positano", "thanks Brackett", "GREK", "where is Margn"])
def test_the_only_telling_word_of_a_question_is_not_guessed(question: str) -> None:
    """The names judge it: what is clearly a typo of a name is still answered."""
    assert SHARED.answers.read(question) == question
    assert not SHARED.ask(question).is_answer
    assert SHARED.ask("what is a drawdwon").is_answer


@pytest.mark.parametrize("question", ["what is covid", "how do I use multiplayer", "who is Margit", "what is Bondi"])
def test_a_single_word_that_is_hardly_a_typo_is_not_answered(question: str) -> None:
    assert not SHARED.ask(question).is_answer
    assert not SHARED.look_up(question).is_answer


@pytest.mark.parametrize(
    ("place", "outcome"),
    [("in TWS", Outcome.EXACT), ("in general", Outcome.EXACT), ("in latex", Outcome.SUGGEST)],
)
def test_a_name_in_a_place_that_the_glossary_does_not_know_is_offered(place: str, outcome: Outcome) -> None:
    found = SHARED.look_up(f"margin {place}")
    assert found.outcome is outcome
    assert found.hits[0].name.entry_id == "margin"


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [("IB Gateway in docker", "docker-image-for-ib-gateway"), ("IB Gateway in TWS", "ib-gateway")],
)
def test_a_place_that_few_entries_contain_is_part_of_the_question(question: str, entry_id: str) -> None:
    assert SHARED.ask(question).hits[0].name.entry_id == entry_id


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("I can't log in today", "I can't login today"),
        ("TWS times out", "TWS times out"),
        ("the order is in there", "the order is in there"),  # not "ISIN"
        ("cook up a soup", "cook up a soup"),
    ],
)
def test_a_verb_in_two_words_is_joined_if_the_glossary_has_it_as_one(question: str, read_as: str) -> None:
    assert joined(question, SHARED.indexes.text) == read_as


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        ("not able to connect", "connection-refused"),
        ("kicked out", "competing-session"),
        ("fundamentals from ibkr", "fundamental-data"),
        ("turstd ipz", "trusted-ips"),
    ],
)
def test_a_short_question_is_offered_what_has_its_words(question: str, entry_id: str) -> None:
    assert entry_id in [hit.name.entry_id for hit in SHARED.ask(question).hits[:3]]


@pytest.mark.parametrize("question", ["42", "order 42", "what is 1200"])
def test_numbers_alone_are_in_no_phrase(question: str) -> None:
    assert not SHARED.ask(question).is_answer


def test_a_name_in_code_with_very_many_parts_is_left_alone() -> None:
    """Each part would be compared to all words of the glossary."""
    assert read("BrakcetOrdr") == "bracketOrder"
    assert read("BrakcetOrdr" * 500) == "BrakcetOrdr" * 500


@given(st.text(max_size=200))
def test_only_words_change_and_a_corrected_text_stays(text: str) -> None:
    once = read(text)
    assert len(once.split()) == len(text.split())
    assert read(once) == once


@pytest.mark.parametrize("typed", ["gardening", "gardenning", "gardeing"])
def test_words_of_a_server_count_there_and_nowhere_else(typed: str) -> None:
    question = f"who wants to talk about {typed} today"
    found = SHARED.with_own([LUNCH], OWN).ask(question)
    assert found.hits[0].name.entry_id == LUNCH.id
    assert not SHARED.ask(question).hits


def test_a_typo_of_own_words_is_read_the_same_in_layers_and_in_one_glossary() -> None:
    pack = SHARED.with_own([LUNCH, TYPO], OWN)
    flat = Glossary(pack.pack)
    for question in ("thouht about the lunch club", "gardenning and marginn", "how do I plcae a brakcet order"):
        assert read(question, pack) == read(question, flat)


def test_a_name_with_a_typo_is_the_topic_of_a_question() -> None:
    found = SHARED.ask("how do I plcae a brakcet order")
    assert found.outcome is Outcome.SURE
    assert found.hits[0].name.entry_id == "bracket-order"


def mistyped(question: str, chance: random.Random) -> str:
    """Return a question with two neighbouring letters of one long word swapped."""
    said = question.split(" ")
    long = [at for at, word in enumerate(said) if word.isalpha() and len(word) > 5]
    if long:
        at = chance.choice(long)
        word = said[at]
        cut = chance.randrange(1, len(word) - 2)
        said[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(said)


def right_first(rows: list[Row], questions: list[str]) -> int:
    """Return for how many questions the first hit is right."""
    firsts = [(row, SHARED.ask(question).hits[:1]) for row, question in zip(rows, questions, strict=True)]
    entries = [(row, SHARED.entries_of(hits)) for row, hits in firsts]
    return sum(bool(set(map(squash, row.accept)) & called(one)) for row, found in entries for one in found)


def test_a_typo_costs_hardly_any_answers() -> None:
    rows = [row for row in read_set(ROOT / "tests/relevance/questions_held_back.jsonl", SHARED) if row.accept]
    chance = random.Random(1)  # noqa: S311 - the same each time
    with_typos = right_first(rows, [mistyped(row.q, chance) for row in rows])
    assert with_typos >= right_first(rows, [row.q for row in rows]) - 0.04 * len(rows)
