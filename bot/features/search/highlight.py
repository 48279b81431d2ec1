"""Show in bold which words of a text were searched for, in whatever form they stand there."""

import re
from collections.abc import Collection, Iterator

from bot.chat.markdown import escape
from bot.glossary.search.stems import scratch
from bot.glossary.text import excerpt, words

# Code and custom emoji, which stay as they are, or a word as people see it: "reqMktData", "ib_async", "can't". The
# start of an address, such as "https://", is one part, so that it can be escaped.
_PART = re.compile(r"(?P<kept>`[^`\n]+`|<a?:\w{2,32}:\d{15,20}>)|\w+(?:['’]\w+)*(?:://)?")
# Room for the marks of what was cut off at both ends.
_ELLIPSES = 2


def highlighted(text: str, stems: Collection[str]) -> str:
    """Return an entry's text with the words in bold that have one of the stems, and everything else escaped.

    >>> highlighted("Orders that `cancel` an order.", {"order"})
    '**Orders** that `cancel` an **order**.'
    """
    return "".join(_shown(part, stems) for part in _parts(text))


def has_match(text: str, stems: Collection[str]) -> bool:
    """Tell whether any word of a text has one of the stems."""
    return not set(stems).isdisjoint(scratch().stem(words(text)).values())


def passage(text: str, stems: Collection[str], limit: int) -> str:
    """Return as much of a text as fits into a number of characters, such that its first match is seen.

    >>> passage("An order that rests until somebody cancels it.", {"cancel"}, 24)
    '… somebody cancels it.'
    """
    start = end = 0
    for part in _parts(text):
        end += len(part)
        if has_match(part, stems):
            break
    else:
        return excerpt(text, limit)
    while end - start > limit - _ELLIPSES:
        start = text.find(" ", start + 1)
        if start < 0:
            return excerpt(text, limit)
    if text.count("`", 0, start) % 2:
        start = text.rfind("`", 0, start)
    return excerpt(text, limit) if not start else f"…{excerpt(text[start:], limit - 1)}"


def _shown(part: str, stems: Collection[str]) -> str:
    found = _PART.fullmatch(part)
    shown = part if found and found["kept"] else escape(part)
    return f"**{shown}**" if found and has_match(part, stems) else shown


def _parts(text: str) -> Iterator[str]:
    """Yield the words and what stays as it is, and what stands between them."""
    end = 0
    for found in _PART.finditer(text):
        yield text[end : found.start()]
        yield found[0]
        end = found.end()
    yield text[end:]
