"""Names in code and abbreviations that belong to an entry without being names of it: `openTrades`, `IOC`, `OCA`."""

import re
from collections.abc import Iterable

from bot.glossary.model import Entry
from bot.glossary.search.real_words import commonness

_CAMEL_CASE = re.compile(r"[a-z]+[A-Z][A-Za-z0-9]*")
_CAPITALS = re.compile(r"[A-Z]{3,6}")
# Errors of Python are no more about one entry than about another.
_PASCAL_CASE = re.compile(r"(?:[A-Z][a-z]+){2,}(?<!Error)(?<!Warning)")
# A keyword that is nothing but a name in code: "openTrades", "ib.openTrades()", "ExcessLiquidity".
_ONLY_CODE = re.compile(r"(?:[a-z_]+\.)?(?P<name>[A-Za-z]\w*)(?:\([^)]*\))?")
_TOKEN = re.compile(r"[A-Za-z0-9]+")


def code_key(written: str) -> str:
    """Return a name in code or an abbreviation in lower case, "" if the word is of another kind.

    >>> code_key("openTrades"), code_key("PreSubmitted"), code_key("IOC"), code_key("INFO"), code_key("Order")
    ('opentrades', 'presubmitted', 'ioc', '', '')
    """
    is_code = _CAMEL_CASE.fullmatch(written) or _PASCAL_CASE.fullmatch(written)
    is_abbreviation = _CAPITALS.fullmatch(written) and not commonness(written.lower())
    return written.lower() if is_code or is_abbreviation else ""


def code_names(entry: Entry) -> set[str]:
    """Return the keys of what belongs to a term.

    That is a keyword that is nothing but a name in code, an abbreviation in one of its names, and an abbreviation or a
    value such as `PreSubmitted` that both its keywords and its definition mention.
    """
    if entry.message:
        return set()
    in_code = {found["name"] for keyword in entry.keywords if (found := _ONLY_CODE.fullmatch(keyword))}
    abbreviations = {key for name in (entry.name, *entry.aliases) for key in _keys([name]) if len(key) < len(name)}
    explained = _keys(entry.keywords) & _keys([entry.definition])
    return {key for name in in_code if not name.isupper() and (key := code_key(name))} | abbreviations | explained


def _keys(texts: Iterable[str]) -> set[str]:
    """Return the keys of the words with a capital first letter: abbreviations and values such as `PreSubmitted`."""
    tokens = (token for text in texts for token in _TOKEN.findall(text) if token[0].isupper())
    return {key for token in tokens if (key := code_key(token))}
