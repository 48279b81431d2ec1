"""Find spellings that are a few edits away, and names by some of their words."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.glossary.search.compact import packed
from bot.glossary.search.real_words import is_real_word

# A shorter query is a few edits away from too many names.
SHORTEST_TYPO = 4
# A shorter word has to be a whole word of the name, not the start of one.
SHORTEST_START = 3
# Up to this many strings are all looked at, which takes some microseconds; more are grouped by their ends.
MOST_SCANNED = 500
# The most words that are looked at for one that somebody started or shortened.
MOST_WORDS = 200
_NUMBER = re.compile(r"\d+")


class Spellings:
    """Squashed strings, each with a number, found by edit distance. Swapping two letters is one edit."""

    def __init__(self, spelled: Iterable[tuple[str, int]]) -> None:
        """Index the strings. Up to `MOST_SCANNED` of them are kept in a list, and all are compared.

        More are grouped by length and first letter, and by length and last letter: a few edits change the length by no
        more than a few, and hardly anybody mistypes both ends of a word.
        """
        pairs = list(spelled)
        self._all: tuple[list[str], Sequence[int]] | None = None
        self._groups: dict[tuple[int, str, str], tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        if len(pairs) <= MOST_SCANNED:
            self._all = [text for text, _ in pairs], packed([number for _, number in pairs])
            return
        for text, number in pairs:
            for key in _ends(len(text), text):
                texts, numbers = self._groups[key]
                texts.append(text)
                numbers.append(number)

    def near(self, query: str, allowed: int | None = None) -> Iterator[tuple[int, float, int]]:
        """Yield number, similarity from 0 to 1, and length of the strings within the allowed edits."""
        allowed = allowed_edits(query) if allowed is None else allowed
        return near_in(self._likely(query, allowed), query, allowed) if allowed else iter(())

    def _likely(self, query: str, allowed: int) -> list[tuple[list[str], Sequence[int]]]:
        """Return the groups to compare: all strings if they are few, else those of similar length with a common end."""
        if self._all is not None:
            return [self._all]
        lengths = range(len(query) - allowed, len(query) + allowed + 1)
        groups = self._groups
        return [groups[key] for length in lengths for key in _ends(length, query) if key in groups]


def near_in(
    groups: Iterable[tuple[list[str], Sequence[int]]], query: str, allowed: int
) -> Iterator[tuple[int, float, int]]:
    """Yield number, similarity and length of the strings within the allowed edits.

    The first or the last letter has to be right, and so have all numbers: "error 501" is not a typo of "error 502".
    """
    digits = _NUMBER.findall(query)
    for texts, numbers in groups:
        near = process.extract(query, texts, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        for text, edits, at in near:
            if digits == _NUMBER.findall(text) and (text[0] == query[0] or text[-1] == query[-1]):
                yield numbers[at], 1 - edits / max(len(query), len(text)), len(text)


def allowed_edits(query: str) -> int:
    """Return how many edits a query may be away from what was meant.

    >>> [allowed_edits(query) for query in ("lmt", "stop", "leverage", "contango and backwardation")]
    [0, 1, 2, 5]
    """
    return 0 if len(query) < SHORTEST_TYPO else min(1 + (len(query) - 2) // 4, 5)


def _ends(length: int, text: str) -> tuple[tuple[int, str, str], ...]:
    return (length, text[:1], ""), (length, "", text[-1:])


class WordIndex:
    """The words of names: found whole, by their start, or by a short form ("fwd" for "forward")."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        """Index the words of each name."""
        holders: dict[str, dict[int, None]] = defaultdict(dict)
        for number, name in enumerate(names):
            for word in name:
                holders[word][number] = None
        self._words = in_order = sorted(holders)
        # The names with the first word, then those with the second, and so on; and where each of these runs starts.
        self._holders = packed([number for word in in_order for number in holders[word]])
        starts = [0]
        for word in in_order:
            starts.append(starts[-1] + len(holders[word]))
        self._starts = packed(starts)
        self._by_ends: dict[tuple[str, str], list[int]] | None = None
        if len(in_order) > MOST_SCANNED:
            self._by_ends = defaultdict(list)
            for at, word in enumerate(in_order):
                self._by_ends[word[0], word[-1]].append(at)

    def holding_all(self, said: tuple[str, ...]) -> set[int]:
        """Return the names that have, for each word, the word, one that starts with it, or one that it is short for."""
        return reduce(set.intersection, map(self._holding, dict.fromkeys(said)))

    def _holding(self, said: str) -> set[int]:
        """Return the names with this word, with one that starts with it, or with one that it is short for."""
        every = self._words
        first = bisect_left(every, said)
        if len(said) < SHORTEST_START or said.isdigit():
            is_word = every[first : first + 1] == [said]
            last = first + 1 if is_word else first
            return set(self._holders[self._starts[first] : self._starts[last]])
        last = min(bisect_left(every, said + "\U0010ffff", first), first + MOST_WORDS)
        found = set(self._holders[self._starts[first] : self._starts[last]])
        if is_real_word(said):
            return found  # "rust" is not short for "request"
        for at in self._of_ends(said[0], said[-1]):
            if _is_short_for(said, every[at]):
                found.update(self._holders[self._starts[at] : self._starts[at + 1]])
        return found

    def _of_ends(self, first: str, last: str) -> Sequence[int]:
        """Return the positions of the words with this first and this last letter."""
        if self._by_ends is not None:
            return self._by_ends.get((first, last), ())[:MOST_WORDS]
        every = self._words
        begin = bisect_left(every, first)
        return [at for at in range(begin, bisect_left(every, first + "\U0010ffff", begin)) if every[at][-1] == last]


def _is_short_for(said: str, word: str) -> bool:
    """Tell whether letters were left out of a word.

    >>> _is_short_for("fwd", "forward"), _is_short_for("fdw", "forward")
    (True, False)
    """
    if len(word) <= len(said):
        return False
    letters = iter(word)
    # Each test reads on from the letter that was found last.
    return all(letter in letters for letter in said)
