"""Tell whether a question names an entry and says hardly anything else: "how do I place a bracket order"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.stop_words import telling_in
from bot.glossary.text import words

# With one word beside the name, a question is about that name; with two it may be about something else as well.
FEW_BESIDE, MOST_BESIDE = 1, 2
# Without one of these words, an everyday word is hardly the topic: "nice task", "the thread of this evening".
QUESTION_WORDS = frozenset(
    "can could do does explain help how is issue issues problem problems should trouble what when where which "
    "why".split()
)
# If the name tells little, or with two words beside it, the entry is the answer if it is this much ahead of the second.
CLEAR_LEAD = 1.5
# The weight of a name that many entries have: "IB Gateway".
TELLS_LITTLE = 0.15


class Topic(NamedTuple):
    """An entry that a question seems to be about, because the question has its name.

    `weight` says how much the name tells, and `is_everyday` whether it is an everyday word. `beside` is the number of
    other telling words. `is_familiar` says whether the glossary has all of these, and `is_covered` whether the entry
    has them.
    """

    weight: float
    beside: int = 0
    is_everyday: bool = False
    is_familiar: bool = True
    is_covered: bool = True

    @property
    def comes_first(self) -> bool:
        """Tell whether the entry is the best, whatever other words are in its text."""
        return self.beside <= FEW_BESIDE or not self.is_everyday

    @property
    def is_doubtful(self) -> bool:
        """Tell whether the name may mean something else: it is an everyday word, and the entry lacks other words."""
        return self.is_everyday and not self.is_covered

    def is_certain(self, lead: float) -> bool:
        """Tell whether the entry is the answer, given the lead of its score over the second."""
        if self.is_doubtful or not self.is_familiar:
            return False
        tells_enough = self.beside <= FEW_BESIDE and self.weight >= TELLS_LITTLE
        return tells_enough or lead >= CLEAR_LEAD


def is_asked(said: Iterable[str]) -> bool:
    """Tell whether words are those of a question, not of a remark."""
    return not QUESTION_WORDS.isdisjoint(said)


class NameStems:
    """The names of entries as sets of stems, to find those whose words stand in a question, in any order."""

    def __init__(self, entries: Iterable[Entry], stems: Mapping[str, str]) -> None:
        """Collect the names, given the stems of their words."""
        # Tuples take a quarter of the memory of sets.
        self._names = tuple(tuple({stems[word] for word in telling_in(words(entry.name))}) for entry in entries)
        # A name stands in a question only if its first stem does.
        self._by_first: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            if len(name) > 1:
                self._by_first[min(name)].append(number)

    def __getitem__(self, number: int) -> frozenset[str]:
        """Return the stems of the name of an entry."""
        return frozenset(self._names[number])

    def within(self, asked: frozenset[str]) -> Iterator[int]:
        """Yield the numbers of the entries whose name has several telling words that are all in a question."""
        for stem in asked:
            yield from (number for number in self._by_first.get(stem, ()) if asked.issuperset(self._names[number]))


def beside_name(name: frozenset[str], asked: Sequence[str], others: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """Return the telling stems of a question that are not in a name, or `None` if the question is not about that name.

    It is not if it has many other words, or words of another name: "how do I cancel a limit order" is about *cancelling
    an order*. `others` are the names that the question has as well.
    """
    beside = frozenset(asked) - name
    if not name or not name.issubset(asked) or len(beside) > MOST_BESIDE:
        return None
    return None if any(other & beside for other in others) else beside
