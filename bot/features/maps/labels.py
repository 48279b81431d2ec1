"""The labels of a map: names on a few short lines, and how much room they take."""

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from bot.features.maps.layout import Size
from bot.features.pictures.lettering import cut_to_width, drawable, width

# A pixel of a 390 pixels wide screen is two pixels of the picture.
SCALE = 2
# In pixels of the screen: the sizes of text, the height of a line for each of their pixels, the most width, the room
# around the text.
LABEL_SIZE, MIDDLE_SIZE = 14, 16
_LINE, _MOST_WIDTH, _PAD_X, _PAD_Y = 1.22, 112, 9, 6
_MOST_LINES = 3


class Label(NamedTuple):
    """The lines of a label, and the size of its text."""

    lines: tuple[str, ...]
    text_size: int

    @property
    def line_height(self) -> float:
        """Return how far apart the lines are, in pixels of the screen."""
        return self.text_size * _LINE

    @property
    def size(self) -> Size:
        """Return how much room the label takes, in pixels of the screen."""
        widest = _widest(self.lines, self.text_size)
        return Size(widest + 2 * _PAD_X, len(self.lines) * self.line_height + 2 * _PAD_Y)


def label_of(name: str, *, is_middle: bool) -> Label:
    """Return a name on as few lines as it needs, at most three, each as short as can be; what does not fit is cut."""
    size = MIDDLE_SIZE if is_middle else LABEL_SIZE
    words = (drawable(name) or "…").split(" ")
    lines: Sequence[str] = (" ".join(words),)
    for breaks in range(min(len(words), _MOST_LINES)):
        places = combinations(range(1, len(words)), breaks)
        ways = [[" ".join(words[a:b]) for a, b in pairwise((0, *at, len(words)))] for at in places]
        lines = min(ways, key=lambda way: _widest(way, size))
        if _widest(lines, size) <= _MOST_WIDTH:
            break
    return Label(tuple(cut_to_width(line, size * SCALE, _MOST_WIDTH * SCALE) for line in lines), size)


def _widest(lines: Sequence[str], size: int) -> float:
    return max(width(line, size * SCALE) for line in lines) / SCALE
