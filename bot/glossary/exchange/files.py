"""Read own entries from TOML, CSV or JSON; the name of the file or its content shows which of them it is."""

import re
from collections.abc import Callable, Mapping

from bot.glossary.exchange.csv_rows import read_csv, write_csv
from bot.glossary.exchange.json_rows import read_json, write_json
from bot.glossary.exchange.rows import IMPORT_BYTES, IMPORT_ROWS, ExchangeError, Row
from bot.glossary.exchange.toml_rows import read_toml, write_toml

__all__ = [
    "IMPORT_BYTES",
    "IMPORT_ROWS",
    "ExchangeError",
    "Row",
    "read_rows",
    "write_csv",
    "write_json",
    "write_toml",
]

_READERS: Mapping[str, Callable[[str], list[Row]]] = {
    "csv": read_csv,
    "tsv": read_csv,
    "json": read_json,
    "toml": read_toml,
}
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKS_LIKE_JSON = re.compile(r"\s*(?:\{|\[\s*(?:\{|\]))")
_LOOKS_LIKE_TOML = re.compile(
    r"(?:[ \t]*(?:\#[^\n]*)?\n)*+[ \t]*(?:\[{1,2}[ \t]*\w+[ \t]*\]{1,2}|(?!sep=)\w+[ \t]*=)", re.IGNORECASE
)


def read_rows(file_name: str, content: bytes) -> list[Row]:
    """Read the rows of a file, valid or not; raise `ExchangeError` if it cannot be split into rows.

    A large file takes seconds, so call this in a thread.
    """
    if len(content) > IMPORT_BYTES:
        size, most = len(content) / 2**20, IMPORT_BYTES // 2**20
        raise ExchangeError(f"The file is {size:.1f} MB, and {most} MB is the most; split it and import the parts")
    if content.startswith(_WORKBOOKS):
        raise ExchangeError("The file is a workbook or an archive, not text; save it as CSV UTF-8 and import that")
    ending = file_name.rpartition(".")[2].lower()
    text = _text(content, is_strict=ending in {"json", "toml"})
    if not text.strip():
        raise ExchangeError("The file is empty; save it again and check that it holds entries")
    return _READERS.get(ending, _reader_for(text))(text)


def _text(content: bytes, *, is_strict: bool) -> str:
    """Decode a file and turn its line breaks into LF. CSV may be in a Windows encoding, because programs save it so."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "")
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding or is_strict:
            raise _not_utf8(error) from None
        text = _windows_text(content, error)
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise ExchangeError(f"Line {line} contains a NUL character, so this is not text; save the file as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _windows_text(content: bytes, not_utf8: UnicodeDecodeError) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise _not_utf8(not_utf8) from None


def _not_utf8(error: UnicodeDecodeError) -> ExchangeError:
    what = f"The file is not UTF-8 text (byte {error.start:,})"
    return ExchangeError(f"{what}; save it as UTF-8, from a spreadsheet as CSV UTF-8")


def _reader_for(text: str) -> Callable[[str], list[Row]]:
    if _LOOKS_LIKE_JSON.match(text):
        return read_json
    return read_toml if _LOOKS_LIKE_TOML.match(text) else read_csv
