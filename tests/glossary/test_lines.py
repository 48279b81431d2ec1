"""The lines of tables and keys in a TOML text, compared with what `tomllib` reads."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.lines import Lines

# Pieces that look like a table, a key, a comment or the end of a string, but are only text inside a string.
NASTY = [
    "[[term]]",
    "[category]",
    "name = 1",
    "=",
    "#",
    '"',
    "'",
    '""',
    "''",
    "\\",
    "\n",
    "\t",
    " ",
    "a",
    "é",
    "🖥️",
    ",",
]
TEXTS = st.lists(st.sampled_from(NASTY), max_size=8).map("".join)
ONE_LINE = TEXTS.map(lambda text: text.replace("\n", " "))
KEYS = st.lists(st.sampled_from(["name", "term", "category", "a-b", "_x", "1st", "2026"]), unique=True, max_size=5)


def basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def long_basic(text: str) -> str:
    first = "\n" if text.startswith("\n") else ""
    return '"""' + first + text.replace("\\", "\\\\").replace('"""', '""\\"') + '"""'


def broken_basic(text: str) -> str:
    """Write a long string with its first line break and a continued line in it."""
    return '"""\n' + text.replace("\\", "\\\\").replace('"""', '""\\"') + '\\\n   """'


def literal(text: str) -> str:
    return basic(text) if "'" in text or "\n" in text else f"'{text}'"


def long_literal(text: str) -> str:
    return basic(text) if "'''" in text else f"'''\n{text}'''"


@st.composite
def strings(draw: st.DrawFn) -> tuple[str, Any]:
    text = draw(TEXTS)
    write = draw(st.sampled_from([basic, long_basic, broken_basic, literal, long_literal]))
    return write(text), text


@st.composite
def arrays(draw: st.DrawFn) -> tuple[str, Any]:
    items = draw(st.lists(strings(), max_size=3))
    comments = [draw(st.just("") | ONE_LINE.map(lambda text: "#" + text)) for _ in items]
    written = "".join(f"\n{source}, {comment}" for (source, _), comment in zip(items, comments, strict=True))
    return f"[{written}\n]", [value for _, value in items]


@st.composite
def inline_tables(draw: st.DrawFn) -> tuple[str, Any]:
    source, value = draw(strings() | arrays())
    return f"{{ name = {source}, term = 1 }}", {"name": value, "term": 1}


VALUES = (
    strings() | arrays() | inline_tables() | st.sampled_from([("1", 1), ("true", True), ("[[1], [2]]", [[1], [2]])])
)


@dataclass
class Document:
    """A TOML text while it is written, with the lines and values that it should have."""

    text: str = ""
    tables: list[tuple[str, int, dict[str, int]]] = field(default_factory=list)
    values: list[dict[str, Any]] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Return the number of the next line."""
        return self.text.count("\n") + 1


@st.composite
def documents(draw: st.DrawFn) -> Document:
    document = Document()
    rests = st.just("") | ONE_LINE.map(lambda text: " # " + text)
    fillers = st.lists(st.just("") | ONE_LINE.map(lambda text: " #" + text), max_size=2)
    indents = st.sampled_from(["", " ", "\t"])
    headers = ["", *draw(st.sampled_from([[], ["category"]])), *draw(st.sampled_from([[], ["term"], ["term"] * 3]))]
    for table in headers:
        keys: dict[str, int] = {}
        values: dict[str, Any] = {}
        document.text += "".join(filler + "\n" for filler in draw(fillers))
        document.tables.append((table, document.line if table else 1, keys))
        document.values.append(values)
        if table:
            header = f"[[{draw(indents)}{table}]]" if table == "term" else f"[{table}{draw(indents)}]"
            document.text += draw(indents) + header + draw(rests) + "\n"
        for key in draw(KEYS):
            if not table and key in headers:
                continue
            source, value = draw(VALUES)
            keys[key] = document.line
            values[key] = value
            document.text += f"{draw(indents)}{key}{draw(indents)}= {source}{draw(rests)}\n"
            document.text += "".join(filler + "\n" for filler in draw(fillers))
    return document


@given(documents(), st.booleans())
def test_every_table_and_every_key_is_found_on_its_line(document: Document, is_crlf: bool) -> None:
    text = document.text.replace("\n", "\r\n") if is_crlf else document.text
    parsed = tomllib.loads(text)
    lines = Lines(text)
    seen: dict[str, int] = defaultdict(int)
    for (table, line, keys), values in zip(document.tables, document.values, strict=True):
        number = seen[table]
        seen[table] += 1
        here: Any = {"": parsed, "category": parsed.get("category"), "term": (parsed.get("term") or [{}])}[table]
        read = here[number] if table == "term" else here
        assert values.items() <= read.items(), "the test wrote another document than it meant to"
        assert lines.line_of(table, number) == line
        assert lines.keys_of(table, number) == keys


@pytest.mark.parametrize(
    "first",
    [
        'a = \'"""\'',
        "a = \"'''\"",
        "a = '#' # '''",
        'a = """x"""" # " \'\'\'',
        'a = """x""""" # \'\'\'',
        "a = '''x'''' # ' \"\"\"",
        'a = \'it\\\' # """',
        "a = \"\\\"\" # '''",
        "a = \"\\\\\" # '''",
        'a = """\\\\""""" # \'\'\'',
    ],
)
def test_the_end_of_a_string_is_found_in_spite_of_quotes_and_backslashes(first: str) -> None:
    text = f"{first}\n[[term]]\nname = 'b'\nlong = [\"\"\"c\"\"\", '''d''']\n"
    assert tomllib.loads(text)["term"] == [{"name": "b", "long": ["c", "d"]}]
    lines = Lines(text)
    assert lines.line_of("term", 0) == 2
    assert lines.keys_of("term", 0) == {"name": 3, "long": 4}


def test_a_missing_table_is_on_line_1_and_has_no_keys() -> None:
    lines = Lines("\n\n[[term]]\nname = 1\n")
    assert lines.line_of("term", 0) == 3
    assert lines.line_of("term", 1) == lines.line_of("category", 0) == 1
    assert lines.keys_of("term", 1) == lines.keys_of("category", 0) == {}


def test_a_subtable_is_not_counted_as_a_table_of_its_parent() -> None:
    lines = Lines("[[term]]\nname = 1\n[term.extra]\nname = 2\n[[term]]\nname = 3\n")
    assert [lines.line_of("term", number) for number in (0, 1)] == [1, 5]
    assert [lines.keys_of("term", number) for number in (0, 1)] == [{"name": 2, "extra": 3}, {"name": 6}]
    assert lines.line_of("term.extra", 0) == 3


def test_a_row_of_a_nested_array_is_not_a_table() -> None:
    lines = Lines("[[term]]\nnotes = [\n  [1],\n  [2]\n]\nname = 1\n")
    assert lines.keys_of("term", 0) == {"notes": 2, "name": 6}


def test_a_table_whose_name_is_quoted_counts() -> None:
    lines = Lines('[["term"]]\nname = 1\n[[term]]\nname = 2\n')
    assert [lines.line_of("term", number) for number in (0, 1)] == [1, 3]
