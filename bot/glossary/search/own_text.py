"""The text of a server's own entries: a few kilobytes, searched as the shared entries are, and scored alike."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.glossary.model import Entry
from bot.glossary.search.compact import Postings, packed
from bot.glossary.search.full_text import MOST_FETCHED, WEIGHTS, FullText, columns, summary
from bot.glossary.search.meaning import Meaning
from bot.glossary.search.spellings import allowed_edits, near_in
from bot.glossary.search.stems import Stemmer, scratch
from bot.glossary.text import fold

# As in FTS5: https://www.sqlite.org/fts5.html#the_bm25_function
K1, B, LEAST_IDF = 1.2, 0.75, 1e-6
# Frequencies are kept in whole steps, which all weights are made of.
STEP = 0.5
# The largest number that a signed byte holds.
LARGEST_BYTE = 127
_STEPS = tuple(round(weight / STEP) for weight in WEIGHTS)


class OwnText:
    """The words of the entries as sorted checksums, and the vectors of what they are about."""

    def __init__(self, entries: Iterable[Entry], behind: FullText, meaning: Meaning | None) -> None:
        """Index the entries, whose scores take the entries behind into account as well; those are not searched here."""
        self.entries = tuple(entries)
        self._behind = behind
        texts = list(map(columns, self.entries))
        distinct = {word for one in texts for said in one for word in said}
        stems = Stemmer().stem(distinct)
        folds = {word: fold(word) for word in distinct}
        # Under each stem, the entries that hold it, each followed by how often; under each folded word, the entries.
        posted: dict[str, list[int]] = defaultdict(list)
        holders: dict[str, list[int]] = defaultdict(list)
        lengths = []
        for number, one in enumerate(texts):
            often: dict[str, int] = defaultdict(int)
            for steps, said in zip(_STEPS, one, strict=True):
                for word in said:
                    often[stems[word]] += steps
            often.pop("", None)
            for stem, steps in often.items():
                posted[stem] += (number, steps)
            for word in {folds[word] for said in one for word in said}:
                holders[word].append(number)
            lengths.append(sum(map(len, one)))
        self._stems = Postings(posted)
        self._words = Postings(holders)
        self._lengths = packed(lengths)
        self._tokens = sum(lengths)
        # What the entries behind say as well, they offer for typos already.
        self._new_words = "\n".join(sorted(word for word in holders if not behind.spread(word)))
        self._vectors: Any = None
        if meaning is not None:
            # In a quarter of the bytes: a question is compared to the third digit.
            vectors = meaning.embed([summary(entry) for entry in self.entries], norm=True)
            self._scales = abs(vectors).max(axis=1).clip(1e-9) / LARGEST_BYTE
            self._vectors = (vectors / self._scales[:, None]).round().astype("int8")

    def by_words(self, terms: Sequence[str]) -> list[tuple[int, float]]:
        """Return the entries that hold any of the terms, with their BM25 among all entries, the best first."""
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
        """Return the number of entries that hold a folded word."""
        return len(self._words[word])

    def speaks_of(self, number: int, word: str) -> bool:
        """Tell whether an entry holds a folded word."""
        return number in self._words[word]

    def near(self, word: str) -> Iterator[tuple[float, int, str]]:
        """Yield similarity, number and text of the words that a word may be a typo of."""
        texts = self._new_words.split("\n") if self._new_words else []
        for number, similarity, _ in near_in([(texts, range(len(texts)))], word, allowed_edits(word)):
            yield similarity, number, texts[number]

    def likeness(self, meant: Any) -> list[float]:
        """Return how much what each entry is about is like what is meant, given as a vector."""
        return list(map(float, self._vectors.astype("float32") @ meant * self._scales))
