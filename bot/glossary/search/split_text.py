"""A text split into words, so that names of several words can be found in it."""

import re
from itertools import pairwise

from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import fold, squash, words

# "C++", "C#" and ".NET" are words, too.
WORD = re.compile(r"(?:(?<!\w)\.(?=net\b))?[^\W_]+(?:['’][^\W_]+|\+\+|#)?", re.IGNORECASE)
# What may stand between two words of a name: "read-only API", "trusted_IPs", "requirements.txt". A comma may not, nor a
# full stop at the end of a sentence.
_JOINT = re.compile(r"[ \t_/’'-]{0,2}\n?|\.")
# What stands around a name in code.
_CODE_BEFORE = re.compile(r"\($")
_CODE_AFTER = re.compile(r" ?=(?!=)|[().]\w|\)|, ?['\"]")
# How many words before and after a name show whether it is meant.
WORDS_AROUND = 10


class SplitText:
    """The words of a text, and which neighbours may be parts of one name."""

    def __init__(self, text: str) -> None:
        """Split the text."""
        self.text = text
        self.tokens = list(WORD.finditer(text))
        self.squashed = [squash(token[0]) for token in self.tokens]
        self._is_joined = [
            _JOINT.fullmatch(text, before.end(), after.start()) is not None for before, after in pairwise(self.tokens)
        ]

    def longest_end(self, start: int, most: int) -> int:
        """Return the end of the longest run of joined words from here, of at most `most` words."""
        end = start + 1
        while end < len(self.tokens) and end - start < most and self._is_joined[end - 1]:
            end += 1
        return end

    def written(self, start: int, end: int) -> str:
        """Return a run of words as it is written."""
        return self.text[self.tokens[start].start() : self.tokens[end - 1].end()]

    def before(self, start: int) -> str:
        """Return the character before a word, "" at the beginning."""
        at = self.tokens[start].start()
        return self.text[at - 1 : at]

    def next_word(self, end: int) -> str:
        """Return the word after a run of words, "" if there is none."""
        return self.squashed[end] if end < len(self.squashed) else ""

    def is_in_code(self, start: int, end: int) -> bool:
        """Tell whether a run of words stands as a name in code does: "(contract, ", "contract = Stock()"."""
        first, last = self.tokens[start].start(), self.tokens[end - 1].end()
        return bool(_CODE_BEFORE.search(self.text, max(0, first - 2), first) or _CODE_AFTER.match(self.text, last))

    def around(self, start: int, end: int) -> frozenset[str]:
        """Return the telling words before and after a run of words."""
        tokens = [*self.tokens[max(0, start - WORDS_AROUND) : start], *self.tokens[end : end + WORDS_AROUND]]
        said = (word for token in tokens for word in words(token[0]))
        return frozenset(fold(word) for word in said if word not in STOP_WORDS)
