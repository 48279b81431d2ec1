"""Read own entries from the CSV that spreadsheets save, and write CSV that spreadsheets open."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.glossary.checks import Fault
from bot.glossary.exchange import cells
from bot.glossary.exchange.rows import IMPORT_ROWS, ExchangeError, Row, check_known, no_entries, too_many
from bot.glossary.model import Entry
from bot.glossary.own import MESSAGE_FIELDS, OWN_FIELDS, TERM_FIELDS, table_of
from bot.glossary.text import quoted, squash

_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?[,;\t]*\n', re.IGNORECASE)
_DELIMITERS = ",;\t"
_LONGEST_HEADER = 40
_BLANK = " \t\n\xa0"
_SYNONYMS = {
    "term": "name",
    "alias": "aliases",
    "also called": "aliases",
    "synonyms": "aliases",
    "meaning": "definition",
    "note": "notes",
    "keyword": "keywords",
    "source": "sources",
}
_HEADERS = {**{field: field for field in OWN_FIELDS}, **_SYNONYMS}
_COLUMNS = {squash(header): field for header, field in _HEADERS.items()}
_LISTS = {
    "aliases",
    "notes",
    "related",
    "confused_with",
    "keywords",
    "sources",
    "settled_by",
    "causes",
    "checks",
    "reasons",
}
# Names, which commas may separate. The aliases of messages are texts of logs, in which a comma is part of the text.
_NAMES = frozenset({"aliases", "related", "keywords"})
_READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(_LISTS, cells.split),
    "harmless": cells.flag,
    "verified": cells.flag,
    "retired": cells.flag,
    "reviewed": cells.day,
}
_TERM_COLUMNS = (*TERM_FIELDS, "category")


def read_csv(text: str) -> list[Row]:
    """Read the rows below the header. Rows are numbered as a spreadsheet shows them; line breaks have to be LF."""
    delimiters: Sequence[str] = _DELIMITERS
    first_line = 1
    separator_line = _SEPARATOR_LINE.match(text)
    if separator_line:
        delimiters = separator_line[1]
        text = text[separator_line.end() :]
        first_line = 2
    delimiter = max(delimiters, key=lambda one: _known_columns(text, one))
    records = _records(text, delimiter, first_line)
    number, header = _header(records)
    columns = _columns(number, header)
    rows: list[Row] = []
    for number, record in records:
        if len(rows) == IMPORT_ROWS:
            raise too_many()
        rows.append(_row(number, record, columns))
    if not rows:
        raise no_entries("a row below the header")
    return rows


def write_csv(entries: Iterable[Entry]) -> bytes:
    """Return the entries as a file that Excel opens. Without entries it is an empty form to fill in."""
    tables = [table_of(entry) for entry in entries]
    has_messages = any("code" in table for table in tables)
    columns = tuple(dict.fromkeys(_TERM_COLUMNS + MESSAGE_FIELDS)) if has_messages else _TERM_COLUMNS
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    for table in tables:
        values = [_cell(column, table) for column in columns]
        writer.writerow(map(cells.guarded, values))
    return file.getvalue().encode("utf-8-sig")


def _cell(column: str, table: Mapping[str, Any]) -> str:
    value = table.get(column, "")
    if isinstance(value, list):
        return cells.joined_names(value) if _has_names(column, table) else cells.joined(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _has_names(column: str, table: Mapping[str, Any]) -> bool:
    """Tell whether a column of an entry holds names."""
    return column in _NAMES and "code" not in table


def _records(text: str, delimiter: str, first_line: int = 1) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each row that is not blank."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        line = reader.line_num + first_line
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ExchangeError(f"Row {number} (line {line}) {_plain(str(error))}") from None
        if any(cell.strip(_BLANK) for cell in record):
            yield number, record


def _plain(message: str) -> str:
    if "unexpected end" in message:
        return "has a quotation mark that is never closed; close it, or double it if it is part of the text"
    if "expected after" in message:
        return "has text after a closing quotation mark; double the quotation marks that are part of the text"
    if "field limit" in message:
        return f"has a cell of more than {csv.field_size_limit():,} characters; shorten it, or close its quotation mark"
    return f"is not valid CSV: {message}; save the file again as CSV UTF-8"


def _known_columns(text: str, delimiter: str) -> int:
    """Count the known columns in the header when it is split at this delimiter."""
    try:
        _, header = _header(_records(text, delimiter))
    except ExchangeError:
        return 0
    return sum(_field(cell) in OWN_FIELDS for cell in header)


def _header(records: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """Return the number and the cells of the header; Numbers may write the name of the table above it."""
    first = next(records, (1, []))
    is_title = len([cell for cell in first[1] if cell.strip(_BLANK)]) == 1 and not _names_entries(first[1])
    if is_title:
        second = next(records, first)
        return second if _names_entries(second[1]) else first
    return first


def _names_entries(header: Sequence[str]) -> bool:
    """Tell whether a header has a column that says which entry a row is about."""
    return not {"name", "code"}.isdisjoint(map(_field, header))


def _field(header: str) -> str:
    """Return the field for the header of a column; an unknown header is returned as it is."""
    name = header.strip(_BLANK)
    return name if len(name) > _LONGEST_HEADER else _COLUMNS.get(squash(name), name)


def _columns(number: int, header: Sequence[str]) -> list[str]:
    """Return the field of each column, "" for a column without a header."""
    columns = [_field(cell) for cell in header]
    first: dict[str, int] = {}
    for at, field in enumerate(columns):
        is_repeated = first.setdefault(field, at) != at
        if is_repeated and field:
            places = f"columns {first[field] + 1} and {at + 1}"
            raise ExchangeError(f"Row {number} names two columns {quoted(field)} ({places}); rename or remove one")
    if not _names_entries(header):
        what = "should be the header, but has no column “name”; write a header like name, aliases, definition"
        raise ExchangeError(f"Row {number} {what}")
    check_known(f"Row {number}", [field for field in columns if field], "columns")
    return columns


def _row(number: int, record: Sequence[str], columns: Sequence[str]) -> Row:
    """Read a row. It may be shorter than the header, because some programs do not save empty cells at the end."""
    table: dict[str, Any] = {}
    faults: list[Fault] = []
    filled = {field: cell for field, cell in zip(columns, record, strict=False) if cell.strip(_BLANK)}
    for at, cell in enumerate(record):
        if not cell.strip(_BLANK):
            continue
        field = columns[at] if at < len(columns) else ""
        if not field:
            what = f"column {at + 1} has no header, but contains {quoted(cell)}"
            hint = 'if the separator is part of a text, put the text in straight quotation marks (")'
            faults.append(Fault("", f"{what}; {hint}"))
            break
        text = cells.unguarded(cell)
        try:
            read = cells.names if _has_names(field, filled) else _READERS.get(field)
            table[field] = read(text) if read else text
        except ValueError as error:
            faults.append(Fault(field, f"`{field}` {error}"))
    return Row(f"row {number}", table, tuple(faults))
