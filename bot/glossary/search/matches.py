"""Find every entry that contains the words of a text."""

from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.layered_text import LayeredText
from bot.glossary.search.questions import MOST_WORDS, PROBLEM_WORDS
from bot.glossary.search.stems import scratch
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import fold, words

# The weight of a message against a term, unless the text mentions a problem.
UNLIKELY_MESSAGE = 0.6


class Matches(NamedTuple):
    """The entries that a search found, best first, and the stems that it looked for.

    `has_all` says that each entry contains every word; otherwise no entry does, and these contain some.
    """

    entries: tuple[Entry, ...]
    stems: frozenset[str]
    has_all: bool


def matches_of(query: str, text: LayeredText) -> Matches:
    """Find the entries that contain every word of a query, in any form; if there are none, those with any word.

    Stop words do not count unless there is nothing else.
    """
    said = words(query)[:MOST_WORDS]
    telling = [word for word in said if word not in STOP_WORDS] or said
    terms = list(dict.fromkeys(telling))
    stems = scratch().stem(terms)
    if not any(stems.values()):
        return Matches((), frozenset(), has_all=True)
    scores = text.by_words(terms, len(text))
    is_about_problem = not PROBLEM_WORDS.isdisjoint(map(fold, said))

    def score(number: int) -> float:
        is_unlikely = text[number].message is not None and not is_about_problem
        return scores[number] * (UNLIKELY_MESSAGE if is_unlikely else 1)

    held = {number: sum(text.speaks_of(number, stems[term]) for term in terms) for number in scores}
    ranked = sorted(scores, key=lambda number: (held[number], score(number)), reverse=True)
    whole = [number for number in ranked if held[number] == len(terms)]
    found = tuple(map(text.__getitem__, whole or ranked))
    return Matches(found, frozenset(stems.values()) - {""}, has_all=bool(whole) or not ranked)
