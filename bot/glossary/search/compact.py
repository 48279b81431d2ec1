"""Keeping strings, and numbers filed under strings, in few bytes where they are few.

A server's own entries have some dozens of names, and there may be thousands of such servers: a string of its own takes
fifty bytes and more, and a list in a dict two hundred. Where there are many, speed is worth them.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from zlib import crc32

# Up to here, looking at all of them takes some microseconds.
FEW = 500
# Of a server's own there are more such glossaries, and each is asked by fewer people: a third of a millisecond will do.
FEW_OWN = 2_500


def few_in(behind: object | None) -> int:
    """Return how many strings a layer looks through before it indexes them: more where a shared one lies behind it."""
    return FEW if behind is None else FEW_OWN


def checksum(text: str) -> int:
    """Return the number that stands for a text where the text itself would take too much room."""
    return crc32(text.encode(errors="surrogatepass"))


def packed(numbers: Sequence[int]) -> "array[int]":
    """Return the numbers, none of them negative, in as few bytes each as the largest of them needs."""
    most = max(numbers, default=0)
    return array("B" if most < 1 << 8 else "H" if most < 1 << 16 else "I" if most < 1 << 32 else "Q", numbers)


class Strings:
    """Strings without line breaks, which are kept as one text while they are few."""

    def __init__(self, texts: list[str], few: int = FEW) -> None:
        """Keep the strings."""
        self._texts = "\n".join(texts) if 0 < len(texts) <= few else texts

    def __call__(self) -> list[str]:
        """Return all of them in their order, not to be changed."""
        return self._texts.split("\n") if isinstance(self._texts, str) else self._texts


class Postings:
    """Numbers filed under words: the words' checksums, sorted, and in their order the numbers."""

    def __init__(self, filed: Mapping[str, Iterable[int]]) -> None:
        """File the numbers of each word."""
        in_order = sorted((checksum(word), word) for word in filed)
        self._codes = array("I", [code for code, _ in in_order])
        numbers: list[int] = []
        starts = [0]
        for _, word in in_order:
            numbers.extend(filed[word])
            starts.append(len(numbers))
        self._numbers = packed(numbers)
        self._starts = packed(starts)

    def __getitem__(self, word: str) -> "array[int]":
        """Return the numbers filed under a word; once in a million times those of another with the same checksum."""
        code = checksum(word)
        first = bisect_left(self._codes, code)
        return self._numbers[self._starts[first] : self._starts[bisect_right(self._codes, code, first)]]

    def __contains__(self, word: object) -> bool:
        """Tell whether anything is filed under a word; one in a million other words passes too."""
        return isinstance(word, str) and len(self[word]) > 0


class Filed:
    """Numbers filed under strings: by checksum while they are few, in a dict when they are many."""

    def __init__(
        self, filed: Iterable[tuple[str, int]], keys_of: Callable[[int], Container[str]], few: int = FEW
    ) -> None:
        """File each number under its string; `keys_of` tells anew under which strings a number is filed."""
        many: dict[str, list[int]] = defaultdict(list)
        for key, number in filed:
            many[key].append(number)
        self._keys_of = keys_of
        self._few = Postings(many) if len(many) <= few else None
        self._many: dict[str, int | list[int]] = {}
        if self._few is None:
            self._many.update((key, numbers[0] if len(numbers) == 1 else numbers) for key, numbers in many.items())

    def get(self, key: str) -> Sequence[int]:
        """Return the numbers filed under a string, in the order in which they were."""
        if self._few is not None:
            return [number for number in self._few[key] if key in self._keys_of(number)]
        found = self._many.get(key)
        if found is None:
            return ()
        return found if isinstance(found, list) else (found,)
