"""Find entries by the starts of words in their names and keywords, for what somebody types in their own words."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bot.glossary.model import Entry
from bot.glossary.search.compact import packed
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import fold, words

# Fewer letters begin too many words.
SHORTEST_START = 3


class KeywordStarts:
    """The words of names and keywords, sorted, beside the lines that contain them: a line is one name or keyword."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Index the entries."""
        lines = [(number, line) for number, entry in enumerate(entries) for line in _lines(entry)]
        holders: dict[str, list[int]] = defaultdict(list)
        for at, (_, line) in enumerate(lines):
            for word in set(words(line)):
                holders[word].append(at)
        self._owners = packed([number for number, _ in lines])
        in_order = sorted(holders)
        # All words in one string, and where each starts in it.
        self._text = "\n".join(in_order)
        self._places = packed(list(accumulate((len(word) + 1 for word in in_order), initial=0))[:-1])
        # The lines of the first word, then those of the second, and so on; and where each of these runs starts.
        self._lines = packed([line for word in in_order for line in holders[word]])
        self._starts = packed(list(accumulate((len(holders[word]) for word in in_order), initial=0)))

    def entries_for(self, said: Sequence[str]) -> Iterator[int]:
        """Yield the numbers of the entries with words that start like all the telling words that were typed.

        Entries with all of them in one line come first.
        """
        telling = [fold(word) for word in said if word not in STOP_WORDS]
        if sum(map(len, telling)) < SHORTEST_START:
            return
        held = [set(self._lines_with(start)) for start in telling]
        whole = set.intersection(*held)
        yield from dict.fromkeys(self._owners[line] for line in sorted(whole))
        if len(telling) > 1:
            owners = [{self._owners[line] for line in lines} for lines in held]
            yield from sorted(set.intersection(*owners))

    def _lines_with(self, start: str) -> Sequence[int]:
        """Return the lines with a word that starts like this."""
        text, length = self._text, len(start)

        def letters(place: int) -> str:
            return text[place : place + length]

        first = bisect_left(self._places, start, key=letters)
        last = bisect_right(self._places, start, first, key=letters)
        return self._lines[self._starts[first] : self._starts[last]]


def _lines(entry: Entry) -> tuple[str, ...]:
    return (entry.name, *entry.aliases, *entry.keywords)
