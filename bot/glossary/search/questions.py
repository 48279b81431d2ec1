"""Answer questions in plain words by full text (BM25) and, if the extra is installed, by similar meaning."""

import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
# Added to the score of an entry if the question contains its name.
NAMED_WEIGHT = 0.3
# Taken from the score of a message if the question does not mention a problem.
NO_PROBLEM_WEIGHT = 0.45
# Only this many words of a text are looked up; a question has few, and each takes time.
MOST_WORDS = 30
MOST_HITS = 5
# How many of the best entries are ranked again after messages have lost points.
MOST_CANDIDATES = 30
# A word that no entry contains counts as a typo of one that is at least this similar to it.
LIKE_ENOUGH = 0.75
SHORTEST_CORRECTED = 5
MOST_CORRECTIONS = 2
# The number of telling words that an entry does not contain all by chance.
ENOUGH_WORDS = 3
# Words in questions about a problem. Only such questions are likely to be about a message.
PROBLEM_WORDS = frozenset(
    map(
        fold,
        """
        broken cancelled cannot can't code crash denied disconnect disconnected doesn't error fail failed failing fails
        failure invalid lost message missing not problem refused reject rejected rejects says stop stopped stuck timeout
        unable warning won't wrong
        """.split(),
    )
)


class Evidence(NamedTuple):
    """What shows that there is an answer.

    `bm25` is the highest score. The rest is about the best entry: the share of the telling words that it contains, how
    similar it is in meaning, whether the question contains its name, and its lead over the second.
    """

    bm25: float
    coverage: float
    likeness: float | None
    is_named: bool
    lead: float


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

    def ask(self, question: str, named: Collection[str] = ()) -> Found:
        """Find the entries that answer a question, best first; the outcome says how far to trust the first.

        `named` are the ids of the entries whose names the question contains.
        """
        said = words(question)[:MOST_WORDS]
        telling = [word for word in said if word not in STOP_WORDS and len(word) > 1]
        if not telling:
            return Found(Outcome.NONE)
        # Keywords are phrased as people ask, so "how", "why" and "not" help to rank. They are no evidence of an answer.
        scores = self._by_words([word for word in said if word not in FILLERS])
        likeness = self._likeness(question)
        named_numbers = frozenset(self._numbers(named)) if named else frozenset()
        ranked = self._ranked(scores, likeness, named_numbers)
        if PROBLEM_WORDS.isdisjoint(map(fold, said)):
            ranked = self._with_messages_lower(ranked)
        if not ranked:
            return Found(Outcome.NONE)
        best = ranked[0][0]
        evidence = Evidence(
            bm25=max(scores.values(), default=0.0),
            coverage=self._coverage(telling, best),
            likeness=likeness[best] if likeness else None,
            is_named=best in named_numbers,
            lead=ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 1.0,
        )
        outcome = _judged(evidence)
        if outcome is Outcome.NONE:
            return Found(Outcome.NONE)
        return Found(outcome, tuple(Hit(self._name(number), score) for number, score in ranked[:MOST_HITS]))

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

    def _numbers(self, entry_ids: Collection[str]) -> Iterator[int]:
        """Yield the numbers of entries, given by id."""
        for start, layer in zip(self._starts, self._layers, strict=True):
            yield from (start + at for at, entry in enumerate(layer.entries) if entry.id in entry_ids)

    def _ranked(
        self, by_words: Mapping[int, float], likeness: Sequence[float], named: Iterable[int]
    ) -> list[tuple[int, float]]:
        """Return the best entries by words, meaning and name together, and their scores."""
        top = max(by_words.values(), default=0.0) or 1.0
        scores = {number: score / top for number, score in by_words.items()}
        for number, like in enumerate(likeness):
            scores[number] = scores.get(number, 0.0) + MEANING_WEIGHT * like
        for number in named:
            scores[number] = scores.get(number, 0.0) + NAMED_WEIGHT
        for number in self._hidden:
            scores.pop(number, None)
        return _best_first(scores.items())[:MOST_CANDIDATES]

    def _with_messages_lower(self, ranked: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
        """Rank the entries again for a question that mentions no problem, so that messages come later."""
        return _best_first(
            (number, score - NO_PROBLEM_WEIGHT if self._entry(number).message else score) for number, score in ranked
        )

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

    def _entry(self, number: int) -> Entry:
        layer, own_number = self._place(number)
        return layer.entries[own_number]

    def _name(self, number: int) -> Name:
        entry = self._entry(number)
        return Name(entry.name, entry.id, is_alias=False)


def _best_first(scored: Iterable[tuple[int, float]]) -> list[tuple[int, float]]:
    return sorted(scored, key=lambda one: -one[1])


def _judged(evidence: Evidence) -> Outcome:
    """Weigh the evidence; the numbers are from two logistic regressions over questions with and without an answer.

    The first estimates whether there is an answer at all, the second whether the best entry is the right one. An entry
    that the question names is always offered. `benchmarks/relevance.py` measures both.
    """
    bm25 = min(1.5, evidence.bm25 / 20)
    coverage = evidence.coverage
    named = float(evidence.is_named)
    lead = min(0.6, evidence.lead)
    if evidence.likeness is None:
        answered = 3.4 * bm25 + 4.6 * coverage - 4.2
        sure = 2.1 * bm25 + 3.3 * coverage + 2.1 * named + 2.2 * lead - 5.2
    else:
        answered = 3.2 * bm25 + 3.3 * coverage + 4.9 * evidence.likeness - 4.9
        sure = 1.7 * bm25 + 2.5 * coverage + 2.8 * evidence.likeness + 1.6 * named + 2.3 * lead - 5.5
    if answered < 0 and not evidence.is_named:
        return Outcome.NONE
    return Outcome.SURE if sure > 0 else Outcome.SUGGEST
