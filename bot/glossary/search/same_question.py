"""Bring together queries that say the same: in the same words, with typos, or in words of the same meaning."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from bot.glossary.search.meaning import COLUMNS, embed
from bot.glossary.search.real_words import is_real_word
from bot.glossary.search.spellings import Spellings
from bot.glossary.search.stems import Stemmer
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import words

# How similar in meaning two queries are at least that say the same, and how similar each word of one is at least to
# some word of the other. Vectors alone find "volatility" in "implied volatility".
LIKE, WORD_LIKE = 0.75, 0.5
# A single word is like too many others.
FEWEST_WORDS = 2
# How many of the most similar queries are compared with one word by word, so that a list in which all are similar does
# not take minutes.
MOST_COMPARED = 30
# Two shorter words are not typos of each other: VWAP is not TWAP. In longer ones, two edits are one typo.
SHORTEST_TYPO, LONG_WORD = 5, 9
# Words that are alike in meaning and yet ask for different things.
_OPPOSITES = tuple(
    frozenset(line.split())
    for line in (
        "buy sell",
        "buying selling",
        "bought sold",
        "long short",
        "open close",
        "opening closing",
        "up down",
        "high low",
        "in out",
        "on off",
        "more less",
        "before after",
        "first last",
        "deposit withdraw",
        "maximum minimum",
        "max min",
        "profit loss",
        "start stop",
        "import export",
        "enable disable",
        "day week month quarter year",
        "daily weekly monthly quarterly yearly",
        "seconds minutes hours",
    )
)
_NEGATIONS = frozenset("not no without never cannot cant couldnt dont doesnt didnt isnt wont".split())


class _Asked(NamedTuple):
    """A query as it is compared.

    `words` are its telling words, and `kept_apart` what only queries of its own group have: its numbers, negations,
    and words that have opposites.
    """

    words: tuple[str, ...]
    stems: frozenset[str]
    kept_apart: frozenset[str]

    @property
    def squashed(self) -> str:
        return "".join(self.words)


def grouped(queries: Sequence[str]) -> list[list[str]]:
    """Return the queries in groups that say the same, in the order in which each group is first asked for.

    Each query is compared with the first one of every group, so put the most frequent ones first. Two thousand
    queries take less than a second.

    >>> grouped(["trailing stop", "slippage", "traling stop", "what is slippage", "buy stocks", "sell stocks"])
    [['trailing stop', 'traling stop'], ['slippage', 'what is slippage'], ['buy stocks'], ['sell stocks']]
    """
    asked = _read(queries)
    spellings = Spellings((one.squashed, number) for number, one in enumerate(asked) if one.squashed)
    groups: dict[int, list[str]] = {}
    of_stems: dict[frozenset[str], list[int]] = {}
    vectors = np.zeros((len(asked), COLUMNS), dtype="float32")
    for number, one in enumerate(asked):
        vector = embed(" ".join(one.words))
        leaders = (
            *of_stems.get(one.stems, ()),
            *(near for near in _misspelled(one, asked, spellings) if near in groups),
            *_alike(one, vectors[:number] @ vector, asked),
        )
        leader = next((leader for leader in leaders if _may_be_same(one, asked[leader])), None)
        if leader is not None:
            groups[leader].append(queries[number])
        else:
            groups[number] = [queries[number]]
            of_stems.setdefault(one.stems, []).append(number)
            vectors[number] = vector
    return list(groups.values())


def spelled_alike(names: Sequence[str], queries: Sequence[str]) -> list[str]:
    """Return the queries that a search by these names finds: they are in the same words, or have a typo.

    >>> spelled_alike(["trailing stop"], ["stops that trail", "traling stop", "moving stop"])
    ['stops that trail', 'traling stop']
    """
    asked = _read([*names, *queries])
    spellings = Spellings((one.squashed, number) for number, one in enumerate(asked[: len(names)]) if one.squashed)
    found = []
    for query, one in zip(queries, asked[len(names) :], strict=True):
        in_same_words = (number for number in range(len(names)) if asked[number].stems == one.stems)
        near = (*in_same_words, *_misspelled(one, asked, spellings))
        if any(_may_be_same(one, asked[number]) for number in near):
            found.append(query)
    return found


def other_wordings(group: Sequence[str]) -> list[str]:
    """Return the queries of a group that its first one does not find, each in words of its own.

    >>> other_wordings(["market data fees", "fees for market data", "cost of market data", "cost for market data"])
    ['cost of market data']
    """
    found = list(group[:1])
    for query in group[1:]:
        if not spelled_alike(found, [query]):
            found.append(query)
    return found[1:]


def _read(queries: Iterable[str]) -> list[_Asked]:
    said = [words(query) for query in queries]
    stems = Stemmer().stem(word for one in said for word in one)
    return [_asked(one, stems) for one in said]


def _asked(said: tuple[str, ...], stems: dict[str, str]) -> _Asked:
    telling = tuple(word for word in said if word not in STOP_WORDS) or said
    apart = {word for word in said if word.isdecimal() or any(word in opposites for opposites in _OPPOSITES)}
    if not _NEGATIONS.isdisjoint(said):
        apart.add("not")
    return _Asked(telling, frozenset(stems[word] or word for word in telling), frozenset(apart))


def _may_be_same(one: _Asked, other: _Asked) -> bool:
    """Tell whether nothing says that two queries ask for different things."""
    only_one, only_other = one.kept_apart - other.kept_apart, other.kept_apart - one.kept_apart
    if any(word.isdecimal() or word == "not" for word in only_one | only_other):
        return False
    return not any(opposites & only_one and opposites & only_other for opposites in _OPPOSITES)


def _misspelled(one: _Asked, asked: Sequence[_Asked], spellings: Spellings) -> Iterator[int]:
    """Yield the queries that differ from one by a typo, and not by another word."""
    for number, _, _ in spellings.near(one.squashed):
        other = asked[number]
        ours = [word for word in one.words if word not in other.words]
        theirs = [word for word in other.words if word not in one.words]
        if one.squashed == other.squashed or (len(ours) == len(theirs) and all(map(_is_typo, ours, theirs))):
            yield number


def _is_typo(one: str, other: str) -> bool:
    longest = max(len(one), len(other))
    if longest < SHORTEST_TYPO or OSA.distance(one, other) > (1 if longest < LONG_WORD else 2):
        return False
    return not (is_real_word(one) and is_real_word(other))


def _alike(one: _Asked, likeness: Any, asked: Sequence[_Asked]) -> Iterator[int]:
    """Yield the queries that are like one in meaning, the most similar first, given how similar each of them is."""
    if len(one.words) < FEWEST_WORDS:
        return
    compared = 0
    for at in np.argsort(-likeness):
        if likeness[at] < LIKE or compared == MOST_COMPARED:
            return
        other = asked[at]
        if len(other.words) < FEWEST_WORDS or not _may_be_same(one, other):
            continue
        compared += 1
        if _covers(one, other) and _covers(other, one):
            yield int(at)


def _covers(one: _Asked, other: _Asked) -> bool:
    """Tell whether each word of a query is like some word of another."""
    return all(max(_words_alike(word, said) for said in other.words) >= WORD_LIKE for word in one.words)


@functools.lru_cache(maxsize=50_000)
def _words_alike(one: str, other: str) -> float:
    """Return how similar two words are; a word without a vector is like itself alone."""
    return 1.0 if one == other else float(_vector(one) @ _vector(other))


@functools.lru_cache(maxsize=5_000)
def _vector(word: str) -> Any:
    return embed(word)
