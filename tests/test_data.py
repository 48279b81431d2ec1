"""The glossary that ships keeps its promises."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from bot.chat.card import Card
from bot.chat.render import render
from bot.features.terms.entry_card import entry_embed
from bot.glossary.format import schemas
from bot.glossary.glossary import Glossary
from bot.glossary.model import MessageKind, Pack
from bot.glossary.pack import read_pack
from bot.glossary.search.names import Outcome
from bot.glossary.text import squash, words

DATA = Path(__file__).parents[1] / "data"
# Terms of the trade, which nobody in particular defines.
WITHOUT_PRIMARY_SOURCE = {
    "bid-ask spread",
    "fill model",
    "win rate",
    "profit factor",
    "expectancy",
    "position sizing",
    "rebalancing",
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The shipped pack."""
    return read_pack(DATA)[0]


def test_the_first_eight_categories_have_their_fixed_counts(pack: Pack) -> None:
    sizes = Counter(entry.category for entry in pack.entries)
    assert [(category.name, sizes[category.name]) for category in pack.categories[:8]] == [
        ("IBKR", 7),
        ("TWS", 5),
        ("Gateway", 3),
        ("Market data", 8),
        ("Orders", 8),
        ("Backtesting", 7),
        ("Portfolio metrics", 8),
        ("Python", 8),
    ]


def test_every_example_compiles_and_places_no_order(pack: Pack) -> None:
    for entry in pack.entries:
        compile(entry.example, entry.name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        assert "placeOrder" not in entry.example, entry.name


def test_examples_fit_a_phone(pack: Pack) -> None:
    for entry in pack.entries:
        lines = entry.example.splitlines()
        assert len(lines) <= 12, entry.name
        assert all(len(line) <= 60 for line in lines), entry.name


def test_every_entry_says_what_where_from_and_when(pack: Pack) -> None:
    for entry in pack.entries:
        assert 80 <= len(entry.definition) <= 420, entry.name
        points = (*entry.message.causes, *entry.message.checks) if entry.message else entry.notes
        assert 1 <= len(points) <= 8, entry.name
        assert all(len(point) <= 240 for point in points), entry.name
        assert len(entry.keywords) >= 8, entry.name
        assert entry.reviewed is not None, entry.name


def test_no_data_file_has_a_problem_or_a_warning() -> None:
    assert read_pack(DATA)[1] == ()


def test_a_menu_holds_any_category_of_terms(pack: Pack) -> None:
    sizes = Counter(entry.category for entry in pack.entries if entry.message is None)
    assert max(sizes.values()) <= 25


def test_every_entry_can_be_reached_from_another(pack: Pack) -> None:
    glossary = Glossary(pack)
    pointed_at = {target.id for entry in pack.entries for target in glossary.related(entry).listed}
    unreachable = [
        entry.name for entry in pack.entries if entry.id not in pointed_at and not glossary.related(entry).listed
    ]
    assert unreachable == []
    assert all(2 <= len(glossary.related(entry).listed) <= 8 for entry in pack.entries if entry.message is None)


def test_every_definition_says_more_than_the_name(pack: Pack) -> None:
    for entry in pack.entries:
        assert not squash(entry.definition).startswith(squash(entry.name)), entry.name
        assert len(set(words(entry.definition)) - set(words(entry.name))) >= 10, entry.name


def test_entries_without_a_source_are_those_for_which_there_is_none(pack: Pack) -> None:
    assert {entry.name for entry in pack.entries if not entry.sources} <= WITHOUT_PRIMARY_SOURCE


def test_every_entry_is_shown_whole(pack: Pack) -> None:
    glossary = Glossary(pack)
    for entry in pack.entries:
        shown = entry_embed(glossary, entry)
        (embed,) = render(Card(shown), pack.notices.disclaimer)["embeds"]
        assert embed["description"] == shown.text, entry.name


def test_every_message_is_found_by_its_number_in_all_the_usual_ways(pack: Pack) -> None:
    glossary = Glossary(pack)
    for entry in pack.entries:
        if entry.message is None:
            continue
        code = entry.message.code
        for query in (
            str(code),
            f"error {code}",
            f"Error-{code}",
            f"what does warning {code} mean?",
            f"Error {code}, reqId 3: something or other happened to the request",
            f"ERROR -1 {code} something:usfarm",
            f"errorCode={code}, errorString='x'",
            *entry.aliases,
        ):
            found = glossary.find(query)
            assert found.outcome in {Outcome.EXACT, Outcome.SURE}, query
            assert found.hits[0].name.entry_id == entry.id, query


def test_no_sentence_stands_twice(pack: Pack) -> None:
    sentences = Counter(
        sentence.strip(". ")
        for entry in pack.entries
        for text in (entry.definition, *entry.notes)
        for sentence in text.split(". ")
    )
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_the_sample_is_an_entry(pack: Pack) -> None:
    glossary = Glossary(pack)
    assert glossary.find(glossary.sample).hits[0].score == 1


def test_the_disclaimers_name_what_they_must(pack: Pack) -> None:
    notices = pack.notices
    for word in ("educational", "financial", "investment", "trading", "tax", "legal advice"):
        assert word in notices.disclaimer
    for word in ("errors", "Past performance", "guarantees nothing", "safe environment"):
        assert word in notices.full_disclaimer
    for word in ("Interactive Brokers", "IBKR", "Trader Workstation", "IB Gateway", "not affiliated"):
        assert word in notices.trademarks


def test_the_schemas_beside_the_data_are_the_ones_the_code_makes() -> None:
    for name, content in schemas().items():
        assert (DATA / name).read_bytes() == content, "run `make schema`"


def test_every_data_file_names_its_schema() -> None:
    for path in DATA.glob("*.toml"):
        kind = "glossary" if path.name == "glossary.toml" else "category"
        assert path.read_text("utf-8").startswith(f"#:schema ./{kind}.schema.json\n"), path


def test_notices_that_say_that_all_is_well_are_harmless_and_errors_are_not(pack: Pack) -> None:
    messages = [entry.message for entry in pack.entries if entry.message]
    assert {2104, 2106, 2107, 2108, 2158} <= {message.code for message in messages if message.harmless}
    assert not [message.code for message in messages if message.harmless and message.kind is MessageKind.ERROR]
