"""On which line of a TOML file each table and each key stands, which `tomllib` does not tell."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping

_NAME = r"(?: [\w-]+ | \"[^\"\n]*\" | '[^'\n]*' )"
_DOTTED = rf"{_NAME} (?: [ \t]* \. [ \t]* {_NAME} )*"
# What starts a line comes first, then comments and strings, so that nothing inside those is taken for anything else.
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


class Lines:
    """The lines, counted from 1, of a TOML text's tables and of the keys in them."""

    def __init__(self, text: str) -> None:
        """Find every table header and every key that starts a line; a dotted name counts for its first part."""
        breaks = [at.start() for at in re.finditer("\n", text)]
        self._tables: dict[str, list[tuple[int, dict[str, int]]]] = defaultdict(list)
        keys: dict[str, int] = {}
        self._tables[""].append((1, keys))
        depth = 0
        for token in _TOKEN.finditer(text):
            name = token["table"] or token["key"]
            if depth and token["table"]:  # a row of a list can look like the header of a table
                depth += token[0].count("[") - token[0].count("]")
            depth += bool(token["open"]) - bool(token["close"])
            if depth or not name:
                continue
            parts = [part.strip(" \t\"'") for part in re.findall(_NAME, name, re.VERBOSE)]
            line = bisect_right(breaks, token.start("table" if token["table"] else "key")) + 1
            if token["key"]:
                keys.setdefault(parts[0], line)
                continue
            if len(parts) > 1 and self._tables.get(parts[0]):
                self._tables[parts[0]][-1][1].setdefault(parts[1], line)
            keys = {}
            self._tables[".".join(parts)].append((line, keys))

    def line_of(self, table: str, number: int) -> int:
        """Return the line of the header of the `number`th table of that name, or of the key that it is given by."""
        tables = self._tables.get(table, [])
        return tables[number][0] if number < len(tables) else self._tables[""][0][1].get(table, 1)

    def keys_of(self, table: str, number: int) -> Mapping[str, int]:
        """Return the lines of the keys of the `number`th table of that name; "" is the part before the first."""
        tables = self._tables.get(table, [])
        return tables[number][1] if number < len(tables) else {}
