"""Own entries as TOML, in the tables of the data files."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from bot.glossary.checks import toml_fault
from bot.glossary.exchange.rows import IMPORT_ROWS, ExchangeError, Row, check_known, nothing_in, too_many
from bot.glossary.lines import Lines
from bot.glossary.model import Entry
from bot.glossary.own import table_of
from bot.glossary.text import quoted

_ENTRY_HEADER = re.compile(r"^[ \t]*\[\[", re.MULTILINE)
_KINDS = ("term", "message")
_WIDTH = 120
# Strings, closed or not, and comments: nothing in them is a key.
_TEXT = re.compile(
    r"""
    \"{3} (?: \\. | [^\\] )*? (?: \"{3,5} | \Z )
    | '{3} .*? (?: '{3,5} | \Z )
    | " (?: \\[^\n] | [^"\\\n] )* "?
    | '[^'\n]* '?
    | \#[^\n]*
    """,
    re.VERBOSE | re.DOTALL,
)
_MOST_DOTS = 20
_ESCAPES = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_ESCAPED = re.compile('[\x00-\x1f\x7f"\\\\]')
# In a string of several lines, line breaks and tabs stand for themselves, and quotation marks unless three in a row.
_ESCAPED_IN_LINES = re.compile('[\x00-\x08\x0b-\x1f\x7f\\\\]|"(?=""|"?\\Z)')


def read_toml(text: str) -> list[Row]:
    """Read the [[term]] and [[message]] tables in the order in which they stand; a [category] holds for all of them."""
    if len(_ENTRY_HEADER.findall(text)) > IMPORT_ROWS:
        raise too_many()
    data, lines = _parsed(text)
    for key in data:
        if key not in {"category", *_KINDS}:
            line = lines.keys_of("", 0).get(key, lines.line_of(key, 0))
            what = f"{quoted(key)} is unknown; the file holds [[term]] and [[message]] tables, and one [category]"
            raise ExchangeError(f"Line {line}: {what}")
    category = _category(data.get("category", {}), lines)
    rows: list[tuple[int, Row]] = []
    for kind in _KINDS:
        tables = data.get(kind, [])
        if not isinstance(tables, list):
            raise ExchangeError(f"Line {lines.line_of(kind, 0)}: {kind} is no list; write [[{kind}]] above each entry")
        for number, table in enumerate(tables):
            line = lines.line_of(kind, number)
            if not isinstance(table, dict):
                raise ExchangeError(f"Line {line}: {kind} {number + 1} is no table; write [[{kind}]] above each entry")
            check_known(f"Line {line}", table)
            rows.append((line, Row(f"line {line}", category | table)))
    if not rows:
        raise nothing_in("[[term]] tables")
    if len(rows) > IMPORT_ROWS:
        raise too_many()
    rows.sort(key=lambda row: row[0])
    return [row for _, row in rows]


def write_toml(entries: Iterable[Entry]) -> bytes:
    """Return the entries as [[term]] and [[message]] tables, in their order, empty fields left out."""
    return "\n".join(_table(table_of(entry)) for entry in entries).encode()


def _parsed(text: str) -> tuple[dict[str, Any], Lines]:
    # tomllib takes time in the square of the parts of a key.
    without_texts = _TEXT.sub(_line_breaks, text)
    if without_texts.count("{") > IMPORT_ROWS:
        raise too_many()
    for number, shown in enumerate(without_texts.split("\n"), start=1):
        if shown.count(".") > _MOST_DOTS:
            raise ExchangeError(f"Line {number} has more than {_MOST_DOTS} points outside of texts; break it up")
    try:
        return tomllib.loads(text), Lines(text)
    except RecursionError:
        raise ExchangeError("The file has lists in lists without end; write [[term]] above each entry") from None
    except ValueError as error:
        line, what = toml_fault(error, text)
        what = "it holds a number of thousands of digits" if what.startswith("Exceeds the limit") else what
        raise ExchangeError(f"Line {line}: not valid TOML: {what}; mend it") from None


def _line_breaks(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _category(table: Any, lines: Lines) -> dict[str, str]:
    """Return the category that the file gives all its entries; of its other fields, nothing is taken."""
    if not isinstance(table, dict) or not isinstance(name := table.get("name", ""), str):
        line = lines.line_of("category", 0)
        raise ExchangeError(f'Line {line}: category is no table with a name; write [category] and name = "…" below')
    return {"category": name}


def _table(table: Mapping[str, Any]) -> str:
    kind = "message" if "code" in table else "term"
    return "".join(f"{line}\n" for line in (f"[[{kind}]]", *(_line(key, value) for key, value in table.items())))


def _line(key: str, value: Any) -> str:
    if isinstance(value, list):
        items = [_string(item) for item in value]
        line = f"{key} = [{', '.join(items)}]"
        return line if len(line) <= _WIDTH else "\n".join([f"{key} = [", *(f"    {item}," for item in items), "]"])
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}"
    if isinstance(value, str):
        return f"{key} = " + (_lines(value) if "\n" in value else _string(value))
    return f"{key} = {value}"


def _string(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _lines(text: str) -> str:
    return f'"""\n{_ESCAPED_IN_LINES.sub(_escape, text)}"""'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0], f"\\u{ord(found[0]):04x}")
