"""Own entries as files: every upload is read or refused with a reason, and an export can be imported again."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.glossary.exchange.files import (
    IMPORT_BYTES,
    IMPORT_ROWS,
    WRITERS,
    ExchangeError,
    Row,
    read_rows,
    write_csv,
)
from bot.glossary.model import Entry
from bot.glossary.own import OWN_CATEGORY, own_entry

CATEGORIES = ("TWS", "Market data")

# Anything that people may write, except characters that no entry may contain.
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1, max_size=60)
NAME = st.from_regex(r"[a-zA-Z][a-zA-Z0-9 |=+\\'\"*-]{0,40}", fullmatch=True)
LINES = st.lists(TEXT, max_size=4)
TABLES = st.fixed_dictionaries(
    {"name": NAME, "definition": TEXT},
    optional={
        "aliases": st.lists(NAME, max_size=4),
        "notes": LINES,
        "example": st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=80),
        "related": LINES,
        "confused_with": st.just(["bid | ask: the prices, not their distance"]),
        "keywords": LINES,
        "sources": st.just(["https://example.com/a?b=c,d;e"]),
        "superseded_by": NAME,
        "retired": st.booleans(),
        "reviewed": st.dates().map(str),
        "category": st.sampled_from(CATEGORIES),
    },
)
MESSAGES = st.fixed_dictionaries(
    {
        "code": st.integers(1, 99_999),
        "kind": st.sampled_from(["error", "system", "warning"]),
        "title": NAME,
        "definition": TEXT,
    },
    optional={
        "causes": LINES,
        "checks": LINES,
        "reasons": st.just(["no bid | ask → the market is closed → wait", "HMDS: no data → none yet → ask later"]),
        "libraries": TEXT,
        "aliases": st.lists(NAME, max_size=3),
        "harmless": st.booleans(),
        "settled_by": st.just(["System 1101", "System 1102"]),
        "verified": st.booleans(),
    },
)
ALIASES = st.fixed_dictionaries({"name": NAME, "aliases": st.lists(NAME, min_size=1, max_size=3)})


def entry_of(table: Mapping[str, object]) -> Entry | None:
    if isinstance(table.get("reviewed"), str):
        table = {**table, "reviewed": dt.date.fromisoformat(str(table["reviewed"]))}
    return own_entry(table, CATEGORIES)[0]


ENTRIES = st.lists((TABLES | MESSAGES | ALIASES).map(entry_of).filter(bool), min_size=1, max_size=6)


def read(ending: str, content: bytes | str) -> list[Entry | None]:
    """The entries of a file, with `None` for each faulty row."""
    rows = read_rows(f"a.{ending}", content.encode() if isinstance(content, str) else content)
    return [None if row.faults else own_entry(row.table, CATEGORIES)[0] for row in rows]


@pytest.mark.parametrize("ending", WRITERS)
@settings(deadline=None, max_examples=150)
@given(entries=ENTRIES)
def test_written_entries_are_read_back_unchanged(ending: str, entries: list[Entry]) -> None:
    content = WRITERS[ending](entries)
    assert read(ending, content) == entries
    assert read("", content) == entries
    assert WRITERS[ending](entries) == content


@pytest.mark.parametrize("ending", ["toml", "csv", "json", "", "xlsx"])
@settings(deadline=None, max_examples=300)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode(errors="surrogatepass")))
def test_any_content_gives_rows_or_an_error_of_one_line(ending: str, content: bytes) -> None:
    rows: list[Row] = []
    said = ""
    try:
        rows = read_rows(f"a.{ending}", content)
    except ExchangeError as error:
        said = str(error).strip()
    assert bool(said) != bool(rows)
    assert "\n" not in said
    for row in rows:
        own_entry(row.table, CATEGORIES)


MALFORMED: tuple[tuple[str, bytes, str], ...] = (
    ("csv", b"", "empty"),
    ("csv", b" \r\n\r\n", "empty"),
    ("csv", b"name,definition\n", "no entry"),
    ("csv", b"definition\nx\n", "no column “name”"),
    ("csv", b"name,colour,shape\na,b,c\n", "“colour”, “shape”"),
    ("csv", b"name,name,definition\na,b,c\n", "two columns “name” (columns 1 and 2)"),
    ("csv", b'name,definition\n"a,b\n', "Row 2 (line 2) has a quotation mark that is never closed"),
    ("csv", b'name,definition\n"a"b,c\n', "text after a closing quotation mark"),
    ("csv", b"name,definition\na,b\0\n", "Line 2 contains a NUL"),
    ("csv", b"name,definition\na," + b"x" * 200_000, "characters; shorten it"),
    ("csv", b"\xff\xfe\x00\xd8", "not UTF-8 text"),
    ("csv", b"PK\x03\x04 anything", "save it as CSV"),
    ("xls", b"\xd0\xcf\x11\xe0 anything", "save it as CSV"),
    ("json", b"", "empty"),
    ("json", b"[", "Line 1, column 2: not valid JSON"),
    ("json", b"5", "not a single value"),
    ("json", b"[]", "at least one object"),
    ("json", b"[5]", "Item 1 is not an object"),
    ("json", b'{"entries": 5}', "should hold a list"),
    ("json", b'{"name": "a"}', "should hold a list"),
    ("json", b'[{"name": "a", "nmae": "b"}]', "“nmae”"),
    ("json", b'[{"name": "a", "name": "b"}]', "“name” twice"),
    ("json", b'[{"name": "a", "definition": NaN}]', "NaN"),
    ("json", b'[{"code": 1' + b"0" * 5000 + b"}]", "too many digits"),
    ("json", b'[{"name": "\\ud800"}]', "half of a character"),
    ("json", b"[" * 100_000, "lists in lists"),
    ("json", b"\xff\xff", "not UTF-8 text"),
    ("toml", b"[[term]]\nname = \n", "Line 2"),
    ("toml", b"[[term]]\nname = 'a'\nname = 'b'\n", "Line 3"),
    ("toml", b"x = 1\n", "“x” is unknown"),
    ("toml", b"term = 5\n", "term is not a list"),
    ("toml", b"[category]\nname = 'TWS'\n", "no entry"),
    ("toml", b"[[term]]\nname = 'a'\nnmae = 'b'\n", "“nmae”"),
    ("toml", b"a = " + b"[" * 50_000, "lists in lists"),
    ("toml", b"a." * 50_000 + b"b = 1", "more than 20 dots"),
    ("toml", b"a = 1" + b"0" * 100_000, "thousands of digits"),
)


@pytest.mark.parametrize(("ending", "content", "reason"), MALFORMED)
def test_a_malformed_file_is_refused_with_one_sentence_that_says_where(
    ending: str, content: bytes, reason: str
) -> None:
    with pytest.raises(ExchangeError, match=re.escape(reason)):
        read_rows(f"a.{ending}", content)


def test_files_over_the_limits_are_refused_before_they_are_read() -> None:
    with pytest.raises(ExchangeError, match="2 MB is the most"):
        read_rows("a.csv", b"x" * (IMPORT_BYTES + 1))
    many = IMPORT_ROWS + 1
    for ending, content in (
        ("csv", "name,definition\n" + "a,b\n" * many),
        ("json", json.dumps([{"name": "a"}] * many)),
        ("toml", "[[term]]\nname = 'a'\n" * many),
    ):
        with pytest.raises(ExchangeError, match="more than 2,000"):
            read_rows(f"a.{ending}", content.encode())


@pytest.mark.parametrize(
    "content",
    [
        "name,definition\r\nGebühr,Was es kostet.\r\n".encode("utf-8-sig"),
        "name;definition\r\nGebühr;Was es kostet.\r\n".encode("cp1252"),
        "name\tdefinition\r\nGebühr\tWas es kostet.\r\n".encode("utf-16"),
        "sep=;\r\nname;definition\r\nGebühr;Was es kostet.\r\n".encode(),
        "NAME , Definition ,,\r\nGebühr,Was es kostet.,,\r\n,,,\r\n".encode(),
        "Term,Meaning\rGebühr,Was es kostet.\r".encode(),
        '"name","definition"\n"Gebühr","Was es kostet."\n'.encode(),
    ],
    ids=["Excel UTF-8", "Excel German", "Excel Unicode", "sep", "blank columns", "old Mac", "LibreOffice"],
)
def test_csv_from_spreadsheets_is_read(content: bytes) -> None:
    (entry,) = read("csv", content)
    assert entry is not None
    assert (entry.name, entry.definition) == ("Gebühr", "Was es kostet.")


def test_a_cell_can_have_a_list_with_line_breaks_or_bars() -> None:
    (entry,) = read("csv", 'name,definition,aliases,notes\na,b,c | d,"First, yes.\nSecond; no."\n')
    assert entry is not None
    assert (entry.aliases, entry.notes) == (("c", "d"), ("First, yes.", "Second; no."))


def test_a_row_that_cannot_be_read_does_not_affect_the_others() -> None:
    rows = read_rows("a.csv", b"name,definition,reviewed\na,b,01/02/2026\nc,d,2026-02-01\ne,f,2026-02-01,more\n")
    assert [bool(row.faults) for row in rows] == [True, False, True]
    assert "can mean 2026-01-02 or 2026-02-01" in rows[0].faults[0].what
    assert [row.where for row in rows] == ["row 2", "row 3", "row 4"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1"])
def test_no_exported_cell_runs_as_a_formula(text: str) -> None:
    entry = Entry(id="a", name="a", category=OWN_CATEGORY.name, definition=text.strip())
    (_, row) = csv.reader(io.StringIO(write_csv([entry]).decode("utf-8-sig")))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    assert read("csv", write_csv([entry])) == [entry]


def test_the_category_of_a_toml_file_counts_for_all_its_entries() -> None:
    (entry,) = read("toml", '[category]\nname = "TWS"\n[[term]]\nname = "a"\ndefinition = "b"\n')
    assert entry is not None
    assert entry.category == "TWS"


def test_commas_in_a_cell_separate_names_as_they_do_in_the_form() -> None:
    (row,) = read_rows(
        "a.csv", b'name,aliases,related,definition\npip spread,"markup, broker fee","fee, cost","So, that."\n'
    )
    assert row.table["aliases"] == ["markup", "broker fee"]
    assert row.table["related"] == ["fee", "cost"]
    assert row.table["definition"] == "So, that."


def test_a_comma_in_the_text_of_a_message_separates_nothing() -> None:
    content = b'code,kind,title,definition,aliases\n162,error,No data,It failed.,"Failed, or cancelled"\n'
    (row,) = read_rows("a.csv", content)
    assert row.table["aliases"] == ["Failed, or cancelled"]
