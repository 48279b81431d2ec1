"""Find message codes that stand in a text without a label: "I get 2104 and 2106 at the start"."""

import re
from collections.abc import Callable, Collection, Iterator

from bot.glossary.search.stop_words import STOP_WORDS

# A number that is no part of another, of a price, a date, a time, an address or a name, and the word after it.
_NUMBER = re.compile(
    r"(?<![\w.,:/$€£#@+%=-])(?P<code>[1-9]\d{2,4})(?![\w%$€£]|[.,:/-]\w)(?:[^\S\n]+(?P<next>[a-z]+))?", re.IGNORECASE
)
# What counts something else: "port 4001", "order id 1100", "since 2100".
_OTHER = re.compile(
    r"\b(?:ports?|ids?|\w+id|lines?|page|year|in|since|until|of|over|under|to|from|at)\W{0,3}$", re.IGNORECASE
)
# "I keep getting 2104", "it throws a 200", "what does 399 mean".
_GETTING = re.compile(
    r"\b(?:what(?:'s| is| does)|gets?|got|getting|gives?|gave|throws?|threw|returns?|returned|sees?|saw|seeing|hits?|"
    r"receive[ds]?)(?:\s+(?:me|us|an?|the|this|that|only|just|always))*\s+$",
    re.IGNORECASE,
)
_UNITS = frozenset(
    "bars bps bucks bytes calls candles contracts days dollars eur gb hours items kb lines lots mb messages miles "
    "minutes more ms orders people percent points positions requests rows sec seconds shares stocks strikes symbols "
    "tickers ticks times tokens trades units usd users weeks years".split()
)
# The codes from here on have four digits or more, and are hardly ever anything else unless they are round.
_LARGE = 1_000
_ROUND = 100
# How far before a number the words that explain it may begin.
_REACH = 40


def bare_codes(text: str, is_known: Callable[[int], bool], others: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the known codes that stand in a text without a label, each after its position.

    A number counts if somebody says that they get it. A large one also counts if it is not round, or if the text
    mentions other codes. Those that are found otherwise are in `others`.
    """
    candidates = [found for found in _NUMBER.finditer(text) if _may_be_code(text, found, is_known)]
    large = {code for found in candidates if (code := int(found["code"])) >= _LARGE}
    has_others = len(large.union(others)) > 1
    for found in candidates:
        code = int(found["code"])
        is_plain = code >= _LARGE and (has_others or code % _ROUND)
        if is_plain or _is_got(text, found):
            yield found.start(), code


def _may_be_code(text: str, found: re.Match[str], is_known: Callable[[int], bool]) -> bool:
    before = text[max(0, found.start() - _REACH) : found.start()]
    next_word = (found["next"] or "").lower()
    return is_known(int(found["code"])) and next_word not in _UNITS and not _OTHER.search(before)


def _is_got(text: str, found: re.Match[str]) -> bool:
    """Tell whether the text says that somebody gets the number: "it throws a 200", not "I got 200 new rows"."""
    before = text[max(0, found.start() - _REACH) : found.start()]
    next_word = (found["next"] or "").lower()
    return bool(_GETTING.search(before)) and (not next_word or next_word in STOP_WORDS)
