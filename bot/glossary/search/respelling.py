"""Correct the typos in a question, so that what reads it next sees the words that were meant."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from bot.glossary.search.layered_text import LayeredText
from bot.glossary.search.names import Names
from bot.glossary.search.questions import MOST_WORDS
from bot.glossary.search.real_words import commonness
from bot.glossary.search.stems import scratch
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.search.typos import is_likely_typo
from bot.glossary.text import fold, squash, words

# A name in code counts as a typo of a name that is at least this similar to it.
NAME_LIKE_ENOUGH = 0.85
# Capital letters up to this length are most often the symbol of a stock: "GOOGL".
LONGEST_SYMBOL = 5
# No name in code has more parts.
MOST_PARTS = 8
# English words as rare as "chian" are more often typos.
RAREST = 6
# Words in Latin letters, but no parts of "doesn't", "@user", "user.name" or "https://example.com".
_WORD = re.compile(r"(?<![\w'’@./:])[A-Za-zÀ-ɏ]{4,}(?![\w'’@/]|[.:]\w)")
# Verbs of computing that are nouns in one word: "log in" and "login".
_IN_TWO_WORDS = re.compile(
    r"\b((?:log|sign) (?:in|on|out|off)|(?:set|start|back) up|shut down|time out)\b", re.IGNORECASE
)


def joined(question: str, text: LayeredText) -> str:
    """Return a question with the verbs in two words joined that the glossary has as one word."""

    def join(found: re.Match[str]) -> str:
        noun = found[0].replace(" ", "")
        return noun if text.has_word(noun.lower()) else found[0]

    return _IN_TWO_WORDS.sub(join, question)


def respelled(question: str, text: LayeredText, names: Names) -> str:
    """Return a question with its typos corrected.

    A word that is neither English nor in the glossary counts as a typo of a word of the glossary. A name in code, such
    as "reqMktDta", counts as one of a name. The first letter has to be right.
    """

    def correct(found: re.Match[str]) -> str:
        word = found[0]
        parts = words(word)
        is_symbol = word.isupper() and len(word) <= LONGEST_SYMBOL
        if is_symbol or len(parts) > MOST_PARTS or all(_is_known(part, text) for part in parts):
            return word
        if len(parts) == 1:
            return _meant_word(parts[0], text) or word
        return _meant_name(word, names) or _with_parts_corrected(word, parts, text)

    return _WORD.sub(correct, question, count=MOST_WORDS)


def _is_known(word: str, text: LayeredText) -> bool:
    """Tell whether a word is English or in the glossary."""
    return commonness(word) > RAREST or text.has_word(fold(word))


def _meant_word(word: str, text: LayeredText) -> str | None:
    """Return the word of the glossary that a word is a typo of; of several, the most common one."""
    folded = fold(word)
    near = [other for other in text.near(folded) if is_likely_typo(folded, other)]
    if not near:
        return None
    stems = scratch().stem(near)
    return max(near, key=lambda other: (other in STOP_WORDS, text.spread(stems[other]), commonness(other), other))


def _meant_name(word: str, names: Names) -> str | None:
    """Return the name that a name in code is a typo of."""
    typed = squash(word)
    near = [(OSA.normalized_similarity(squash(hit.name.text), typed), hit.name.text) for hit in names.find(word).hits]
    similarity, name = max(near, default=(0.0, ""))
    return name if similarity >= NAME_LIKE_ENOUGH and squash(name)[0] == typed[0] else None


def _with_parts_corrected(word: str, parts: Sequence[str], text: LayeredText) -> str:
    """Return a name in code with the typos in its parts corrected: "placeOrdr"."""
    better = [None if _is_known(part, text) else _meant_word(part, text) for part in parts]
    return _joined(new or part for new, part in zip(better, parts, strict=True)) if any(better) else word


def _joined(parts: Iterable[str]) -> str:
    first, *rest = parts
    return first + "".join(map(str.capitalize, rest))
