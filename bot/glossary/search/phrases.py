"""Compare questions with single phrases: with each name and each keyword of an entry, not with its whole text."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.glossary.model import Entry
from bot.glossary.search.compact import Postings, packed
from bot.glossary.search.stop_words import FILLERS
from bot.glossary.text import words


def phrases_of(entry: Entry) -> tuple[str, ...]:
    """Return the texts of an entry that are phrased as people ask: its names and its keywords."""
    return (entry.title, *entry.aliases, *entry.keywords)


def without_fillers(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase that are not fillers."""
    return tuple(word for word in words(phrase) if word not in FILLERS)


class Phrases:
    """The phrases of some entries as sets of stems, under sorted checksums."""

    def __init__(
        self, entries: Iterable[Sequence[str]], stems: Mapping[str, str], weight: Callable[[str], float]
    ) -> None:
        """Index the phrases of each entry, given the stems of their words and the weight of a stem."""
        holders: dict[str, array[int]] = defaultdict(lambda: array("I"))
        owners = array("I")
        self._weights = array("f")
        for number, phrases in enumerate(entries):
            for phrase in phrases:
                phrase_stems = sorted({stems[word] for word in without_fillers(phrase)} - {""})
                for stem in phrase_stems:
                    holders[stem].append(len(owners))
                owners.append(number)
                self._weights.append(sum(map(weight, phrase_stems)))
        self._owners = packed(owners)
        self._holders = Postings(holders)

    def overlap(self, asked: Mapping[str, float]) -> dict[int, float]:
        """Return how much each entry's most similar phrase has in common with a question: 1 if they have equal stems.

        The question is given as stems with their weights. The result leaves out entries that have none of them.
        """
        common: dict[int, float] = defaultdict(float)
        for stem, weight in asked.items():
            for phrase in self._holders[stem]:
                common[phrase] += weight
        asked_weight = sum(asked.values())
        best: dict[int, float] = {}
        for phrase, weight in common.items():
            # The Dice coefficient: twice what the two have in common, divided by the sum of both.
            overlap = 2 * weight / (asked_weight + self._weights[phrase])
            owner = self._owners[phrase]
            if overlap > best.get(owner, 0.0):
                best[owner] = overlap
        return best

    def holding_all(self, stems: Iterable[str]) -> set[int]:
        """Return the entries with a phrase that contains all the stems; no stems are in no phrase."""
        held = [set(self._holders[stem]) for stem in stems]
        return {self._owners[phrase] for phrase in set.intersection(*held)} if held else set()
