"""Hide the names of an entry in a text, so that a question does not give its answer away."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.stems import scratch
from bot.glossary.search.stop_words import FILLERS
from bot.glossary.text import fold, words

GAP = "____"
# Words that give nothing away, because every text has them.
_SMALL_WORDS = FILLERS.union("as at be by for from if with".split())
# Words that begin with the same letters are taken for relatives: "subscribe" and "subscription".
_SAME_START = 5
# A text with fewer words says too little, and so does one in which more than this share of the words are gaps.
_FEWEST_WORDS, _MOST_GAPS = 5, 0.25
_RUN = re.compile(r"[^\W_]+(?:_[^\W_]+)*")
# Gaps with nothing between them but what joins the words of a name.
_JOINED_GAPS = re.compile(rf"{GAP}(?:[\s'’/-]*{GAP})+")
_ARTICLE = re.compile(rf"\b([Aa])n? (?=`?{GAP})")
# The end of an article that does not tell whether the word in the gap begins with a vowel.
_ANY_ARTICLE = "(n) "


class _Run(NamedTuple):
    """A run of letters and digits in a text, with the folded words in it."""

    start: int
    end: int
    words: tuple[str, ...]


class Names:
    """Names, and what gives one of them away: its words, and words that are related to those."""

    def __init__(self, names: Iterable[str]) -> None:
        """Look for these names."""
        self._phrases = tuple({folded for name in names if (folded := _folded(name))})
        # A name of small words alone is found as a whole.
        self._words = {word for phrase in self._phrases for word in phrase if len(word) > 1} - _SMALL_WORDS
        self._starts = {word[:_SAME_START] for word in self._words if len(word) >= _SAME_START}

    def hidden_in(self, text: str) -> str:
        """Return a text with a gap wherever a name, a word of a name, or a relative of such a word stands.

        >>> Names(["limit order"]).hidden_in("An order that is limited to a price, as limit orders are.")
        'A(n) ____ that is ____ to a price, as ____ are.'
        """
        runs = _runs(text)
        said = {word for run in runs for word in run.words}
        stems = scratch().stem(said | self._words)
        own_stems = {stems[word] for word in self._words}
        telling = {word for word in said if self._is_like(word) or stems[word] in own_stems}
        in_phrases = set(self._in_phrases(runs))
        hidden = (
            number for number, run in enumerate(runs) if number in in_phrases or not telling.isdisjoint(run.words)
        )
        for number in sorted(hidden, reverse=True):
            text = text[: runs[number].start] + GAP + text[runs[number].end :]
        return _ARTICLE.sub(rf"\1{_ANY_ARTICLE}", _JOINED_GAPS.sub(GAP, text))

    def stand_in(self, text: str) -> bool:
        """Tell whether a text contains a whole name."""
        return any(True for _ in self._in_phrases(_runs(text)))

    def _is_like(self, word: str) -> bool:
        return word in self._words or word[:_SAME_START] in self._starts

    def _in_phrases(self, runs: Sequence[_Run]) -> Iterator[int]:
        """Yield the numbers of the runs that belong to a whole name."""
        said = [word for run in runs for word in run.words]
        numbers = [number for number, run in enumerate(runs) for _ in run.words]
        for phrase in self._phrases:
            for start in range(len(said) - len(phrase) + 1):
                end = start + len(phrase)
                if tuple(said[start:end]) == phrase:
                    yield from numbers[start:end]


def names_of(entry: Entry) -> Names:
    """Return the name and the aliases of an entry."""
    return Names((entry.name, *entry.aliases))


def says_enough(text: str) -> bool:
    """Tell whether a text with gaps can still be understood."""
    said, gaps = len(_runs(text.replace(_ANY_ARTICLE, " "))), text.count(GAP)
    return said >= _FEWEST_WORDS and gaps <= _MOST_GAPS * (said + gaps)


def _runs(text: str) -> list[_Run]:
    return [_Run(found.start(), found.end(), _folded(found[0])) for found in _RUN.finditer(text)]


def _folded(text: str) -> tuple[str, ...]:
    return tuple(map(fold, words(text)))
