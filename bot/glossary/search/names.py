"""Find entries by a name that somebody sent, in any spelling or word order, or inside a question."""

import enum
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from bot.glossary.model import Entry
from bot.glossary.search.frames import FRAME, LEADING, unframed
from bot.glossary.search.name_index import NameIndex, folded
from bot.glossary.search.real_words import is_real_word, load_real_words
from bot.glossary.search.typos import is_likely_typo
from bot.glossary.text import fold, squash, words

# The lowest score of a name that is suggested, and of one that is shown without asking.
SUGGEST, SURE = 0.6, 0.8
# The score of a long name that stands inside a longer text, which may be about something else.
QUOTED = 0.79
# The lead over the second-best name that one needs to be shown without asking.
MARGIN = 0.08
# Only this many words of a text are compared to names; no name is longer, and each word takes time.
MOST_WORDS = 24
# If more names than this contain the words of a query, the words say too little to offer any of the names.
MOST_HOLDERS = 500
# The fewest words of a name that is found inside a longer text; fewer may be there by chance.
SHORTEST_QUOTE = 3
# A badly misspelled name still has most of its letters. A shorter one could be almost any name.
LEAST_RESEMBLANCE, SHORTEST_RESEMBLANCE = 0.6, 6
MOST_RESEMBLING = 3
# One word of up to this many letters is close to many others, so it is a typo only if it is easily mistyped.
SHORT = 7


class Outcome(enum.StrEnum):
    """How far to trust what a search found."""

    EXACT = "exact"  # the query is a name of the first hit
    SURE = "sure"  # the first hit is very likely meant
    SUGGEST = "suggest"  # one of the hits may be meant
    NONE = "none"  # nothing was found


class Name(NamedTuple):
    """A name or an alias, as it is written in the entry."""

    text: str
    entry_id: str
    is_alias: bool

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Return the name of an entry itself, which is no alias."""
        return cls(entry.name, entry.id, is_alias=False)


class Hit(NamedTuple):
    """A name that was found, and its score: 0 to 1 for a query that names it, up to 25 for a question about it."""

    name: Name
    score: float


class Found(NamedTuple):
    """The outcome of a search and its hits, best first and one per entry.

    `unknown_codes` are the message codes that were asked about and that the glossary does not have. Then the hits are
    what the text beside them is about. If the question compares two entries, they are the first two hits, in the order
    of the question. `asks_advice` says that the question asks for advice and may not be about any of the hits.
    """

    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    unknown_codes: tuple[int, ...] = ()
    is_comparison: bool = False
    asks_advice: bool = False

    @property
    def is_answer(self) -> bool:
        """Tell whether the first hit can be shown without asking."""
        return self.outcome in {Outcome.EXACT, Outcome.SURE}

    @property
    def answers(self) -> tuple[Hit, ...]:
        """Return the hits that are shown without asking: one, both of a comparison, or none."""
        return self.hits[: 2 if self.is_comparison else 1] if self.is_answer else ()


class _Layer(NamedTuple):
    """Names with their index, and the ids of the entries that are not found in it.

    Names come before aliases; `first_alias` is the number of the first alias. `names_at` and `aliases_at` turn the
    number of a name in this layer into its rank among all layers.
    """

    names: tuple[Name, ...]
    spelled: NameIndex
    first_alias: int
    hidden: frozenset[str] = frozenset()
    names_at: int = 0
    aliases_at: int = 0

    def rank(self, number: int) -> int:
        """Return the rank of a name, 0 for the first: the names of all layers come before the aliases of any."""
        return number + (self.names_at if number < self.first_alias else self.aliases_at)

    def is_shown(self, number: int) -> bool:
        """Tell whether the name belongs to an entry that is not hidden."""
        return not self.hidden or self.names[number].entry_id not in self.hidden

    def longest(self) -> int:
        """Return the number of words in the longest name that is shown."""
        counts = self.spelled.word_counts
        return max((count for number, count in enumerate(counts) if self.is_shown(number)), default=0)


# A score, and the layer and the number of the name that has it.
_Scored = tuple[float, _Layer, int]


class Names:
    """The names and aliases of a glossary, in layers: a server's own in front of the shared ones.

    Equal scores are ranked by layer, then by the order of the names.
    """

    def __init__(
        self, names: Iterable[Name], behind: "Names | None" = None, hidden: frozenset[str] = frozenset()
    ) -> None:
        """Index the names, given with the most important first; if there is a layer behind, names before aliases.

        `behind` holds the shared names, which are not indexed again; names of the `hidden` entries are not found in it.
        """
        load_real_words()
        listed = tuple(names)
        first_alias = next((at for at, name in enumerate(listed) if name.is_alias), len(listed))
        own = _Layer(listed, NameIndex(name.text for name in listed), first_alias)
        shared = [layer._replace(hidden=layer.hidden | hidden) for layer in (behind.layers if behind else ())]
        self.layers: tuple[_Layer, ...] = _ranked([own, *shared])
        self._longest = max(layer.longest() for layer in self.layers)

    def find(self, query: str) -> Found:
        """Find the entries that a query names.

        Tried in this order: the exact name, its plural or other word order, names that are a few edits away or contain
        the query, and long names inside the query.
        """
        spelled = self.find_spelled(query)
        if spelled.hits:
            return spelled
        every = words(query)
        similar = self._similar(unframed(every[:MOST_WORDS]))
        if similar and _is_sure(similar):
            return Found(Outcome.SURE, similar)
        quoted = self._quoted_in(every)
        if quoted is not None:
            return Found(Outcome.SURE, (Hit(quoted, QUOTED),))
        return Found(Outcome.SUGGEST, similar) if similar else Found(Outcome.NONE)

    def find_spelled(self, query: str) -> Found:
        """Find the entries whose name a query spells without a typo; plurals and other word orders count as well."""
        every = words(query)
        exact = self.called("".join(every))
        if exact is not None:
            return Found(Outcome.EXACT, (Hit(exact, 1.0),))
        forms = list(unframed(every[:MOST_WORDS]))
        exact = self._exact(forms)
        if exact is not None:
            return Found(Outcome.EXACT, (Hit(exact, 1.0),))
        folded_alike = self._folded_alike(forms)
        if not folded_alike:
            return Found(Outcome.NONE)
        return Found(Outcome.EXACT if len(folded_alike) == 1 else Outcome.SUGGEST, folded_alike)

    def resembling(self, query: str) -> tuple[Hit, ...]:
        """Return the names that a query may mean if all its words are badly misspelled.

        They are worth an offer if nothing else is found: "turstd ipz" resembles "trusted IPs".
        """
        said = words(query)[:MOST_WORDS]
        squashed = "".join(said)
        if len(squashed) < SHORTEST_RESEMBLANCE or any(map(is_real_word, said)):
            return ()
        edits = round((1 - LEAST_RESEMBLANCE) * len(squashed))
        near = (
            (_only_suggested(similarity), layer, number)
            for layer in self.layers
            for number, similarity, _ in layer.spelled.whole.near(squashed, edits)
            if similarity >= LEAST_RESEMBLANCE
        )
        return _best_of(near)[:MOST_RESEMBLING]

    def called(self, squashed: str) -> Name | None:
        """Return the first name with this squashed spelling."""
        best: tuple[int, Name] | None = None
        for layer in self.layers:
            for number in layer.spelled.exact.get(squashed):
                if layer.is_shown(number):
                    here = layer.rank(number), layer.names[number]
                    best = here if best is None else min(best, here)
                    break
        return best[1] if best else None

    def _exact(self, forms: Iterable[tuple[str, ...]]) -> Name | None:
        """Return the name that the first form with an exact name spells."""
        for said in forms:
            name = self.called("".join(said))
            if name is not None:
                return name
        return None

    def _folded_alike(self, forms: Iterable[tuple[str, ...]]) -> tuple[Hit, ...]:
        """Return the names that differ only in plurals and word order from the first form that has such names."""
        for said in forms:
            hits = _best_of(self._folded(said))
            if hits:
                return hits
        return ()

    def _folded(self, said: tuple[str, ...]) -> Iterator[_Scored]:
        for key in folded(said):
            for layer in self.layers:
                for number in layer.spelled.folded.get(key):
                    yield 1.0, layer, number

    def _similar(self, forms: Iterable[tuple[str, ...]]) -> tuple[Hit, ...]:
        """Return the names that are much like any of the forms."""
        return _best_of(scored for said in forms if self._may_be_name(said) for scored in self._alike(said))

    def _may_be_name(self, said: tuple[str, ...]) -> bool:
        """Tell whether a form may be a misspelled name.

        Words of the frame alone never are. A form that begins with a word of the frame may be, but only if a name does
        so as well, like "what-if order".
        """
        return (said[0] not in LEADING or self._begins_with(said[0])) and not FRAME.issuperset(said)

    def _begins_with(self, word: str) -> bool:
        """Tell whether any name begins with this leading word of a frame."""
        return any(layer.is_shown(number) for layer in self.layers for number in layer.spelled.framed.get(word, ()))

    def _quoted_in(self, said: tuple[str, ...]) -> Name | None:
        """Return the longest name that a longer text contains, such as a line of a log."""
        for length in range(min(len(said) - 1, self._longest), SHORTEST_QUOTE - 1, -1):
            for start in range(len(said) - length + 1):
                run = said[start : start + length]
                name = self.called("".join(run))
                if name is not None and sum(word.isalpha() for word in run) >= SHORTEST_QUOTE:
                    return name
        return None

    def _alike(self, said: tuple[str, ...]) -> Iterator[_Scored]:
        """Yield the names within a few edits of what was said, those with such a part, and those with all the words."""
        query = "".join(said)
        are_real = all(map(is_real_word, said))
        for layer in self.layers:
            index = layer.spelled
            for number, similarity, length in index.whole.near(query):
                edits = round((1 - similarity) * max(len(query), length))
                if are_real:
                    is_typo = _is_real_word_typo(said, index.word_counts[number], edits)
                else:
                    is_typo = len(said) > 1 or _is_typo_of_word(query, squash(layer.names[number].text), edits)
                yield similarity if is_typo else _only_suggested(similarity), layer, number
            for number, similarity, length in index.parts.near(query):
                share = length / index.lengths[number]
                yield min(similarity, _only_suggested(similarity * share)), layer, number
        yield from self._holding_all(said)

    def _holding_all(self, said: tuple[str, ...]) -> list[_Scored]:
        """Return the names that contain all the words, or none if too many do or if it is a single character."""
        letters = sum(map(len, said))
        if letters == 1:
            return []
        held = [
            (_only_suggested(min(1.0, letters / layer.spelled.lengths[number])), layer, number)
            for layer in self.layers
            for number in layer.spelled.by_word.holding_all(tuple(map(fold, said)))
            if layer.is_shown(number)
        ]
        return held if len(held) <= MOST_HOLDERS else []


def _ranked(layers: Sequence[_Layer]) -> tuple[_Layer, ...]:
    """Return the layers with the ranks of their names: first all names, layer by layer, then all aliases."""
    ranked = []
    names_at = 0
    aliases_at = sum(layer.first_alias for layer in layers)
    for layer in layers:
        ranked.append(layer._replace(names_at=names_at, aliases_at=aliases_at - layer.first_alias))
        names_at += layer.first_alias
        aliases_at += len(layer.names) - layer.first_alias
    return tuple(ranked)


def _is_real_word_typo(said: tuple[str, ...], word_count: int, edits: int) -> bool:
    """Tell whether words that all exist may still be a typo of a name.

    Existing words are usually meant: "beverage" is not "leverage", and "survivors him" is not "survivorship". But among
    several words one may be mistyped into another that exists: "real-time vars" for "real-time bars".
    """
    return len(said) > 1 and len(said) == word_count and edits <= 1


def _is_typo_of_word(typed: str, name: str, edits: int) -> bool:
    """Tell whether a single word may be a typo of a name; the first letter may be the wrong one."""
    is_first_wrong = typed[1:] in {name[1:], name} or typed == name[1:]
    return is_first_wrong or (edits == 1 and len(typed) > SHORT) or is_likely_typo(typed, name)


def _best_of(found: Iterable[_Scored]) -> tuple[Hit, ...]:
    """Return the best name of each entry, the best entry first; leave out hidden entries and low scores."""
    # The rank is negative, so that the larger of two fits is the better one.
    best: dict[str, tuple[float, int, Name]] = {}
    for score, layer, number in found:
        if score >= SUGGEST and layer.is_shown(number):
            name = layer.names[number]
            fit = score, -layer.rank(number), name
            best[name.entry_id] = max(best.get(name.entry_id, fit), fit)
    return tuple(Hit(name, score) for score, _, name in sorted(best.values(), reverse=True))


def _only_suggested(fit: float) -> float:
    """Map a fit from 0 to 1 to a score that is suggested but never shown without asking."""
    return SUGGEST + 0.95 * (SURE - SUGGEST) * fit


def _is_sure(hits: Sequence[Hit]) -> bool:
    """Tell whether the first hit is good enough, and far enough ahead of the second, to be shown without asking."""
    second = hits[1].score if len(hits) > 1 else 0.0
    return hits[0].score >= SURE and hits[0].score - second >= MARGIN
