"""A search by words finds every entry that contains them, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry
from bot.glossary.pack import read_pack
from bot.glossary.search.full_text import columns, distinct_words
from bot.glossary.search.stems import scratch

PACK = read_pack(Path(__file__).parents[3] / "data")[0]
SHARED = Glossary(PACK)
OWN = Category(name="Ours", description="Of this server", emoji="🏠", colour=0x2B6CB0, order=0)
WORDS = st.sampled_from("order orders connecting margin data pacing ratio 502 subscriptions zebra stripes".split())


def entry(name: str, definition: str) -> Entry:
    return Entry(id=name, name=name, category="Ours", definition=definition)


def stems_of(one: Entry) -> set[str]:
    """The stems of all words of an entry."""
    return set(scratch().stem(distinct_words(columns(one))).values())


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), st.booleans())
def test_all_entries_with_every_word_are_found_own_ones_as_well(text: str, has_own: bool) -> None:
    own = [entry("zoo", "Zebras with stripes subscribe to an ordered connection.")]
    glossary = SHARED.with_own(own, OWN) if has_own else SHARED
    found = glossary.search(text)
    sought = set(scratch().stem(text.split()).values())
    whole = {one.id for one in glossary.pack.entries if sought <= stems_of(one)}
    some = {one.id for one in glossary.pack.entries if sought & stems_of(one)}
    ids = [one.id for one in found.entries]
    assert len(ids) == len(set(ids))
    # What the text names, perhaps with a typo, is found beside what contains its words.
    named = {one.id for one in glossary.entries_of(glossary.find(text).answers)}
    assert set(ids) == (whole or some) | named
    assert found.has_all == (bool(whole) or not some)


def test_the_entry_with_a_name_comes_first() -> None:
    assert [one.name for one in PACK.entries if SHARED.search(one.name).entries[0].id != one.id] == []


def test_a_typo_stands_for_the_word_that_is_meant() -> None:
    assert [one.name for one in SHARED.search("volatilty").entries] == [
        one.name for one in SHARED.search("volatility").entries
    ]


@pytest.mark.parametrize("text", ["", "!!!", "🍕"])
def test_no_words_find_nothing(text: str) -> None:
    assert SHARED.search(text).entries == ()
