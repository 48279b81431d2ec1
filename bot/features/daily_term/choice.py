"""Choosing the term of the day: none that was shown lately, and fairly over the categories."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.glossary.model import Entry


def choose_term(entries: Iterable[Entry], shown: Sequence[str], chance: random.Random) -> Entry | None:
    """Return one of the terms to show, given the ids of those shown before, newest first; `None` if there is none.

    No term comes again before all others have been shown; after that, it is one of the half that was shown longest
    ago. Among these, the term is from the category with the smallest share of shown terms. Messages and
    entries that are out of date are left out.
    """
    terms = [entry for entry in entries if entry.message is None and not entry.is_out_of_date]
    rank = {entry_id: place for place, entry_id in reversed(list(enumerate(shown)))}
    candidates = [term for term in terms if term.id not in rank]
    if not candidates:
        oldest_first = sorted(terms, key=lambda term: -rank[term.id])
        candidates = oldest_first[: (len(terms) + 1) // 2]
    if not candidates:
        return None
    size, left = (Counter(term.category for term in some) for some in (terms, candidates))
    # The largest part that is left is the smallest part shown. Categories that are equal come in any order.
    most = max(left[category] / size[category] for category in left)
    category = chance.choice([one for one in left if left[one] / size[one] == most])
    return chance.choice([term for term in candidates if term.category == category])
