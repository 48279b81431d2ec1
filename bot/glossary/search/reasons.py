"""Find which of the texts that a message comes with somebody quotes."""

from rapidfuzz import fuzz

from bot.glossary.model import Entry, Reason

# How much of a reason's text, in per cent, has to be quoted. The names of exchanges and contracts differ.
_SIMILAR = 85
# How long a quotation has to be at least, as a share of the text: "no data" alone is too little.
_LEAST_QUOTED = 0.8


def reason_in(quoted: str, entry: Entry | None) -> Reason | None:
    """Return the reason of a message whose text is quoted, `None` if there is none."""
    if entry is None or entry.message is None:
        return None
    said = quoted.casefold()
    scored = [
        (fuzz.partial_ratio(one.text.casefold(), said), one)
        for one in entry.message.reason_table
        if len(said) >= _LEAST_QUOTED * len(one.text)
    ]
    score, reason = max(scored, key=lambda one: one[0], default=(0, None))
    return reason if score >= _SIMILAR else None
