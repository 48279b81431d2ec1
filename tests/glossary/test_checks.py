"""Checking one table: every fault is reported once, with its field, and none hides another."""

import pytest

from bot.glossary.checks import Fault, check_fields, check_size, toml_fault
from bot.glossary.format import ALIASES_LIMIT, BODY_LIMIT, ID_LIMIT, MessageTable, TermTable
from bot.glossary.model import Entry, Message, MessageKind


def test_valid_fields_are_returned_with_their_types() -> None:
    fields, faults = check_fields(
        {"code": 502, "kind": "error", "title": "No connection", "definition": "Nothing listens."}, MessageTable
    )
    assert faults == ()
    assert fields == {
        "code": 502,
        "kind": MessageKind.ERROR,
        "title": "No connection",
        "definition": "Nothing listens.",
    }


def test_one_wrong_field_does_not_hide_another() -> None:
    _, faults = check_fields({"name": 5, "notes": "x", "colour": "red", "sources": ["ftp://x"]}, TermTable)
    assert [fault.field for fault in faults] == ["name", "notes", "colour", "sources", "definition"]
    assert faults[0].what == "`name` should be text, got int"
    assert faults[-1].what == "`definition` is missing"


def test_an_optional_field_may_be_missing() -> None:
    assert check_fields({"name": "x"}, TermTable, {"definition"}) == ({"name": "x"}, ())


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\r", "\x1b", "\x7f", "\ud83d"])
def test_control_characters_and_halves_of_characters_are_refused(character: str) -> None:
    _, faults = check_fields({"name": f"a{character}b", "definition": "x", "notes": [f"{character}b"]}, TermTable)
    assert faults == (
        Fault("name", "`name` contains a control character"),
        Fault("notes", "`notes` contains a control character"),
    )


def test_an_entry_at_every_limit_fits() -> None:
    entry = Entry(
        id="i" * ID_LIMIT,
        name="x",
        category="c",
        definition="d" * (BODY_LIMIT - 1),
        example="e",
        aliases=("a" * ALIASES_LIMIT,),
    )
    assert list(check_size(entry)) == []


def test_every_limit_that_an_entry_exceeds_is_reported() -> None:
    message = Message(code=1, kind=MessageKind.ERROR, title="t", causes=("c",), checks=("c",))
    entry = Entry(
        id="i" * (ID_LIMIT + 1),
        name="x",
        category="c",
        definition="d" * (BODY_LIMIT - 1),
        aliases=("a" * ALIASES_LIMIT, "a"),
        message=message,
    )
    assert [fault.field for fault in check_size(entry)] == ["name", "definition", "aliases"]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Invalid value (at line 3, column 5)", (3, "Invalid value")),
        ("Unterminated string (at end of document)", (2, "Unterminated string")),
        ("something else", (2, "something else")),
    ],
)
def test_a_toml_error_is_split_into_line_and_reason(message: str, expected: tuple[int, str]) -> None:
    assert toml_fault(ValueError(message), "a = 1\nb =\n") == expected
