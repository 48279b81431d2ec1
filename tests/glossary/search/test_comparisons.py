"""Questions that compare two entries are answered with both; other questions with "and" and "or" are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.glossary import Glossary
from bot.glossary.pack import read_pack
from bot.glossary.search.comparisons import MOST_JOINTS, compared_in
from bot.glossary.search.names import Outcome

GLOSSARY = Glossary(read_pack(Path(__file__).parents[3] / "data")[0])


@pytest.mark.parametrize(
    "question",
    [
        "limit order vs market order",
        "Limit orders versus market orders?",
        "what is the difference between a limit order and a market order in TWS?",
        "limit and market orders compared",
        "difference between limit and market orders",
        "should I use a limit order or a market order",
        "how does a limit order differ from a market order?",
        "is a limit order better than a market order",
        "compare limit orders with market orders",
        "lmit order vs markt order",
        "is a limit or a market order better for small stocks",
        "limit or market?",
        "is a limit order the same as a market order",
        "is lmt really the same thing as mkt?",
        "are limit and market orders the same?",
    ],
)
def test_a_comparison_is_answered_with_both_in_the_order_of_the_question(question: str) -> None:
    found = GLOSSARY.ask(question)
    assert found.is_comparison
    assert found.outcome is Outcome.SURE
    assert [hit.name.entry_id for hit in found.answers] == ["limit-order", "market-order"]


@pytest.mark.parametrize(
    "question",
    [
        "contango and backwardation",
        "time and sales",
        "my order was cancelled or rejected",
        "limit order vs pizza",
        "limit order or LMT",
        "is it true or false?",
        "is my order the same as before",
        "vs",
        "or",
    ],
)
def test_what_does_not_name_two_entries_is_no_comparison(question: str) -> None:
    found = GLOSSARY.ask(question)
    assert not found.is_comparison
    assert len(found.answers) <= 1


def test_two_names_that_start_alike_are_compared() -> None:
    found = GLOSSARY.ask("stop vs stop limit")
    assert [hit.name.entry_id for hit in found.answers] == ["stop-order", "stop-limit-order"]


@pytest.mark.parametrize("question", ["snapshot vs foo", "foo or snapshot?", "positions vs pizza"])
def test_the_one_term_that_a_comparison_names_is_suggested_first(question: str) -> None:
    found = GLOSSARY.ask(question)
    assert found.outcome is Outcome.SUGGEST
    assert found.hits[0].name.entry_id in {"snapshot", "positions"}


@given(st.text(alphabet="ab vsor/&?.", max_size=200))
def test_sides_are_never_empty(text: str) -> None:
    for first, second in compared_in(text):
        assert all(first)
        assert all(second)


@pytest.mark.parametrize("joint", [" or ", " vs ", "/", " & ", " compared to "])
def test_a_question_full_of_words_that_join_names_costs_few_searches(joint: str) -> None:
    assert len(list(compared_in(joint.join("abcdefgh" * 3)[:150]))) <= 2 * MOST_JOINTS
