"""Completing a name while somebody types it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.glossary.model import Entry
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
    Name("IP filter", "firewall", is_alias=True),
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
        # Each of them starts so as well and is shorter, or is a name with such a word while this is an alias.
        for choice in choices:
            starts_so = squash(choice.text).startswith(squash(typed))
            is_shorter = len(squash(choice.text)) <= len(squash(name.text))
            assert (starts_so and is_shorter) or (name.is_alias and not choice.is_alias)


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
        ("ip", ["trusted IPs", "IP filter"]),
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
        ("ust", "trusted IPs", "market order"),
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


ENTRIES = tuple(
    Entry(id=name.entry_id, name=name.text, category="c", definition="A thing.", keywords=keywords)
    for name, keywords in zip(
        SHOWN[:3],
        [("whitelist", "who may connect"), ("order that waits for a price", "patience"), ("price of the moment",)],
        strict=True,
    )
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("whitel", ["trusted IPs"]),
        ("order that waits", ["limit order"]),
        ("waits or", ["limit order"]),
        ("price", ["limit order", "market order"]),
        ("patience with the pri", ["limit order"]),
        ("the", []),
        ("waits with trust", []),
    ],
)
def test_what_only_the_keywords_know_is_offered_instead_of_nothing(typed: str, expected: list[str]) -> None:
    assert [name.text for name in Completions(SHOWN, entries=ENTRIES).complete(typed)] == expected


def test_keywords_come_after_names_and_before_names_that_only_contain_the_letters() -> None:
    names = [Name(text, text, is_alias=False) for text in ("unwaited", "waits", "limit order")]
    known = Completions(
        names,
        entries=(Entry(id="limit order", name="limit order", category="c", definition="A.", keywords=("waiting",)),),
    )
    assert [name.text for name in known.complete("wait")] == ["waits", "limit order", "unwaited"]


def test_keywords_of_hidden_entries_are_not_offered() -> None:
    own = Completions([], Completions(SHOWN, entries=ENTRIES), frozenset(["trusted-ips"]))
    assert own.complete("whitel") == ()
    assert [name.text for name in own.complete("order that waits")] == ["limit order"]
