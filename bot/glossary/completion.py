"""Completing a name while somebody types it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.glossary.names import Name
from bot.glossary.spellings import SHORTEST_TYPO
from bot.glossary.text import words

# Discord shows at most this many choices: https://discord.com/developers/docs/interactions/application-commands
MOST_CHOICES = 25
# Where more names than this fit, the letters typed so far say too little to look at them all.
MOST_RANKED = 1000
# No name is longer; whoever types on is past completing.
LONGEST_TYPED = 100


class Completions:
    """Every word start of every name, sorted, so that what begins with the letters typed is one slice.

    Better tiers come first: the start of a name, the start of a later word or the initials, the starts of words in
    any order, anywhere inside a name, a typo. Within a tier, shorter names come first, then earlier ones.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        """Index the names, given in the order of their importance."""
        self._names = tuple(names)
        self._words = [words(name.text) for name in self._names]
        self._squashed = ["".join(said) for said in self._words]
        self._initials: dict[str, list[int]] = defaultdict(list)
        starts: list[tuple[str, int, bool]] = []
        # All names in one string, to be searched at once, and where each begins in it.
        self._text = "\n".join(self._squashed)
        self._offsets: list[int] = []
        offset = 0
        for index, said in enumerate(self._words):
            self._initials["".join(word[0] for word in said)].append(index)
            rest = self._squashed[index]
            self._offsets.append(offset)
            offset += len(rest) + 1
            for at, word in enumerate(said):
                starts.append((rest, index, at == 0))
                rest = rest[len(word) :]
        starts.sort()
        self._rests = [rest for rest, _, _ in starts]
        self._owners = [index for _, index, _ in starts]
        self._is_first = [first for _, _, first in starts]

    def complete(self, typed: str, limit: int = MOST_CHOICES) -> tuple[Name, ...]:
        """Return up to `limit` names that what was typed may become, best first, one for each entry."""
        said = words(typed[:LONGEST_TYPED])
        if not said:
            return ()
        found: dict[str, Name] = {}
        for index in chain.from_iterable(self._tiers(said, "".join(said))):
            name = self._names[index]
            found.setdefault(name.entry_id, name)
            if len(found) == limit:
                break
        return tuple(found.values())

    def _tiers(self, said: tuple[str, ...], letters: str) -> Iterator[Iterable[int]]:
        """Yield the names of each tier; a tier that is not needed is not computed."""
        here = self._slots(letters)
        yield sorted({self._owners[slot] for slot in here if self._is_first[slot]}, key=self._shorter_first)
        later = {self._owners[slot] for slot in here if not self._is_first[slot]}
        yield sorted(later.union(self._initials.get(letters, ())[:MOST_RANKED]), key=self._shorter_first)
        if len(said) > 1:
            yield sorted(self._hold_all(said), key=self._shorter_first)
        yield islice(self._contain(letters), MOST_RANKED)
        yield self._near(letters)

    def _shorter_first(self, index: int) -> tuple[int, int]:
        return len(self._squashed[index]), index

    def _slots(self, prefix: str) -> range:
        """Return where the word starts with a prefix stand, as far as they are looked at."""
        first = bisect_left(self._rests, prefix)
        return range(first, bisect_left(self._rests, prefix + "\U0010ffff", first))[:MOST_RANKED]

    def _hold_all(self, said: tuple[str, ...]) -> Iterator[int]:
        """Yield the names in which every word typed starts a word."""
        for slot in min(map(self._slots, said), key=len):
            index = self._owners[slot]
            if all(any(word.startswith(start) for word in self._words[index]) for start in said):
                yield index

    def _contain(self, letters: str) -> Iterator[int]:
        """Yield the names that hold the letters anywhere."""
        at = self._text.find(letters)
        while at >= 0:
            index = bisect_right(self._offsets, at) - 1
            yield index
            at = self._text.find(letters, self._offsets[index] + len(self._squashed[index]))

    def _near(self, letters: str) -> Iterator[int]:
        """Yield the names with a word that starts one or two edits from what was typed, nearest first."""
        # Numbers are never fuzzy: "error 777" does not become 317.
        if len(letters) < SHORTEST_TYPO or any(map(str.isdigit, letters)):
            return
        allowed = 1 if len(letters) < 7 else 2
        best: dict[int, int] = {}
        for slots in self._likely(letters):
            for length in (len(letters), len(letters) + 1, len(letters) - 1):
                cut = [self._rests[slot][:length] for slot in slots]
                near = process.extract(letters, cut, scorer=OSA.distance, score_cutoff=allowed, limit=None)
                for _, edits, at in near:
                    index = self._owners[slots[at]]
                    best[index] = min(best.get(index, edits), edits)
        yield from sorted(best, key=lambda index: (best[index], *self._shorter_first(index)))

    def _likely(self, letters: str) -> Iterator[range]:
        """Yield the word starts to compare: of a large glossary, those with much the same first letters."""
        if len(self._rests) <= 4 * MOST_RANKED:
            yield range(len(self._rests))
            return
        yield self._slots(letters[:2])
        yield self._slots(letters[0] + letters[2])
        yield self._slots(letters[1] + letters[0])
        yield self._slots(letters[:4])
