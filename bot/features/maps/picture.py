"""The picture of a map: a label for each entry in the colour of its category, with lines between linked ones."""

import io
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw

from bot.features.maps.labels import SCALE, Label, label_of
from bot.features.maps.layout import MARGIN, WIDTH, Box, Layout, Point, laid_out
from bot.features.maps.neighbourhood import Neighbourhood
from bot.features.pictures.lettering import cut_to_width, drawable, width, write
from bot.glossary.model import Category

# Lines are drawn twice as large as the picture, and smoothed.
_FACTOR = 2 * SCALE
# In pixels of a 390 pixels wide screen: the corners of a label, a dash and the gap after it, and the legend.
_CORNER, _DASH, _DASH_GAP, _DASH_WIDTH = 9, 6, 4, 1.6
_LEGEND_SIZE, _LEGEND_LINE, _LEGEND_GAP, _SWATCH, _SWATCH_GAP = 12, 21, 14, 10, 6
_CONFUSION = "not to be confused with"


class Theme(NamedTuple):
    """The colours of a picture, and how much of the background is in the colour of a label."""

    background: str
    text: str
    faint: str
    line: str
    confusion: str
    muted: float


DARK = Theme("#1e2027", "#f2f3f5", "#b4bac5", "#4b515e", "#f0b232", 0.72)
LIGHT = Theme("#ffffff", "#1e2027", "#565d6b", "#b9c0cc", "#c2410c", 0.80)


class _Item(NamedTuple):
    """An item of the legend: where it stands, what it says, and the colour of a category, `None` for dashes."""

    x: float
    y: float
    text: str
    colour: int | None


def draw(shown: Neighbourhood, categories: Sequence[Category], theme: Theme) -> bytes:
    """Draw a map and return a PNG. `categories` are those of the entries.

    It takes up to a tenth of a second, so call it in a thread.
    """
    labels = [
        label_of(entry.name, is_middle=shown.has_middle and place == 0) for place, entry in enumerate(shown.entries)
    ]
    layout = laid_out([label.size for label in labels], shown.links)
    legend = list(_legend(shown, categories, layout.height))
    height = max(item.y for item in legend) + _LEGEND_LINE / 2 + MARGIN
    image = Image.new("RGB", (WIDTH * _FACTOR, round(height) * _FACTOR), theme.background)
    pen = ImageDraw.Draw(image)
    _draw_links(pen, shown, layout, theme)
    for place, (box, category) in enumerate(zip(layout.boxes, categories, strict=True)):
        _draw_box(pen, box, category.colour, theme, is_middle=shown.has_middle and place == 0)
    for item in legend:
        _draw_swatch(pen, item, theme)
    image = image.reduce(_FACTOR // SCALE)
    pen = ImageDraw.Draw(image)
    for label, box in zip(labels, layout.boxes, strict=True):
        _write_label(pen, label, box, theme)
    for item in legend:
        left = (item.x + _SWATCH + _SWATCH_GAP) * SCALE
        write(pen, (left, item.y * SCALE), item.text, theme.faint, _LEGEND_SIZE * SCALE)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    """Return the file of a picture. A palette of 256 colours is enough for a map and makes the file much smaller."""
    file = io.BytesIO()
    image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _draw_links(pen: ImageDraw.ImageDraw, shown: Neighbourhood, layout: Layout, theme: Theme) -> None:
    """Draw the lines between labels: the faint ones first, then those from the middle, then the dashed ones."""

    def is_near(first: int) -> bool:
        return shown.has_middle and first == 0

    for link in sorted(shown.links, key=lambda link: (link.is_confusion, is_near(link.first))):
        start, end = ((layout.boxes[at].x * _FACTOR, layout.boxes[at].y * _FACTOR) for at in (link.first, link.second))
        if link.is_confusion:
            _draw_dashes(pen, start, end, theme.confusion)
        elif is_near(link.first):
            pen.line((start, end), theme.faint, round(1.5 * _FACTOR))
        else:
            pen.line((start, end), theme.line, _FACTOR)


def _draw_dashes(pen: ImageDraw.ImageDraw, start: Point, end: Point, colour: str) -> None:
    length = math.dist(start, end)
    for dash in range(math.ceil(length / ((_DASH + _DASH_GAP) * _FACTOR))):
        at = dash * (_DASH + _DASH_GAP) * _FACTOR
        shares = (at / length, min(at + _DASH * _FACTOR, length) / length)
        points = [(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share) for share in shares]
        pen.line(points, colour, round(_DASH_WIDTH * _FACTOR))


def _draw_box(pen: ImageDraw.ImageDraw, box: Box, colour: int, theme: Theme, *, is_middle: bool) -> None:
    """Draw a label without its text; the one in the middle is stronger."""
    corners = [
        round(edge * _FACTOR)
        for edge in (
            box.x - box.width / 2,
            box.y - box.height / 2,
            box.x + box.width / 2,
            box.y + box.height / 2,
        )
    ]
    fill = _mixed(colour, theme.background, theme.muted - 0.3 * is_middle)
    border = round((2.5 if is_middle else 1.5) * _FACTOR)
    pen.rounded_rectangle(corners, _CORNER * _FACTOR, fill, _mixed(colour, theme.text, 0.15), border)


def _draw_swatch(pen: ImageDraw.ImageDraw, item: _Item, theme: Theme) -> None:
    left, top, right, bottom = (
        item.x * _FACTOR,
        (item.y - _SWATCH / 2) * _FACTOR,
        (item.x + _SWATCH) * _FACTOR,
        (item.y + _SWATCH / 2) * _FACTOR,
    )
    if item.colour is None:
        middle = item.y * _FACTOR
        for start in (left, right - 4 * _FACTOR):
            pen.line((start, middle, start + 4 * _FACTOR, middle), theme.confusion, 2 * _FACTOR)
    else:
        pen.rounded_rectangle((left, top, right, bottom), 3 * _FACTOR, _mixed(item.colour, theme.text, 0.15))


def _write_label(pen: ImageDraw.ImageDraw, label: Label, box: Box, theme: Theme) -> None:
    first_y = box.y - (len(label.lines) - 1) / 2 * label.line_height
    for number, line in enumerate(label.lines):
        at = (box.x * SCALE, (first_y + number * label.line_height) * SCALE)
        write(pen, at, line, theme.text, label.text_size * SCALE, anchor="mm")


def _legend(shown: Neighbourhood, categories: Sequence[Category], top: float) -> Iterator[_Item]:
    """Yield what explains the colours and the dashes, in as many rows as it needs."""
    colours: dict[str, int | None] = {one.name: one.colour for one in categories}
    if any(link.is_confusion for link in shown.links):
        colours[_CONFUSION] = None
    x, y = float(MARGIN), top + _LEGEND_LINE / 2
    for name, colour in colours.items():
        room = WIDTH - 2 * MARGIN - _SWATCH - _SWATCH_GAP
        text = cut_to_width(drawable(name) or "…", _LEGEND_SIZE * SCALE, room * SCALE)
        needed = _SWATCH + _SWATCH_GAP + width(text, _LEGEND_SIZE * SCALE) / SCALE
        if x > MARGIN and x + needed > WIDTH - MARGIN:
            x, y = float(MARGIN), y + _LEGEND_LINE
        yield _Item(x, y, text, colour)
        x += needed + _LEGEND_GAP


def _mixed(colour: int, other: str, share: float) -> tuple[int, int, int]:
    """Return a colour mixed with a share of another."""
    parts = zip(colour.to_bytes(3), bytes.fromhex(other[1:]), strict=True)
    red, green, blue = (round(one * (1 - share) + two * share) for one, two in parts)
    return red, green, blue
