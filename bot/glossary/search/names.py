"""Finding entries by a name that was sent, however it is spelled, ordered or framed as a question."""

import enum
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.glossary.search.compact import few_in
from bot.glossary.search.frames import FRAME, LEADING, unframed
from bot.glossary.search.name_index import NameIndex, folded
from bot.glossary.search.real_words import is_real_word, load_real_words
from bot.glossary.text import words

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


class _Layer(NamedTuple):
    """Names with their index, whose entries are hidden in it, and where they stand in one list of all layers' names."""

    names: tuple[Name, ...]
    spelled: NameIndex
    first_alias: int
    hidden: frozenset[str] = frozenset()
    names_at: int = 0
    aliases_at: int = 0

    def rank(self, number: int) -> int:
        """Return the place of a name: the names of all layers come before the aliases of any."""
        return number + (self.names_at if number < self.first_alias else self.aliases_at)

    def is_shown(self, number: int) -> bool:
        """Tell whether the name's entry is not hidden by one in front."""
        return not self.hidden or self.names[number].entry_id not in self.hidden


# How well a name fits, the layer that it is in, and its number there.
_Scored = tuple[float, _Layer, int]


class Names:
    """The names and aliases of a glossary, in layers; earlier names win ties, as do those of layers in front."""

    def __init__(
        self, names: Iterable[Name], behind: "Names | None" = None, hidden: frozenset[str] = frozenset()
    ) -> None:
        """Index the names, given in the order of their importance, names before aliases where layers lie behind.

        What lies behind is shared and not indexed again; the names of the hidden entries are not found in it.
        """
        load_real_words()
        listed = tuple(names)
        first_alias = next((at for at, name in enumerate(listed) if name.is_alias), len(listed))
        own = _Layer(listed, NameIndex((name.text for name in listed), few_in(behind)), first_alias)
        layers = [own, *(layer._replace(hidden=layer.hidden | hidden) for layer in (behind.layers if behind else ()))]
        names_at, aliases_at = 0, sum(layer.first_alias for layer in layers)
        for at, layer in enumerate(layers):
            layers[at] = layer._replace(names_at=names_at, aliases_at=aliases_at - layer.first_alias)
            names_at += layer.first_alias
            aliases_at += len(layer.names) - layer.first_alias
        self.layers: tuple[_Layer, ...] = tuple(layers)
        self._longest = max(map(_longest, layers))

    def find(self, query: str) -> Found:
        """Find the entries that a query names: exact, folded, within a few edits, quoted in it, or in part."""
        every = words(query)
        short = every[:MOST_WORDS]
        forms = list(unframed(short))
        for said in [every, *forms]:
            if (name := self.called("".join(said))) is not None:
                return Found(Outcome.EXACT, (Hit(name, 1.0),))
        for said in forms:
            if same := _best_of(self._folded(said)):
                return Found(Outcome.EXACT if len(same) == 1 else Outcome.SUGGEST, same)
        # Dropping only a part of a frame helps a name that begins like one: "what-if order".
        likely = [
            said
            for said in forms
            if (said[0] not in LEADING or self._begins_with(said[0])) and not FRAME.issuperset(said)
        ]
        hits = _best_of(scored for said in likely for scored in self._alike(said))
        found = Found(_outcome(hits), hits) if hits else Found(Outcome.NONE)
        if found.outcome is not Outcome.SURE and (name := self._quoted_in(every)) is not None:
            return Found(Outcome.SURE, (Hit(name, SURE),))
        return found

    def called(self, squashed: str) -> Name | None:
        """Return the first name that is spelled so, squashed as it is compared."""
        best: tuple[int, Name] | None = None
        for layer in self.layers:
            for number in layer.spelled.exact.get(squashed):
                if layer.is_shown(number):
                    here = layer.rank(number), layer.names[number]
                    best = here if best is None else min(best, here)
                    break
        return best[1] if best else None

    def _quoted_in(self, said: tuple[str, ...]) -> Name | None:
        """Return the longest name of several words that stands whole in a longer text, such as a line of a log."""
        for length in range(min(len(said) - 1, self._longest), SHORTEST_QUOTE - 1, -1):
            for start in range(len(said) - length + 1):
                run = said[start : start + length]
                name = self.called("".join(run))
                if name is not None and sum(word.isalpha() for word in run) >= SHORTEST_QUOTE:
                    return name
        return None

    def _begins_with(self, word: str) -> bool:
        """Tell whether a name begins with a word of the frames."""
        return any(layer.is_shown(number) for layer in self.layers for number in layer.spelled.framed.get(word, ()))

    def _folded(self, said: tuple[str, ...]) -> Iterator[_Scored]:
        for key in folded(said):
            for layer in self.layers:
                for number in layer.spelled.folded.get(key):
                    yield 1.0, layer, number

    def _alike(self, said: tuple[str, ...]) -> Iterator[_Scored]:
        query = "".join(said)
        # Words that exist were meant: "beverage" is no "leverage", nor "survivors him" a "survivorship", though
        # they may be worth a question. Among several words the one that is wrong may exist as well: "real-time vars".
        are_real = all(map(is_real_word, said))
        for layer in self.layers:
            for number, similarity, length in layer.spelled.whole.near(query):
                edits = round((1 - similarity) * max(len(query), length))
                same_count = len(said) == layer.spelled.word_counts[number]
                is_meant = are_real and (len(said) == 1 or not same_count or edits > 1)
                yield _only_suggested(similarity) if is_meant else similarity, layer, number
            for number, similarity, length in layer.spelled.parts.near(query):
                share = length / layer.spelled.lengths[number]
                yield min(similarity, _only_suggested(similarity * share)), layer, number
        yield from self._holding_all(said)

    def _holding_all(self, said: tuple[str, ...]) -> list[_Scored]:
        """Return the names that hold all that was said, unless they are too many to offer any."""
        letters = sum(map(len, said))
        held = [
            (_only_suggested(min(1.0, letters / layer.spelled.lengths[number])), layer, number)
            for layer in self.layers
            for number in layer.spelled.by_word.holding_all(said)
            if layer.is_shown(number)
        ]
        return held if len(held) <= MOST_HOLDERS else []


def _longest(layer: _Layer) -> int:
    """Return the number of words of the longest name that is shown."""
    counts = layer.spelled.word_counts
    return max((count for number, count in enumerate(counts) if layer.is_shown(number)), default=0)


def _best_of(found: Iterable[_Scored]) -> tuple[Hit, ...]:
    """Return the best name of each entry that is shown, the best entry first."""
    # The rank is negative, so that the better of two fits is the larger.
    best: dict[str, tuple[float, int, Name]] = {}
    for score, layer, number in found:
        if score >= SUGGEST and layer.is_shown(number):
            name = layer.names[number]
            fit = score, -layer.rank(number), name
            best[name.entry_id] = max(best.get(name.entry_id, fit), fit)
    return tuple(Hit(name, score) for score, _, name in sorted(best.values(), reverse=True))


def _only_suggested(fit: float) -> float:
    """Map a fit from 0 to 1 onto the scores that suggest and never answer."""
    return SUGGEST + 0.95 * (SURE - SUGGEST) * fit


def _outcome(hits: tuple[Hit, ...]) -> Outcome:
    lead = hits[0].score - (hits[1].score if len(hits) > 1 else 0.0)
    return Outcome.SURE if hits[0].score >= SURE and lead >= MARGIN else Outcome.SUGGEST
