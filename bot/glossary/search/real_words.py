"""Which strings are ordinary English words, and how common they are, so that none is taken for a term by mistake."""

import functools
import gzip
from array import array
from bisect import bisect_left
from importlib.resources import files
from zlib import crc32


def is_real_word(word: str) -> bool:
    """Tell whether a casefolded word is in the English word list; one in 25,000 other strings passes too."""
    return commonness(word) > 0


def commonness(word: str) -> int:
    """Return how common a casefolded word is: 0 for none, 6 for the rarest, one more for twice as many uses, up to 26.

    >>> commonness("levreage"), commonness("slippage"), commonness("leverage"), commonness("position")
    (0, 7, 13, 17)
    """
    codes, sizes = _word_list()
    code = crc32(word.encode())
    at = bisect_left(codes, code)
    return sizes[at] if at < len(codes) and codes[at] == code else 0


def load_real_words() -> "array[int]":
    """Load the word list of pyspellchecker; it takes a quarter of a second, so a bot does it before it connects."""
    return _word_list()[0]


@functools.cache
def _word_list() -> "tuple[array[int], array[int]]":
    """Return the checksums of all words, sorted, and the number of binary digits of each word's count.

    They hold the 160,000 words in 0.8 MB. The package itself would make a dictionary of 17 MB.
    """
    packed: list[int] = []
    # A JSON object with a line for each word: "word": count,
    with (files("spellchecker") / "resources" / "en.json.gz").open("rb") as zipped, gzip.open(zipped) as lines:
        for line in lines:
            parts = line.split(b'"')
            if len(parts) == 3:
                size = int(parts[2].strip(b" :,\r\n")).bit_length()
                packed.append(crc32(parts[1]) << 8 | size)
    packed.sort()
    return array("I", [one >> 8 for one in packed]), array("B", [one & 0xFF for one in packed])
