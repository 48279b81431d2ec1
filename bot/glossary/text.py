"""How text is compared and quoted: words, squashed strings, folded plurals, slugs."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_RUN = re.compile(r"\d+|[^\W\d_]+")
_CAPITAL_INSIDE = re.compile(r"[A-Za-z][A-Z]")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")

# So many letters of a text are quoted in a message.
_QUOTED = 60


def words(text: str) -> tuple[str, ...]:
    """Split text into casefolded words of letters or digits; "reqMktData" is three, "IPs" and "IBKR" are one each."""
    if text.isascii():
        plain = _APOSTROPHE.sub("", text) if "'" in text else text
        if not _CAPITAL_INSIDE.search(plain):
            return tuple(_RUN.findall(plain.lower()))
    else:
        plain = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text))
    return tuple(word.casefold() for run in _RUN.findall(plain) for word in _camel_words(run))


def _camel_words(run: str) -> Iterable[str]:
    if len(run) == 1 or run[1:].islower():
        return (run,)
    return _split_at_capitals(run)


def _split_at_capitals(run: str) -> Iterator[str]:
    start = 0
    for at in range(1, len(run)):
        before, here, after = run[at - 1], run[at], run[at + 1 : at + 2]
        starts_word = here.isupper() and (before.islower() or after.islower())
        if starts_word and not _is_plural_acronym(run[start:]):
            yield run[start:at]
            start = at
    yield run[start:]


def _is_plural_acronym(run: str) -> bool:
    return len(run) > 2 and run[-1] == "s" and run[:-1].isupper()


def squash(text: str) -> str:
    """Return the text's words run together, so that case, spaces and punctuation do not count."""
    return "".join(words(text))


def fold(word: str) -> str:
    """Return a word without its English plural ending."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def slug(name: str) -> str:
    """Return a stable identifier of lower-case words and hyphens: "trusted IPs" becomes "trusted-ips"."""
    return "-".join(words(name))


def one_line(text: str) -> str:
    """Return the text with every run of white space, line breaks included, as one space."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Return the beginning of a text in quotation marks, on one line."""
    line = one_line(text[: 4 * _QUOTED])
    return f"“{line if len(line) <= _QUOTED else line[: _QUOTED - 1] + '…'}”"
