"""Search the text of a server's own entries in a few kilobytes, scored like the text of the shared entries."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.glossary.model import Entry
from bot.glossary.search.compact import Postings, packed
from bot.glossary.search.full_text import (
    MOST_FETCHED,
    WEIGHTS,
    FullText,
    columns,
    distinct_words,
    messages_among,
    vectors_of,
)
from bot.glossary.search.phrases import Phrases, phrases_of
from bot.glossary.search.spellings import allowed_edits, near_in
from bot.glossary.search.stems import Stemmer, scratch
from bot.glossary.search.topics import NameStems
from bot.glossary.text import fold

# The parameters of FTS5: https://www.sqlite.org/fts5.html#the_bm25_function
K1, B, LEAST_IDF = 1.2, 0.75, 1e-6
# The weights of the columns as whole numbers: all are multiples of a half.
STEP = 0.5
_STEPS = tuple(round(weight / STEP) for weight in WEIGHTS)


class OwnText:
    """The stems of the own entries and of their phrases, under sorted checksums, and vectors of both."""

    def __init__(self, entries: Iterable[Entry], behind: FullText) -> None:
        """Index the own entries. `behind` has the shared ones, whose statistics count for the scores here."""
        self.entries = tuple(entries)
        self._behind = behind
        texts = [columns(entry) for entry in self.entries]
        every_word = {word for text in texts for word in distinct_words(text)}
        stems = Stemmer().stem(every_word)
        # Under each stem, in turn: the number of an entry, and how often the stem is in it.
        posted: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for stem, steps in _weighted_counts(text, stems).items():
                posted[stem] += (number, steps)
        lengths = [sum(map(len, text)) for text in texts]
        self._stems = Postings(posted)
        self._lengths = packed(lengths)
        self._tokens = sum(lengths)
        # The shared text offers its own words for typos, so only the others are kept here.
        self._new_words = _by_first_letter(word for word in map(fold, every_word) if not behind.has_word(word))
        self.messages = messages_among(self.entries)
        self.name_weights = array("f", map(behind.name_weight, self.entries))
        self.name_stems = NameStems(self.entries, stems)
        self.phrases = Phrases(map(phrases_of, self.entries), stems, behind.weight)
        self.vectors = vectors_of(self.entries)

    def by_words(self, terms: Sequence[str], limit: int = MOST_FETCHED) -> list[tuple[int, float]]:
        """Return the numbers of the entries with any of the terms, and their BM25 among all entries, best first."""
        count = len(self.entries) + len(self._behind.entries)
        average = (self._tokens + self._behind.tokens) / count
        scores: dict[int, float] = defaultdict(float)
        for stem in scratch().stem(terms).values():
            posted = self._stems[stem]
            numbers = posted[::2]
            if not stem or not numbers:
                continue
            holders = len(numbers) + self._behind.spread(stem)
            idf = max(math.log((count - holders + 0.5) / (holders + 0.5)), LEAST_IDF)
            for number, steps in zip(numbers, posted[1::2], strict=True):
                often = steps * STEP
                length = 1 - B + B * self._lengths[number] / average
                scores[number] += idf * often * (K1 + 1) / (often + K1 * length)
        return sorted(scores.items(), key=lambda scored: -scored[1])[:limit]

    def spread(self, stem: str) -> int:
        """Return how many entries contain a stem."""
        return len(self._stems[stem]) // 2

    def speaks_of(self, number: int, stem: str) -> bool:
        """Tell whether an entry contains a stem."""
        return number in self._stems[stem][::2]

    def has_word(self, word: str) -> bool:
        """Tell whether any own entry contains a folded word that no shared one does."""
        return f"\n{word}\n" in self._new_words.get(word[:1], "")

    def near(self, word: str) -> Iterator[str]:
        """Yield the folded words that are a few edits away from this one and start with the same letter."""
        texts = self._new_words.get(word[:1], "").split()
        for number, _, _ in near_in([(texts, range(len(texts)))], word, allowed_edits(word)):
            yield texts[number]


def _by_first_letter(every: Iterable[str]) -> dict[str, str]:
    """Return distinct words, joined in a string for each first letter, with a line break before and after each word."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(every)):
        by_letter[word[0]].append(word)
    return {letter: "\n{}\n".format("\n".join(words)) for letter, words in by_letter.items()}


def _weighted_counts(text: Iterable[Iterable[str]], stems: Mapping[str, str]) -> dict[str, int]:
    """Return how often each stem is in the columns of an entry, times the weight of the column, in steps."""
    counts: dict[str, int] = defaultdict(int)
    for steps, column in zip(_STEPS, text, strict=True):
        for word in column:
            counts[stems[word]] += steps
    counts.pop("", None)
    return counts
