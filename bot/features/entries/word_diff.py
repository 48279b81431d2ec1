"""What changed between two texts, word by word, with a few words around it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from bot.chat.markdown import escape
from bot.glossary.text import excerpt

# How many unchanged words are shown before and after a change.
WORDS_AROUND = 4
# A line break counts as a word, so that a text that was only divided into lines shows a difference.
_WORD = re.compile(r"\n|\S+")
_LINE_BREAK = "↵"
# A part of a place that is too long is cut to this share of the room: words around it, old words and new ones fit then.
_LONGEST_PART = 4


class Marks(NamedTuple):
    """How old and new words are marked, and how the text is made safe to show."""

    old: str
    new: str
    safe: Callable[[str], str]


class _Part(NamedTuple):
    """A run of words of a place, and the format that marks them."""

    text: str
    mark: str = "{}"


MARKDOWN = Marks("~~{}~~", "**{}**", escape)
# For files: https://www.gnu.org/software/wdiff/manual/wdiff.html
PLAIN = Marks("[-{}-]", "{{+{}+}}", str)


def word_diff(before: str, after: str, limit: int, marks: Marks = MARKDOWN) -> str:
    """Return the changed places of a text, as many as fit into a number of characters.

    Return nothing if only the spaces between words differ. The first place is cut if it does not fit alone.

    >>> word_diff("A stop order sells below the market.", "A stop order may sell below the market.", 200)
    'A stop order ~~sells~~ **may sell** below the market.'
    """
    places = [*_places(_WORD.findall(before), _WORD.findall(after), marks)]
    shown = ""
    for number, place in enumerate(places):
        longer = f"{shown} {_joined(place, marks)}".strip()
        if len(longer) > limit:
            if not shown:
                return _cut(place, limit, marks)
            return f"{shown.removesuffix(' …')} … and {len(places) - number} more"
        shown = longer
    return shown


def _places(old: Sequence[str], new: Sequence[str], marks: Marks) -> Iterator[list[_Part]]:
    """Yield each place that changed, with the words around it."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(WORDS_AROUND):
        first, last = group[0], group[-1]
        place = [_Part("…")] if first[3] > 0 else []
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                place.append(_Part(_text(new[new_start:new_end])))
                continue
            if old_start < old_end:
                place.append(_Part(_text(old[old_start:old_end]), marks.old))
            if new_start < new_end:
                place.append(_Part(_text(new[new_start:new_end]), marks.new))
        if last[4] < len(new):
            place.append(_Part("…"))
        yield place


def _text(words: Iterable[str]) -> str:
    return " ".join(words).replace("\n", _LINE_BREAK)


def _joined(place: Iterable[_Part], marks: Marks) -> str:
    return " ".join(part.mark.format(marks.safe(part.text)) for part in place)


def _cut(place: Sequence[_Part], limit: int, marks: Marks) -> str:
    """Return the start of a place, each part of it cut, as much as fits."""
    shown = ""
    for part in place:
        cut = part._replace(text=excerpt(part.text, limit // _LONGEST_PART))
        longer = f"{shown} {_joined([cut], marks)}".strip()
        if len(longer) > limit - len(" …"):
            return f"{shown.removesuffix(' …')} …".strip()
        shown = longer
    return shown
