"""Answering questions in plain words: full text (BM25) and, where the extra is installed, meaning."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from bot.glossary.model import Entry
from bot.glossary.search.compact import packed
from bot.glossary.search.full_text import FullText
from bot.glossary.search.meaning import Meaning
from bot.glossary.search.names import Found, Hit, Name, Outcome
from bot.glossary.search.own_text import OwnText
from bot.glossary.search.stop_words import FILLERS, STOP_WORDS
from bot.glossary.text import fold, words

# How much likeness in meaning counts beside the words, which count up to 1.
MEANING_WEIGHT = 1.5
# A longer text is cut: a question has few words, and each costs a look-up.
MOST_WORDS = 30
MOST_HITS = 5
# A word that stands nowhere in the glossary is taken for a typo of one that is this much like it.
LIKE_ENOUGH = 0.75
SHORTEST_CORRECTED = 5
# So many words make a question that is not met by chance.
ENOUGH_WORDS = 3
# From which evidence on, and with what lead over the next entry, an answer is given without a caveat.
SURE_WEIGHT, SURE_LEAD = 1.5, 0.2


class Evidence(NamedTuple):
    """What speaks for an answer: the highest BM25, and of the best entry the share covered, the likeness, the lead."""

    bm25: float
    coverage: float
    likeness: float | None
    lead: float
    telling_words: int


class TextLayer(Protocol):
    """The text of some entries, which are numbered in their order."""

    entries: tuple[Entry, ...]

    def by_words(self, terms: Sequence[str]) -> list[tuple[int, float]]:
        """Return the entries that hold any of the terms, with their BM25, the best first."""

    def spread(self, word: str) -> int:
        """Return the number of entries that hold a folded word."""

    def speaks_of(self, number: int, word: str) -> bool:
        """Tell whether an entry holds a folded word."""

    def near(self, word: str) -> Iterator[tuple[float, int, str]]:
        """Yield similarity, number and text of the words that a word may be a typo of."""

    def likeness(self, meant: Any) -> list[float]:
        """Return how much what each entry is about is like what is meant, given as a vector."""


class Questions:
    """The whole text of the entries of a glossary: a server's own in front of the shared ones, judged together."""

    def __init__(
        self,
        entries: Iterable[Entry],
        meaning: Meaning | None,
        behind: "Questions | None" = None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        """Index the entries.

        What lies behind is shared and not indexed again; the hidden entries are not found in it.
        """
        self.meaning = meaning
        self.shared: FullText
        if behind is None:
            self.shared = FullText(entries, meaning)
            self._layers: tuple[TextLayer, ...] = (self.shared,)
        else:
            self.shared = behind.shared
            self._layers = (OwnText(entries, self.shared, meaning), self.shared)
        # Entries are numbered through all layers.
        self._starts = [0, len(self._layers[0].entries)][: len(self._layers)]
        self._size = sum(len(layer.entries) for layer in self._layers)
        self._hidden = packed(
            [self._starts[-1] + at for at, entry in enumerate(self.shared.entries) if entry.id in hidden]
        )

    def ask(self, question: str) -> Found:
        """Find the entries that answer a question, best first, with how far the first may be trusted."""
        said = words(question)[:MOST_WORDS]
        asked = [word for word in said if word not in STOP_WORDS and len(word) > 1]
        if not asked:
            return Found(Outcome.NONE)
        # "how", "why" and "not" rank well, because keywords are phrased as people ask; they prove nothing, though.
        scores = self._by_words([word for word in said if word not in FILLERS])
        top = max(scores.values(), default=0.0)
        if top:
            scores = {number: score / top for number, score in scores.items()}
        likeness = self._likeness(question)
        for number, like in enumerate(likeness):
            scores[number] = scores.get(number, 0.0) + MEANING_WEIGHT * like
        for number in self._hidden if likeness else ():
            del scores[number]
        ranked = sorted(scores.items(), key=lambda scored: -scored[1])[:MOST_HITS]
        if not ranked:
            return Found(Outcome.NONE)
        best = ranked[0][0]
        evidence = Evidence(
            bm25=top,
            coverage=self._coverage(asked, best),
            likeness=likeness[best] if likeness else None,
            lead=ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 1.0,
            telling_words=len(set(asked)),
        )
        outcome = _judged(evidence)
        hits = tuple(Hit(self._name(number), score) for number, score in ranked)
        return Found(outcome, hits if outcome is not Outcome.NONE else ())

    def _by_words(self, asked: list[str]) -> dict[int, float]:
        """Return the entries that share words with the question, with their BM25, the best first."""
        terms = list(dict.fromkeys([*asked, *(better for word in asked for better in self._corrected(word))]))
        scored = [
            (start + number, score)
            for start, layer in zip(self._starts, self._layers, strict=True)
            for number, score in layer.by_words(terms)
        ]
        scored.sort(key=lambda one: -one[1])
        return {number: score for number, score in scored if number not in self._hidden}

    def _corrected(self, word: str) -> list[str]:
        """Return the words of the glossary that an unknown word may be a typo of, two at most."""
        if len(word) < SHORTEST_CORRECTED or self._spread(fold(word)):
            return []
        near = sorted((one for layer in self._layers for one in layer.near(word)), reverse=True)
        return [better for similarity, _, better in near[:2] if similarity >= LIKE_ENOUGH]

    def _spread(self, word: str) -> int:
        return sum(layer.spread(word) for layer in self._layers)

    def _likeness(self, question: str) -> list[float]:
        if self.meaning is None:
            return []
        meant = self.meaning.embed([question], norm=True)[0]
        return [like for layer in self._layers for like in layer.likeness(meant)]

    def _coverage(self, asked: list[str], number: int) -> float:
        """Return the share of what was asked that an entry speaks of, rare words counting more than common ones."""
        layer, own_number = self._place(number)
        weights = {word: math.log(1 + self._size / (1 + self._spread(word))) for word in map(fold, asked)}
        told = sum(weight for word, weight in weights.items() if layer.speaks_of(own_number, word))
        # One word or two are covered by chance.
        return told / sum(weights.values()) * min(1.0, len(weights) / ENOUGH_WORDS)

    def _place(self, number: int) -> tuple[TextLayer, int]:
        """Return the layer of an entry, and its number there."""
        at = bisect_right(self._starts, number) - 1
        return self._layers[at], number - self._starts[at]

    def _name(self, number: int) -> Name:
        layer, own_number = self._place(number)
        entry = layer.entries[own_number]
        return Name(entry.name, entry.id, is_alias=False)


def _judged(evidence: Evidence) -> Outcome:
    """Weigh the evidence by a logistic regression over questions that have an answer here and texts that have none.

    At these bounds about one in a hundred texts that have nothing to do with the glossary passes, and what is called
    sure is right in more than nine of ten cases; `benchmarks/relevance.py` measures both.
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
