"""Reading the bytes of an imported file as text, in the encoding that a spreadsheet saved it in."""

import codecs
from collections.abc import Mapping
from typing import NamedTuple

from bot.glossary.exchange.rows import ExchangeError

# What spreadsheets save when they do not save UTF-8, and what people call it. The first that fits wins a tie.
ENCODINGS: Mapping[str, str] = {
    "cp1252": "Windows-1252 (Western Europe)",
    "mac_roman": "Mac Roman",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp932": "Shift-JIS (Japanese)",
    "gb18030": "GB18030 (Chinese)",
    "big5": "Big5 (Chinese, traditional)",
    "cp949": "EUC-KR (Korean)",
    # Excel still offers these. They are guessed last, because short texts in the others would be taken for them.
    "cp850": "MS-DOS (Western Europe)",
    "cp852": "MS-DOS (Central Europe)",
    "cp866": "MS-DOS (Cyrillic)",
}
_USUAL = tuple(one for one in ENCODINGS if one not in {"cp850", "cp852", "cp866"})
# A difference in coherence, from 0 to 1, that says little: tried with lines in thirteen languages.
_SLIGHTLY = 0.05
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Text(NamedTuple):
    """The text of a file, with line breaks as LF. `guessed` is its encoding if the file does not say which it is."""

    text: str
    guessed: str = ""

    @property
    def sample(self) -> str:
        """Return the first line that looks different in other encodings, "" if there is none."""
        return next((line for line in self.text.splitlines() if not line.isascii()), "")


def read_text(content: bytes, *, encoding: str = "", is_strict: bool = False) -> Text:
    """Decode a file; raise `ExchangeError` if it is not text.

    `encoding` is one that somebody chose. Without, the file is UTF-8 or says that it is UTF-16; failing that, the
    encoding is guessed, unless the format is `is_strict`.
    """
    if encoding:
        return Text(_plain(_decoded(content, encoding)), encoding)
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "") or _unmarked_utf16(
        content
    )
    try:
        return Text(_plain(content.decode(marked or "utf-8")))
    except UnicodeDecodeError as error:
        if marked or is_strict:
            raise _not_utf8(error) from None
        if b"\0" in content:
            raise _nul(content.count(b"\n", 0, content.find(b"\0")) + 1) from None
        guessed = _guessed(content)
        if not guessed:
            raise _not_utf8(error) from None
    return Text(_plain(_decoded(content, guessed)), guessed)


def _unmarked_utf16(content: bytes) -> str:
    """Return which UTF-16 a file is in that starts with ASCII and does not say so, "" if it is in neither."""
    first, second = content[:8:2], content[1:8:2]
    if all(first) and second and not any(second):
        return "utf-16-le"
    return "utf-16-be" if all(second) and first and not any(first) else ""


def _guessed(content: bytes) -> str:
    """Return the most likely encoding of a text, "" if it is none of those that are known."""
    # Takes a moment to import, and most files are UTF-8.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    if b"\r" in content and b"\n" not in content:
        return "mac_roman"  # only old Mac programs end lines like this
    for encodings in (_USUAL, tuple(ENCODINGS)):
        matches = from_bytes(content, cp_isolation=list(encodings))
        best = matches.best()
        if best is not None:
            # Several encodings may say the same, or different texts that are about as likely.
            least = best.coherence - _SLIGHTLY
            likely = [one for one in matches if one.chaos == best.chaos and one.coherence >= least]
            fitting = {encoding for one in likely for encoding in one.could_be_from_charset}
            return next(one for one in encodings if one in fitting)
    return "cp1252" if _is_readable(content, "cp1252") else ""


def _is_readable(content: bytes, encoding: str) -> bool:
    """Tell whether a file can be read in an encoding."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"The file cannot be {ENCODINGS[encoding]} (byte {error.start:,})"
        raise ExchangeError(f"{what}; choose another encoding, or save it as CSV UTF-8") from None


def _plain(text: str) -> str:
    """Return a text with LF at the ends of its lines."""
    nul = text.find("\0")
    if nul >= 0:
        raise _nul(text.count("\n", 0, nul) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _nul(line: int) -> ExchangeError:
    return ExchangeError(f"Line {line} contains a NUL character, so this is not text; save the file as UTF-8")


def _not_utf8(error: UnicodeDecodeError) -> ExchangeError:
    what = f"The file is not UTF-8 text (byte {error.start:,})"
    return ExchangeError(f"{what}; save it as UTF-8, from a spreadsheet as CSV UTF-8")
