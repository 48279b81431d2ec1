"""Finding entries by a name that was sent, however it is spelled, ordered or framed as a question."""

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.glossary.real_words import is_real_word, load_real_words
from bot.glossary.spellings import Spellings, WordIndex
from bot.glossary.text import fold, words

# How alike two names must be for the one to be offered for the other, and to be taken for it without asking.
SUGGEST, SURE = 0.6, 0.8
# By how much the best must lead the runner-up to be taken without asking.
MARGIN = 0.08
# More words than this are no name, and looking for one in them would take long.
MOST_WORDS = 24
# Words that more names than this hold say too little to offer any of them.
MOST_HOLDERS = 500
# A name of fewer words may stand in a text by chance.
SHORTEST_QUOTE = 3

# The words around the name in "can you tell me what a conId is?".
_LEADING = frozenset(
    "a an the what whats which who is are was does do did how define definition meaning mean means of explain "
    "describe tell me us about can could would you someone somebody anyone please exactly i we use hi hey hello so "
    "and but to know want need understand".split()
)
_TRAILING = frozenset("is are mean means meaning definition defined work works please exactly for thanks do".split())
_FRAME = _LEADING | _TRAILING


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
    """A name that was found, and how well it fits: a name from 0, not at all, to 1, to the letter; an answer higher."""

    name: Name
    score: float


class Found(NamedTuple):
    """The outcome of a lookup and its hits, best first, one for each entry."""

    outcome: Outcome
    hits: tuple[Hit, ...] = ()

    @property
    def is_answer(self) -> bool:
        """Tell whether the first hit may be shown without asking."""
        return self.outcome in {Outcome.EXACT, Outcome.SURE}


class Names:
    """An index over the names and aliases of a glossary; earlier names win ties."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Index the names, given in the order of their importance."""
        load_real_words()
        self._names = tuple(names)
        self._words = [words(name.text) for name in self._names]
        self._squashed = ["".join(said) for said in self._words]
        self._first_words = {said[0] for said in self._words}
        self._longest = max(map(len, self._words), default=0)
        self._exact: dict[str, int] = {}
        self._folded: dict[str, list[int]] = defaultdict(list)
        for index, said in enumerate(self._words):
            self._exact.setdefault(self._squashed[index], index)
            for key in _folded(said):
                self._folded[key].append(index)
        self._whole = Spellings((squashed, index) for index, squashed in enumerate(self._squashed))
        self._parts = Spellings((run, index) for index, said in enumerate(self._words) for run in _runs(said))
        self._by_word = WordIndex(self._words)

    def find(self, query: str) -> Found:
        """Find the entries that a query names: exact, folded, within a few edits, quoted in it, or in part."""
        every = words(query)
        short = every[:MOST_WORDS]
        forms = list(_unframed(short))
        for said in [every, *forms]:
            if (index := self._exact.get("".join(said))) is not None:
                return Found(Outcome.EXACT, (Hit(self._names[index], 1.0),))
        for said in forms:
            if same := self._best_of((index, 1.0) for key in _folded(said) for index in self._folded.get(key, ())):
                return Found(Outcome.EXACT if len(same) == 1 else Outcome.SUGGEST, same)
        # Dropping only a part of a frame helps a name that begins like one: "what-if order".
        likely = [
            said
            for said in forms
            if (said[0] not in _LEADING or said[0] in self._first_words) and not _FRAME.issuperset(said)
        ]
        hits = self._best_of(scored for said in likely for scored in self._alike(said))
        found = Found(_outcome(hits), hits) if hits else Found(Outcome.NONE)
        if found.outcome is not Outcome.SURE and (index := self._quoted_in(every)) is not None:
            return Found(Outcome.SURE, (Hit(self._names[index], SURE),))
        return found

    def _quoted_in(self, said: tuple[str, ...]) -> int | None:
        """Return the longest name of several words that stands whole in a longer text, such as a line of a log."""
        for length in range(min(len(said) - 1, self._longest), SHORTEST_QUOTE - 1, -1):
            for start in range(len(said) - length + 1):
                run = said[start : start + length]
                index = self._exact.get("".join(run))
                if index is not None and sum(word.isalpha() for word in run) >= SHORTEST_QUOTE:
                    return index
        return None

    def _alike(self, said: tuple[str, ...]) -> Iterator[tuple[int, float]]:
        query = "".join(said)
        # Words that exist were meant: "beverage" is no "leverage", nor "survivors him" a "survivorship", though
        # they may be worth a question. Among several words the one that is wrong may exist as well: "real-time vars".
        are_real = all(map(is_real_word, said))
        for index, similarity, _ in self._whole.near(query):
            edits = round((1 - similarity) * max(len(query), len(self._squashed[index])))
            is_meant = are_real and (len(said) == 1 or len(said) != len(self._words[index]) or edits > 1)
            yield index, _only_suggested(similarity) if is_meant else similarity
        for index, similarity, length in self._parts.near(query):
            share = length / len(self._squashed[index])
            yield index, min(similarity, _only_suggested(similarity * share))
        holders = self._by_word.holding_all(said)
        for index in holders if len(holders) <= MOST_HOLDERS else ():
            yield index, _only_suggested(min(1.0, len(query) / len(self._squashed[index])))

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
    """Yield the runs of a name's words ("read only" of "read-only API") that hold more than half of its letters."""
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
