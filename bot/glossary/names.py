"""Finding entries by a name that was sent, however it is spelled, ordered or framed as a question."""

import enum
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.glossary.real_words import is_real_word, load_real_words
from bot.glossary.text import fold, words

# A name shorter than this has too many neighbours for any of them to be a typo of it.
SHORTEST_TYPO = 4
# How alike two names must be for the one to be offered for the other, and to be taken for it without asking.
SUGGEST, SURE = 0.6, 0.8
# By how much the best must lead the runner-up to be taken without asking.
MARGIN = 0.08
# More words than this are no name, and looking for one in them would take long.
MOST_WORDS = 24

# The words around the name in "can you tell me what a conId is?".
_LEADING = frozenset(
    "a an the what whats which who is are was does do did how define definition meaning mean means of explain "
    "describe tell me us about can could would you someone somebody anyone please exactly i we use hi hey hello so "
    "and but to know want need understand".split()
)
_TRAILING = frozenset("is are mean means meaning definition defined work works please exactly for thanks do".split())
_NUMBER = re.compile(r"\d+")


class Outcome(enum.StrEnum):
    """How far a lookup may be trusted."""

    EXACT = "exact"
    SURE = "sure"
    SUGGEST = "suggest"
    NONE = "none"


class Name(NamedTuple):
    """One name of one entry, as people read it."""

    text: str
    entry_id: str
    is_alias: bool


class Hit(NamedTuple):
    """A name that was found, and how well it fits: 0 not at all, 1 to the letter."""

    name: Name
    score: float


class Found(NamedTuple):
    """The outcome of a lookup and its hits, best first, one for each entry."""

    outcome: Outcome
    hits: tuple[Hit, ...] = ()


class Names:
    """An index over the names and aliases of a glossary; earlier names win ties."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Index the names, given in the order of their importance."""
        load_real_words()
        self._names = tuple(names)
        self._words = [words(name.text) for name in self._names]
        self._squashed = ["".join(said) for said in self._words]
        self._exact: dict[str, int] = {}
        self._folded: dict[str, list[int]] = defaultdict(list)
        # Runs of a name's words ("read only" of "read-only API") that hold more than half of its letters.
        self._runs: list[str] = []
        self._run_of: list[int] = []
        for index, said in enumerate(self._words):
            self._exact.setdefault(self._squashed[index], index)
            for key in _folded(said):
                self._folded[key].append(index)
            for run in _runs(said):
                self._runs.append(run)
                self._run_of.append(index)

    def find(self, query: str) -> Found:
        """Find the entries that a query names: exact, then folded, then within a few edits, then in part."""
        every = words(query)
        forms = [every, *_unframed(every[:MOST_WORDS])]
        for said in forms:
            if (index := self._exact.get("".join(said))) is not None:
                return Found(Outcome.EXACT, (Hit(self._names[index], 1.0),))
        for said in forms:
            if same := self._best_of((index, 1.0) for key in _folded(said) for index in self._folded.get(key, ())):
                return Found(Outcome.EXACT if len(same) == 1 else Outcome.SUGGEST, same)
        forms = forms[1:]
        hits = self._best_of(scored for said in forms for scored in self._alike(said))
        return Found(_outcome(hits), hits) if hits else Found(Outcome.NONE)

    def _alike(self, said: tuple[str, ...]) -> Iterator[tuple[int, float]]:
        query = "".join(said)
        # A word that exists was meant: "beverage" is no "leverage", though it may be worth a question.
        is_meant = len(said) == 1 and is_real_word(query)
        for index, similarity in _within_edits(query, self._squashed):
            yield index, _only_suggested(similarity) if is_meant else similarity
        for run, similarity in _within_edits(query, self._runs):
            index = self._run_of[run]
            share = len(self._runs[run]) / len(self._squashed[index])
            yield index, min(similarity, _only_suggested(similarity * share))
        for index, name in enumerate(self._words):
            if share := _share_said(said, name):
                yield index, _only_suggested(share)

    def _best_of(self, scored: Iterable[tuple[int, float]]) -> tuple[Hit, ...]:
        best: dict[str, tuple[float, int]] = {}
        for index, score in scored:
            if score >= SUGGEST:
                entry_id = self._names[index].entry_id
                best[entry_id] = max(best.get(entry_id, (0.0, 0)), (score, -index))
        return tuple(Hit(self._names[-index], score) for score, index in sorted(best.values(), reverse=True))


def _only_suggested(fit: float) -> float:
    """Map a fit from 0 to 1 onto the scores that suggest and never answer."""
    return SUGGEST + 0.95 * (SURE - SUGGEST) * fit


def _outcome(hits: tuple[Hit, ...]) -> Outcome:
    lead = hits[0].score - (hits[1].score if len(hits) > 1 else 0.0)
    return Outcome.SURE if hits[0].score >= SURE and lead >= MARGIN else Outcome.SUGGEST


def _folded(said: tuple[str, ...]) -> set[str]:
    """Return what a name shares with its plural, with its words in another order, and with all of them run together."""
    return {" ".join(sorted(fold(word) for word in said)), fold("".join(said))}


def _runs(said: tuple[str, ...]) -> Iterator[str]:
    half = sum(map(len, said)) / 2
    for start in range(len(said)):
        for end in range(start + 1, len(said) + 1):
            run = "".join(said[start:end])
            if end - start < len(said) and len(run) > half:
                yield run


def _unframed(said: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words as said, then without the frame of a question, the least dropped first."""
    first, last = 0, len(said)
    while first < last and said[first] in _LEADING:
        first += 1
    ends = {last}
    while last > first and said[last - 1] in _TRAILING:
        last -= 1
        ends.add(last)
    if "in" in said[first + 1 :]:
        ends.add(said.index("in", first + 1))
    forms = {said[start:end] for start in range(first + 1) for end in ends if start < end}
    yield from sorted(forms, key=lambda form: (-len(form), form))


def _allowance(length: int) -> int:
    """Return how many edits away a name of this many letters may be."""
    return 0 if length < SHORTEST_TYPO else min(1 + (length - 2) // 4, 5)


def _within_edits(query: str, names: list[str]) -> Iterator[tuple[int, float]]:
    """Yield the names within the allowed edits with their similarity; numbers are compared to the digit."""
    allowed = _allowance(len(query))
    if not allowed:
        return
    numbers = _NUMBER.findall(query)
    near = process.extract(query, names, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    for name, edits, index in near:
        if numbers == _NUMBER.findall(name):
            yield index, 1 - edits / max(len(query), len(name))


def _share_said(said: tuple[str, ...], name: tuple[str, ...]) -> float:
    """Return the share of a name's letters that were said, 0 unless every word said is one of its, or shortens one."""
    letters = 0
    for word in said:
        if word not in name and not (len(word) > 2 and any(_shortens(word, part) for part in name)):
            return 0.0
        letters += len(word)
    return min(1.0, letters / sum(map(len, name)))


def _shortens(short: str, word: str) -> bool:
    """Tell whether a word starts with the short one, or keeps its first letter, its last and some between ("fwd")."""
    if short.isdigit():
        return False
    if word.startswith(short):
        return True
    letters = iter(word)
    return word[0] == short[0] and word[-1] == short[-1] and all(letter in letters for letter in short)
