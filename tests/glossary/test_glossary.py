"""A snapshot of a glossary: look up, complete, follow relations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.glossary.glossary import Glossary, Relations
from bot.glossary.model import Category, Entry, Notices, Pack
from bot.glossary.search.names import Name, Outcome
from bot.glossary.text import slug

CATEGORIES = (
    Category(name="TWS", description="The workstation", emoji="🖥️", colour=0x2B6CB0, order=1),
    Category(name="Orders", description="What is sent", emoji="📈", colour=0x2F855A, order=2),
)


def entry(name: str, *related: str, aliases: tuple[str, ...] = (), category: str = "TWS") -> Entry:
    return Entry(id=slug(name), name=name, category=category, definition="A thing.", aliases=aliases, related=related)


def glossary(*entries: Entry, sample: str = "") -> Glossary:
    notices = Notices(
        title="Test", sample=sample, disclaimer="No advice.", full_disclaimer="None at all.", trademarks="Theirs."
    )
    return Glossary(Pack(notices=notices, categories=CATEGORIES, entries=entries))


IPS = entry("trusted IPs", "API-Socket", "security", "limit order", aliases=("Trusted IP addresses",))
SOCKET = entry("API socket", "Trusted ip Addresses", aliases=("API port",))
LIMIT = entry("limit order", category="Orders")
SMALL = glossary(IPS, SOCKET, LIMIT)


def test_an_entry_is_returned_by_its_id_and_a_missing_one_is_none() -> None:
    assert SMALL.get("trusted-ips") is IPS
    assert SMALL.get("trusted IPs") is None
    assert SMALL.get("") is None
    assert len(SMALL) == 3


def test_every_entry_knows_its_category() -> None:
    assert [SMALL.category_of(one).name for one in (IPS, SOCKET, LIMIT)] == ["TWS", "TWS", "Orders"]


@pytest.mark.parametrize("query", ["trusted ips", "TRUSTED-IP-ADDRESSES", "what are trusted IPs?"])
def test_an_entry_is_found_by_its_name_and_by_its_alias(query: str) -> None:
    found = SMALL.find(query)
    assert (found.outcome, [hit.name.entry_id for hit in found.hits]) == (Outcome.EXACT, ["trusted-ips"])


def test_names_that_differ_by_a_sign_are_different_names() -> None:
    names = ["C", "C++", "C#", ".NET", "net"]
    languages = glossary(*map(entry, names))
    for name in names:
        for query in (name, name.lower(), f"what is {name}?"):
            found = languages.find(query)
            assert (found.outcome, [hit.name.text for hit in found.hits]) == (Outcome.EXACT, [name])
        assert languages.complete(name)[0].text == name
    assert [one.name for one in languages.terms_in("C# on .NET, not C++")] == ["C#", ".NET", "C++"]


def test_relations_are_listed_entries_listing_entries_and_phrases_without_an_entry() -> None:
    assert SMALL.related(IPS) == Relations(listed=(SOCKET, LIMIT), listed_by=(), phrases=("security",))
    assert SMALL.related(SOCKET) == Relations(listed=(IPS,), listed_by=(), phrases=())
    assert SMALL.related(LIMIT) == Relations(listed=(), listed_by=(IPS,), phrases=())


def test_an_entry_related_by_two_of_its_names_is_listed_once() -> None:
    ips = entry("trusted IPs", "API socket", "API port")
    assert glossary(ips, SOCKET).related(ips).listed == (SOCKET,)


@given(st.lists(st.lists(st.sampled_from("abcdxy"), max_size=4), min_size=4, max_size=4))
def test_relations_read_the_same_from_both_ends(related: list[list[str]]) -> None:
    entries = {
        name: entry(name, *(phrase for phrase in phrases if phrase != name))
        for name, phrases in zip("abcd", related, strict=True)
    }
    made = glossary(*entries.values())
    for one in entries.values():
        around = made.related(one)
        assert {other.name for other in around.listed} == set(one.related) & entries.keys()
        assert set(around.phrases) == set(one.related) - entries.keys()
        assert set(around.listed_by) == {other for other in entries.values() if one.name in other.related} - set(
            around.listed
        )


def test_nothing_typed_offers_the_favourites_and_then_the_rest() -> None:
    expected = [
        Name("limit order", "limit-order", is_alias=False),
        Name("trusted IPs", "trusted-ips", is_alias=False),
        Name("API socket", "api-socket", is_alias=False),
    ]
    assert list(SMALL.complete("", ["limit-order", "gone", "limit-order"])) == expected
    assert list(SMALL.complete("  ?!", ["limit-order"])) == expected


def test_typing_that_fits_no_name_offers_nothing_not_the_favourites() -> None:
    assert SMALL.complete("zzzz", ["limit-order"]) == ()


def test_at_most_25_are_offered_when_nothing_is_typed() -> None:
    many = glossary(*(entry(f"term {number}") for number in range(60)))
    favourites = [f"term-{number}" for number in range(59, -1, -1)]
    offered = [name.entry_id for name in many.complete("", favourites)]
    assert offered == favourites[:25]


def test_a_name_is_offered_before_an_alias_and_an_alias_shows_its_entry() -> None:
    (choice,) = SMALL.complete("trusted")
    assert SMALL.label(choice) == "trusted IPs"
    (choice,) = SMALL.complete("trusted ip addr")
    assert SMALL.label(choice) == "Trusted IP addresses → trusted IPs"


def test_the_sample_is_the_one_given_or_the_first_entry() -> None:
    assert glossary(IPS, SOCKET, sample="API prot").sample == "API prot"
    assert glossary(IPS, SOCKET).sample == "trusted IPs"


@settings(deadline=None)
@given(st.text())
def test_looking_things_up_leaves_the_snapshot_as_it_is(query: str) -> None:
    before = [SMALL.related(one) for one in SMALL.pack.entries]
    first = SMALL.find(query), SMALL.complete(query)
    assert (SMALL.find(query), SMALL.complete(query)) == first
    assert [SMALL.related(one) for one in SMALL.pack.entries] == before
