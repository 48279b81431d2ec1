"""What changed between two texts, word by word: old words struck, new ones bold, with a few words around."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bot.chat.markdown import escape

# How many unchanged words are shown before and after a change.
WORDS_AROUND = 4
_WORD = re.compile(r"\S+")


def word_diff(before: str, after: str, limit: int) -> str:
    """Return the changed places of a text, as many as fit into a number of characters, or the start of the new text.

    >>> word_diff("A stop order sells below the market.", "A stop order may sell below the market.", 200)
    'A stop order ~~sells~~ **may sell** below the market.'
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    shown = ""
    places = list(_places(old, new))
    for number, place in enumerate(places):
        longer = f"{shown} {place}".strip()
        if len(longer) > limit:
            if not shown:
                return f"{escape(' '.join(new))[: limit - 1]}…"
            return f"{shown.removesuffix(' …')} … and {len(places) - number} more"
        shown = longer
    return shown


def _places(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield each place that changed, with the words around it."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(WORDS_AROUND):
        first, last = group[0], group[-1]
        parts = ["…"] if first[3] > 0 else []
        for tag, old_start, old_end, new_start, new_end in group:
            removed, added = " ".join(old[old_start:old_end]), " ".join(new[new_start:new_end])
            if tag == "equal":
                parts.append(escape(added))
                continue
            if removed:
                parts.append(f"~~{escape(removed)}~~")
            if added:
                parts.append(f"**{escape(added)}**")
        if last[4] < len(new):
            parts.append("…")
        yield " ".join(parts)
