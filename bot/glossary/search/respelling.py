"""Correct the typos in a question, so that what reads it next sees the words that were meant."""

import re

from rapidfuzz.distance import OSA

from bot.glossary.search.layered_text import LayeredText
from bot.glossary.search.names import Names
from bot.glossary.search.questions import MOST_WORDS
from bot.glossary.search.real_words import is_real_word
from bot.glossary.search.stems import scratch
from bot.glossary.text import fold, words

# An unknown word counts as a typo of a known one that is at least this similar to it.
LIKE_ENOUGH = 0.75
NAME_LIKE_ENOUGH = 0.85
# Short unknown words are often symbols of stocks, so only a missing letter is a typo: "eror", but not "tsla".
SHORT = 4
# Not "doesn" in "doesn't".
_WORD = re.compile(r"(?<![\w'’])[^\W\d_]{4,}(?![\w'’])")


def respelled(question: str, text: LayeredText, names: Names) -> str:
    """Return a question with its typos corrected.

    A word that is neither English nor in the glossary counts as a typo of a word of the glossary. A name in code, such
    as "reqMktDta", counts as one of such a name. The first letter has to be right.
    """

    def correct(found: re.Match[str]) -> str:
        word = found[0]
        parts = words(word)
        better = _meant_word(parts[0], text) if len(parts) == 1 else _meant_name(word, names)
        return better or word

    return _WORD.sub(correct, question, count=MOST_WORDS)


def _meant_word(word: str, text: LayeredText) -> str | None:
    """Return the word of the glossary that a word is a typo of; of several, the one in most entries."""
    folded = fold(word)
    if is_real_word(word) or text.has_word(folded):
        return None
    near = [
        (similarity, other)
        for similarity, other in text.near(folded)
        if similarity >= LIKE_ENOUGH and other[0] == folded[0] and (len(folded) > SHORT or len(other) > SHORT)
    ]
    if not near:
        return None
    stems = scratch().stem(other for _, other in near)
    return max(near, key=lambda one: (one[0], text.spread(stems[one[1]])))[1]


def _meant_name(word: str, names: Names) -> str | None:
    """Return the name in code that a word is a typo of."""
    squashed = "".join(words(word))
    if names.called(squashed) is not None:
        return None
    for hit in names.find(word).hits[:1]:
        name = hit.name.text
        is_like = OSA.normalized_similarity(name.casefold(), squashed) >= NAME_LIKE_ENOUGH
        if name.isalpha() and name[0] == word[0] and is_like:
            return name
    return None
