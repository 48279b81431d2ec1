"""Recognise questions that ask for advice, such as what to buy, by the phrases that the data lists."""

import re
from collections.abc import Iterable

from bot.glossary.text import words

# Stands for any words inside a phrase.
GAP = "…"


def advice_pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds the phrases in a question's words, joined with spaces; `None` if there are none.

    >>> pattern = advice_pattern(["will … go up"])
    >>> pattern is not None and pattern.search("so will the dollar go up tomorrow") is not None
    True
    """
    parts = [r"\b.*\b".join(" ".join(words(part)) for part in phrase.split(GAP)) for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b") if parts else None
