"""Remove the frame of a question around a name: "can you tell me what a conId is?" asks about "conId"."""

from collections.abc import Iterator, Sequence
from itertools import product

from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import words

LEADING = frozenset(
    "a an the what whats which who is are was does do did how define definition meaning mean means of explain "
    "describe tell me us about can could would you someone somebody anyone please exactly i we use hi hey hello so "
    "and but to know want need understand".split()
)
_TRAILING = frozenset("is are mean means meaning definition defined work works please exactly for thanks do".split())
FRAME = LEADING | _TRAILING

# Words that fit a question about any term: "is X important for beginners", "what's the deal with X in practice".
_GENERAL = frozenset(
    "actual actually basic basically basics beginner beginners brief briefly calculate calculated calculating "
    "calculation compute computed concept deal detail details eli5 example examples explained explaining "
    "explanation formula formulas guide idea importance important introduction matter "
    "matters newbie newbies newcomer newcomers overview practical practically practice purpose quick quickly short "
    "simple simply summary useful work working worth".split()
)

_ANY_QUESTION = STOP_WORDS | FRAME | _GENERAL

# The most words of a place, with "in": "in the IB Gateway".
LONGEST_PLACE = 4

# The longest query that is kept, because it has to fit into the custom_id of a button.
LONGEST_ASKED = 80


def unframed(said: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words as they were said, then with more and more of the frame dropped.

    >>> for form in unframed(("what", "is", "tws")):
    ...     print(*form)
    what is tws
    is tws
    tws

    A place is dropped as well, since it follows the name; it has few words.

    >>> ("con", "id") in unframed(("what", "is", "con", "id", "in", "tws"))
    True
    >>> ("con", "id") in unframed(("con", "id", "in", "the", "order", "that", "I", "placed"))
    False
    """
    first, last = 0, len(said)
    while first < last and said[first] in LEADING:
        first += 1
    ends = {last}
    while last > first and said[last - 1] in _TRAILING:
        last -= 1
        ends.add(last)
    place = place_at(said[:last], first + 1)
    ends.add(last if place is None else place)
    forms = {said[start:end] for start, end in product(range(first + 1), ends) if start < end}
    yield from sorted(forms, key=lambda form: (-len(form), form))


def place_at(said: Sequence[str], first: int = 1) -> int | None:
    """Return where a place at the end begins, with "in", that is not before the `first` word; `None` without a place.

    >>> place_at(("margin", "in", "the", "IB", "Gateway"))
    1
    """
    at = said.index("in", first) if "in" in said[first:] else None
    return None if at is None or len(said) - at > LONGEST_PLACE else at


def without_frame(query: str) -> str:
    """Return a question without the words that would fit a question about any term.

    >>> without_frame("What's the deal with paper trading, and why is it important for beginners?")
    'paper trading'
    """
    return " ".join(word for word in words(query) if word not in _ANY_QUESTION)


def asked(query: str) -> str:
    """Return what a query asks about: in lower case, without the frame, cut to 80 characters.

    >>> asked("Hi, what does trailing stop mean?")
    'trailing stop'
    >>> asked("What is?")
    'is'
    """
    shortest = words(query)
    while len(shortest) > 1 and shortest[0] in LEADING:
        shortest = shortest[1:]
    while len(shortest) > 1 and shortest[-1] in _TRAILING:
        shortest = shortest[:-1]
    return " ".join(shortest)[:LONGEST_ASKED].rstrip()
