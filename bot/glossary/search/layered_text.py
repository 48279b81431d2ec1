"""The text of all entries of a glossary, in layers: a server's own entries in front of the shared ones."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from bot.glossary.model import Entry
from bot.glossary.search.compact import packed
from bot.glossary.search.full_text import MOST_FETCHED, FullText
from bot.glossary.search.meaning import Sense, Vectors, embed
from bot.glossary.search.own_text import OwnText
from bot.glossary.search.phrases import Phrases
from bot.glossary.search.topics import NameStems

Value = TypeVar("Value")


class TextLayer(Protocol):
    """The text of some entries. They are numbered in order, from 0.

    `messages` are the numbers of those that are messages, `name_stems` the stems of their names, and `name_weights` say
    how much it tells that a question names an entry. The vectors are of topics and of phrases.
    """

    entries: tuple[Entry, ...]
    messages: tuple[int, ...]
    name_stems: NameStems
    name_weights: "array[float]"
    phrases: Phrases
    vectors: tuple[Vectors, Vectors]

    def by_words(self, terms: Sequence[str], limit: int = MOST_FETCHED) -> list[tuple[int, float]]:
        """Return the numbers of the entries with any of the terms, and their BM25 scores, best first."""

    def spread(self, stem: str) -> int:
        """Return how many entries contain a stem."""

    def speaks_of(self, number: int, stem: str) -> bool:
        """Tell whether an entry contains a stem."""

    def has_word(self, word: str) -> bool:
        """Tell whether any entry contains a folded word."""

    def near(self, word: str) -> Iterator[str]:
        """Yield the folded words that are a few edits away from this one and start with the same letter."""


class NameInside(NamedTuple):
    """The stems of a name that stands in a question, perhaps in pieces, and how much it tells."""

    stems: frozenset[str]
    weight: float


class LayeredText:
    """The text of the entries in all layers. Entries are numbered through all of them; hidden ones are not found."""

    def __init__(
        self, entries: Iterable[Entry], behind: "LayeredText | None" = None, hidden: frozenset[str] = frozenset()
    ) -> None:
        """Index the entries.

        `behind` holds the shared entries, which are not indexed again; the `hidden` ones of them are not found.
        """
        self.shared: FullText
        if behind is None:
            self.shared = FullText(entries)
            self._layers: tuple[TextLayer, ...] = (self.shared,)
            self._starts = [0]
        else:
            self.shared = behind.shared
            own = OwnText(entries, self.shared)
            self._layers = (own, self.shared)
            self._starts = [0, len(own.entries)]
        shared_start = self._starts[-1]
        self._hidden = packed([shared_start + at for at, entry in enumerate(self.shared.entries) if entry.id in hidden])

    def __len__(self) -> int:
        """Return the number of entries in all layers, hidden ones included."""
        return sum(len(layer.entries) for layer in self._layers)

    def __getitem__(self, number: int) -> Entry:
        """Return the entry with a number."""
        layer, own_number = self._place(number)
        return layer.entries[own_number]

    def by_words(self, terms: Sequence[str], limit: int = MOST_FETCHED) -> dict[int, float]:
        """Return the BM25 scores of the entries that have any of the terms, of up to `limit` entries in each layer."""
        return self._shown(
            {
                start + number: score
                for start, layer in self._started()
                for number, score in layer.by_words(terms, limit)
            }
        )

    def overlap(self, stems: Iterable[str]) -> dict[int, float]:
        """Return what the most similar phrases of entries have in common with a question, given by its stems."""
        weights = {stem: self.shared.weight(stem) for stem in stems if stem}
        return self._shown(
            {
                start + number: overlap
                for start, layer in self._started()
                for number, overlap in layer.phrases.overlap(weights).items()
            }
        )

    def in_one_phrase(self, stems: Sequence[str]) -> set[int]:
        """Return the numbers of the entries that have all the stems in one name or keyword."""
        found = {start + at for start, layer in self._started() for at in layer.phrases.holding_all(stems)}
        return found.difference(self._hidden)

    def likeness(self, question: str) -> dict[int, tuple[float, float]]:
        """Return how similar the topic and the most similar phrase of each entry are to a question."""
        meant = embed(question, Sense.GLOSSARY)
        pairs = [
            pair
            for topics, phrases in (layer.vectors for layer in self._layers)
            for pair in zip(topics.likeness(meant), phrases.likeness(meant), strict=True)
        ]
        return self._shown(dict(enumerate(pairs)))

    def name_weights(self, ids: frozenset[str]) -> dict[int, float]:
        """Return the numbers of the entries with these ids, and how much their names tell."""
        return self._shown(
            {
                start + at: layer.name_weights[at]
                for start, layer in self._started()
                for at, entry in enumerate(layer.entries)
                if entry.id in ids
            }
        )

    def name_stems(self, number: int) -> frozenset[str]:
        """Return the telling stems of the name of an entry."""
        layer, own_number = self._place(number)
        return layer.name_stems[own_number]

    def names_inside(self, telling: frozenset[str]) -> list[NameInside]:
        """Return the names of several words whose telling stems are all among those of a question."""
        return [
            NameInside(layer.name_stems[at], layer.name_weights[at])
            for start, layer in self._started()
            for at in layer.name_stems.within(telling)
            if start + at not in self._hidden
        ]

    def named_by(self, telling: frozenset[str]) -> frozenset[str]:
        """Return the ids of the entries whose name has just these telling stems, and several of them."""
        return frozenset(
            layer.entries[at].id
            for start, layer in self._started()
            for at in layer.name_stems.within(telling)
            if layer.name_stems[at] == telling and start + at not in self._hidden
        )

    def messages(self) -> frozenset[int]:
        """Return the numbers of the messages."""
        return frozenset(start + number for start, layer in self._started() for number in layer.messages)

    def has_word(self, word: str) -> bool:
        """Tell whether any entry contains a folded word."""
        return any(layer.has_word(word) for layer in self._layers)

    def near(self, word: str) -> Iterator[str]:
        """Yield the folded words of entries that are a few edits away from this one and start with the same letter."""
        for layer in self._layers:
            yield from layer.near(word)

    def spread(self, stem: str) -> int:
        """Return how many entries contain a stem."""
        return sum(layer.spread(stem) for layer in self._layers)

    def speaks_of(self, number: int, stem: str) -> bool:
        """Tell whether an entry contains a stem."""
        layer, own_number = self._place(number)
        return layer.speaks_of(own_number, stem)

    def _started(self) -> Iterator[tuple[int, TextLayer]]:
        """Yield the layers, each after the number of its first entry."""
        return zip(self._starts, self._layers, strict=True)

    def _place(self, number: int) -> tuple[TextLayer, int]:
        """Return the layer of an entry, and its number there."""
        at = bisect_right(self._starts, number) - 1
        return self._layers[at], number - self._starts[at]

    def _shown(self, by_number: dict[int, Value]) -> dict[int, Value]:
        """Return what is given by number without the hidden entries."""
        for number in self._hidden:
            by_number.pop(number, None)
        return by_number
