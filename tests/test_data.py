"""The glossary that ships keeps its promises."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from bot.glossary.format import schemas
from bot.glossary.glossary import Glossary
from bot.glossary.model import Pack
from bot.glossary.pack import read_pack

DATA = Path(__file__).parents[1] / "data"


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
        assert 1 <= len(entry.notes) <= 4, entry.name
        assert all(len(note) <= 240 for note in entry.notes), entry.name
        assert len(entry.keywords) >= 8, entry.name
        assert entry.reviewed is not None, entry.name


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
