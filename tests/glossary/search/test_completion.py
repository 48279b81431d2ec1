"""Completing a name while somebody types it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.glossary.search.completion import MOST_CHOICES, Completions
from bot.glossary.search.names import Name
from bot.glossary.text import squash

# Only a few letters, so that many names start alike; no "s" and no apostrophe, which have rules of their own.
TEXTS = st.lists(st.text("abc1é", min_size=1, max_size=6), min_size=1, max_size=4).map(" ".join)
SHOWN = [
    Name("trusted IPs", "trusted-ips", is_alias=False),
    Name("limit order", "limit-order", is_alias=False),
    Name("market order", "market-order", is_alias=False),
    Name("market-if-touched", "mit", is_alias=False),
    Name("reqMktData", "reqmktdata", is_alias=False),
    Name("leverage", "leverage", is_alias=False),
    Name("order", "order", is_alias=False),
    Name("read-only API", "read-only-api", is_alias=False),
    Name("Trusted IP addresses", "trusted-ips", is_alias=True),
    Name("gearing", "leverage", is_alias=True),
]


def shown(typed: str) -> list[str]:
    return [name.text for name in Completions(SHOWN).complete(typed)]


@st.composite
def glossaries(draw: st.DrawFn) -> list[Name]:
    """Draw up to eighty names of entries, some with several."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=80, unique_by=squash))
    few = draw(st.booleans())
    return [Name(text, f"{at % 7 if few else at}", is_alias=few and at >= 7) for at, text in enumerate(texts)]


@settings(deadline=None)
@given(glossaries(), st.data())
def test_every_prefix_of_a_name_offers_its_entry_unless_25_better_ones_exist(
    known: list[Name], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(known))
    typed = name.text[: data.draw(st.integers(1, len(name.text)))]
    typed = data.draw(
        st.sampled_from([typed, typed.upper(), typed.replace(" ", "-"), typed.replace(" ", ""), typed + " "])
    )
    choices = Completions(known).complete(typed)
    if name.entry_id not in {choice.entry_id for choice in choices}:
        assert len(choices) == 25
        assert all(squash(choice.text).startswith(squash(typed)) for choice in choices)
        assert all(len(squash(choice.text)) <= len(squash(name.text)) for choice in choices)


@settings(deadline=None)
@given(glossaries(), st.text("abc1é -X🖥") | st.text())
def test_there_are_at_most_25_choices_and_one_for_each_entry(known: list[Name], typed: str) -> None:
    choices = Completions(known).complete(typed)
    assert len(choices) <= MOST_CHOICES == 25
    assert len({choice.entry_id for choice in choices}) == len(choices)
    assert set(choices) <= set(known)


@settings(deadline=None)
@given(glossaries(), TEXTS, st.integers(1, 30))
def test_a_lower_limit_keeps_the_best(known: list[Name], typed: str, limit: int) -> None:
    completions = Completions(known)
    assert completions.complete(typed, limit) == completions.complete(typed, len(known))[:limit]


@settings(deadline=None)
@given(glossaries(), st.data())
def test_a_name_typed_in_full_comes_first(known: list[Name], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(known))
    assert Completions(known).complete(name.text)[0] == name


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("trus", ["trusted IPs"]),
        ("TRUSTED-I", ["trusted IPs"]),
        ("o", ["order", "limit order", "market order", "read-only API"]),
        ("mar", ["market order", "market-if-touched"]),
        ("mit", ["market-if-touched"]),
        ("roa", ["read-only API"]),
        ("mkt", ["reqMktData"]),
        ("ord lim", ["limit order"]),
        ("api read", ["read-only API"]),
        ("vera", ["leverage"]),
        ("gear", ["gearing"]),
        ("trusted ip a", ["Trusted IP addresses"]),
        ("lverage", ["leverage"]),
        ("lveerage", ["leverage"]),
        ("zzzz", []),
        ("", []),
        ("?!", []),
    ],
)
def test_typing_offers_the_names_that_fit(typed: str, expected: list[str]) -> None:
    assert shown(typed)[: max(1, len(expected))] == expected


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("order", "order", "limit order"),
        ("mit", "market-if-touched", "limit order"),
        ("order m", "market order", "market-if-touched"),
    ],
)
def test_a_better_match_comes_before_a_worse_one(typed: str, better: str, worse: str) -> None:
    choices = shown(typed)
    assert better in choices
    assert worse not in choices or choices.index(better) < choices.index(worse)


@settings(deadline=None)
@given(st.text("bcdfgklmnp", min_size=8, max_size=12), st.data())
def test_a_name_is_offered_in_spite_of_one_typo(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    typed = text[:at] + data.draw(st.sampled_from(["z", "", "z" + text[at]])) + text[at + 1 :]
    known = [*SHOWN, Name(text, "the one", is_alias=False)]
    assert "the one" in {name.entry_id for name in Completions(known).complete(typed)}


@pytest.mark.parametrize("part", ["a", "a ", "🖥️", "1a", "aB", "ﷺ", "order "])
def test_ten_thousand_characters_can_be_typed(part: str) -> None:
    assert isinstance(Completions(SHOWN).complete((part * 10_000)[:10_000]), tuple)


def test_without_names_nothing_is_offered() -> None:
    assert Completions([]).complete("order") == ()
