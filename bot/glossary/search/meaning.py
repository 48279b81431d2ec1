"""What texts are about, as vectors: brings together words that mean the same and share no letters.

Needs the extra `meaning`; without it questions are searched by their words alone.
"""

import functools
import importlib.util
import json
import struct
import threading
import weakref
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Protocol

# The largest number in a signed byte.
LARGEST_BYTE = 127


class Meaning(Protocol):
    """Turns texts into vectors of length one, as a matrix with a row for each and this many columns."""

    columns: int

    def embed(self, texts: Sequence[str]) -> Any:
        """Return the matrix."""


class Vectors:
    """The vectors of some entries' texts, as signed bytes: a quarter of the memory, and accurate to two digits."""

    def __init__(self, meaning: Meaning, entries: Sequence[Sequence[str]], columns: int | None = None) -> None:
        """Keep the vectors of the texts of each entry, at least one; of each vector the first columns, or all."""
        import numpy as np  # noqa: PLC0415 - an extra

        self._numpy = np
        self._columns = columns or meaning.columns
        starts = list(accumulate(map(len, entries), initial=0))
        self._rows = np.empty((starts[-1], self._columns), dtype="int8")
        # Entry by entry, so that the vectors are never in memory all at once in their full size.
        for start, texts in zip(starts, entries, strict=False):
            vectors = self._shortened(meaning.embed(texts))
            self._rows[start : start + len(texts)] = (vectors * LARGEST_BYTE).round()
        self._starts = np.array(starts[:-1], dtype="uint32")

    def likeness(self, meant: Any) -> list[float]:
        """Return how similar the most similar text of each entry is to a question, which is given as a vector."""
        if not len(self._starts):
            return []
        # Not `@`: it would use a thread for each core, and mostly wait for them.
        similarities = self._numpy.einsum("ij,j->i", self._rows, self._shortened(meant[None])[0])
        return list(map(float, self._numpy.maximum.reduceat(similarities, self._starts) / LARGEST_BYTE))

    def _shortened(self, vectors: Any) -> Any:
        """Return the first columns of vectors, as vectors of length one."""
        first = vectors[:, : self._columns]
        lengths = self._numpy.linalg.norm(first, axis=1, keepdims=True)
        return first / self._numpy.maximum(lengths, self._numpy.finfo("float32").tiny)


@functools.cache
def load_meaning() -> Meaning | None:
    """Load the word vectors that the package wordllama ships; `None` without the extra."""
    package = importlib.util.find_spec("wordllama")
    if package is None or package.origin is None:
        return None
    return _WordVectors(Path(package.origin).parent)


class _WordVectors:
    """The mean of the vectors of a text's tokens.

    Only the package's data is used: its code keeps the whole matrix in memory, in twice its size, and starts threads.
    """

    def __init__(self, package: Path) -> None:
        """Read the tokenizer, and find the matrix."""
        import numpy as np  # noqa: PLC0415 - an extra
        from tokenizers import Tokenizer  # noqa: PLC0415 - an extra

        self._numpy = np
        self._tokenizer = Tokenizer.from_file(str(package / "tokenizers" / "l2_supercat_tokenizer_config.json"))
        self._tokenizer.no_truncation()
        path = package / "weights" / "l2_supercat_256.safetensors"
        self._start, self.columns = _matrix_in(path)
        self._file = path.open("rb", buffering=0)
        self._reading = threading.Lock()
        weakref.finalize(self, self._file.close)

    def embed(self, texts: Sequence[str]) -> Any:
        """Return a row for each text; zeros for a text without tokens."""
        np = self._numpy
        rows = np.zeros((len(texts), self.columns), dtype=np.float32)
        for at, text in enumerate(texts):
            tokens = self._tokenizer.encode(text, add_special_tokens=False).ids
            if tokens:
                rows[at] = self._vectors(tokens).mean(axis=0, dtype=np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.maximum(lengths, np.finfo(np.float32).tiny)

    def _vectors(self, tokens: Sequence[int]) -> Any:
        """Read the vectors of tokens from the file; the operating system caches what is used often."""
        size = 2 * self.columns
        rows: list[bytes] = []
        with self._reading:
            for token in tokens:
                self._file.seek(self._start + token * size)
                rows.append(self._file.read(size))
        return self._numpy.frombuffer(b"".join(rows), dtype="<f2").reshape(len(tokens), self.columns)


def _matrix_in(path: Path) -> tuple[int, int]:
    """Return where the matrix of half-precision numbers in a file begins, and how many columns it has.

    The format: https://huggingface.co/docs/safetensors/index#format.
    """
    with path.open("rb") as file:
        (header_size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(header_size))
    matrix = header["embedding.weight"]
    _, columns = matrix["shape"]
    return 8 + header_size + matrix["data_offsets"][0], columns
