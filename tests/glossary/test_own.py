"""A server's own entries: what they are made of, and which names they may take."""

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.clashes import Taken
from bot.glossary.format import RELATED_LIMIT
from bot.glossary.model import Category, Entry, Message, MessageKind, Notices, Pack
from bot.glossary.own import OWN_CATEGORY, own_entry, table_of
from bot.glossary.text import quoted, slug
from tests.glossary.clashing import clashes

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


# What an entry is made of.


def test_a_term_is_made_of_everything_a_term_can_have() -> None:
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
        definition="Who to ask. First.",
        aliases=("riskers",),
        notes=("Ask early.",),
        example="  ask()",
        related=("orders",),
        keywords=("who",),
        sources=("https://example.com/a",),
        reviewed=dt.date(2026, 11, 23),
    )


def test_a_message_is_made_where_there_is_a_code() -> None:
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
        ("name", "a message is called by its `kind` and `code`; leave the name “Desk” out")
    ]


@pytest.mark.parametrize("nothing", ["", " \n ", [], ["", "  "], None, ["", None]])
def test_what_is_blank_counts_as_left_out(nothing: object) -> None:
    fields = ("aliases", "notes", "example", "related", "keywords", "sources", "reviewed", "category", "code", "causes")
    assert made(name="x", definition="y", **dict.fromkeys(fields, nothing)) == made(name="x", definition="y")


def test_aliases_without_a_definition_are_more_names_and_stand_in_no_category() -> None:
    entry = made(name="trusted IPs", aliases=["the list"], category="TWS")
    assert (entry.id, entry.definition, entry.aliases) == ("trusted-ips", "", ("the list",))
    assert entry.category == OWN_CATEGORY.name


@pytest.mark.parametrize(
    ("table", "hint"),
    [
        ({}, "write what it means, or `aliases` to give a shared entry more names"),
        ({"notes": ["n"]}, "write what it means, or `aliases` to give a shared entry more names"),
        ({"aliases": ["x"]}, "write what it means, or `aliases` to give a shared entry more names"),
        (
            {"aliases": ["y"], "notes": ["n"]},
            "what only gives a shared entry more names has `name` and `aliases` and nothing else",
        ),
    ],
)
def test_what_has_neither_definition_nor_aliases_is_told_what_is_missing(table: dict[str, Any], hint: str) -> None:
    assert faults_of(name="x", **table) == [("definition", f"`definition` is missing; {hint}")]


def test_a_message_without_a_definition_is_told_how_to_give_names_alone() -> None:
    assert faults_of(code=502, kind="error", title="t", aliases=["x"]) == [
        (
            "definition",
            (
                "`definition` is missing; to give a shared message more names alone, "
                "write its `name` and `aliases` and no `code`"
            ),
        )
    ]


def test_an_entry_without_a_name_is_told() -> None:
    assert faults_of(aliases=["x"]) == [("name", "`name` is missing")]
    assert [field for field, _ in faults_of()] == ["name", "definition"]


def test_a_category_that_nobody_has_is_told_with_those_there_are() -> None:
    assert faults_of(name="x", definition="y", category="Cats") == [
        ("category", "there is no category “Cats”; choose one of This server, TWS, Market data")
    ]
    assert made(name="x", definition="y", category="this-server").category == OWN_CATEGORY.name
    assert faults_of(name="x", definition="y", category=5) == [
        ("category", "`category` should be the name of a category")
    ]


def test_names_without_a_letter_or_digit_are_told() -> None:
    assert faults_of(name="?!", definition="y", aliases=["🖥️", "fine"]) == [
        ("name", "“?!” has no letter or digit to find it by"),
        ("aliases", "“🖥️” has no letter or digit to find it by"),
    ]


def test_lists_say_nothing_twice_and_do_not_name_the_entry_itself() -> None:
    entry = made(
        name="API socket",
        definition="d",
        aliases=["api-socket", "The Door", "the door", "door"],
        related=["API Socket", "TWS", "tws"],
        keywords=["Way in", "wayin", "🚪", "🚪", "🔑"],
        notes=["Use -1", "Use  -1", "Use 1"],
        sources=["https://a.example/b-c", "https://a.example/bc", "https://a.example/bc"],
    )
    assert entry.aliases == ("The Door", "door")
    assert entry.related == ("TWS",)
    assert entry.keywords == ("Way in", "🚪", "🔑")
    assert entry.notes == ("Use -1", "Use 1")
    assert entry.sources == ("https://a.example/b-c", "https://a.example/bc")


def test_repeats_do_not_count_towards_a_limit() -> None:
    assert made(name="x", definition="y", aliases=["same"] * 50).aliases == ("same",)


def test_fields_of_the_other_sort_of_entry_are_told() -> None:
    assert faults_of(name="x", definition="y", causes=["z"]) == [
        ("causes", "`causes` is for messages, which have a `code`")
    ]
    assert faults_of(code=1, kind="error", title="t", definition="y", notes=["z"]) == [
        ("notes", "`notes` is for terms; a message has `causes` and `checks`")
    ]


def test_a_kind_of_message_that_there_is_not_is_told_once() -> None:
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
        ({"code": 0, "name": None, "kind": "error", "title": "t"}, "code"),
        ({"code": 1 << 20000, "name": None, "kind": "error", "title": "t"}, "code"),
    ],
)
def test_what_the_data_files_refuse_is_refused(table: dict[str, Any], field: str) -> None:
    assert {field for field, _ in faults_of(**({"name": "term", "definition": "d"} | table))} == {field}


def test_relations_up_to_what_a_reply_holds_are_fine() -> None:
    related = [letter * (RELATED_LIMIT // 6) for letter in "abcdef"]
    assert made(name="term", definition="d", related=related).related == tuple(related)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)
FIELDS = "name definition aliases notes example related keywords sources reviewed category code kind title verified"


@given(st.dictionaries(st.sampled_from(FIELDS.split()) | st.text(max_size=3), ANYTHING))
def test_any_table_is_an_entry_or_told(table: dict[str, Any]) -> None:
    entry, faults = own_entry(table, CATEGORIES)
    assert (entry is None) == bool(faults)
    if entry is not None:
        assert own_entry(table_of(entry), CATEGORIES) == (entry, ())


def test_a_long_text_is_quoted_in_part_and_on_one_line() -> None:
    assert quoted("a\nb") == "“a b”"
    assert len(quoted("x" * 10**6)) == 62


# Which names it may take.


def shared_entry(name: str, *aliases: str, message: Message | None = None) -> Entry:
    return Entry(id=slug(name), name=name, category="TWS", definition="Shared.", aliases=aliases, message=message)


SHARED = Pack(
    notices=Notices(title="t", disclaimer="d", full_disclaimer="d", trademarks="t"),
    categories=(Category(name="TWS", description="d", emoji="e", colour=1, order=1),),
    entries=(
        shared_entry("API socket", "socket"),
        shared_entry("trusted IPs", "IP list"),
        shared_entry("Error 502", message=Message(code=502, kind=MessageKind.ERROR, title="No connection")),
    ),
)


def own_message(code: int, kind: str = "error", title: str = "Own title", **more: Any) -> Entry:
    return made(code=code, kind=kind, title=title, definition="d", **more)


def term(name: str, *aliases: str) -> Entry:
    return made(name=name, definition="Own.", aliases=list(aliases))


def names(name: str, *aliases: str) -> Entry:
    return made(name=name, aliases=list(aliases))


@pytest.mark.parametrize(
    "own",
    [
        [term("risk desk", "desk"), term("lunch")],
        [term("API socket")],
        [term("api-SOCKET", "the socket")],
        [term("socket")],
        [term("desk", "socket", "IP list")],
        [names("API socket", "plug")],
        [names("Error 502", "door shut")],
        [names("API socket", "socket", "ip list")],
        [own_message(502)],
        [own_message(901), own_message(902, title="Other")],
        [term("desk", "502")],
    ],
    ids=lambda own: " + ".join(f"{one.name} {one.aliases}" for one in own),
)
def test_what_may_stand_beside_the_shared_glossary(own: list[Entry]) -> None:
    assert list(clashes(own, SHARED)) == []


@pytest.mark.parametrize(
    ("own", "field", "what"),
    [
        (
            [term("desk"), term("lunch", "Desk")],
            "aliases",
            "“Desk” is the name of another of your entries; edit that one, or use another name",
        ),
        (
            [term("lunch", "desk"), term("DESK")],
            "name",
            "“DESK” belongs to “lunch” already; take it off one of the two",
        ),
        (
            [term("lunch", "desk"), term("dinner", "de-sk")],
            "aliases",
            "“de-sk” belongs to “lunch” already; take it off one of the two",
        ),
        (
            [term("risk desk"), term("Risk-Desk")],
            "name",
            "“Risk-Desk” is the name of another of your entries; keep one of them",
        ),
        (
            [term("desk", "api socket")],
            "aliases",
            "“api socket” is the name of a shared entry; edit that entry instead, or leave the name out",
        ),
        (
            [names("trusted IPs", "API socket")],
            "aliases",
            "“API socket” is the name of a shared entry; edit that entry instead, or leave the name out",
        ),
        (
            [names("desk", "table")],
            "name",
            "no shared entry is called “desk”, so that it cannot get more names; write a definition for it",
        ),
        (
            [names("socket", "plug")],
            "name",
            (
                "no shared entry is called “socket”, so that it cannot get more names; "
                "give the names to “API socket” instead"
            ),
        ),
        (
            [term("apisocket")],
            "name",
            "“apisocket” is what a shared entry is called; spell it “API socket” to edit that one",
        ),
        (
            [names("apisocket", "plug")],
            "name",
            "“apisocket” is what a shared entry is called; spell it “API socket” to edit that one",
        ),
        (
            [own_message(502, "warning")],
            "code",
            "502 is the code of the shared entry “Error 502”; to edit that one, set `kind` to error",
        ),
        (
            [own_message(901), own_message(901, "warning", title="Other")],
            "code",
            "901 is the code of “Error 901” already; use another code",
        ),
        (
            [own_message(901), own_message(902)],
            "title",
            "“Own title” belongs to “Error 901” already; take it off one of the two",
        ),
        (
            [own_message(901), term("desk", "901")],
            "aliases",
            "“901” belongs to “Error 901” already; take it off one of the two",
        ),
        (
            [own_message(901, title="Trusted IPs")],
            "title",
            "“Trusted IPs” is the name of a shared entry; edit that entry instead, or leave the name out",
        ),
    ],
)
def test_what_may_not_stand_beside_the_others_is_told(own: list[Entry], field: str, what: str) -> None:
    ((entry, fault),) = clashes(own, SHARED)
    assert entry == own[-1]
    assert fault == (field, what)


def test_an_entry_that_is_edited_gives_way_to_itself() -> None:
    taken = Taken(SHARED)
    taken.put(term("desk", "table", "chair"))
    edited = term("Desk", "chair", "lamp")
    assert list(taken.faults(edited)) == []
    taken.put(edited)
    assert list(taken.faults(term("lunch", "table"))) == []
    assert len(list(taken.faults(term("lunch", "lamp")))) == 1
    taken.drop("desk")
    assert list(taken.faults(term("lunch", "lamp"))) == []


def test_where_an_entry_was_read_is_told() -> None:
    taken = Taken(SHARED)
    taken.put(term("desk"), "line 3")
    (fault,) = taken.faults(term("lunch", "desk"))
    assert "“desk” is the name of another of your entries in line 3; " in fault.what


def test_one_clash_is_told_for_each_entry_that_is_in_the_way() -> None:
    taken = Taken(SHARED)
    taken.put(term("desk", "table", "chair"))
    assert len(list(taken.faults(term("lunch", "table", "chair", "API socket", "trusted IPs")))) == 3


def test_checking_one_entry_against_thousands_is_fast() -> None:
    taken = Taken(SHARED)
    for number in range(2000):
        taken.put(term(f"term {number}", f"alias {number}"))
    started = time.perf_counter()
    for number in range(100):
        assert list(taken.faults(term(f"other {number}", f"alias {number}")))
    assert time.perf_counter() - started < 1
