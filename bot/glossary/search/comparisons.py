"""Recognise questions that compare two things: "stop vs stop-limit order", "the difference between A and B"."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.glossary.search.frames import without_frame
from bot.glossary.search.names import SURE, Found, Hit, Names, Outcome
from bot.glossary.text import words

# A longer question tells a story.
LONGEST_COMPARISON = 150
# The number of words that a name may have which the glossary does not know.
LONGEST_UNKNOWN = 3
# How many of the words that join names are tried, as each takes some searches. A comparison of two names has few.
MOST_JOINTS = 4
# Each pattern finds the part of a question in which two names are joined, and is listed with the words that join them.
_JOINED = tuple(
    (re.compile(part, re.IGNORECASE), re.compile(rf"\s+(?:{joints})\s+|\s*(?:{marks})\s*", re.IGNORECASE))
    for part, joints, marks in (
        (r"\bbetween\s+(.+)", r"and|vs\.?|versus|or", r"[&/]"),
        (r"\bcompar(?:e|ing|ison of)\s+(.+)", r"and|with|to|vs\.?|versus|against", r"[&/]"),
        (r"(.+?)\s+(?:compared|differences?)\W*$", r"and|vs\.?|versus", r"[&/]"),
        (r"\b(?:is|are)\s+(.+)", r"(?:(?:really|exactly|just)\s+)?(?:the\s+)?same\s+(?:thing\s+)?as", r"=="),
        (r"\b(?:is|are)\s+(.+?)\s+(?:really\s+)?(?:the\s+)?same(?:\s+thing)?$", r"and", r"[&/]"),
        (r"(.+)", r"vs\.?|v\.|versus|compared (?:to|with)|(?:differs?|different) (?:from|to|than)", r"\bvs\b"),
        (r"(.+)", r"or|(?:better|rather) than|instead of", r"\bor\b"),
    )
)

# What follows a name: "TWS or the gateway for a server in the cloud".
_CIRCUMSTANCES = re.compile(r"\s+(?:at|because|better|for|if|in|on|when|where|with)\s.*", re.IGNORECASE)


class Sides(NamedTuple):
    """The two sides that a question may compare, each in several forms, the most literal first."""

    first: tuple[str, ...]
    second: tuple[str, ...]


def compared_in(question: str) -> Iterator[Sides]:
    """Yield what a question may compare, the likeliest first.

    A side may lack the last word of the other: "limit and market orders" are "limit orders" and "market orders".

    >>> for sides in compared_in("What's the difference between limit and market orders for beginners?"):
    ...     print(sides.first, sides.second[:2])
    ('limit', 'limit orders') ('market orders for beginners', 'market orders')
    """
    text = " ".join(question.split()).strip(" ?!.")
    if len(text) > LONGEST_COMPARISON:
        return
    for part, joint in _JOINED:
        found = part.search(text)
        if found is None:
            continue
        pair = found[1]
        for joined in islice(joint.finditer(pair), MOST_JOINTS):
            first, second = pair[: joined.start()].strip(), pair[joined.end() :].strip()
            name = _CIRCUMSTANCES.sub("", second)
            if first and name:
                yield Sides((first, *_elided(first, name)), (second, name, *_elided(name, first)))


def _elided(side: str, other: str) -> tuple[str, ...]:
    """Return a side with the last word of the other, unless that makes it the same or is the whole of the other."""
    *rest, last = other.split()
    return (f"{side} {last}",) if rest and rest != side.split() else ()


def find_compared(question: str, names: Names, name_of: Callable[[str], str]) -> Found:
    """Find the two entries that a question compares; each has to be named, perhaps with a typo.

    If it names only one of them, and the other is as short as a name, the one is suggested. `name_of` returns the name
    of an entry, given by id.
    """
    sides = list(compared_in(question))
    if not sides or names.find_spelled(question).outcome is Outcome.EXACT:
        return Found(Outcome.NONE)
    suggested: tuple[Hit, ...] = ()
    for first, second in sides:
        hits = _named_by(first, names), _named_by(second, names)
        pair = (
            hits[0] or _named_like(hits[1], first, names, name_of),
            hits[1] or _named_like(hits[0], second, names, name_of),
        )
        named = tuple(hit for hit in pair if hit is not None)
        if len({hit.name.entry_id for hit in named}) == len(pair):
            return Found(Outcome.SURE, named, is_comparison=True)
        if all(len(words(side[0])) <= LONGEST_UNKNOWN for side in (first, second)):
            suggested = suggested or named[:1]
    return Found(Outcome.SUGGEST, suggested) if suggested else Found(Outcome.NONE)


def _named_by(forms: Iterable[str], names: Names) -> Hit | None:
    """Return the entry that the first of some forms names which names any."""
    for form in forms:
        found = names.find_spelled(form)
        if found.outcome is not Outcome.EXACT:
            found = names.find_spelled(without_frame(form))
        if found.outcome is Outcome.EXACT:
            return found.hits[0]
    typos = map(names.find, forms)
    return next((found.hits[0] for found in typos if found.is_answer and found.hits[0].score >= SURE), None)


def _named_like(other: Hit | None, forms: Sequence[str], names: Names, name_of: Callable[[str], str]) -> Hit | None:
    """Return the entry that a side names with the last word of the other's name: "limit or market" are orders."""
    if other is None:
        return None
    ending = words(name_of(other.name.entry_id))[-1]
    found = names.find_spelled(f"{without_frame(forms[0])} {ending}")
    return found.hits[0] if found.outcome is Outcome.EXACT else None
