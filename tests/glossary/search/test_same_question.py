"""Queries that say the same are brought together, and those that ask for different things stay apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.glossary.search import same_question
from bot.glossary.search.same_question import MOST_COMPARED, grouped, other_wordings, spelled_alike

SAME = (
    ("trailing stop", "what is a trailing stop"),
    ("trailing stop", "stops that trail"),
    ("trailing stop", "traling stop"),
    ("trailing stop", "trailingstop"),
    ("slippage", "slipage"),
    ("market data fees", "cost of market data"),
    ("buying power", "purchase power"),
    ("withdraw funds", "withdraw money"),
    ("api disconnects every night", "nightly api disconnect"),
    ("close account", "closing my account"),
)
DIFFERENT = (
    ("buy stocks", "sell stocks"),
    ("limit up", "limit down"),
    ("close account", "open account"),
    ("weekly options", "monthly options"),
    ("error 502", "error 503"),
    ("order filled", "order not filled"),
    ("vwap", "twap"),
    ("pizza", "pasta"),
    ("volatility", "implied volatility"),
    ("call option", "put option"),
    ("market order", "market data"),
    ("ib class", "xib class"),
)
WORDS = st.sampled_from("market data fee fees stop stpo loss buy sell not 5 6 order orders the of".split())
QUERIES = st.lists(
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.text(max_size=12), unique=True, max_size=12
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_question_is_one_group(one: str, other: str) -> None:
    assert grouped([one, other]) == [[one, other]]
    assert grouped([other, one]) == [[other, one]]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_questions_stay_apart(one: str, other: str) -> None:
    assert grouped([one, other]) == [[one], [other]]


@settings(deadline=None)
@given(QUERIES)
def test_every_query_is_in_one_group_and_the_order_stays(queries: list[str]) -> None:
    groups = grouped(queries)
    assert sorted(query for group in groups for query in group) == sorted(queries)
    assert [group[0] for group in groups] == [query for query in queries if query in {group[0] for group in groups}]
    for group in groups:
        assert group == sorted(group, key=queries.index)


@settings(deadline=None)
@given(QUERIES)
def test_the_first_queries_of_groups_are_groups_of_their_own(queries: list[str]) -> None:
    leaders = [group[0] for group in grouped(queries)]
    assert grouped(leaders) == [[leader] for leader in leaders]


@settings(deadline=None)
@given(QUERIES)
def test_a_group_is_its_first_query_other_wordings_and_what_these_find(queries: list[str]) -> None:
    for group in grouped(queries):
        wordings = [group[0], *other_wordings(group)]
        assert set(spelled_alike(wordings, group)) == set(group)


def test_queries_that_are_all_alike_are_not_all_compared_word_by_word() -> None:
    made_up = [f"{first * 5}{second * 5}" for first in "abcdefghijklmnopqrst" for second in "abcdefghijklmnopqrst"]
    queries = [f"market order price data limit stop {word}" for word in made_up]
    same_question._words_alike.cache_clear()
    grouped(queries)
    told = same_question._words_alike.cache_info()
    most_pairs = 2 * len(queries[0].split()) ** 2
    assert told.hits + told.misses <= len(queries) * MOST_COMPARED * most_pairs
