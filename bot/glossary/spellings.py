"""Finding spellings that are a few edits away, and names by some of their words."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from rapidfuzz import process
from rapidfuzz.distance import OSA

# A name shorter than this has too many neighbours for any of them to be a typo of it.
SHORTEST_TYPO = 4
# A word shorter than this is too little to start a longer one.
SHORTEST_START = 3
_NUMBER = re.compile(r"\d+")


class Spellings:
    """Squashed strings, each standing for a number; found by edit distance, in which swapped letters are one edit."""

    def __init__(self, spelled: Iterable[tuple[str, int]]) -> None:
        """Group the strings by length, since a few edits change the length by no more than a few."""
        self._by_length: dict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        for text, number in spelled:
            texts, numbers = self._by_length[len(text)]
            texts.append(text)
            numbers.append(number)

    def near(self, query: str) -> Iterator[tuple[int, float, int]]:
        """Yield number, similarity from 0 to 1, and length of the strings within the allowed edits.

        Longer queries are allowed more edits. Numbers are never fuzzy: they are compared to the digit.
        """
        allowed = 0 if len(query) < SHORTEST_TYPO else min(1 + (len(query) - 2) // 4, 5)
        digits = _NUMBER.findall(query)
        for length in range(len(query) - allowed, len(query) + allowed + 1) if allowed else ():
            if length not in self._by_length:
                continue
            texts, numbers = self._by_length[length]
            near = process.extract(query, texts, scorer=OSA.distance, score_cutoff=allowed, limit=None)
            for text, edits, at in near:
                if digits == _NUMBER.findall(text):
                    yield numbers[at], 1 - edits / max(len(query), length), length


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
        for word in self._sorted[bisect_left(self._sorted, said) : bisect_left(self._sorted, said + "\U0010ffff")]:
            found |= self._holders[word]
        for word in self._by_ends.get((said[0], said[-1]), ()):
            letters = iter(word)
            if len(word) > len(said) and all(letter in letters for letter in said):
                found |= self._holders[word]
        return found
