"""Tune word vectors to a glossary, in two steps.

1. The sum of the vectors of a text is brought close to what a sentence model makes of the whole text.
2. Each text of an entry is brought closer to the other texts of that entry than to those of any other entry.

A vector cannot tell what a word means beside other words. It can tell what the word means in this glossary:
"dropped" is about connections here, "size" about orders and candles.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_array, diags_array

from bot.glossary.model import Entry
from bot.glossary.search.full_text import summary
from bot.glossary.search.phrases import phrases_of
from bot.glossary.text import words

# How much a vector is kept where it is in the first step.
KEPT = 2.0
ROUNDS = 10
AT_ONCE = 1024
# The difference in similarity that makes one entry e times as likely as another.
TEMPERATURE = 0.14
# The share of words that are left out of each text, as in another wording.
LEFT_OUT = 0.2
# The step and the decay rates of Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015). Vectors are
# tuned with a mean square of 1.
STEP = 0.017
SLOPE_DECAY, SQUARE_DECAY = 0.9, 0.99
SEED = 0

_SENTENCE_END = re.compile(r"(?<=\.)\s+")


class Counted:
    """Texts as counts of words, and their vectors."""

    def __init__(self, counts: Any, table: Any) -> None:
        """Look the words up in a table of vectors, and give each text the sum of them, of length one."""
        self.counts = counts
        sums = counts @ table
        self._lengths = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9
        self.vectors = sums / self._lengths

    def slope(self, of_vectors: Any) -> Any:
        """Return the slope for the table, given the one for the vectors of the texts."""
        along = (of_vectors * self.vectors).sum(axis=1, keepdims=True) * self.vectors
        return self.counts.T @ ((of_vectors - along) / self._lengths)


def count_words(texts: Sequence[str], places: dict[str, int]) -> Any:
    """Count the words of texts that have a place; a row is a text, a column a place."""
    found = [(row, places[word]) for row, text in enumerate(texts) for word in words(text) if word in places]
    rows, columns = zip(*found, strict=True)
    return csr_array((np.ones(len(found), dtype="float32"), (rows, columns)), shape=(len(texts), len(places)))


class Tuning:
    """The texts of a glossary that vectors are tuned to: the phrases of the entries, then their sentences."""

    def __init__(self, entries: Sequence[Entry], vocabulary: Sequence[str]) -> None:
        """Count the words of the texts and of the topics."""
        places = {word: place for place, word in enumerate(vocabulary)}
        phrases = list(map(phrases_of, entries))
        sentences = [[*_SENTENCE_END.split(entry.definition), *entry.notes] for entry in entries]
        self.texts = [text for texts in (*phrases, *sentences) for text in texts]
        self._counts = count_words(self.texts, places)
        self._starts = np.cumsum([0, *map(len, phrases)])
        self._phrases = self._counts[: self._starts[-1]]
        self._topics = count_words(list(map(summary, entries)), places)
        numbers = np.arange(len(entries))
        self._owners = np.concatenate([np.repeat(numbers, list(map(len, texts))) for texts in (phrases, sentences)])
        self._random = np.random.default_rng(SEED)

    def learn(self, vectors: Any, meant: Any) -> Any:
        """Return the vectors of the vocabulary, changed so that their sums are close to what the texts mean.

        This is a ridge regression for the change of the vectors.
        """
        meant = meant / np.linalg.norm(meant, axis=1, keepdims=True)
        # The sum of many words is longer than that of few.
        longer = np.sqrt(self._counts.sum(axis=1)) + 1e-9
        counts = (diags_array(1 / longer) @ self._counts).tocsr()
        sums = counts @ vectors
        vectors = vectors * ((sums * meant).sum() / (sums**2).sum())
        said = np.unique(counts.indices)
        counts = counts[:, said]
        missing = meant - counts @ vectors[said]
        change = np.linalg.solve((counts.T @ counts).toarray() + KEPT * np.eye(len(said)), counts.T @ missing)
        vectors[said] += change
        return vectors

    def tune(self, vectors: Any) -> Any:
        """Return the vectors of the vocabulary, tuned."""
        table = vectors / np.sqrt((vectors**2).mean())
        slopes, squares = np.zeros_like(table), np.zeros_like(table)
        steps = 0
        for _ in range(ROUNDS):
            order = self._random.permutation(len(self._owners))
            for start in range(0, len(order), AT_ONCE):
                slope = self._slope(table, order[start : start + AT_ONCE])
                steps += 1
                slopes += (1 - SLOPE_DECAY) * (slope - slopes)
                squares += (1 - SQUARE_DECAY) * (slope**2 - squares)
                spread = np.sqrt(squares / (1 - SQUARE_DECAY**steps)) + 1e-8
                table -= STEP * slopes / (1 - SLOPE_DECAY**steps) / spread
        return table

    def _slope(self, table: Any, chosen: Any) -> Any:
        """Return the slope of the loss (cross-entropy of a softmax over the entries) for some of the texts."""
        counts = self._counts[chosen]
        counts.data = counts.data * (self._random.random(len(counts.data)) > LEFT_OUT)
        asked, phrases, topics = (Counted(each, table) for each in (counts, self._phrases, self._topics))
        similarities = asked.vectors @ phrases.vectors.T
        # A phrase is not compared with itself.
        is_phrase = chosen < similarities.shape[1]
        similarities[np.flatnonzero(is_phrase), chosen[is_phrase]] = -1
        nearest = self._nearest(similarities)
        rows = np.arange(len(chosen))[:, None]
        scores = (similarities[rows, nearest] + asked.vectors @ topics.vectors.T) / TEMPERATURE
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        shares[rows[:, 0], self._owners[chosen]] -= 1
        shares /= TEMPERATURE * len(chosen)
        of_phrases = csr_array(
            (shares.ravel(), (np.repeat(rows, shares.shape[1]), nearest.ravel())), shape=similarities.shape
        )
        return (
            asked.slope(of_phrases @ phrases.vectors + shares @ topics.vectors)
            + phrases.slope(of_phrases.T @ asked.vectors)
            + topics.slope(shares.T @ asked.vectors)
        )

    def _nearest(self, similarities: Any) -> Any:
        """Return the number of the most similar phrase of each entry, for each text."""
        parts = zip(self._starts[:-1], self._starts[1:], strict=True)
        return np.stack([start + similarities[:, start:end].argmax(axis=1) for start, end in parts], axis=1)
