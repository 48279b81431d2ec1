"""Checking a table that an entry is made of: each fault names the field and says in plain words what is wrong."""

import functools
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from bot.glossary.format import ALIASES_LIMIT, BODY_LIMIT, ID_LIMIT
from bot.glossary.model import Entry

# PostgreSQL stores no NUL, no encoding holds half of a surrogate pair, and nobody means any of the others.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SYNTAX_LINE = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


class Fault(NamedTuple):
    """Something wrong in a table: in which field, "" where it is none, and what."""

    field: str
    what: str


def check_fields(
    table: Mapping[str, Any], kind: type[msgspec.Struct], optional: Collection[str] = ()
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Check a table field by field, so that one wrong field hides no other; return those that can be read."""
    known = _fields_of(kind)
    checked: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, value in table.items():
        if key not in known:
            faults.append(Fault(key, f"unknown field `{key}`; known are {', '.join(known)}"))
            continue
        texts = [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
        if any(_CONTROL.search(text) for text in texts):
            faults.append(Fault(key, f"`{key}` holds a control character"))
        if any(text and not text.strip() for text in texts):
            faults.append(Fault(key, f"`{key}` is blank" if texts[0] is value else f"`{key}` has a blank item"))
        try:
            checked[key] = msgspec.convert(value, known[key].type)
        except msgspec.ValidationError as error:
            faults.append(Fault(key, f"`{key}` {_plain(str(error))}"))
    faults += [
        Fault(key, f"`{key}` is missing")
        for key, field in known.items()
        if field.required and key not in table and key not in optional
    ]
    return checked, tuple(faults)


@functools.cache
def _fields_of(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}


def check_size(entry: Entry) -> Iterator[Fault]:
    """Check that the entry can be shown whole."""
    texts = [entry.definition, *entry.notes, entry.example]
    if entry.message is not None:
        texts += [*entry.message.causes, *entry.message.checks]
    for field, what, size, limit in (
        ("name", "the id made of it is", len(entry.id), ID_LIMIT),
        ("definition", "definition, notes and example together are", sum(map(len, texts)), BODY_LIMIT),
        ("aliases", "aliases together are", sum(map(len, entry.aliases)), ALIASES_LIMIT),
    ):
        if size > limit:
            yield Fault(field, f"{what} {size} characters; {limit} fit into a reply")


def toml_fault(error: Exception, text: str) -> tuple[int, str]:
    """Return on which line a text is no TOML, and why, where `tomllib` raised this error.

    Besides syntax errors these are lists in lists without end, and numbers of thousands of digits.
    """
    found = _SYNTAX_LINE.match(str(error))
    what, line = (found["what"], found["line"]) if found else (str(error), None)
    return int(line or text.rstrip("\n").count("\n") + 1), what


def _plain(message: str) -> str:
    """Say what msgspec found wrong in the words of people who write TOML."""
    if "matching regex" in message:
        return "is not a colour like #2b6cb0" if "a-fA-F" in message else "is not an http:// or https:// address"
    message = re.sub(r" - at `\$\[(\d+)\]`", lambda item: f" (item {int(item[1]) + 1})", message)
    if not message.startswith("Expected"):
        return f"is not readable: {message}"
    message = message.replace("`str`", "text").replace("`array`", "list").replace("`object`", "table")
    return "should be " + message.removeprefix("Expected ").replace("`", "")
