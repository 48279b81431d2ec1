"""On which line of a TOML file each table and each key stands, which `tomllib` does not tell."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping

# Comments and strings are matched first, so that nothing inside them is taken for a table or a key.
_TOKEN = re.compile(
    r"""
    \#[^\n]*
    | \"{3} (?: \\. | [^\\] )*? \"{3,5}
    | '{3} .*? '{3,5}
    | " (?: \\. | [^"\\\n] )* "
    | '[^'\n]*'
    | ^[ \t]* \[{1,2} [ \t]* (?P<table> [\w.-]+ ) [ \t]* \]{1,2} [ \t]* (?=\#|\r?$)
    | ^[ \t]* (?P<key> [\w-]+ ) [ \t]* =
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


class Lines:
    """The lines, counted from 1, of a TOML text's tables and of the keys in them."""

    def __init__(self, text: str) -> None:
        """Find every table header and every bare key that starts a line."""
        breaks = [at.start() for at in re.finditer("\n", text)]
        self._tables: dict[str, list[tuple[int, dict[str, int]]]] = defaultdict(list)
        keys: dict[str, int] = {}
        self._tables[""].append((1, keys))
        for token in _TOKEN.finditer(text):
            if table := token["table"]:
                keys = {}
                self._tables[table].append((bisect_right(breaks, token.start("table")) + 1, keys))
            elif key := token["key"]:
                keys.setdefault(key, bisect_right(breaks, token.start("key")) + 1)

    def line_of(self, table: str, number: int) -> int:
        """Return the line of the header of the `number`th table of that name, or 1 when it has none."""
        return self._tables[table][number][0] if number < len(self._tables[table]) else 1

    def keys_of(self, table: str, number: int) -> Mapping[str, int]:
        """Return the lines of the keys of the `number`th table of that name; "" is the part before the first."""
        return self._tables[table][number][1] if number < len(self._tables[table]) else {}
