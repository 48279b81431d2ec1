"""Which strings are ordinary English words, so that a word somebody meant is not taken for a typo of a term."""

import functools
import gzip
from array import array
from bisect import bisect_left
from importlib.resources import files
from zlib import crc32


def is_real_word(word: str) -> bool:
    """Tell whether a casefolded word is in the English word list; one in 25,000 other strings passes too."""
    code, codes = crc32(word.encode()), load_real_words()
    at = bisect_left(codes, code)
    return at < len(codes) and codes[at] == code


@functools.cache
def load_real_words() -> "array[int]":
    """Load the word list of pyspellchecker; it takes a quarter of a second, so a bot does it before it connects.

    Sorted checksums hold the 160,000 words in 0.6 MB. The package itself would make a dictionary of 17 MB.
    """
    codes = array("I")
    # A JSON object with a line for each word: "word": count,
    with (files("spellchecker") / "resources" / "en.json.gz").open("rb") as packed, gzip.open(packed) as lines:
        for line in lines:
            parts = line.split(b'"')
            if len(parts) == 3:
                codes.append(crc32(parts[1]))
    return array("I", sorted(codes))
