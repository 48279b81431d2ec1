"""The picture of how a glossary is used: questions a day, and the entries shown most."""

import io
import itertools
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from PIL import Image, ImageDraw

from bot.features.pictures.lettering import cut_to_width, drawable, width, write
from bot.features.stats.day_counts import DayCounts, axis_step, by_week, short_number, total
from bot.storage.counts import SECONDS_A_DAY

# Discord shows a picture in at most 550 by 350 pixels; twice that looks sharp on every screen.
WIDTH, HEIGHT = 1100, 700
# An opaque background looks the same on Discord's dark and light themes.
BACKGROUND, TEXT, FAINT, GRID = "#20242c", "#f2f3f5", "#b4bac5", "#3a404b"
# Colour-blind people can tell these three apart, by their lightness alone: https://jfly.uni-koeln.de/color/
ANSWERED, SUGGESTED, MISSED = "#56b4e9", "#f0e442", "#d55e00"
# The bars have a colour of their own, because entries are also shown when somebody clicks and asks nothing.
BAR = "#a9a4e0"
# The labels and colours of `DayCounts.parts`.
_PARTS = (("answered", ANSWERED), ("suggested", SUGGESTED), ("not found", MISSED))
# With more days than this, columns would be too thin, so there is one for each week.
MAX_COLUMNS = 90
# HEIGHT has room for this many bars; with fewer, the picture is lower.
MAX_BARS = 10

# All lengths are pixels.
LEFT, RIGHT = 40, WIDTH - 40
COLUMNS_TOP, COLUMNS_BOTTOM = 86, 280
BARS_TOP, BAR_DISTANCE = 376, 30
MAX_LABEL_WIDTH = 400
_CORNER_RADIUS, _MAX_COLUMN_WIDTH, _BAR_THICKNESS = 24, 72, 20
# The sizes of text.
TITLE_SIZE, LABEL_SIZE, AXIS_SIZE = 28, 24, 22
# There is a date at every second or seventh column and so on: dates on one weekday, or a quarter apart, read well.
_DAY_STEPS, _WEEK_STEPS = (1, 2, 7, 14), (1, 2, 4, 13, 26, 52)


class Slots(NamedTuple):
    """The equally wide strips of the picture in which the columns and their dates stand."""

    left: float
    width: float

    def start(self, number: int) -> float:
        """Return the x of the left edge of a strip."""
        return self.left + number * self.width

    def middle(self, number: int) -> float:
        """Return the x of the middle of a strip."""
        return self.left + (number + 0.5) * self.width


def usage_chart(days: Sequence[DayCounts], top: Sequence[tuple[str, int]]) -> bytes:
    """Draw the questions of consecutive days and the ten entries shown most, best first, and return a PNG.

    It takes some tens of milliseconds, so call it in a thread.
    """
    top = top[:MAX_BARS]
    bars = max(1, len(top))
    image = Image.new("RGB", (WIDTH, HEIGHT - (MAX_BARS - bars) * BAR_DISTANCE), BACKGROUND)
    draw = ImageDraw.Draw(image)
    is_weekly = len(days) > MAX_COLUMNS
    write(draw, (LEFT, 44), "Questions a week" if is_weekly else "Questions a day", TEXT, TITLE_SIZE)
    _draw_legend(draw, total(days))
    _draw_columns(draw, by_week(days) if is_weekly else days, is_weekly=is_weekly)
    write(draw, (LEFT, BARS_TOP - 28), "Shown most", TEXT, TITLE_SIZE)
    _draw_bars(draw, top)
    image.putalpha(_rounded_corners(image.size))
    return _png(image)


def _rounded_corners(size: tuple[int, int]) -> Image.Image:
    """Return a mask that leaves out the corners. It is drawn four times as large, so that their edges are smooth."""
    mask = Image.new("L", (size[0] * 4, size[1] * 4))
    whole = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(whole, _CORNER_RADIUS * 4, 255)
    return mask.reduce(4)


def _png(image: Image.Image) -> bytes:
    """Return the file of a picture. A palette of 256 colours is enough for ours and makes the file much smaller."""
    file = io.BytesIO()
    image.quantize(256, method=Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_legend(draw: ImageDraw.ImageDraw, sums: DayCounts) -> None:
    """Write how many questions each colour stands for, from the right edge to the left."""
    x = float(RIGHT)
    for (label, colour), count in reversed(list(zip(_PARTS, sums.parts, strict=True))):
        text = f"{short_number(count, in_full_below=10_000_000)} {label}"
        x -= width(text, AXIS_SIZE)
        write(draw, (x, 44), text, FAINT, AXIS_SIZE)
        x -= 28
        draw.rectangle((round(x), 36, round(x) + 17, 53), colour)
        x -= 28


def _draw_columns(draw: ImageDraw.ImageDraw, columns: Sequence[DayCounts], *, is_weekly: bool) -> None:
    highest = max((sum(column.parts) for column in columns), default=0)
    if not highest:
        middle = (WIDTH / 2, (COLUMNS_TOP + COLUMNS_BOTTOM) / 2)
        write(draw, middle, "No questions in this time", FAINT, LABEL_SIZE, anchor="mm")
        return
    step = axis_step(highest)
    values = range(0, highest + step, step)
    pixels_per_question = (COLUMNS_BOTTOM - COLUMNS_TOP) / values[-1]
    left = _draw_axis(draw, values, pixels_per_question)
    slots = Slots(left, (RIGHT - left) / len(columns))
    gap = min(8.0, max(1.0, slots.width * 0.2))
    thickness = min(_MAX_COLUMN_WIDTH, max(1, int(slots.width - gap)))
    margin = (slots.width - thickness) / 2
    for number, column in enumerate(columns):
        x = round(slots.start(number) + margin)
        _draw_column(draw, column, x, thickness, pixels_per_question)
    _draw_dates(draw, columns, slots, is_weekly=is_weekly)


def _draw_axis(draw: ImageDraw.ImageDraw, values: Sequence[int], pixels_per_question: float) -> int:
    """Draw a line for each value and return the x at which the lines begin."""
    labels = [short_number(value) for value in values]
    left = LEFT + math.ceil(max(width(label, AXIS_SIZE) for label in labels)) + 14
    for value, label in zip(values, labels, strict=True):
        y = round(COLUMNS_BOTTOM - value * pixels_per_question)
        draw.rectangle((left, y, RIGHT - 1, y + 1), GRID)
        write(draw, (left - 14, y), label, FAINT, AXIS_SIZE, anchor="rm")
    return left


def _draw_column(
    draw: ImageDraw.ImageDraw, column: DayCounts, x: int, thickness: int, pixels_per_question: float
) -> None:
    """Stack the parts of a column. A part is at least one pixel high, so that it is seen next to much higher ones."""
    bottom = COLUMNS_BOTTOM
    heights = itertools.accumulate(column.parts)
    for count, height, (_, colour) in zip(column.parts, heights, _PARTS, strict=True):
        if count:
            y = min(bottom - 1, round(COLUMNS_BOTTOM - height * pixels_per_question))
            draw.rectangle((x, y, x + thickness - 1, bottom - 1), colour)
            bottom = y


def _draw_dates(draw: ImageDraw.ImageDraw, columns: Sequence[DayCounts], slots: Slots, *, is_weekly: bool) -> None:
    """Write dates under the columns, as many as there is room for; the last column always has one."""
    labels = [_date(column.day, with_year=is_weekly) for column in columns]
    widest = max(width(label, AXIS_SIZE) for label in labels)
    # The first and the last date may be moved by half their width to stay in the picture.
    columns_needed = math.ceil((widest * 1.5 + 20) / slots.width)
    steps = _WEEK_STEPS if is_weekly else _DAY_STEPS
    step = next((step for step in steps if step >= columns_needed), columns_needed)
    for number in range(len(labels) - 1, -1, -step):
        half = width(labels[number], AXIS_SIZE) / 2
        x = min(max(slots.middle(number), slots.left + half), RIGHT - half)
        write(draw, (x, COLUMNS_BOTTOM + 22), labels[number], FAINT, AXIS_SIZE, anchor="mm")


def _date(day: int, *, with_year: bool) -> str:
    date = datetime.fromtimestamp(day * SECONDS_A_DAY, UTC)
    return f"{date.day} {date:%b %Y}" if with_year else f"{date.day} {date:%b}"


def _draw_bars(draw: ImageDraw.ImageDraw, top: Sequence[tuple[str, int]]) -> None:
    if not top:
        middle = (WIDTH / 2, BARS_TOP + 14)
        write(draw, middle, "No entry was shown in this time", FAINT, LABEL_SIZE, anchor="mm")
        return
    labels = [_bar_label(name, place) for place, (name, _) in enumerate(top, 1)]
    counts = [count for _, count in top]
    left = LEFT + math.ceil(max(width(label, LABEL_SIZE) for label in labels)) + 20
    room = RIGHT - left - 12 - max(width(f"{count:,}", LABEL_SIZE) for count in counts)
    highest = max(1, *counts)
    for number, (label, count) in enumerate(zip(labels, counts, strict=True)):
        y = BARS_TOP + number * BAR_DISTANCE + BAR_DISTANCE // 2
        write(draw, (LEFT, y), label, TEXT, LABEL_SIZE)
        # At least two pixels, so that a few are seen next to very many.
        length = max(2, round(room * count / highest)) if count else 0
        if length:
            draw.rectangle((left, y - _BAR_THICKNESS // 2, left + length - 1, y + _BAR_THICKNESS // 2 - 1), BAR)
        write(draw, (left + length + 12, y), f"{count:,}", FAINT, LABEL_SIZE)


def _bar_label(name: str, place: int) -> str:
    """Return what stands before a bar: the name, or its place if the font can draw nothing of the name."""
    return cut_to_width(drawable(name) or f"No. {place}", LABEL_SIZE, MAX_LABEL_WIDTH)
