"""What texts are about, as vectors: brings together words that mean the same and share no letters.

Needs the extra `meaning`; without it questions are searched by their words alone.
"""

import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol


class Meaning(Protocol):
    """Turns texts into vectors of length one, as a matrix with a row for each."""

    def embed(self, texts: Sequence[str], *, norm: bool) -> Any:
        """Return the matrix."""


@functools.cache
def load_meaning() -> Meaning | None:
    """Load the word vectors that come with the package, in a fifth of a second; `None` without the extra."""
    if (package := importlib.util.find_spec("wordllama")) is None or package.origin is None:
        return None
    from wordllama import WordLlama  # noqa: PLC0415 - an extra

    # The tokenizer is looked for in the package under another name than it has there, and then on the network; the
    # package's own folder as its cache is where it does stand.
    model: Meaning = WordLlama.load(cache_dir=Path(package.origin).parent, disable_download=True)
    return model
