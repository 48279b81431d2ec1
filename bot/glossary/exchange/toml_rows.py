"""Read and write own entries as TOML, in the same tables as the data files."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.glossary.checks import toml_fault
from bot.glossary.exchange.rows import IMPORT_ROWS, ExchangeError, Row, check_known, no_entries, too_many
from bot.glossary.lines import Lines
from bot.glossary.model import Entry
from bot.glossary.own import table_of
from bot.glossary.text import quoted

_ENTRY_HEADER = re.compile(r"^[ \t]*\[\[", re.MULTILINE)
_KINDS = ("term", "message")
_WIDTH = 120
# Strings, even unclosed ones, and comments: they contain no keys.
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
# A multi-line string needs no escapes for line breaks, tabs and quotation marks, unless three marks are in a row.
_ESCAPED_IN_LINES = re.compile('[\x00-\x08\x0b-\x1f\x7f\\\\]|"(?=""|"?\\Z)')


def read_toml(text: str) -> list[Row]:
    """Read the [[term]] and [[message]] tables in the order of the file. A [category] counts for all of them."""
    if len(_ENTRY_HEADER.findall(text)) > IMPORT_ROWS:
        raise too_many()
    data, lines = _parsed(text)
    _check_keys(data, lines)
    category = _category(data.get("category", {}), lines)
    rows = [
        (line, Row(f"line {line}", category | table)) for kind in _KINDS for line, table in _tables(kind, data, lines)
    ]
    if not rows:
        raise no_entries("[[term]] tables")
    if len(rows) > IMPORT_ROWS:
        raise too_many()
    rows.sort(key=lambda row: row[0])
    return [row for _, row in rows]


def _check_keys(data: Mapping[str, Any], lines: Lines) -> None:
    """Refuse unknown keys and tables at the top of the file."""
    for key in data:
        if key not in {"category", *_KINDS}:
            line = lines.keys_of("", 0).get(key, lines.line_of(key, 0))
            what = f"{quoted(key)} is unknown; the file can have [[term]] and [[message]] tables, and one [category]"
            raise ExchangeError(f"Line {line}: {what}")


def _tables(kind: str, data: Mapping[str, Any], lines: Lines) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the line and the table of each entry of a kind; refuse anything but tables of known fields."""
    tables = data.get(kind, [])
    hint = f"write [[{kind}]] above each entry"
    if not isinstance(tables, list):
        raise ExchangeError(f"Line {lines.line_of(kind, 0)}: {kind} is not a list; {hint}")
    for number, table in enumerate(tables):
        line = lines.line_of(kind, number)
        if not isinstance(table, dict):
            raise ExchangeError(f"Line {line}: {kind} {number + 1} is not a table; {hint}")
        check_known(f"Line {line}", table)
        yield line, table


def write_toml(entries: Iterable[Entry]) -> bytes:
    """Return the entries as [[term]] and [[message]] tables, in order, without empty fields."""
    return "\n".join(_table(table_of(entry)) for entry in entries).encode()


def _parsed(text: str) -> tuple[dict[str, Any], Lines]:
    # tomllib takes quadratic time for a key with many parts, so such keys are refused before parsing.
    without_texts = _TEXT.sub(_line_breaks, text)
    if without_texts.count("{") > IMPORT_ROWS:
        raise too_many()
    for number, shown in enumerate(without_texts.split("\n"), start=1):
        if shown.count(".") > _MOST_DOTS:
            raise ExchangeError(f"Line {number} has more than {_MOST_DOTS} dots outside of strings; split the line")
    try:
        return tomllib.loads(text), Lines(text)
    except RecursionError:
        raise ExchangeError("The file has lists in lists, nested too deeply; write [[term]] above each entry") from None
    except ValueError as error:
        line, what = toml_fault(error, text)
        if what.startswith("Exceeds the limit"):
            what = "it contains a number with thousands of digits"
        raise ExchangeError(f"Line {line}: not valid TOML: {what}; fix it") from None


def _line_breaks(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _category(table: Any, lines: Lines) -> dict[str, str]:
    """Return the category of all entries in the file; only its name is used."""
    name = table.get("name", "") if isinstance(table, dict) else None
    if not isinstance(name, str):
        line = lines.line_of("category", 0)
        raise ExchangeError(f'Line {line}: category is not a table with a name; write [category] and name = "…" below')
    return {"category": name}


def _table(table: Mapping[str, Any]) -> str:
    kind = "message" if "code" in table else "term"
    lines = [f"[[{kind}]]", *(_line(key, value) for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _line(key: str, value: Any) -> str:
    if isinstance(value, list):
        return _list(key, [toml_string(item) for item in value])
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}"
    if isinstance(value, str):
        text = _multi_line_string(value) if "\n" in value else toml_string(value)
        return f"{key} = {text}"
    return f"{key} = {value}"


def _list(key: str, items: list[str]) -> str:
    """Write a list on one line if it fits, else one item per line."""
    line = f"{key} = [{', '.join(items)}]"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"{key} = [", *(f"    {item}," for item in items), "]"])


def toml_string(text: str) -> str:
    """Return a text as a string of TOML on one line."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _multi_line_string(text: str) -> str:
    return f'"""\n{_ESCAPED_IN_LINES.sub(_escape, text)}"""'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0], f"\\u{ord(found[0]):04x}")
