"""Finding spellings that are a few edits away, and names by some of their words."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

# A name shorter than this has too many neighbours for any of them to be a typo of it.
SHORTEST_TYPO = 4
# A word shorter than this is too little to start a longer one.
SHORTEST_START = 3
# What may stand for more words than this says too little to look at them all.
MOST_WORDS = 200
_NUMBER = re.compile(r"\d+")


class Spellings:
    """Squashed strings, each standing for a number; found by edit distance, in which swapped letters are one edit."""

    def __init__(self, spelled: Iterable[tuple[str, int]]) -> None:
        """Group the strings by length and first letter, and by length and last letter.

        A few edits change the length by no more than a few, and hardly anybody mistypes both ends of a word.
        """
        self._groups: dict[tuple[int, str, str], tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        for text, number in spelled:
            for key in _ends(len(text), text):
                texts, numbers = self._groups[key]
                texts.append(text)
                numbers.append(number)

    def near(self, query: str) -> Iterator[tuple[int, float, int]]:
        """Yield number, similarity from 0 to 1, and length of the strings within the allowed edits.

        Longer queries are allowed more edits. Numbers are never fuzzy: they are compared to the digit.
        """
        allowed = 0 if len(query) < SHORTEST_TYPO else min(1 + (len(query) - 2) // 4, 5)
        digits = _NUMBER.findall(query)
        if not allowed:
            return
        nearest = [_ends(length, query) for length in range(len(query) - allowed, len(query) + allowed + 1)]
        for key in chain.from_iterable(nearest):
            if key not in self._groups:
                continue
            length = key[0]
            texts, numbers = self._groups[key]
            near = process.extract(query, texts, scorer=OSA.distance, score_cutoff=allowed, limit=None)
            for text, edits, at in near:
                if digits == _NUMBER.findall(text):
                    yield numbers[at], 1 - edits / max(len(query), length), length


def _ends(length: int, text: str) -> tuple[tuple[int, str, str], ...]:
    return (length, text[:1], ""), (length, "", text[-1:])


class WordIndex:
    """The words of names, found exactly, by how they start, or by what is left when they are shortened ("fwd")."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        """Index the words of each name."""
        self._holders: dict[str, set[int]] = defaultdict(set)
        for number, name in enumerate(names):
            for word in name:
                self._holders[word].add(number)
        self._sorted = sorted(self._holders)
        self._by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        for word in self._sorted:
            self._by_ends[word[0], word[-1]].append(word)

    def holding_all(self, said: tuple[str, ...]) -> set[int]:
        """Return the names in which every word said is a word, or stands for one."""
        return reduce(set.intersection, map(self._holding, dict.fromkeys(said)))

    def _holding(self, said: str) -> set[int]:
        found = set(self._holders.get(said, ()))
        if len(said) < SHORTEST_START or said.isdigit():
            return found
        first = bisect_left(self._sorted, said)
        for word in self._sorted[first : min(bisect_left(self._sorted, said + "\U0010ffff"), first + MOST_WORDS)]:
            found |= self._holders[word]
        for word in self._by_ends.get((said[0], said[-1]), ())[:MOST_WORDS]:
            letters = iter(word)
            if len(word) > len(said) and all(letter in letters for letter in said):
                found |= self._holders[word]
        return found
