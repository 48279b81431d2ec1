"""An index of names by how their words start, for completing what somebody types."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.glossary.search.compact import Filed, packed
from bot.glossary.search.spellings import SHORTEST_TYPO
from bot.glossary.text import words

# Only this many matches of a tier are ranked; if there are more, the letters typed so far say too little.
MOST_RANKED = 1000


class WordStarts:
    """Names by all their word starts, sorted, so that all that begin with some letters are one slice.

    A word start is the squashed rest of the name from that word: "trustedips" and "ips" for "trusted IPs". It is kept
    as a place in one long text, which makes this a suffix array: https://en.wikipedia.org/wiki/Suffix_array
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the names, given with the most important first."""
        said = [words(text) for text in texts]
        squashed = ["".join(one) for one in said]
        self._said = [" ".join(one) for one in said]
        self._lengths = packed([len(one) for one in squashed])
        self._initials = Filed((_initials(one), index) for index, one in enumerate(said))
        # All names in one string, to search them at once; and where each name starts in it.
        self._text = "\n".join(squashed)
        self._offsets = packed(list(accumulate((len(one) + 1 for one in squashed), initial=0)))
        starts: list[tuple[str, int, int]] = []
        for index, one in enumerate(said):
            at = 0
            for word in one:
                starts.append((squashed[index][at:], index, at))
                at += len(word)
        starts.sort()
        # Each word start is a place in the text; these are sorted by what follows there.
        self._places = packed([self._offsets[index] + at for _, index, at in starts])
        self._owners = packed([index for _, index, _ in starts])
        self._is_first = bytes(at == 0 for _, _, at in starts)

    def tiers(self, said: tuple[str, ...]) -> Iterator[Iterable[int]]:
        """Yield the numbers of the names in each tier, best tier first.

        The tiers are: the start of a name, the start of a later word or the initials, the starts of several words in
        any order, letters anywhere, and typos. A tier is computed only when it is asked for.
        """
        letters = "".join(said)
        here = self._slots(letters)
        yield sorted({self._owners[slot] for slot in here if self._is_first[slot]}, key=self._shorter_first)
        later = {self._owners[slot] for slot in here if not self._is_first[slot]}
        yield sorted(later.union(self._initials.get(letters)[:MOST_RANKED]), key=self._shorter_first)
        yield sorted(self._hold_all(said), key=self._shorter_first) if len(said) > 1 else ()
        yield islice(self._contain(letters), MOST_RANKED)
        yield self._near(letters)

    def _shorter_first(self, index: int) -> tuple[int, int]:
        return self._lengths[index], index

    def _hold_all(self, said: tuple[str, ...]) -> Iterator[int]:
        """Yield the names that have, for every word typed, a word that starts with it."""
        for slot in min(map(self._slots, said), key=len):
            held = self._said[self._owners[slot]].split()
            if all(any(word.startswith(start) for word in held) for start in said):
                yield self._owners[slot]

    def _contain(self, letters: str) -> Iterator[int]:
        """Yield the names that contain the letters anywhere."""
        at = self._text.find(letters)
        while at >= 0:
            index = bisect_right(self._offsets, at) - 1
            yield index
            at = self._text.find(letters, self._offsets[index + 1] - 1)

    def _near(self, letters: str) -> Iterator[int]:
        """Yield the names with a word start that is one or two edits from what was typed, nearest first."""
        # A number is never a typo of another: "error 777" is not 317.
        if len(letters) < SHORTEST_TYPO or any(map(str.isdigit, letters)):
            return
        allowed = 1 if len(letters) < 7 else 2
        best: dict[int, int] = {}
        for slots in self._likely(letters):
            rests = self._rests(slots, len(letters) + 1)
            for length in (len(letters), len(letters) + 1, len(letters) - 1):
                cut = [rest[:length] for rest in rests]
                near = process.extract(letters, cut, scorer=OSA.distance, score_cutoff=allowed, limit=None)
                for _, edits, at in near:
                    index = self._owners[slots[at]]
                    best[index] = min(best.get(index, edits), edits)
        yield from sorted(best, key=lambda index: (best[index], *self._shorter_first(index)))

    def _slots(self, prefix: str) -> range:
        """Return the positions of the word starts with a prefix, the first 1000 of them."""
        every = range(len(self._places))
        first = bisect_left(every, prefix, key=lambda slot: self._letters(slot, len(prefix)))
        last = bisect_right(every, prefix, first, key=lambda slot: self._letters(slot, len(prefix)))
        return every[first:last][:MOST_RANKED]

    def _likely(self, letters: str) -> Iterator[range]:
        """Yield the positions of the word starts to compare: in a large glossary, those with similar first letters."""
        if len(self._places) <= 4 * MOST_RANKED:
            yield range(len(self._places))
            return
        yield self._slots(letters[:2])
        yield self._slots(letters[0] + letters[2])
        yield self._slots(letters[1] + letters[0])
        yield self._slots(letters[:4])

    def _letters(self, slot: int, length: int) -> str:
        """Return the letters at a word start; after a line break, those of the next name."""
        at = self._places[slot]
        return self._text[at : at + length]

    def _rests(self, slots: range, length: int) -> list[str]:
        """Return the rest of the name from each of these word starts, cut to a length."""
        places = self._places[slots.start : slots.stop]
        return [self._text[at : at + length].partition("\n")[0] for at in places]


def _initials(said: tuple[str, ...]) -> str:
    return "".join(word[0] for word in said)
