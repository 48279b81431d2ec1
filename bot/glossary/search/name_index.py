"""An index of names by spelling: exact, without plurals and word order, with typos, and in part."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.glossary.search.compact import Filed, packed
from bot.glossary.search.frames import LEADING
from bot.glossary.search.spellings import Spellings, WordIndex
from bot.glossary.text import fold, words


class NameIndex:
    """Names by spelling. Each is found as its number: its place in the given order."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Index the names."""
        said = list(map(words, texts))
        squashed = ["".join(one) for one in said]
        self.lengths = packed([len(one) for one in squashed])
        self.word_counts = packed([len(one) for one in said])
        self.exact = Filed((one, at) for at, one in enumerate(squashed))
        self.folded = Filed((key, at) for at, one in enumerate(said) for key in folded(one))
        self.whole = Spellings((one, at) for at, one in enumerate(squashed))
        self.parts = Spellings((run, at) for at, one in enumerate(said) for run in _runs(one))
        self.by_word = WordIndex(said)
        # Names that begin like a question, by their first word: "what-if order".
        self.framed: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(said):
            if one[0] in LEADING:
                self.framed[one[0]].append(at)


def folded(said: tuple[str, ...]) -> set[str]:
    """Return the keys that a name shares with its plurals, other orders of its words, and its words run together.

    >>> sorted(folded(("market", "orders")) & folded(("orders", "market")))
    ['market order']
    >>> sorted(folded(("market", "orders")) & folded(("marketorder",)))
    ['marketorder']
    """
    return {" ".join(sorted(fold(word) for word in said)), fold("".join(said))}


def _runs(said: tuple[str, ...]) -> Iterator[str]:
    """Yield the parts of a name that have more than half of its letters: "readonly" of "read-only API"."""
    half = sum(map(len, said)) / 2
    for start in range(len(said)):
        for end in range(start + 1, len(said) + 1):
            run = "".join(said[start:end])
            if end - start < len(said) and len(run) > half:
                yield run
