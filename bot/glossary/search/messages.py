"""Find what the message codes in a query stand for: messages, other entries that name them, or nothing."""

from bot.glossary.model import Entry
from bot.glossary.search.bare_codes import bare_codes
from bot.glossary.search.code_keywords import CodeKeywords
from bot.glossary.search.codes import codes_in, leading_code
from bot.glossary.search.frames import without_frame
from bot.glossary.search.jargon import Jargon
from bot.glossary.search.names import Found, Hit, Name, Outcome
from bot.glossary.text import fold, words

# A lower number at the start of a text counts something unless it is the code of an entry: "365 Days".
LEAST_LEADING = 1000


class Messages:
    """The messages of a glossary by code, and the other entries that have a code among their keywords."""

    def __init__(self, jargon: Jargon, keywords: CodeKeywords) -> None:
        """Search these indexes."""
        self._jargon = jargon
        self._keywords = keywords

    def find(self, query: str) -> Found | None:
        """Find the entries for the codes in a query, or the codes that have none; `None` if the query has no codes."""
        codes = tuple(codes_in(query)) or _lone_codes(query) or self._known_in(query)
        messages = [entry for entry in map(self._jargon.of_code, codes) if entry is not None]
        if messages:
            return Found(Outcome.EXACT, tuple(map(_hit, messages)))
        holding = tuple({entry.id: _hit(entry) for code in codes for entry in self._keywords.holding(code)}.values())
        if holding:
            return Found(Outcome.SURE if len(holding) == 1 else Outcome.SUGGEST, holding)
        return Found(Outcome.NONE, unknown_codes=codes) if codes and self._jargon.has_codes else None

    def find_leading(self, query: str) -> Found | None:
        """Find the entry for the number that starts a query; `None` if it is hardly a code."""
        code = leading_code(query)
        if code is None:
            return None
        entry = self._jargon.of_code(code)
        if entry is not None:
            return Found(Outcome.SURE, (_hit(entry),)) if _is_worded_alike(entry, query) else None
        is_unknown = code >= LEAST_LEADING and self._jargon.has_codes and not any(self._keywords.holding(code))
        return Found(Outcome.NONE, unknown_codes=(code,)) if is_unknown else None

    def _known_in(self, query: str) -> tuple[int, ...]:
        """Return the codes with an entry that stand in a sentence without a label: "I keep getting 2104"."""
        return tuple(code for _, code in bare_codes(query, lambda code: self._jargon.of_code(code) is not None, ()))


def _lone_codes(query: str) -> tuple[int, ...]:
    """Return the codes in a question about nothing else: "what does 10149 mean?"."""
    said = without_frame(query).split()
    return tuple(code for one in said for code in codes_in(one)) if all(map(str.isdecimal, said)) else ()


def _is_worded_alike(entry: Entry, query: str) -> bool:
    """Tell whether a query has any telling word of a message's title or wordings."""
    wording = {fold(word) for text in (entry.title, *entry.aliases) for word in words(text)}
    return any(word.isalpha() and fold(word) in wording for word in without_frame(query).split())


def _hit(entry: Entry) -> Hit:
    return Hit(Name.of(entry), 1.0)
