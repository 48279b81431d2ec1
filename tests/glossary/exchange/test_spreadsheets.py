"""What Excel, LibreOffice Calc, Google Sheets and Numbers export is read, in the encodings that they offer.

Each program is described by how it writes CSV; the texts are such as people write in the encoding.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import pytest

from bot.glossary.exchange.encodings import ENCODINGS
from bot.glossary.exchange.files import ExchangeError, read_file
from bot.glossary.exchange.rows import Row

Table = Sequence[Sequence[str]]
HEADER = ("Name", "Also called", "Definition", "Notes", "Sources")
# A line break in a cell, quotation marks of every kind, separators of every kind, and a blank cell.
TEXTS: Mapping[str, tuple[str, str, str]] = {
    "english": (
        "pip spread",
        "markup, the “broker's cut”",
        "What the broker keeps — of each trade; it's “wide” at night.",
    ),
    "german": ("Gebühr", "Spesen, Kosten", "Was der Makler für jede Ausführung berechnet; auch „Spesen“ genannt."),
    "polish": ("poślizg", "różnica ceny", "Różnica między ceną oczekiwaną a uzyskaną przy realizacji zlecenia."),
    "russian": ("проскальзывание", "разница", "Разница между ожидаемой ценой и ценой, по которой заявка исполнена."),
    "japanese": ("約定", "成立, 執行", "注文が成立することです。取引所で売り手と買い手が一致します。"),
    "chinese": ("滑点", "价差", "预期成交价与实际成交价之间的差额，通常在市场波动剧烈时扩大。"),
}
NOTE = 'Ask for a "table", not a quote.\nIt changes; often.'
SOURCE = "https://example.com/a?b=c,d;e"


def table_in(language: str) -> list[tuple[str, ...]]:
    """What stands in the spreadsheet: a header and two rows."""
    name, aliases, definition = TEXTS[language]
    return [HEADER, (name, aliases, definition, NOTE, SOURCE), (f"{name} 2", "", definition, "", "")]


def written(rows: Iterable[Sequence[str]], delimiter: str, end: str, quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    """A table as CSV."""
    file = io.StringIO(newline="")
    writer: Any = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows(rows)
    return file.getvalue()


def excel(rows: Table) -> str:
    """Excel where the list separator is a comma, on Windows."""
    return written(rows, ",", "\r\n")


def european_excel(rows: Table) -> str:
    """Excel where the decimal sign is a comma."""
    return written(rows, ";", "\r\n")


def excel_unicode_text(rows: Table) -> str:
    """Excel's "Unicode Text", with tabs."""
    return written(rows, "\t", "\r\n")


def old_excel_for_mac(rows: Table) -> str:
    """Excel's "CSV (Macintosh)", whose lines end with CR; breaks in cells are LF."""
    return written(rows, ";", "\r")


def calc(rows: Table) -> str:
    """LibreOffice Calc on Linux, which quotes all texts if asked to."""
    return written(rows, ",", "\n", csv.QUOTE_ALL)


def calc_with_separator_line(rows: Table) -> str:
    """LibreOffice Calc with the line that tells Excel the separator, which people add by hand."""
    return "sep=;\n" + written(rows, ";", "\n")


def google_sheets(rows: Table) -> str:
    """Google Sheets, whose last line does not end."""
    return written(rows, ",", "\r\n").removesuffix("\r\n")


def google_sheets_tsv(rows: Table) -> str:
    """Google Sheets as TSV: nothing is quoted, and a line break in a cell becomes a space."""
    return "\r\n".join("\t".join(cell.replace("\n", " | ") for cell in row) for row in rows)


def numbers(rows: Table) -> str:
    """Numbers, which pads the table with blank rows and columns."""
    padded = [(*row, "", "") for row in rows]
    return written([*padded, ("",) * 7, ("",) * 7], ";", "\n")


def numbers_with_table_name(rows: Table) -> str:
    """Numbers with the names of tables, a line above each table."""
    return "Table 1\n" + written(rows, ",", "\n")


PROGRAMS = (
    excel,
    european_excel,
    excel_unicode_text,
    old_excel_for_mac,
    calc,
    calc_with_separator_line,
    google_sheets,
    google_sheets_tsv,
    numbers,
    numbers_with_table_name,
)
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
LEGACY = {
    "cp1252": "german",
    "cp1250": "polish",
    "cp1251": "russian",
    "mac_roman": "german",
    "cp932": "japanese",
    "gb18030": "chinese",
}


def expected(rows: Table) -> list[dict[str, Any]]:
    """What is read of the rows."""
    (_, (name, aliases, definition, note, source), (other, *_)) = rows
    first = {"name": name, "aliases": [one.strip() for one in aliases.split(",")], "definition": definition}
    return [
        first | {"notes": note.split("\n"), "sources": [source]},
        {"name": other, "definition": definition},
    ]


def tables(rows: Iterable[Row]) -> list[Mapping[str, Any]]:
    """The fields of rows; no row may have a fault."""
    read = list(rows)
    assert [row.faults for row in read] == [()] * len(read)
    return [row.table for row in read]


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("language", ["english", "chinese"])
def test_every_program_is_read_in_every_encoding_of_unicode(
    program: Callable[[Table], str], encoding: str, language: str
) -> None:
    rows = table_in(language)
    read = read_file("entries.csv", program(rows).encode(encoding))
    assert tables(read.rows) == expected(rows)
    assert read.text.guessed == "", "the encoding was known"


@pytest.mark.parametrize("encoding", LEGACY)
@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_is_read_in_older_encodings_which_are_recognised(
    program: Callable[[Table], str], encoding: str
) -> None:
    rows = table_in(LEGACY[encoding])
    read = read_file("entries.csv", program(rows).encode(encoding))
    assert tables(read.rows) == expected(rows)
    assert read.text.guessed in ENCODINGS


WESTERN = (
    "écart;La différence entre le prix demandé et le prix reçu, déjà élevé à la clôture.",
    "comisión;Lo que cobra el bróker por cada operación, también en años difíciles.",
    "comissão;O que a corretora cobra por cada operação; não é um imposto.",
    "liquidità;Quanto è facile vendere un titolo; più è alta, più velocità c'è.",
    "avgift;Det som mäklaren tar för varje affär.",
    "løbetid;Hvor længe en ordre gælder, også når den ændres.",
    "Gebühr;Was der Makler für jede Ausführung berechnet.",
)


@pytest.mark.parametrize("line", WESTERN)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_languages_of_western_europe_are_not_taken_for_others(line: str, encoding: str) -> None:
    """Much of what they write is as likely to be Central European, so the more common encoding wins."""
    text = read_file("entries.csv", f"name;definition\r\n{line}\r\n".encode(encoding)).text
    assert line in text.text


def test_what_excel_saves_for_ms_dos_can_be_chosen() -> None:
    line = "poślizg;Różnica między ceną oczekiwaną a uzyskaną."
    content = f"name;definition\r\n{line}\r\n".encode("cp852")
    assert line in read_file("entries.csv", content, "cp852").text.text


@pytest.mark.parametrize("quoted", ["“Was, es; kostet.”", "„Was, es; kostet.“", "«Was, es; kostet.»"])
def test_curly_quotes_in_place_of_straight_ones_are_said_to_be_the_reason(quoted: str) -> None:
    """Text editors turn straight quotation marks into curly ones while people type."""
    (row,) = read_file("entries.csv", f"name,definition\nGebühr,{quoted}\n".encode()).rows
    (fault,) = row.faults
    assert 'straight quotation marks (")' in fault.what


def test_only_a_name_of_a_table_may_stand_above_the_header() -> None:
    with pytest.raises(ExchangeError, match="has no column “name”"):
        read_file("entries.csv", b"Table 1\nTable 2\nname,definition\nfee,What is paid.\n")
    (row,) = read_file("entries.csv", b"Our terms,,\nname,definition,\nfee,What is paid.,\n").rows
    assert row == Row("row 3", {"name": "fee", "definition": "What is paid."})
