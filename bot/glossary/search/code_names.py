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
    """Return the keys of a term's keywords that are nothing but code, and of the abbreviations in its names."""
    return set() if entry.message else _code_keywords(entry) | _keys((entry.name, *entry.aliases))


def owns(entry: Entry, key: str) -> bool:
    """Tell whether a key of `code_names` says enough alone: "OCA" for "OCA group", but not "USD" for "EUR.USD"."""
    names = (name for name in (entry.name, *entry.aliases) if any(map(str.islower, name.split())))
    return key in _code_keywords(entry) or key in _keys(names)


def mentioned_names(entry: Entry) -> set[str]:
    """Return the keys of the abbreviations, and of values such as `PreSubmitted`, among the keywords of a term."""
    return set() if entry.message else _keys(entry.keywords)


def explains(entry: Entry, key: str) -> bool:
    """Tell whether the definition of an entry mentions an abbreviation or a value."""
    return key in _keys([entry.definition])


def _code_keywords(entry: Entry) -> set[str]:
    names = {found["name"] for keyword in entry.keywords if (found := _ONLY_CODE.fullmatch(keyword))}
    return {key for name in names if not name.isupper() and (key := code_key(name))}


def _keys(texts: Iterable[str]) -> set[str]:
    """Return the keys of the words with a capital first letter: abbreviations and values such as `PreSubmitted`."""
    tokens = (token for text in texts for token in _TOKEN.findall(text) if token[0].isupper())
    return {key for token in tokens if (key := code_key(token))}
