"""Find the line of each table and each key in a TOML text, because `tomllib` does not keep them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_NAME = r"(?: [\w-]+ | \"[^\"\n]*\" | '[^'\n]*' )"
_DOTTED = rf"{_NAME} (?: [ \t]* \. [ \t]* {_NAME} )*"
# Headers and keys at the start of a line are tried first, then comments and strings, then brackets. The text inside a
# comment or string is skipped with it, so that it is not mistaken for a key.
_TOKEN = re.compile(
    rf"""
    ^[ \t]* \[{{1,2}} [ \t]* (?P<table> {_DOTTED} ) [ \t]* \]{{1,2}} [ \t]* (?= \# | \r?$ )
    | ^[ \t]* (?P<key> {_DOTTED} ) [ \t]* = (?!=)
    | \#[^\n]*
    | \"{{3}} (?: \\. | [^\\] )*? \"{{3,5}}
    | '{{3}} .*? '{{3,5}}
    | " (?: \\. | [^"\\\n] )* "
    | '[^'\n]*'
    | (?P<open> [\[{{] ) | (?P<close> [\]}}] )
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


class _Statement(NamedTuple):
    """A table header or a key at the start of a line: the parts of its dotted name, and its line."""

    parts: list[str]
    line: int
    is_header: bool


class _Table(NamedTuple):
    """The line of a table's header, and the lines of its keys."""

    line: int
    keys: dict[str, int]


class Lines:
    r"""The lines of a TOML text's tables and keys, counted from 1.

    >>> lines = Lines("[category]\nname = 'TWS'\n\n[[term]]\nname = 'a'\n[[term]]\nname = 'b'")
    >>> lines.line_of("term", 1)
    6
    >>> lines.keys_of("term", 1)
    {'name': 7}
    """

    def __init__(self, text: str) -> None:
        """Find every table header, and every key that starts a line. A dotted key counts as its first part."""
        self._tables: dict[str, list[_Table]] = defaultdict(list)
        self._top = self._add("", 1)
        here = self._top
        for parts, line, is_header in _statements(text):
            if is_header:
                self._add_subtable(parts, line)
                here = self._add(".".join(parts), line)
            else:
                here.keys.setdefault(parts[0], line)

    def _add(self, name: str, line: int) -> _Table:
        table = _Table(line, {})
        self._tables[name].append(table)
        return table

    def _add_subtable(self, parts: list[str], line: int) -> None:
        """Count the header [term.note] as the key `note` of the last [[term]]."""
        parents = self._tables.get(parts[0])
        if len(parts) > 1 and parents:
            parents[-1].keys.setdefault(parts[1], line)

    def line_of(self, table: str, number: int) -> int:
        """Return the line of the header of the table with this name and number, which counts from 0.

        If there is no such header, it is the line of the key with that name, as in `term = [{name = "a"}]`, or else 1.
        """
        tables = self._tables.get(table, [])
        return tables[number].line if number < len(tables) else self._top.keys.get(table, 1)

    def keys_of(self, table: str, number: int) -> Mapping[str, int]:
        """Return the lines of the keys of a table; the keys before the first header are those of the table ""."""
        tables = self._tables.get(table, [])
        return tables[number].keys if number < len(tables) else {}


def _statements(text: str) -> Iterator[_Statement]:
    """Yield the table headers and keys, but not what only looks like one inside the brackets of a value."""
    line_breaks = [found.start() for found in re.finditer("\n", text)]
    open_brackets = 0
    for token in _TOKEN.finditer(text):
        is_header = token["table"] is not None
        if token["open"]:
            open_brackets += 1
        elif token["close"]:
            open_brackets -= 1
        elif is_header and open_brackets:
            # A row of a list of lists looks like a header.
            open_brackets += token[0].count("[") - token[0].count("]")
        name = token["table"] or token["key"]
        if name and not open_brackets:
            parts = [part.strip(" \t\"'") for part in re.findall(_NAME, name, re.VERBOSE)]
            start = token.start("table" if is_header else "key")
            yield _Statement(parts, bisect_right(line_breaks, start) + 1, is_header)
