"""Read own entries from TOML, CSV or JSON; the name of the file or its content shows which of them it is."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from bot.glossary.exchange.csv_rows import read_csv, write_csv
from bot.glossary.exchange.encodings import ENCODINGS, Text, read_text
from bot.glossary.exchange.json_rows import read_json, write_json
from bot.glossary.exchange.rows import IMPORT_BYTES, IMPORT_ROWS, ExchangeError, Row
from bot.glossary.exchange.toml_rows import read_toml, write_toml
from bot.glossary.model import Entry

__all__ = [
    "ENCODINGS",
    "IMPORT_BYTES",
    "IMPORT_ROWS",
    "WRITERS",
    "ExchangeError",
    "ReadFile",
    "Row",
    "read_file",
    "read_rows",
    "write_csv",
    "write_json",
    "write_toml",
]

# The formats of files, by the endings of their names.
WRITERS: Mapping[str, Callable[[Iterable[Entry]], bytes]] = {"csv": write_csv, "toml": write_toml, "json": write_json}
_READERS: Mapping[str, Callable[[str], list[Row]]] = {
    "csv": read_csv,
    "tsv": read_csv,
    "json": read_json,
    "toml": read_toml,
}
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_LOOKS_LIKE_JSON = re.compile(r"\s*(?:\{|\[\s*(?:\{|\]))")
_LOOKS_LIKE_TOML = re.compile(
    r"(?:[ \t]*(?:\#[^\n]*)?\n)*+[ \t]*(?:\[{1,2}[ \t]*\w+[ \t]*\]{1,2}|(?!sep=)\w+[ \t]*=)", re.IGNORECASE
)


class ReadFile(NamedTuple):
    """The rows of a file, valid or not, and the text that they were read from."""

    rows: list[Row]
    text: Text


def read_file(file_name: str, content: bytes, encoding: str = "") -> ReadFile:
    """Read the rows of a file; raise `ExchangeError` if it cannot be split into rows.

    `encoding` is one of `ENCODINGS` that somebody chose. A large file takes seconds, so call this in a thread.
    """
    if len(content) > IMPORT_BYTES:
        size, most = len(content) / 2**20, IMPORT_BYTES // 2**20
        raise ExchangeError(f"The file is {size:.1f} MB, and {most} MB is the most; split it and import the parts")
    if content.startswith(_WORKBOOKS):
        raise ExchangeError("The file is a workbook or an archive, not text; save it as CSV UTF-8 and import that")
    ending = file_name.rpartition(".")[2].lower()
    text = read_text(content, encoding=encoding, is_strict=ending in {"json", "toml"})
    if not text.text.strip():
        raise ExchangeError("The file is empty; save it again and check that it holds entries")
    return ReadFile(_READERS.get(ending, _reader_for(text.text))(text.text), text)


def read_rows(file_name: str, content: bytes) -> list[Row]:
    """Read the rows of a file, in the encoding that it most likely has; see `read_file`."""
    return read_file(file_name, content).rows


def _reader_for(text: str) -> Callable[[str], list[Row]]:
    if _LOOKS_LIKE_JSON.match(text):
        return read_json
    return read_toml if _LOOKS_LIKE_TOML.match(text) else read_csv
