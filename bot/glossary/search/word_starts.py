"""An index of names by how their words start, for completing what somebody types."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
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

    def __init__(self, texts: Sequence[str], first_alias: int | None = None) -> None:
        """Index the names, given with the most important first; `first_alias` is the number of the first alias.

        Inside, names have the numbers of their ranks: names before aliases, the shorter first.
        """
        given = [words(text) for text in texts]
        self._first_alias = len(given) if first_alias is None else first_alias
        ranked = sorted(range(len(given)), key=lambda at: (at >= self._first_alias, sum(map(len, given[at]))))
        self._given = packed(ranked)
        said = [given[at] for at in ranked]
        squashed = ["".join(one) for one in said]
        self._said = [" ".join(one) for one in said]
        self._initials = Filed((_initials(one), rank) for rank, one in enumerate(said))
        # All names in one string, to search them at once; and where each name starts in it.
        self._text = "\n".join(squashed)
        self._offsets = packed(list(accumulate((len(one) + 1 for one in squashed), initial=0)))
        starts: list[tuple[str, int, int]] = []
        for rank, one in enumerate(said):
            at = 0
            for word in one:
                starts.append((squashed[rank][at:], rank, at))
                at += len(word)
        starts.sort()
        # Each word start is a place in the text; these are sorted by what follows there.
        self._places = packed([self._offsets[rank] + at for _, rank, at in starts])
        self._owners = packed([rank for _, rank, _ in starts])
        self._is_first = bytes(at == 0 for _, _, at in starts)

    def tiers(self, said: tuple[str, ...]) -> Iterator[Sequence[int]]:
        """Yield the numbers of the names in each tier, best tier first.

        The tiers are: the whole name; the start of a name, then the start of a later word or the initials; both again
        for aliases; the starts of several words in any order; and typos. A tier is computed only when it is asked for.
        """
        for ranks in self._tiers(said):
            yield [self._given[rank] for rank in ranks]

    def containing(self, said: tuple[str, ...]) -> list[int]:
        """Return the names that contain the letters anywhere, the first 1000 of them."""
        return [self._given[rank] for rank in islice(self._contain("".join(said)), MOST_RANKED)]

    def _tiers(self, said: tuple[str, ...]) -> Iterator[Sequence[int]]:
        """Yield the ranks of the names in each tier."""
        letters = "".join(said)
        here = self._slots(letters)
        first = sorted({self._owners[slot] for slot in here if self._is_first[slot]})
        yield [rank for rank in first if self._length(rank) == len(letters)]
        first_alias = bisect_left(first, self._first_alias)
        yield first[:first_alias]
        later = {self._owners[slot] for slot in here if not self._is_first[slot]}
        in_order = sorted(later.union(self._initials.get(letters)[:MOST_RANKED]))
        later_alias = bisect_left(in_order, self._first_alias)
        yield in_order[:later_alias]
        yield first[first_alias:]
        yield in_order[later_alias:]
        yield sorted(set(self._hold_all(said))) if len(said) > 1 else ()
        yield self._near(letters)

    def _length(self, rank: int) -> int:
        return self._offsets[rank + 1] - self._offsets[rank] - 1

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
            rank = bisect_right(self._offsets, at) - 1
            yield rank
            at = self._text.find(letters, self._offsets[rank + 1] - 1)

    def _near(self, letters: str) -> list[int]:
        """Return the names with a word start that is one or two edits from what was typed, nearest first."""
        # A number is never a typo of another: "error 777" is not 317.
        if len(letters) < SHORTEST_TYPO or any(map(str.isdigit, letters)):
            return []
        allowed = 1 if len(letters) < 7 else 2
        best: dict[int, int] = {}
        for slots in self._likely(letters):
            # A start that is near when it is one letter longer or shorter needs at most one more edit like this.
            likely = _near_in(letters, self._rests(slots, len(letters)), allowed + 1)
            here = [slots[at] for at, _ in likely]
            near = [(slot, edits) for slot, (_, edits) in zip(here, likely, strict=True) if edits <= allowed]
            for length in (len(letters) + 1, len(letters) - 1):
                near += [(here[at], edits) for at, edits in _near_in(letters, self._rests(here, length), allowed)]
            for slot, edits in near:
                rank = self._owners[slot]
                best[rank] = min(best.get(rank, edits), edits)
        return sorted(best, key=lambda rank: (best[rank], rank))

    def _slots(self, prefix: str) -> range:
        """Return the positions of the word starts with a prefix, the first 1000 of them."""
        places, text, length = self._places, self._text, len(prefix)

        def letters(place: int) -> str:
            return text[place : place + length]

        first = bisect_left(places, prefix, key=letters)
        last = bisect_right(places, prefix, first, min(first + MOST_RANKED, len(places)), key=letters)
        return range(first, last)

    def _likely(self, letters: str) -> Iterator[range]:
        """Yield the positions of the word starts to compare: in a large glossary, those with similar first letters."""
        if len(self._places) <= 4 * MOST_RANKED:
            yield range(len(self._places))
            return
        alike = self._slots(letters[:2])
        yield alike
        yield self._slots(letters[0] + letters[2])
        yield self._slots(letters[1] + letters[0])
        if len(alike) == MOST_RANKED:
            yield self._slots(letters[:4])

    def _rests(self, slots: Sequence[int], length: int) -> list[str]:
        """Return the rest of the name from each of these word starts, cut to a length."""
        places = [self._places[slot] for slot in slots]
        return [self._text[at : at + length].partition("\n")[0] for at in places]


def _near_in(letters: str, texts: Sequence[str], allowed: int) -> list[tuple[int, int]]:
    """Return the places of the texts within a number of edits, each with its edits."""
    found = process.extract(letters, texts, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return [(at, edits) for _, edits, at in found]


def _initials(said: tuple[str, ...]) -> str:
    return "".join(word[0] for word in said)
