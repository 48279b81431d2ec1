"""Recognise questions that compare two things: "stop vs stop-limit order", "the difference between A and B"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# A longer question tells a story.
LONGEST_COMPARISON = 150
# Each pattern finds the part of a question in which two names are joined, and is listed with the words that join them.
_JOINED = tuple(
    (re.compile(part, re.IGNORECASE), re.compile(rf"\s+(?:{joints})\s+|\s*(?:{marks})\s*", re.IGNORECASE))
    for part, joints, marks in (
        (r"\bbetween\s+(.+)", r"and|vs\.?|versus|or", r"[&/]"),
        (r"\bcompar(?:e|ing|ison of)\s+(.+)", r"and|with|to|vs\.?|versus|against", r"[&/]"),
        (r"(.+?)\s+(?:compared|differences?)\W*$", r"and|vs\.?|versus", r"[&/]"),
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
        for joined in joint.finditer(pair):
            first, second = pair[: joined.start()].strip(), pair[joined.end() :].strip()
            name = _CIRCUMSTANCES.sub("", second)
            if first and name:
                yield Sides((first, f"{first} {name.split()[-1]}"), (second, name, f"{name} {first.split()[-1]}"))
