"""Tell whether a name that is also an ordinary word, such as "leverage", is meant as a term where it stands."""

import functools
from collections.abc import Iterable

from bot.glossary.model import Entry
from bot.glossary.search.real_words import commonness
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import fold, words

# Words as rare as "volatility" are terms wherever they stand, words up to "snapshot" where other terms are mentioned.
_RARE, _LESS_COMMON = 9, 11
_SHORTEST_RARE = 4
# Words as common as "position" or "fill" stand in many texts and show nothing.
_TOO_COMMON = 17


def is_ordinary(word: str) -> bool:
    """Tell whether a word is so common that it may be no term, even if it is a name."""
    size = commonness(word)
    return size > _RARE or (size > 0 and len(word) < _SHORTEST_RARE)


def may_be_written(name: str, written: str, before: str) -> bool:
    """Tell whether people write a name like this; `before` is the character before it.

    A name that begins with a mark needs the mark: ".env". One word is not two that stand in any sentence: "whatIf",
    "ISIN". A name in capitals that is a common word in small letters needs its capitals: "DAY".
    """
    if not name or written == name:
        return True
    if not name[0].isalnum() and name[0] not in {before, written[:1]}:
        return False
    said = words(written)
    is_split = len(said) > 1 and name.isalpha()
    if is_split and not written.isupper() and (name.isupper() or all(word in STOP_WORDS for word in said)):
        return False
    needs_capitals = name.isupper() and commonness(written.lower()) > _LESS_COMMON
    return written.isupper() or not needs_capitals


def context_needed(word: str, *, is_about_terms: bool) -> int:
    """Return how many words around an ordinary word have to be words of its entry, so that it is meant as a term."""
    needed = 1 if commonness(word) <= _LESS_COMMON else 2
    return needed - 1 if is_about_terms else needed


def is_phrase(word: str, next_word: str) -> bool:
    """Tell whether a word and the next are a verb with what goes with it: "logging in", "ping me", "fill out"."""
    return next_word in _AFTER_VERBS or (word.endswith("ing") and next_word in _AFTER_PARTICIPLES)


def uses_plural(entry: Entry, written: str) -> bool:
    """Tell whether an entry itself uses a plural: "securities" are not the plural of the *security* of an API."""
    word = written.casefold()
    return fold(word) == word or word in _own_words(entry)


def shared_words(entry: Entry, around: Iterable[str]) -> int:
    """Return how many of the words are words of an entry's own text."""
    return len(_context(entry).intersection(around))


def are_related(one: Entry, other: Entry) -> bool:
    """Tell whether two entries are in one category, or one lists the other as related, by its name."""
    return one.category == other.category or one.name in other.related or other.name in one.related


_AFTER_VERBS = frozenset({"me", "us", "you", "out"})
_AFTER_PARTICIPLES = frozenset({"in", "into", "the", "my"})


# Bounded: only entries with an everyday word in a name need these.
@functools.lru_cache(maxsize=1000)
def _own_words(entry: Entry) -> frozenset[str]:
    """Return the words of an entry's own text."""
    texts = (entry.name, *entry.aliases, *entry.keywords, entry.definition, *entry.notes, *entry.related)
    return frozenset(word for text in texts for word in words(text))


@functools.lru_cache(maxsize=1000)
def _context(entry: Entry) -> frozenset[str]:
    """Return the telling words of an entry's own text, notes excluded."""
    texts = (entry.name, *entry.aliases, *entry.keywords, entry.definition, *entry.related)
    return frozenset(fold(word) for text in texts for word in words(text) if _is_telling(word))


def _is_telling(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word not in STOP_WORDS and commonness(word) < _TOO_COMMON
