"""Check the table of one entry. Each fault names a field and says in plain words what is wrong with it."""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from bot.glossary.format import ALIASES_LIMIT, BODY_LIMIT, ID_LIMIT, REASONS_LIMIT, RELATED_LIMIT
from bot.glossary.model import Entry

# PostgreSQL cannot store NUL, no encoding can hold half of a surrogate pair, some turn the direction of all text after
# them, and the rest is only typed by accident.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SYNTAX_LINE = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
# What a text should look like, by a part of the pattern that it does not match.
_PATTERNS = {
    "a-fA-F": "is not a colour like #2b6cb0",
    "https?": "is not an http:// or https:// address",
    "System": "has an item that is not like “System 1102”",
    "→": "has an item that is not like “text → cause → check”",
    "s:]": "has an item that is not like “name: why it is a step”",
    "[^:": "has an item that is not like “localhost: is the computer that TWS runs on”",
}
_ITEM_NUMBER = re.compile(r" - at `\$\[(\d+)\]`")


class Fault(NamedTuple):
    """What is wrong with a table, and in which field; `field` is "" if no single field is to blame."""

    field: str
    what: str


def check_fields(
    table: Mapping[str, Any], kind: type[msgspec.Struct], optional: Collection[str] = ()
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Check a table against a struct; return its readable fields, converted, and all faults.

    Every field is checked, so one wrong field does not hide another. The `optional` fields may be missing even if the
    struct requires them.
    """
    known = _fields_of(kind)
    checked: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, value in table.items():
        if key not in known:
            faults.append(Fault(key, f"unknown field `{key}`; the known fields are {', '.join(known)}"))
            continue
        faults += _check_texts(key, value)
        try:
            checked[key] = msgspec.convert(value, known[key].type)
        except msgspec.ValidationError as error:
            faults.append(Fault(key, f"`{key}` {_plain(str(error))}"))
    for key, field in known.items():
        if field.required and key not in table and key not in optional:
            faults.append(Fault(key, f"`{key}` is missing"))
    return checked, tuple(faults)


@functools.cache
def _fields_of(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}


def _check_texts(key: str, value: object) -> Iterator[Fault]:
    """Check a text, or each text in a list, for control characters and for nothing but white space."""
    items: Iterable[object] = value if isinstance(value, list) else [value]
    texts = [item for item in items if isinstance(item, str)]
    if any(CONTROL.search(text) for text in texts):
        yield Fault(key, f"`{key}` contains a control character")
    if any(text and not text.strip() for text in texts):
        yield Fault(key, f"`{key}` is blank" if isinstance(value, str) else f"`{key}` has a blank item")


def check_size(entry: Entry) -> Iterator[Fault]:
    """Check that the whole entry fits into a reply."""
    texts = [entry.definition, *entry.notes, entry.example, *entry.confused_with, entry.superseded_by]
    reasons: tuple[str, ...] = ()
    if entry.message is not None:
        texts += [*entry.message.causes, *entry.message.checks, entry.message.libraries]
        reasons = entry.message.reasons
    for field, what, size, limit in (
        ("name", "the id made from it is", len(entry.id), ID_LIMIT),
        ("definition", "definition, notes and example together are", sum(map(len, texts)), BODY_LIMIT),
        ("aliases", "aliases together are", sum(map(len, entry.aliases)), ALIASES_LIMIT),
        ("reasons", "reasons together are", sum(map(len, reasons)), REASONS_LIMIT),
    ):
        if size > limit:
            yield Fault(field, f"{what} {size} characters long; only {limit} fit into a reply")


def check_related_size(shown: Iterable[str]) -> Iterator[Fault]:
    """Check that the related names, as they are shown, fit into a reply."""
    size = sum(map(len, shown))
    if size > RELATED_LIMIT:
        yield Fault("related", f"related together are {size} characters long; only {RELATED_LIMIT} fit into a reply")


def toml_fault(error: Exception, text: str) -> tuple[int, str]:
    r"""Return the line of an error that `tomllib` raised for this text, and what is wrong there.

    `tomllib` gives no line for lists that are nested too deeply, for numbers of thousands of digits and for a text that
    ends too early; these count as errors on the last line.

    >>> toml_fault(ValueError("Invalid value (at line 3, column 5)"), "a = 1")
    (3, 'Invalid value')
    >>> toml_fault(ValueError("Unterminated string (at end of document)"), "a = 1\nb = '")
    (2, 'Unterminated string')
    """
    last_line = text.rstrip("\n").count("\n") + 1
    found = _SYNTAX_LINE.match(str(error))
    if found is None:
        return last_line, str(error)
    return int(found["line"] or last_line), found["what"]


def _plain(message: str) -> str:
    """Reword an error of msgspec for people who write TOML."""
    if "matching regex" in message:
        return next((what for pattern, what in _PATTERNS.items() if pattern in message), "has the wrong form")
    message = _ITEM_NUMBER.sub(lambda item: f" (item {int(item[1]) + 1})", message)
    if not message.startswith("Expected"):
        return f"is not valid: {message}"
    message = message.replace("`str`", "text").replace("`array`", "list").replace("`object`", "table")
    return "should be " + message.removeprefix("Expected ").replace("`", "")
