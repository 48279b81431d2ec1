"""Search the text of a server's own entries in a few kilobytes, scored like the text of the shared entries."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.glossary.model import Entry
from bot.glossary.search.compact import Postings, packed
from bot.glossary.search.full_text import MOST_FETCHED, WEIGHTS, FullText, columns, folded_words, summary
from bot.glossary.search.meaning import Meaning
from bot.glossary.search.spellings import allowed_edits, near_in
from bot.glossary.search.stems import Stemmer, scratch

# The parameters of FTS5: https://www.sqlite.org/fts5.html#the_bm25_function
K1, B, LEAST_IDF = 1.2, 0.75, 1e-6
# The weights of the columns as whole numbers: all are multiples of a half.
STEP = 0.5
_STEPS = tuple(round(weight / STEP) for weight in WEIGHTS)
# The largest number in a signed byte.
LARGEST_BYTE = 127


class OwnText:
    """The stems and words of the own entries, under sorted checksums, and a vector for the topic of each entry."""

    def __init__(self, entries: Iterable[Entry], behind: FullText, meaning: Meaning | None) -> None:
        """Index the own entries. `behind` has the shared ones, whose statistics count for the scores here."""
        self.entries = tuple(entries)
        self._behind = behind
        texts = [columns(entry) for entry in self.entries]
        stems = Stemmer().stem({word for text in texts for column in text for word in column})
        # Under each stem, in turn: the number of an entry, and how often the stem is in it.
        posted: dict[str, list[int]] = defaultdict(list)
        # Under each folded word: the entries that contain it.
        holders: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for stem, steps in _weighted_counts(text, stems).items():
                posted[stem] += (number, steps)
            for word in folded_words(text):
                holders[word].append(number)
        lengths = [sum(map(len, text)) for text in texts]
        self._stems = Postings(posted)
        self._words = Postings(holders)
        self._lengths = packed(lengths)
        self._tokens = sum(lengths)
        # The shared text offers its own words for typos, so only the others are kept here.
        self._new_words = "\n".join(sorted(word for word in holders if not behind.spread(word)))
        self._vectors: Any = None
        if meaning is not None:
            self._keep_vectors(meaning.embed([summary(entry) for entry in self.entries]))

    def _keep_vectors(self, vectors: Any) -> None:
        """Keep vectors as signed bytes: a quarter of the memory, and accurate to three digits."""
        self._scales = abs(vectors).max(axis=1).clip(1e-9) / LARGEST_BYTE
        self._vectors = (vectors / self._scales[:, None]).round().astype("int8")

    def by_words(self, terms: Sequence[str]) -> list[tuple[int, float]]:
        """Return the numbers of the entries with any of the terms, and their BM25 among all entries, best first."""
        count = len(self.entries) + len(self._behind.entries)
        average = (self._tokens + self._behind.tokens) / count
        scores: dict[int, float] = defaultdict(float)
        for stem in scratch().stem(terms).values():
            posted = self._stems[stem]
            numbers = posted[::2]
            if not stem or not numbers:
                continue
            holders = len(numbers) + self._behind.holding_stem(stem)
            idf = max(math.log((count - holders + 0.5) / (holders + 0.5)), LEAST_IDF)
            for number, steps in zip(numbers, posted[1::2], strict=True):
                often = steps * STEP
                length = 1 - B + B * self._lengths[number] / average
                scores[number] += idf * often * (K1 + 1) / (often + K1 * length)
        return sorted(scores.items(), key=lambda scored: -scored[1])[:MOST_FETCHED]

    def spread(self, word: str) -> int:
        """Return how many entries contain a folded word."""
        return len(self._words[word])

    def speaks_of(self, number: int, word: str) -> bool:
        """Tell whether an entry contains a folded word."""
        return number in self._words[word]

    def near(self, word: str) -> Iterator[tuple[float, int, str]]:
        """Yield the words that this may be a typo of: similarity, number and text."""
        texts = self._new_words.split("\n") if self._new_words else []
        for number, similarity, _ in near_in([(texts, range(len(texts)))], word, allowed_edits(word)):
            yield similarity, number, texts[number]

    def likeness(self, meant: Any) -> list[float]:
        """Return how similar the topic of each entry is to a question, which is given as a vector."""
        return list(map(float, (self._vectors * meant).sum(axis=1) * self._scales))


def _weighted_counts(text: Iterable[Iterable[str]], stems: Mapping[str, str]) -> dict[str, int]:
    """Return how often each stem is in the columns of an entry, times the weight of the column, in steps."""
    counts: dict[str, int] = defaultdict(int)
    for steps, column in zip(_STEPS, text, strict=True):
        for word in column:
            counts[stems[word]] += steps
    counts.pop("", None)
    return counts
