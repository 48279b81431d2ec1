"""What texts are about, as vectors: brings together words that mean the same and share no letters.

A text's vector is the mean of the vectors of its words, which `benchmarks/word_vectors.py` has made from a sentence
model. They come with the bot, so the search works alike on every machine. Each word has two vectors; see `Sense`.
"""

import enum
import functools
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from bot.glossary.text import words

COLUMNS = 128
# A row of the file: the checksum of a word, and its vector in signed bytes, which are multiplied by the scale.
ROW = np.dtype([("checksum", "<u4"), ("scale", "<f4"), ("vector", "i1", (COLUMNS,))])
LARGEST_BYTE = 127


class Sense(enum.Enum):
    """What a word means: in general English, or in the glossary that the vectors were tuned to.

    The glossary's sense tells which entry fits best. It also makes ordinary sentences look as if they were about the
    glossary, so the general sense tells how well that entry fits.
    """

    GENERAL = "word_vectors.npy"
    GLOSSARY = "tuned_word_vectors.npy"

    @property
    def path(self) -> Path:
        """Return the file of the vectors."""
        return Path(__file__).with_name(self.value)


def checksum(word: str) -> int:
    """Return the number under which the vector of a word is kept."""
    return crc32(word.encode())


def embed(text: str, sense: Sense = Sense.GENERAL) -> Any:
    """Return the vector of a text, of length one; zeros if none of its words is known."""
    checksums, table = load_word_vectors(sense)
    said = np.array(list(map(checksum, words(text))), dtype="uint32")
    places = np.searchsorted(checksums, said).clip(max=len(checksums) - 1)
    rows = table[places[checksums[places] == said]]
    return _of_length_one(rows["scale"] @ rows["vector"].astype("float32"))


def _of_length_one(vector: Any) -> Any:
    return vector / max(np.linalg.norm(vector), np.finfo("float32").tiny)


@functools.cache
def load_word_vectors(sense: Sense) -> tuple[Any, Any]:
    """Return the sorted checksums and the rows, which stay in the file until they are used."""
    table = np.load(sense.path, mmap_mode="r")
    return table["checksum"].copy(), table


def likeness(texts: Iterable[str], meant: Any) -> float:
    """Return how similar the most similar of some texts is to a question, given as its vector in general English."""
    return max(float(embed(text) @ meant) for text in texts)


class Vectors:
    """The vectors of some entries' texts, in the sense of the glossary.

    They are kept as signed bytes: a quarter of the memory, and accurate to two digits.
    """

    def __init__(self, entries: Sequence[Sequence[str]]) -> None:
        """Keep the vectors of the texts of each entry, at least one."""
        starts = list(accumulate(map(len, entries), initial=0))
        self._rows = np.empty((starts[-1], COLUMNS), dtype="int8")
        for number, text in enumerate(text for texts in entries for text in texts):
            self._rows[number] = (embed(text, Sense.GLOSSARY) * LARGEST_BYTE).round()
        self._starts = np.array(starts[:-1], dtype="uint32")

    def likeness(self, meant: Any) -> list[float]:
        """Return how similar the most similar text of each entry is to a question, given as its vector."""
        if not len(self._starts):
            return []
        # Not `@`: it would use a thread for each core, and mostly wait for them.
        similarities = np.einsum("ij,j->i", self._rows, meant)
        return list(map(float, np.maximum.reduceat(similarities, self._starts) / LARGEST_BYTE))
