"""Finding an entry by a name in any spelling."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.glossary.search.names import Found, Name, Names, Outcome
from bot.glossary.text import squash

# No vowels, so that nothing made of these letters is an English word or part of a question's frame.
CONSONANTS = "bcdfgklmnprtvz"
WORDS = st.text(CONSONANTS, min_size=2, max_size=9) | st.integers(0, 99999).map(str)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
SEPARATORS = st.sampled_from([" ", "-", "_", "", "  ", " - ", ".", "\n", "/", "–"])
CASES = st.sampled_from([str.upper, str.lower, str.title, str.swapcase])
GLOSSARY = [
    Name("trusted IPs", "trusted-ips", is_alias=False),
    Name("leverage", "leverage", is_alias=False),
    Name("read-only API", "read-only-api", is_alias=False),
    Name("limit order", "limit-order", is_alias=False),
    Name("market order", "market-order", is_alias=False),
    Name("error 502", "error-502", is_alias=False),
    Name("reqMktData", "reqmktdata", is_alias=False),
    Name("what-if order", "what-if-order", is_alias=False),
    Name("TWS", "tws", is_alias=False),
    Name("Trusted IP addresses", "trusted-ips", is_alias=True),
    Name("Trader Workstation", "tws", is_alias=True),
    Name("gearing", "leverage", is_alias=True),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(GLOSSARY)


def index(*texts: str) -> Names:
    return Names([Name(text, text, is_alias=False) for text in texts])


def ids(found: Found) -> list[str]:
    return [hit.name.entry_id for hit in found.hits]


@st.composite
def glossaries(draw: st.DrawFn) -> list[Name]:
    """Draw up to ten names and aliases of up to five entries, all different."""
    texts = draw(st.lists(NAMES, min_size=1, max_size=10, unique_by=squash))
    entries = [f"entry {draw(st.integers(1, 5))}" for _ in texts]
    return [
        Name(text, entry, is_alias=entry in entries[:at])
        for at, (text, entry) in enumerate(zip(texts, entries, strict=True))
    ]


@settings(deadline=None)
@given(glossaries(), st.data())
def test_every_name_and_alias_is_found_exactly_in_any_case_spacing_and_hyphenation(
    known: list[Name], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(known))
    parts = [data.draw(CASES)(part) for part in name.text.split()]
    query = parts[0] + "".join(data.draw(SEPARATORS) + part for part in parts[1:])
    found = Names(known).find(query)
    assert found.outcome is Outcome.EXACT
    assert [(hit.name, hit.score) for hit in found.hits] == [(name, 1.0)]


@settings(deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20), st.data())
def test_the_case_of_each_letter_does_not_count(text: str, data: st.DataObject) -> None:
    query = "".join(data.draw(st.sampled_from([letter, letter.upper()])) for letter in text)
    found = index("leverage", text).find(query)
    assert (found.outcome, ids(found)[0]) == (Outcome.EXACT, "leverage" if text == "leverage" else text)


def test_a_name_of_many_words_is_found_exactly() -> None:
    name = " ".join("abcdefghijklmnopqrstuvwxyz")
    assert index(name).find(name).outcome is Outcome.EXACT


@st.composite
def edits(draw: st.DrawFn, name: str) -> str:
    """Draw the name with one letter inside it replaced, dropped, added or swapped with the next."""
    inside = [at for at in range(1, len(name) - 2) if name[at].isalpha() and name[at + 1].isalpha()]
    assume(inside)
    at = draw(st.sampled_from(inside))
    letter = draw(st.sampled_from(CONSONANTS))
    kept = draw(st.sampled_from([letter, "", letter + name[at], name[at + 1] + name[at]]))
    return name[:at] + kept + name[at + 1 + (len(kept) == 2 and kept[1] == name[at] and kept[0] == name[at + 1]) :]


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=8, unique_by=squash), st.data())
def test_a_long_name_with_one_edit_comes_first_unless_another_name_is_as_near(
    texts: list[str], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(texts))
    assume(len(squash(name)) >= 8)
    query = data.draw(edits(name))
    near = OSA.distance(squash(query), squash(name))
    assume(all(OSA.distance(squash(query), squash(other)) > near for other in texts if other != name))
    assert ids(index(*texts).find(query))[0] == name


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("trustd IPs", "trusted-ips"),
        ("truste dips", "trusted-ips"),
        ("levreage", "leverage"),
        ("reqMktDta", "reqmktdata"),
        ("Trader Workstatoin", "tws"),
        ("eror 502", "error-502"),
    ],
)
def test_a_clear_typo_finds_the_name_that_is_meant(names: Names, query: str, entry: str) -> None:
    found = names.find(query)
    assert found.outcome in {Outcome.SURE, Outcome.EXACT}
    assert ids(found)[0] == entry


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("what is leverage?", "leverage"),
        ("What's a limit order?", "limit-order"),
        ("can you tell me what the read only API is please", "read-only-api"),
        ("what does TWS mean", "tws"),
        ("define: market orders", "market-order"),
        ("what is a what-if order", "what-if-order"),
        ("leverage in trading", "leverage"),
        ("orders, limit", "limit-order"),
        ("gearing", "leverage"),
    ],
)
def test_a_question_a_plural_and_another_word_order_find_the_name(names: Names, query: str, entry: str) -> None:
    found = names.find(query)
    assert (found.outcome, ids(found)) == (Outcome.EXACT, [entry])


def test_a_name_made_of_question_words_is_found() -> None:
    assert ids(index("the Greeks", "Greeks").find("The Greeks")) == ["the Greeks"]
    assert ids(index("what-if", "if").find("what is what-if")) == ["what-if"]


def test_names_that_differ_only_by_plural_are_both_suggested() -> None:
    assert index("tick", "ticks").find("ticks").outcome is Outcome.EXACT
    found = index("tick data", "ticks data").find("data tick")
    assert (found.outcome, set(ids(found))) == (Outcome.SUGGEST, {"tick data", "ticks data"})


def test_an_english_word_is_never_surely_a_typo_of_a_term(names: Names) -> None:
    found = names.find("beverage")
    assert (found.outcome, ids(found)[0]) == (Outcome.SUGGEST, "leverage")
    assert names.find("heverage").outcome is Outcome.SURE


def test_the_plural_of_a_word_is_part_of_a_name_too(names: Names) -> None:
    found = names.find("traders")
    assert found.outcome is Outcome.SUGGEST
    assert [hit.name.entry_id for hit in found.hits] == ["tws"]


def test_part_of_a_name_is_only_a_suggestion(names: Names) -> None:
    found = names.find("order")
    assert found.outcome is Outcome.SUGGEST
    assert set(ids(found)) == {"limit-order", "market-order", "what-if-order"}


def test_the_nearer_name_comes_first_in_either_order_of_the_glossary() -> None:
    for texts in (("bcdfgklmnp", "bcdfgklmpp"), ("bcdfgklmpp", "bcdfgklmnp")):
        assert ids(index(*texts).find("bcdfgklmnz")) == ["bcdfgklmnp", "bcdfgklmpp"]


def test_a_typo_as_near_to_two_names_suggests_both() -> None:
    found = index("limit ordre a", "limit ordre b").find("limit ordre c")
    assert (found.outcome, len(found.hits)) == (Outcome.SUGGEST, 2)


@pytest.mark.parametrize("query", ["", "   ", "?!", "🖥️", "banana split", "xyz", "tw", "qqqqqqqqqqqqqqqq", "1234567890"])
def test_a_query_that_names_nothing_finds_nothing(names: Names, query: str) -> None:
    assert names.find(query) == Found(Outcome.NONE, ())


@settings(deadline=None)
@given(st.text("bcdfgk", min_size=1, max_size=3), st.text("bcdfgk", min_size=1, max_size=3))
def test_a_name_under_four_letters_is_not_found_by_a_typo(name: str, query: str) -> None:
    found = index(name).find(query)
    assert found.outcome in {Outcome.EXACT, Outcome.SUGGEST, Outcome.NONE}
    if found.outcome is not Outcome.NONE:
        assert name.startswith(query) or sorted(query) == sorted(name) or query in name


@st.composite
def numbers_of_one_length(draw: st.DrawFn) -> tuple[str, str]:
    length = draw(st.integers(1, 6))
    digits = st.text("0123456789", min_size=length, max_size=length)
    return draw(st.tuples(digits, digits).filter(lambda pair: pair[0] != pair[1]))


@settings(deadline=None)
@given(numbers_of_one_length(), st.sampled_from(["{}", "error {}", "interactive error {}", "{} contracts", "TWS{}"]))
def test_a_number_is_never_a_typo_of_another_with_as_many_digits(numbers: tuple[str, str], frame: str) -> None:
    one, other = numbers
    assert index(frame.format(one)).find(frame.format(other)) == Found(Outcome.NONE)


@settings(deadline=None)
@given(st.integers(0, 99999), st.integers(0, 99999), st.sampled_from(["error {}", "eror {}", "what is errors {}"]))
def test_a_number_is_never_surely_another(one: int, other: int, query: str) -> None:
    assume(one != other)
    assert index(f"error {one}").find(query.format(other)).outcome not in {Outcome.EXACT, Outcome.SURE}


@pytest.mark.parametrize(("name", "query"), [("error 5021", "error 502"), ("error 10089", "error 109")])
def test_a_number_is_never_offered_for_a_number_that_contains_it(name: str, query: str) -> None:
    assert index(name).find(query) == Found(Outcome.NONE)


@pytest.mark.parametrize(("name", "query"), [("error 250", "error 50 2"), ("port 7496", "port 96 74"), ("abc", "bc a")])
def test_another_word_order_does_not_join_numbers_or_words(name: str, query: str) -> None:
    assert index(name).find(query).outcome is not Outcome.EXACT


def test_the_nearer_name_comes_first_for_an_english_word_too() -> None:
    assert ids(index("production", "projection").find("protection"))[0] == "projection"


@settings(deadline=None)
@given(st.text(st.characters(codec=None)) | st.text(st.sampled_from("🖥️🇩🇪👩‍💻 a1-'İß\x00\ud800ﷺ\u0301")))
def test_any_text_can_be_looked_up(names: Names, query: str) -> None:
    found = names.find(query)
    assert isinstance(found.outcome, Outcome)
    assert bool(found.hits) is (found.outcome is not Outcome.NONE)
    assert len(set(ids(found))) == len(found.hits)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0.6 <= score <= 1 for score in scores)


@pytest.mark.parametrize("part", ["a", "a ", "🖥️", "1", "1a", "what ", "in ", "aB", "ﷺ", "-", "'", "leverage "])
def test_ten_thousand_characters_can_be_looked_up(names: Names, part: str) -> None:
    assert isinstance(names.find((part * 10_000)[:10_000]), Found)


@pytest.mark.parametrize("query", ["leverage", "", "order", "beverage"])
def test_without_names_nothing_is_found(query: str) -> None:
    assert Names([]).find(query) == Found(Outcome.NONE)


def test_the_earlier_of_two_equal_names_wins() -> None:
    first, second = Name("limit order", "1", is_alias=False), Name("Limit-Order", "2", is_alias=True)
    assert ids(Names([first, second]).find("limit order")) == ["1"]


@pytest.mark.parametrize(
    ("query", "entry"),
    [("turstd ipz", "trusted-ips"), ("trstued ip adreses", "trusted-ips"), ("mrakt oderr", "market-order")],
)
def test_a_badly_misspelled_name_is_offered(names: Names, query: str, entry: str) -> None:
    assert names.resembling(query)[0].name.entry_id == entry


@pytest.mark.parametrize("query", ["", "ipz", "stop lol", "trusted ipzzz", "xqwertyuiop", "eror 99999"])
def test_words_that_exist_and_short_or_different_ones_resemble_nothing(names: Names, query: str) -> None:
    assert names.resembling(query) == ()


def test_a_single_character_is_no_part_of_a_name() -> None:
    numbered = index("127.0.0.1", "level 0", "plan B")
    assert numbered.find("0").outcome is Outcome.NONE
    assert numbered.find("b").outcome is Outcome.NONE
    assert ids(numbered.find("level")) == ["level 0"]
