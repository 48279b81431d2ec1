"""Answer questions in plain words by full text (BM25) and, if the extra is installed, by similar meaning."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from bot.glossary.model import Entry
from bot.glossary.search.compact import packed
from bot.glossary.search.full_text import FullText
from bot.glossary.search.meaning import Meaning
from bot.glossary.search.names import Found, Hit, Name, Outcome
from bot.glossary.search.own_text import OwnText
from bot.glossary.search.stop_words import FILLERS, STOP_WORDS
from bot.glossary.text import fold, words

# The weight of similar meaning (up to 1) against the words, whose best score counts as 1.
MEANING_WEIGHT = 1.5
# Only this many words of a text are looked up; a question has few, and each takes time.
MOST_WORDS = 30
MOST_HITS = 5
# A word that no entry contains counts as a typo of one that is at least this similar to it.
LIKE_ENOUGH = 0.75
SHORTEST_CORRECTED = 5
MOST_CORRECTIONS = 2
# The number of telling words that an entry does not contain all by chance.
ENOUGH_WORDS = 3
# The weight of the evidence, and the lead over the second-best entry, that an answer needs to be sure.
SURE_WEIGHT, SURE_LEAD = 1.5, 0.2


class Evidence(NamedTuple):
    """What shows that there is an answer.

    `bm25` is the highest score. The rest is about the best entry: the share of the telling words that it contains, how
    similar it is in meaning, and its lead over the second.
    """

    bm25: float
    coverage: float
    likeness: float | None
    lead: float
    telling_words: int


class TextLayer(Protocol):
    """The text of some entries. They are numbered in order, from 0."""

    entries: tuple[Entry, ...]

    def by_words(self, terms: Sequence[str]) -> list[tuple[int, float]]:
        """Return the numbers of the entries with any of the terms, and their BM25 scores, best first."""

    def spread(self, word: str) -> int:
        """Return how many entries contain a folded word."""

    def speaks_of(self, number: int, word: str) -> bool:
        """Tell whether an entry contains a folded word."""

    def near(self, word: str) -> Iterator[tuple[float, int, str]]:
        """Yield the words that this may be a typo of: similarity, number and text."""

    def likeness(self, meant: Any) -> list[float]:
        """Return how similar the topic of each entry is to a question, which is given as a vector."""


class Questions:
    """The text of the entries of a glossary, in layers: a server's own in front of the shared ones, ranked together.

    Entries are numbered through all layers.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        meaning: Meaning | None,
        behind: "Questions | None" = None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        """Index the entries.

        `behind` holds the shared entries, which are not indexed again; the `hidden` ones of them are not found.
        """
        self.meaning = meaning
        self.shared: FullText
        if behind is None:
            self.shared = FullText(entries, meaning)
            self._layers: tuple[TextLayer, ...] = (self.shared,)
            self._starts = [0]
        else:
            self.shared = behind.shared
            own = OwnText(entries, self.shared, meaning)
            self._layers = (own, self.shared)
            self._starts = [0, len(own.entries)]
        self._size = sum(len(layer.entries) for layer in self._layers)
        shared_start = self._starts[-1]
        self._hidden = packed([shared_start + at for at, entry in enumerate(self.shared.entries) if entry.id in hidden])

    def ask(self, question: str) -> Found:
        """Find the entries that answer a question, best first; the outcome says how far to trust the first."""
        said = words(question)[:MOST_WORDS]
        telling = [word for word in said if word not in STOP_WORDS and len(word) > 1]
        if not telling:
            return Found(Outcome.NONE)
        # Keywords are phrased as people ask, so "how", "why" and "not" help to rank. They are no evidence of an answer.
        scores = self._by_words([word for word in said if word not in FILLERS])
        likeness = self._likeness(question)
        ranked = self._ranked(scores, likeness)
        if not ranked:
            return Found(Outcome.NONE)
        best = ranked[0][0]
        evidence = Evidence(
            bm25=max(scores.values(), default=0.0),
            coverage=self._coverage(telling, best),
            likeness=likeness[best] if likeness else None,
            lead=ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 1.0,
            telling_words=len(set(telling)),
        )
        outcome = _judged(evidence)
        if outcome is Outcome.NONE:
            return Found(Outcome.NONE)
        return Found(outcome, tuple(Hit(self._name(number), score) for number, score in ranked))

    def _by_words(self, asked: list[str]) -> dict[int, float]:
        """Return the BM25 scores of the entries that have a word of the question or of its corrections, best first."""
        corrections = [better for word in asked for better in self._corrected(word)]
        terms = list(dict.fromkeys([*asked, *corrections]))
        scored = [
            (start + number, score)
            for start, layer in zip(self._starts, self._layers, strict=True)
            for number, score in layer.by_words(terms)
        ]
        scored.sort(key=lambda one: -one[1])
        return {number: score for number, score in scored if number not in self._hidden}

    def _corrected(self, word: str) -> list[str]:
        """Return the words that an unknown word may be a typo of, best first."""
        if len(word) < SHORTEST_CORRECTED or self._spread(fold(word)):
            return []
        near = sorted((one for layer in self._layers for one in layer.near(word)), reverse=True)
        return [better for similarity, _, better in near[:MOST_CORRECTIONS] if similarity >= LIKE_ENOUGH]

    def _spread(self, word: str) -> int:
        return sum(layer.spread(word) for layer in self._layers)

    def _likeness(self, question: str) -> list[float]:
        """Return how similar each entry is to the question; an empty list without the extra."""
        if self.meaning is None:
            return []
        meant = self.meaning.embed([question])[0]
        return [like for layer in self._layers for like in layer.likeness(meant)]

    def _ranked(self, by_words: Mapping[int, float], likeness: Sequence[float]) -> list[tuple[int, float]]:
        """Return the best entries by words and meaning together, and their scores."""
        top = max(by_words.values(), default=0.0) or 1.0
        scores = {number: score / top for number, score in by_words.items()}
        for number, like in enumerate(likeness):
            scores[number] = scores.get(number, 0.0) + MEANING_WEIGHT * like
        for number in self._hidden:
            scores.pop(number, None)
        return sorted(scores.items(), key=lambda scored: -scored[1])[:MOST_HITS]

    def _coverage(self, telling: list[str], number: int) -> float:
        """Return the share of the telling words that an entry contains; rare words count more than common ones."""
        layer, own_number = self._place(number)
        weights = {word: math.log(1 + self._size / (1 + self._spread(word))) for word in map(fold, telling)}
        covered = sum(weight for word, weight in weights.items() if layer.speaks_of(own_number, word))
        # An entry may contain one or two words by chance.
        return covered / sum(weights.values()) * min(1.0, len(weights) / ENOUGH_WORDS)

    def _place(self, number: int) -> tuple[TextLayer, int]:
        """Return the layer of an entry, and its number there."""
        at = bisect_right(self._starts, number) - 1
        return self._layers[at], number - self._starts[at]

    def _name(self, number: int) -> Name:
        layer, own_number = self._place(number)
        entry = layer.entries[own_number]
        return Name(entry.name, entry.id, is_alias=False)


def _judged(evidence: Evidence) -> Outcome:
    """Weigh the evidence; the numbers are from a logistic regression over questions with and without an answer.

    About one in a hundred texts that have nothing to do with the glossary gets an answer, and more than nine in ten of
    the sure ones are right. `benchmarks/relevance.py` measures both.
    """
    bm25 = min(1.5, evidence.bm25 / 20)
    if evidence.likeness is None:
        weight, enough = 4.1 * bm25 + 6.7 * evidence.coverage - 4.9, 0.0
    else:
        weight, enough = 3.7 * bm25 + 5.8 * evidence.coverage + 4.1 * evidence.likeness - 5.1, 0.2
    if weight < enough:
        return Outcome.NONE
    is_sure = weight > SURE_WEIGHT and evidence.lead > SURE_LEAD and evidence.telling_words >= ENOUGH_WORDS
    return Outcome.SURE if is_sure else Outcome.SUGGEST
