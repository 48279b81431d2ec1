"""Own entries are made of untyped tables, and turned back into them."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.format import RELATED_LIMIT
from bot.glossary.model import Confusion, Entry, Message, MessageKind, Reason
from bot.glossary.own import OWN_CATEGORY, own_entry, table_of
from bot.glossary.text import quoted

CATEGORIES = ("TWS", "Market data")


def made(**table: Any) -> Entry:
    entry, faults = own_entry(table, CATEGORIES)
    assert faults == ()
    assert entry is not None
    return entry


def faults_of(**table: Any) -> list[tuple[str, str]]:
    entry, faults = own_entry(table, CATEGORIES)
    assert entry is None
    assert all(fault.what and "\n" not in fault.what for fault in faults)
    return [(fault.field, fault.what) for fault in faults]


def test_a_term_can_have_every_field_of_a_term() -> None:
    entry = made(
        name="  risk  desk ",
        definition="Who to ask.\r\nFirst.",
        aliases=["riskers"],
        notes=["Ask early."],
        example="\n  ask()\r\n",
        related=["orders"],
        keywords=["who"],
        sources=["https://example.com/a "],
        reviewed="2026-11-23",
        category="market-DATA",
    )
    assert entry == Entry(
        id="risk-desk",
        name="risk desk",
        category="Market data",
        definition="Who to ask.\nFirst.",
        aliases=("riskers",),
        notes=("Ask early.",),
        example="  ask()",
        related=("orders",),
        keywords=("who",),
        sources=("https://example.com/a",),
        reviewed=dt.date(2026, 11, 23),
    )


def test_a_table_with_a_code_becomes_a_message() -> None:
    entry = made(
        code="901", kind="Warning", title="Desk closed", definition="Nobody is there.", causes=["Night"], verified=False
    )
    assert (entry.id, entry.name, entry.category) == ("warning-901", "Warning 901", OWN_CATEGORY.name)
    assert entry.message == Message(
        code=901, kind=MessageKind.WARNING, title="Desk closed", causes=("Night",), verified=False
    )


def test_a_message_may_repeat_the_name_that_its_code_gives_it() -> None:
    fields = {"code": 901, "kind": "error", "title": "x", "definition": "y"}
    assert made(name="error 901", **fields) == made(**fields)
    assert faults_of(name="Desk", **fields) == [
        ("name", "the name of a message comes from its `kind` and `code`; leave out the name “Desk”")
    ]


@pytest.mark.parametrize("nothing", ["", " \n ", [], ["", "  "], None, ["", None]])
def test_blank_fields_count_as_missing(nothing: object) -> None:
    fields = ("aliases", "notes", "example", "related", "keywords", "sources", "reviewed", "category", "code", "causes")
    assert made(name="x", definition="y", **dict.fromkeys(fields, nothing)) == made(name="x", definition="y")


def test_an_entry_with_only_a_name_and_aliases_adds_names_and_has_no_shared_category() -> None:
    entry = made(name="trusted IPs", aliases=["the list"], category="TWS")
    assert (entry.id, entry.definition, entry.aliases) == ("trusted-ips", "", ("the list",))
    assert entry.category == OWN_CATEGORY.name


@pytest.mark.parametrize(
    ("table", "hint"),
    [
        ({}, "write what it means, or give `aliases` to add names to a shared entry"),
        ({"notes": ["n"]}, "write what it means, or give `aliases` to add names to a shared entry"),
        ({"aliases": ["x"]}, "write what it means, or give `aliases` to add names to a shared entry"),
        (
            {"aliases": ["y"], "notes": ["n"]},
            "an entry that only adds names to a shared entry has `name` and `aliases`, and nothing else",
        ),
    ],
)
def test_a_missing_definition_comes_with_a_hint(table: dict[str, Any], hint: str) -> None:
    assert faults_of(name="x", **table) == [("definition", f"`definition` is missing; {hint}")]


def test_a_message_without_a_definition_gets_a_hint_how_to_only_add_names() -> None:
    assert faults_of(code=502, kind="error", title="t", aliases=["x"]) == [
        (
            "definition",
            (
                "`definition` is missing; to only add names to a shared message, "
                "give its `name` and `aliases`, and no `code`"
            ),
        )
    ]


def test_a_missing_name_is_reported() -> None:
    assert faults_of(aliases=["x"]) == [("name", "`name` is missing")]
    assert [field for field, _ in faults_of()] == ["name", "definition"]


def test_an_unknown_category_is_reported_with_the_known_ones() -> None:
    assert faults_of(name="x", definition="y", category="Cats") == [
        ("category", "there is no category “Cats”; choose one of This server, TWS, Market data")
    ]
    assert made(name="x", definition="y", category="this-server").category == OWN_CATEGORY.name
    assert faults_of(name="x", definition="y", category=5) == [
        ("category", "`category` should be the name of a category")
    ]


def test_names_without_a_letter_or_digit_are_reported() -> None:
    assert faults_of(name="?!", definition="y", aliases=["🖥️", "fine"]) == [
        ("name", "“?!” has no letter or digit, so nobody can search for it"),
        ("aliases", "“🖥️” has no letter or digit, so nobody can search for it"),
    ]


def test_repeated_items_and_the_entrys_own_name_are_dropped_from_lists() -> None:
    entry = made(
        name="API socket",
        definition="d",
        aliases=["api socket", "The Door", "the door", "door"],
        related=["API Socket", "TWS", "tws"],
        keywords=["Way in", "way  in", "🚪", "🚪", "🔑"],
        notes=["Use -1", "Use  -1", "Use 1"],
        sources=["https://a.example/b-c", "https://a.example/bc", "https://a.example/bc"],
    )
    assert entry.aliases == ("The Door", "door")
    assert entry.related == ("TWS",)
    assert entry.keywords == ("Way in", "🚪", "🔑")
    assert entry.notes == ("Use -1", "Use 1")
    assert entry.sources == ("https://a.example/b-c", "https://a.example/bc")


def test_spellings_that_the_search_takes_for_the_same_name_are_kept() -> None:
    table = {
        "name": "client ID",
        "definition": "d",
        "aliases": ["clientId", "API client", "APIClient"],
        "keywords": ["way in", "wayin"],
    }
    assert table_of(made(**table)) == table


def test_repeats_do_not_count_towards_a_limit() -> None:
    assert made(name="x", definition="y", aliases=["same"] * 50).aliases == ("same",)


def test_fields_of_the_other_kind_of_entry_are_reported() -> None:
    assert faults_of(name="x", definition="y", causes=["z"]) == [
        ("causes", "`causes` is for messages, which have a `code`")
    ]
    assert faults_of(code=1, kind="error", title="t", definition="y", notes=["z"]) == [
        ("notes", "`notes` is for terms; a message has `causes` and `checks`")
    ]


def test_an_unknown_kind_of_message_is_reported_once() -> None:
    assert faults_of(code=1, kind="info", title="t", definition="y") == [
        ("kind", "`kind` should be one of error, system, warning")
    ]


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ({"definition": "a\x00b"}, "definition"),
        ({"aliases": ["a\x1bb"]}, "aliases"),
        ({"example": "a\x0bb"}, "example"),
        ({"notes": ["\ud800"]}, "notes"),
        ({"notes": "text"}, "notes"),
        ({"notes": [["deep"]]}, "notes"),
        ({"notes": {}}, "notes"),
        ({"notes": [None, 5]}, "notes"),
        ({"aliases": [0, "a", 0]}, "aliases"),
        ({"reviewed": "last week"}, "reviewed"),
        ({"sources": ["example.com"]}, "sources"),
        ({"other": 1}, "other"),
        ({"name": "x" * 61}, "name"),
        ({"name": "a1" * 30}, "name"),
        ({"definition": "x" * 1000, "example": "y" * 801}, "definition"),
        ({"aliases": [letter * 80 for letter in "abcdef"]}, "aliases"),
        ({"related": [letter * 80 for letter in "abcdef"]}, "related"),
        ({"confused_with": ["order ID, which is another number"]}, "confused_with"),
        ({"superseded_by": "x" * 81}, "superseded_by"),
        ({"retired": "perhaps"}, "retired"),
        ({"code": 1, "name": None, "kind": "error", "title": "t", "reasons": ["a → b"]}, "reasons"),
        ({"code": 1, "name": None, "kind": "error", "title": "t", "reasons": ["a → b → c → d"]}, "reasons"),
        ({"code": 1, "name": None, "kind": "error", "title": "t", "reasons": ["→" + "x" * 399] * 9}, "reasons"),
        ({"code": 0, "name": None, "kind": "error", "title": "t"}, "code"),
        ({"code": 1 << 20000, "name": None, "kind": "error", "title": "t"}, "code"),
    ],
)
def test_what_the_data_files_refuse_is_refused(table: dict[str, Any], field: str) -> None:
    assert {field for field, _ in faults_of(**({"name": "term", "definition": "d"} | table))} == {field}


def test_related_names_up_to_the_limit_are_fine() -> None:
    related = [letter * (RELATED_LIMIT // 6) for letter in "abcdef"]
    assert made(name="term", definition="d", related=related).related == tuple(related)


def test_a_reason_has_a_text_a_cause_and_a_check() -> None:
    message = made(code=1, kind="error", title="t", definition="d", reasons=["No bid → closed → wait"]).message
    assert message
    assert message.reason_table == (Reason("No bid", "closed", "wait"),)


def test_what_an_entry_is_mixed_up_with_has_a_name_and_a_difference() -> None:
    entry = made(name="order ID", definition="d", confused_with=["permId: stays the same: always"])
    assert entry.confusions == (Confusion("permId", "stays the same: always"),)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)
FIELDS = (
    "name definition aliases notes example related keywords sources reviewed category code kind title verified"
    " confused_with reasons libraries harmless settled_by superseded_by retired"
)


@given(st.dictionaries(st.sampled_from(FIELDS.split()) | st.text(max_size=3), ANYTHING))
def test_any_table_becomes_an_entry_or_faults(table: dict[str, Any]) -> None:
    entry, faults = own_entry(table, CATEGORIES)
    assert (entry is None) == bool(faults)
    if entry is not None:
        assert own_entry(table_of(entry), CATEGORIES) == (entry, ())


def test_a_long_text_is_cut_and_quoted_on_one_line() -> None:
    assert quoted("a\nb") == "“a b”"
    assert len(quoted("x" * 10**6)) == 62
