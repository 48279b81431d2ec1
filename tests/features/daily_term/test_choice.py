"""The term of the day is none that was shown lately, and every category gets its share."""

import random
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.daily_term.choice import choose_term
from bot.glossary.model import Entry, Message, MessageKind

sizes = st.lists(st.integers(1, 6), min_size=1, max_size=5)


def terms_of(sizes: list[int]) -> list[Entry]:
    """Terms in categories of these sizes."""
    return [
        Entry(id=f"{name}-{number}", name=f"{name} {number}", category=f"category {name}", definition="A thing.")
        for name, size in enumerate(sizes)
        for number in range(size)
    ]


def shown_for(terms: list[Entry], days: int, seed: int) -> list[Entry]:
    """The terms of some days, the first one first."""
    chance = random.Random(seed)  # noqa: S311
    shown: list[Entry] = []
    for _ in range(days):
        term = choose_term(terms, [entry.id for entry in reversed(shown)], chance)
        assert term is not None
        shown.append(term)
    return shown


@given(sizes, st.integers())
def test_no_term_comes_again_before_all_others_were_shown(sizes: list[int], seed: int) -> None:
    terms = terms_of(sizes)
    assert len(set(shown_for(terms, len(terms), seed))) == len(terms)


@given(sizes, st.integers())
def test_after_that_none_comes_again_before_half_of_the_others_did(sizes: list[int], seed: int) -> None:
    terms = terms_of(sizes)
    shown = shown_for(terms, 4 * len(terms), seed)
    apart = len(terms) // 2
    for place in range(len(shown) - apart):
        assert shown[place] not in shown[place + 1 : place + 1 + apart]


@given(sizes, st.integers(), st.integers(1, 30))
def test_the_categories_get_their_shares_at_any_time(sizes: list[int], seed: int, days: int) -> None:
    terms = terms_of(sizes)
    counts = Counter(entry.category for entry in shown_for(terms, min(days, len(terms)), seed))
    shares = {f"category {number}": counts[f"category {number}"] / size for number, size in enumerate(sizes)}
    for number, size in enumerate(sizes):
        before_its_last = shares[f"category {number}"] - 1 / size
        assert before_its_last <= min(shares.values()) + 1e-9


@pytest.mark.parametrize("shown", [[], ["gone", "gone too"]])
def test_terms_that_are_gone_do_no_harm(shown: list[str]) -> None:
    assert choose_term(terms_of([2]), shown, random.Random(1)) is not None  # noqa: S311


@pytest.mark.parametrize("marked", [{"retired": True}, {"superseded_by": "another"}])
def test_what_is_out_of_date_is_left_out(marked: dict[str, Any]) -> None:
    (term,) = terms_of([1])
    assert choose_term([msgspec.structs.replace(term, **marked)], (), random.Random(1)) is None  # noqa: S311


def test_messages_are_left_out() -> None:
    message = Message(code=1, kind=MessageKind.ERROR, title="No.", checks=("Nothing.",))
    entry = Entry(id="error-1", name="Error 1", category="category 0", definition="A thing.", message=message)
    assert choose_term([entry], (), random.Random(1)) is None  # noqa: S311
