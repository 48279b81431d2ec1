"""Compare and quote text: words, squashed strings, folded plurals, slugs."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_LETTERS_OR_DIGITS = re.compile(r"\d+|[^\W\d_]+")
_CAPITAL_INSIDE = re.compile(r"[A-Za-z][A-Z]")
# Names in which a sign is spoken. The sign belongs to one letter, or to "net".
_SPOKEN = re.compile(r"(?<!\w)(?:(?P<letter>[a-z])(?:(?P<plus>\+\+)(?!\+)|#(?!\w))|\.net(?!\w))", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")
# Unicode counts these as letters, but nothing shows: the fillers of Hangul.
_INVISIBLE_LETTERS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0"), " ")
# What shows nothing either: format characters, such as the zero-width space, and the blank of Braille.
_SHOWS = re.compile(
    r"[^\s\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\ufe00-\ufe0f\ufeff]"
)

# Formatting that own entries may have.
_BLOCK = re.compile(r"```.+?```", re.DOTALL)
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(https?://[^\s()<>]+\)")

# The longest quotation in a message to a person.
_MOST_QUOTED = 60


def words(text: str) -> tuple[str, ...]:
    """Split text into casefolded words. A word has only letters or only digits, and camelCase is split.

    Signs that make another name of a word are spelled out.

    >>> words("Trusted-IPs: what's that?")
    ('trusted', 'ips', 'whats', 'that')
    >>> words("reqMktData failed with error502")
    ('req', 'mkt', 'data', 'failed', 'with', 'error', '502')
    >>> words("IBKR APIs")
    ('ibkr', 'apis')
    >>> words("C, C++, C# or .NET")
    ('c', 'c', 'plus', 'plus', 'c', 'sharp', 'or', 'dot', 'net')
    """
    # Looking for the signs first takes a tenth of the time.
    if "++" in text or "#" in text or ".net" in text.lower():
        text = _SPOKEN.sub(_spelled_out, text)
    if text.isascii():
        plain = _APOSTROPHE.sub("", text) if "'" in text else text
        # A shortcut for most texts: nothing to normalise and no camelCase to split.
        if not _CAPITAL_INSIDE.search(plain):
            return tuple(_LETTERS_OR_DIGITS.findall(plain.lower()))
    else:
        # Unicode counts U+02BC as a letter, but here it is an apostrophe wherever it stands.
        plain = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text)).replace("\u02bc", " ")
        plain = plain.translate(_INVISIBLE_LETTERS)
    return tuple(word.casefold() for run in _LETTERS_OR_DIGITS.findall(plain) for word in _camel_words(run))


def _spelled_out(spoken: re.Match[str]) -> str:
    if spoken["letter"] is None:
        return " dot net"
    return f"{spoken['letter']} plus plus " if spoken["plus"] else f"{spoken['letter']} sharp "


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


def is_blank(text: str) -> bool:
    r"""Tell whether nothing of a text shows.

    >>> is_blank(" \u3164\u200b"), is_blank("5 €")
    (True, False)
    """
    return _SHOWS.search(text.translate(_INVISIBLE_LETTERS)) is None


def squash(text: str) -> str:
    """Join the words of a text, so that two spellings of a name compare equal.

    >>> squash("Trusted IPs") == squash("trusted-ips") == squash("trustedIPs") == "trustedips"
    True
    """
    return "".join(words(text))


def fold(word: str) -> str:
    """Return a word without its English plural ending.

    >>> [fold(word) for word in ("orders", "securities", "basis", "status", "loss")]
    ['order', 'security', 'basis', 'status', 'loss']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def slug(name: str) -> str:
    """Turn a name into an id: lower-case words with hyphens between them.

    >>> slug("Trusted IPs")
    'trusted-ips'
    >>> slug("reqMktData")
    'req-mkt-data'
    """
    return "-".join(words(name))


def one_line(text: str) -> str:
    r"""Replace each run of white space, line breaks included, with one space.

    >>> one_line("  a\n  b ")
    'a b'
    """
    return " ".join(text.split())


def plain(text: str) -> str:
    r"""Return a text with formatting on one line: without blocks of code, and links by their labels alone.

    A text that is nothing but code stays.

    >>> plain("See [the guide](https://example.com/a).\nThen:\n```python\nrun()\n```")
    'See the guide. Then:'
    """
    if "\n" not in text and "](" not in text and "```" not in text:
        return text
    without_blocks = _BLOCK.sub(" ", text)
    kept = text.replace("```", " ") if is_blank(without_blocks) else without_blocks
    return one_line(_LINK.sub(r"\1", kept))


def quoted(text: str) -> str:
    r"""Quote a text for a message: on one line, in quotation marks, and cut if it is longer than 60 characters.

    >>> quoted("limit\norder")
    '“limit order”'
    """
    # Only the start is read, because the text may be megabytes long.
    line = one_line(text[: 4 * _MOST_QUOTED])
    if len(line) > _MOST_QUOTED:
        line = line[: _MOST_QUOTED - 1] + "…"
    return f"“{line}”"


def excerpt(text: str, limit: int) -> str:
    """Return the beginning of a text, at most `limit` characters, cut between words and not inside `code`.

    >>> excerpt("asks for it with `SMART` as the exchange", 25)
    'asks for it with `SMART`…'
    >>> excerpt("asks for it with `SMART` as the exchange", 22)
    'asks for it with…'
    """
    if len(text) <= limit:
        return text
    cut = text[: text.rfind(" ", 0, limit)] if " " in text[:limit] else text[: limit - 1]
    if cut.count("`") % 2:
        cut = cut[: cut.rfind("`")]
    return cut.rstrip(" ,;:.") + "…"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with what it counts; `many` is the plural, if it is not just one letter more.

    >>> counted(1, "second"), counted(0, "second"), counted(1200, "entry", "entries")
    ('1 second', '0 seconds', '1,200 entries')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
