"""Answering questions in plain words: full text (BM25) and, where the extra is installed, meaning."""

import math
import sqlite3
import weakref
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bot.glossary.meaning import Meaning
from bot.glossary.model import Entry
from bot.glossary.names import Found, Hit, Name, Outcome
from bot.glossary.spellings import Spellings
from bot.glossary.stop_words import FILLERS, STOP_WORDS
from bot.glossary.text import fold, words

# How much a word counts in the name, the aliases, the keywords, the definition, the notes and the related terms.
WEIGHTS = (4, 3, 4, 2, 1, 0.5)
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
_FETCHED = 60


class Evidence(NamedTuple):
    """What speaks for an answer: the highest BM25, and of the best entry the share covered, the likeness, the lead."""

    bm25: float
    coverage: float
    likeness: float | None
    lead: float
    telling_words: int


class Questions:
    """An index over the whole text of the entries."""

    def __init__(self, entries: Iterable[Entry], meaning: Meaning | None) -> None:
        """Index the entries."""
        self._entries = tuple(entries)
        self._number = {entry.id: number for number, entry in enumerate(self._entries)}
        # Built in one thread and asked from another, one after the other.
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._database.execute(
            "CREATE VIRTUAL TABLE entries USING fts5(id UNINDEXED, name, aliases, keywords, definition, notes, related,"
            " tokenize = 'porter unicode61')"
        )
        columns = [_columns(entry) for entry in self._entries]
        self._database.executemany(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(entry.id, *texts) for entry, texts in zip(self._entries, columns, strict=True)],
        )
        self._words = [{fold(word) for text in texts for word in text.split()} for texts in columns]
        spread = Counter(word for said in self._words for word in said)
        self._rarity = {word: math.log(1 + len(self._entries) / (1 + count)) for word, count in spread.items()}
        self._vocabulary = list(self._rarity)
        self._near_words = Spellings((word, number) for number, word in enumerate(self._vocabulary))
        self._meaning = meaning
        if meaning is not None:
            summaries = [f"{one.title} {' '.join(one.keywords)} {one.definition}" for one in self._entries]
            self._vectors = meaning.embed(summaries, norm=True)

    def ask(self, question: str) -> Found:
        """Find the entries that answer a question, best first, with how far the first may be trusted."""
        said = words(question)[:MOST_WORDS]
        asked = [word for word in said if word not in STOP_WORDS and len(word) > 1]
        if not asked:
            return Found(Outcome.NONE)
        # "how", "why" and "not" rank well, because keywords are phrased as people ask; they prove nothing, though.
        by_words = self._by_words([word for word in said if word not in FILLERS])
        scores = dict(by_words)
        top = max(scores.values(), default=0.0)
        if top:
            scores = {number: score / top for number, score in scores.items()}
        likeness = self._likeness(question)
        for number, like in enumerate(likeness):
            scores[number] = scores.get(number, 0.0) + MEANING_WEIGHT * like
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

    def _by_words(self, asked: list[str]) -> list[tuple[int, float]]:
        """Return the entries that share words with the question, with their BM25."""
        terms = [*asked, *(better for word in asked for better in self._corrected(word))]
        expression = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms))
        weights = ", ".join(map(str, WEIGHTS))
        rows = self._database.execute(
            f"SELECT id, -bm25(entries, 0, {weights}) AS score FROM entries WHERE entries MATCH ?"  # noqa: S608 - numbers
            f" ORDER BY score DESC LIMIT {_FETCHED}",
            (expression,),
        )
        return [(self._number[entry_id], score) for entry_id, score in rows]

    def _corrected(self, word: str) -> list[str]:
        """Return the words of the glossary that an unknown word may be a typo of, two at most."""
        if fold(word) in self._rarity or len(word) < SHORTEST_CORRECTED:
            return []
        near = sorted(((similarity, number) for number, similarity, _ in self._near_words.near(word)), reverse=True)
        return [self._vocabulary[number] for similarity, number in near[:2] if similarity >= LIKE_ENOUGH]

    def _likeness(self, question: str) -> list[float]:
        if self._meaning is None:
            return []
        return list(map(float, self._vectors @ self._meaning.embed([question], norm=True)[0]))

    def _coverage(self, asked: list[str], number: int) -> float:
        """Return the share of what was asked that an entry speaks of, rare words counting more than common ones."""
        unknown = math.log(1 + len(self._entries))
        weights = {word: self._rarity.get(word, unknown) for word in map(fold, asked)}
        covered = sum(weight for word, weight in weights.items() if word in self._words[number]) / sum(weights.values())
        # One word or two are covered by chance.
        return covered * min(1.0, len(weights) / ENOUGH_WORDS)

    def _name(self, number: int) -> Name:
        entry = self._entries[number]
        return Name(entry.name, entry.id, is_alias=False)


def _columns(entry: Entry) -> tuple[str, ...]:
    """Return the texts of the columns, split into words as questions are: camelCase and codes included."""
    message = entry.message
    notes = [*entry.notes, entry.example, *((*message.causes, *message.checks) if message else ())]
    texts = (
        entry.title,
        " ".join(entry.searched_names),
        " ".join(entry.keywords),
        entry.definition,
        " ".join(notes),
        " ".join(entry.related),
    )
    return tuple(" ".join(words(text)) for text in texts)


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
