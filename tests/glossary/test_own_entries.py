"""A server's own entries lie over the shared glossary: both are searched as one, and only that server sees them."""

import gc
import random
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.own_entries import made_entries
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Message, MessageKind, Notices, Pack
from bot.glossary.pack import read_pack
from bot.glossary.search.completion import MOST_CHOICES
from bot.glossary.search.names import Name, Names, Outcome
from bot.glossary.search.overlay import laid_over
from bot.glossary.text import slug, squash

NOTICES = Notices(title="T", disclaimer="No advice.", full_disclaimer="None at all.", trademarks="Theirs.")
SHARED = Category(name="Orders", description="What is sent", emoji="📈", colour=0x2F855A, order=1)
OWN = Category(name="Ours", description="Of this server", emoji="🏠", colour=0x2B6CB0, order=0)
# Only a few words, so that names often match: whole, as plurals, in part, shortened and misspelled.
VOCABULARY = "what if order orders limit lmt market make trusted ip ips leverage beverage forward fwd 502 error".split()
TEXTS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4).map(" ".join)
QUERIES = st.lists(st.sampled_from([*VOCABULARY, "the", "is", "in", "odrer", "levrage", "limti"]), max_size=7).map(
    " ".join
) | st.tuples(TEXTS, st.integers(0, 20)).map(lambda cut: cut[0][: cut[1]])


def entry(name: str, *related: str, aliases: tuple[str, ...] = (), definition: str = "A thing.") -> Entry:
    return Entry(id=slug(name), name=name, category="Orders", definition=definition, aliases=aliases, related=related)


def more_names(entry_id: str, *aliases: str) -> Entry:
    return Entry(id=entry_id, name=entry_id, category="Ours", definition="", aliases=aliases)


def pack(*entries: Entry) -> Pack:
    return Pack(notices=NOTICES, categories=(SHARED,), entries=entries)


@st.composite
def entries(draw: st.DrawFn, most: int = 6) -> list[Entry]:
    """Draw entries whose names and phrases often match; some are about a message."""
    made = {}
    for name in draw(st.lists(TEXTS, max_size=most)):
        aliases = tuple(draw(st.lists(TEXTS, max_size=2)))
        related = tuple(draw(st.lists(TEXTS, max_size=2)))
        one = entry(name, *related, aliases=aliases)
        made[one.id] = one
    return list(made.values())


MESSAGE = Entry(
    id="error-502",
    name="Error 502",
    category="Orders",
    definition="No connection.",
    aliases=("could not connect to",),
    message=Message(code=502, kind=MessageKind.ERROR, title="Not connected"),
)


@settings(deadline=None, max_examples=150)
@given(entries(), entries(), st.booleans(), st.lists(QUERIES, min_size=1, max_size=8))
def test_a_name_is_found_as_in_one_glossary_with_the_own_entries_first(
    shared: list[Entry], own: list[Entry], has_message: bool, queries: list[str]
) -> None:
    ids = {one.id for one in shared}
    layered = Glossary(pack(*shared, *([MESSAGE] if has_message and "error-502" not in ids else []))).with_own(own, OWN)
    plain = Glossary(layered.pack)
    for query in [*queries, *(name for one in [*shared, *own] for name in (one.name, *one.aliases))]:
        assert layered.find(query) == plain.find(query)


@settings(deadline=None, max_examples=60)
@given(entries(), entries(), st.dictionaries(TEXTS.map(slug), st.lists(TEXTS, max_size=3), max_size=3), QUERIES)
def test_own_names_come_before_shared_ones_and_own_aliases_before_shared_aliases(
    shared: list[Entry], own: list[Entry], more: dict[str, list[str]], query: str
) -> None:
    named = [more_names(entry_id, *aliases) for entry_id, aliases in more.items()]
    # More names than are searched one by one; no query is similar to any of them.
    many = [entry(f"zq{number}x zj{number * 7919}y") for number in range(600)]
    overlay = laid_over(pack(*shared, *many), [*own, *named], OWN)
    shown = [one for one in [*shared, *many] if one.id not in overlay.replaced]
    names = [Name(one.name, one.id, is_alias=False) for one in [*shared, *many]]
    aliases = [Name(alias, one.id, is_alias=True) for one in shared for alias in one.aliases]
    own_names = overlay.names()
    layered = Names(own_names, Names([*names, *aliases]), overlay.replaced)
    assert all(squash(name.text) for name in own_names)
    in_order = [
        *(name for name in own_names if not name.is_alias),
        *(name for name in names if name.entry_id not in overlay.replaced),
        *(name for name in own_names if name.is_alias),
        *(name for name in aliases if name.entry_id not in overlay.replaced),
    ]
    assert layered.find(query) == Names(in_order).find(query)
    assert len(overlay.pack.entries) == len(overlay.entries) + len(shown)


@settings(deadline=None, max_examples=100)
@given(entries(), entries(), st.lists(QUERIES, min_size=1, max_size=8))
def test_typing_offers_the_same_entries_as_one_glossary(
    shared: list[Entry], own: list[Entry], queries: list[str]
) -> None:
    layered = Glossary(pack(*shared)).with_own(own, OWN)
    plain = Glossary(layered.pack)
    for query in queries:
        choices = layered.complete(query)
        assert {name.entry_id for name in choices} == {name.entry_id for name in plain.complete(query)}
        assert [layered.label(name) for name in choices] == [plain.label(name) for name in choices]


@settings(deadline=None, max_examples=100)
@given(entries(), entries(), st.lists(QUERIES, min_size=1, max_size=4).map(". ".join))
def test_a_text_mentions_the_same_terms_as_in_one_glossary(shared: list[Entry], own: list[Entry], text: str) -> None:
    layered = Glossary(pack(*shared, MESSAGE)).with_own(own, OWN)
    assert layered.terms_in(text) == Glossary(layered.pack).terms_in(text)


@settings(deadline=None, max_examples=100)
@given(entries(), entries())
def test_entries_are_related_as_in_one_glossary(shared: list[Entry], own: list[Entry]) -> None:
    layered = Glossary(pack(*shared)).with_own(own, OWN)
    plain = Glossary(layered.pack)
    assert len(layered) == len(plain)
    for one in layered.pack.entries:
        assert layered.get(one.id) is one
        assert layered.related(one) == plain.related(one)
        assert layered.category_of(one) == plain.category_of(one)


LIMIT = entry("limit order", "market order", "desk", aliases=("LMT order",))
MARKET = entry("market order")
SMALL = Glossary(pack(LIMIT, MARKET))
DESK = Entry(id="desk", name="desk", category="none", definition="Who trades.", related=("limit order", "rota"))


def test_without_own_entries_the_glossary_is_the_shared_one() -> None:
    assert SMALL.with_own((), OWN) is SMALL
    assert SMALL.with_own([more_names("gone", "lost")], OWN) is SMALL


def test_an_own_entry_is_in_the_own_category_before_the_others() -> None:
    ours = SMALL.with_own([DESK], OWN)
    assert [one.name for one in ours.pack.entries] == ["desk", "limit order", "market order"]
    assert ours.pack.categories == (OWN, SHARED)
    assert ours.category_of(ours.pack.entries[0]) is OWN
    assert (ours.is_own("desk"), ours.is_own("limit-order"), SMALL.is_own("desk")) == (True, False, False)
    assert SMALL.get("desk") is None
    assert SMALL.find("desk").outcome is Outcome.NONE


def test_the_own_category_is_left_out_if_it_is_not_used() -> None:
    ours = SMALL.with_own([entry("stop order")], OWN)
    assert ours.pack.categories == (SHARED,)


def test_an_own_entry_replaces_the_shared_one_with_its_id() -> None:
    ours = SMALL.with_own([entry("limit order", definition="Ours.")], OWN)
    (found,) = ours.find("limit order").hits
    assert ours.get(found.name.entry_id) == entry("limit order", definition="Ours.")
    assert ours.is_own("limit-order")
    assert len(ours) == 2
    assert ours.find("LMT order").outcome is not Outcome.EXACT
    assert SMALL.get("limit-order") is LIMIT


def test_a_shared_entry_can_get_more_names_and_stays_shared() -> None:
    ours = SMALL.with_own([more_names("limit-order", "patient order", "lmt-order", "Patient Order")], OWN)
    shown = ours.get("limit-order")
    assert shown is not None
    assert shown.aliases == ("LMT order", "patient order")
    assert ours.find("patient order").hits == ((Name("patient order", "limit-order", is_alias=True), 1.0),)
    assert ours.terms_in("send a patient order or an LMT order") == (shown,)
    assert [ours.label(name) for name in ours.complete("patient")] == ["patient order → limit order"]
    assert not ours.is_own("limit-order")
    assert ours.pack.categories == (SHARED,)
    assert ours.pack.entries == (shown, MARKET)
    assert ours.related(MARKET).listed_by == (shown,)


def test_an_own_entry_wins_a_name_that_a_shared_one_has_too() -> None:
    ours = SMALL.with_own([entry("desk", aliases=("LMT order",))], OWN)
    assert ours.find("lmt order").hits[0].name.entry_id == "desk"
    ours = SMALL.with_own([more_names("market-order", "LMT order")], OWN)
    assert ours.find("lmt order").hits[0].name.entry_id == "market-order"


def test_relations_cross_the_layers() -> None:
    ours = SMALL.with_own([DESK], OWN)
    desk = ours.pack.entries[0]
    assert ours.related(desk) == ((LIMIT,), (), ("rota",))
    assert ours.related(LIMIT) == ((MARKET, desk), (), ())
    assert ours.related(MARKET).listed_by == (LIMIT,)
    assert SMALL.related(LIMIT).phrases == ("desk",)


def test_own_names_are_offered_before_shared_ones_that_match_equally() -> None:
    ours = SMALL.with_own([entry("limitations of orders", aliases=("big limit",))], OWN)
    assert [name.text for name in ours.complete("limit")] == ["limitations of orders", "limit order"]
    assert [name.text for name in ours.complete("order")] == ["limitations of orders", "limit order", "market order"]


def test_nothing_typed_offers_the_favourites_then_own_entries_then_the_rest() -> None:
    ours = SMALL.with_own([DESK], OWN)
    assert [name.entry_id for name in ours.complete("", ["market-order", "gone"])] == [
        "market-order",
        "desk",
        "limit-order",
    ]
    many = SMALL.with_own([entry(f"own {number}") for number in range(60)], OWN)
    assert len(many.complete("", ["market-order"])) == MOST_CHOICES
    assert not many.complete("zzzz", ["market-order"])


def test_names_without_words_are_ignored() -> None:
    ours = SMALL.with_own([entry("desk", aliases=("🏠",)), more_names("limit-order", "🖥️")], OWN)
    assert ours.get("limit-order") == LIMIT
    assert ours.find("desk").outcome is Outcome.EXACT
    assert ours.find("🏠").outcome is Outcome.NONE


def test_new_own_entries_replace_the_former_ones() -> None:
    ours = SMALL.with_own([DESK], OWN).with_own([entry("stop order")], OWN)
    assert [one.name for one in ours.pack.entries] == ["stop order", "limit order", "market order"]


@pytest.fixture(scope="module")
def shipped() -> Glossary:
    """The glossary that ships."""
    return Glossary(read_pack(Path(__file__).parents[2] / "data")[0])


def test_twenty_own_entries_take_less_than_150_kilobytes_beyond_their_text(shipped: Glossary) -> None:
    rng = random.Random(1)  # noqa: S311 - the same each time
    shipped.with_own(made_entries(shipped, 20, rng), OWN).ask("which of them waits the longest?")
    own = made_entries(shipped, 20, rng)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    ours = shipped.with_own(own, OWN)
    gc.collect()
    took = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert ours.is_own("own-19")
    assert took < 150_000


def test_own_entries_can_be_added_in_other_threads_while_the_shared_glossary_is_searched(shipped: Glossary) -> None:
    sets = [made_entries(shipped, 30, random.Random(seed)) for seed in range(12)]  # noqa: S311 - the same each time
    question = "why are the quotes fifteen minutes late?"
    expected = shipped.ask(question)
    with ThreadPoolExecutor(3) as threads:
        added = [threads.submit(shipped.with_own, own, OWN) for own in sets]
        while not all(one.done() for one in added):
            assert shipped.ask(question) == expected
    assert [len(one.result()) for one in added] == [len(shipped) + 30] * 12
