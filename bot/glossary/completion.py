"""Completing a name while somebody types it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.glossary.names import Name
from bot.glossary.text import words

# Discord shows at most this many choices: https://discord.com/developers/docs/interactions/application-commands
MOST_CHOICES = 25
# Where more names than this fit, the letters typed so far say too little to rank them all.
MOST_RANKED = 2000


class Completions:
    """Every word start of every name, sorted, so that what begins with the letters typed is one slice.

    Better tiers come first: the start of a name, the start of a later word or the initials, the starts of words in
    any order, anywhere inside a name, a typo. Within a tier, earlier names come first.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        """Index the names, given in the order of their importance."""
        self._names = tuple(names)
        self._words = [words(name.text) for name in self._names]
        self._squashed = ["".join(said) for said in self._words]
        self._initials: dict[str, list[int]] = defaultdict(list)
        starts: list[tuple[str, int, bool]] = []
        for index, said in enumerate(self._words):
            self._initials["".join(word[0] for word in said)].append(index)
            rest = self._squashed[index]
            for at, word in enumerate(said):
                starts.append((rest, index, at == 0))
                rest = rest[len(word) :]
        starts.sort()
        self._rests = [rest for rest, _, _ in starts]
        self._owners = [index for _, index, _ in starts]
        self._is_first = [first for _, _, first in starts]

    def complete(self, typed: str, limit: int = MOST_CHOICES) -> tuple[Name, ...]:
        """Return up to `limit` names that what was typed may become, best first, one for each entry."""
        said = words(typed)
        if not said:
            return ()
        letters = "".join(said)
        found: dict[str, Name] = {}
        for index in chain.from_iterable(tier for tier in self._tiers(said, letters)):
            name = self._names[index]
            found.setdefault(name.entry_id, name)
            if len(found) == limit:
                break
        return tuple(found.values())

    def _tiers(self, said: tuple[str, ...], letters: str) -> Iterator[Iterable[int]]:
        here = range(*self._slice(letters))[:MOST_RANKED]
        yield sorted({self._owners[slot] for slot in here if self._is_first[slot]}, key=self._shorter_first)
        yield sorted(
            {self._owners[slot] for slot in here if not self._is_first[slot]} | set(self._initials.get(letters, ())),
            key=self._shorter_first,
        )
        yield sorted(self._hold_all(said), key=self._shorter_first)
        yield islice((index for index, name in enumerate(self._squashed) if letters in name), MOST_RANKED)
        yield self._near(letters)

    def _shorter_first(self, index: int) -> tuple[int, int]:
        return len(self._squashed[index]), index

    def _slice(self, prefix: str) -> tuple[int, int]:
        return bisect_left(self._rests, prefix), bisect_left(self._rests, prefix + "\U0010ffff")

    def _hold_all(self, said: tuple[str, ...]) -> Iterator[int]:
        """Yield the names in which every word typed starts a word."""
        narrowest = min((self._slice(word) for word in said), key=lambda slots: slots[1] - slots[0])
        for slot in range(*narrowest)[:MOST_RANKED]:
            index = self._owners[slot]
            if all(any(word.startswith(start) for word in self._words[index]) for start in said):
                yield index

    def _near(self, letters: str) -> Iterator[int]:
        """Yield the names that begin with something one or two edits from the letters typed, nearest first."""
        if len(letters) < 4:
            return
        allowed = 1 if len(letters) < 7 else 2
        best: dict[int, int] = {}
        for length in (len(letters), len(letters) + 1, len(letters) - 1):
            cut = [rest[:length] for rest in self._rests]
            for _, edits, slot in process.extract(letters, cut, scorer=OSA.distance, score_cutoff=allowed, limit=None):
                index = self._owners[slot]
                best[index] = min(best.get(index, edits), edits)
        yield from sorted(best, key=lambda index: (best[index], *self._shorter_first(index)))
