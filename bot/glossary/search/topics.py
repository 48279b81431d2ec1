"""Tell whether a question names an entry and says hardly anything else: "how do I place a bracket order"."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.stems import scratch
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import words

# With one word beside the name, a question is about that name; with two it may be about something else as well.
FEW_BESIDE, MOST_BESIDE = 1, 2
# Without one of these words, an everyday word is hardly the topic: "nice task", "the thread of this evening".
QUESTION_WORDS = frozenset(
    "can could do does explain help how is issue issues problem problems should trouble what when where which "
    "why".split()
)
# With two words beside the name, the entry is the answer if its score is this much ahead of the second.
CLEAR_LEAD = 1.5


class Topic(NamedTuple):
    """What a question is about: the number of telling words beside the name, and whether it is an everyday word."""

    beside: int
    is_everyday: bool

    @property
    def comes_first(self) -> bool:
        """Tell whether the entry is the best, whatever other words are in its text."""
        return self.beside <= FEW_BESIDE or not self.is_everyday

    def is_certain(self, lead: float, coverage: float) -> bool:
        """Tell whether the entry is the answer, given its lead, and the share of the telling words that it contains.

        An everyday word may be meant otherwise: "favourite series".
        """
        if self.is_everyday and coverage < 1:
            return False
        return self.beside <= FEW_BESIDE or lead >= CLEAR_LEAD


def is_asked(said: Iterable[str]) -> bool:
    """Tell whether words are those of a question, not of a remark."""
    return not QUESTION_WORDS.isdisjoint(said)


class Topics:
    """The names of several words, as sets of stems with the weights of the names."""

    def __init__(self, entries: Iterable[Entry], weights: Iterable[float]) -> None:
        """Collect the names of the entries."""
        named = ((name_stems(entry), weight) for entry, weight in zip(entries, weights, strict=True))
        self._names = tuple((name, weight) for name, weight in named if len(name) > 1)

    def about(self, entry: Entry, weight: float, telling: Sequence[str], *, is_everyday: bool) -> Topic | None:
        """Return an entry as the topic of a question, given by its telling stems, unless it says too much besides.

        Another name that stands in the question counts as well, but not if its weight is lower. "How do I cancel a
        limit order" is about *cancelling an order*, and "trailing stop in TWS" is not about TWS.
        """
        name = name_stems(entry)
        beside = set(telling) - name
        if not name or not name.issubset(telling) or len(beside) > MOST_BESIDE:
            return None
        others = (stems for stems, its_weight in self._names if its_weight >= weight)
        if any(stems.issubset(telling) and stems & beside for stems in others):
            return None
        return Topic(len(beside), is_everyday)


def name_stems(entry: Entry) -> frozenset[str]:
    """Return the stems of the telling words of an entry's name."""
    said = (word for word in words(entry.name) if word not in STOP_WORDS and len(word) > 1)
    return frozenset(scratch().stem(said).values())
