"""The picture of how a glossary is used: the headline figures, the questions of each day, and what was shown most."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from bot.features.pictures.lettering import drawable
from bot.features.stats.canvas import Canvas, cut_to_width, width
from bot.features.stats.day_counts import DayCounts, axis_step, by_week, short_number
from bot.features.stats.period import Change, Headline, Period, Shown
from bot.features.stats.theme import DARK, Theme, made_visible
from bot.storage.counts import SECONDS_A_DAY

# All lengths are pixels. Discord shows a picture about 350 pixels wide on a phone: the smallest text is 11 high there.
WIDTH = 760
LEFT, RIGHT = 36, WIDTH - 36
CORNER_RADIUS = 22
TITLE_SIZE, FIGURE_SIZE, HEADING_SIZE, LABEL_SIZE = 34, 54, 28, 25
TITLE_Y, FIGURE_Y, UNDER_FIGURE_Y, CHANGE_Y = 56, 134, 184, 218
CHANGE_HEIGHT = 34
# Below the headline figures, without their changes.
COLUMNS_TOP, COLUMNS_BOTTOM, DATES_Y = 236, 386, 412
BARS_HEADING_Y, BARS_TOP, BAR_DISTANCE = 466, 494, 40
# With more days than this, columns would be too thin, so there is one for each week.
MAX_COLUMNS = 90
MAX_BARS = 5
MAX_NAME_WIDTH = 320
_MAX_COLUMN_WIDTH, _BAR_THICKNESS, _DOT, _DOT_ROOM = 56, 24, 16, 25
_RADIUS = 6
_LEGEND_DISTANCE, _BOTTOM = 36, 38
# There is a date at every second or seventh column and so on: dates on one weekday, or a quarter apart, read well.
_DAY_STEPS, _WEEK_STEPS = (1, 2, 7, 14, 21, 28), (1, 2, 4, 13, 26, 52)


class Slots(NamedTuple):
    """The equally wide strips of the picture in which the columns and their dates stand."""

    left: float
    width: float

    def middle(self, number: int) -> float:
        """Return the x of the middle of a strip."""
        return self.left + (number + 0.5) * self.width


class _Key(NamedTuple):
    """A category in the legend: its colour, and the place of its label."""

    label: str
    colour: int
    x: float
    line: int


def usage_chart(period: Period, theme: Theme = DARK) -> bytes:
    """Draw a period and return a PNG. It takes some tens of milliseconds, so call it in a thread."""
    top = period.top[:MAX_BARS]
    has_changes = any(headline.change for headline in period.headlines)
    shift = CHANGE_HEIGHT if has_changes else 0
    legend = _placed_legend(top)
    height = BARS_TOP + shift + max(1, len(top)) * BAR_DISTANCE + _legend_height(legend) + _BOTTOM
    canvas = Canvas((WIDTH, height), theme.background)
    _draw_title(canvas, period, theme)
    _draw_headlines(canvas, period.headlines, theme)
    _draw_columns(canvas, period.days, theme, shift)
    canvas.text((LEFT, BARS_HEADING_Y + shift), "Shown most", theme.text, HEADING_SIZE)
    _draw_bars(canvas, top, theme, BARS_TOP + shift)
    _draw_legend(canvas, legend, theme, BARS_TOP + shift + len(top) * BAR_DISTANCE)
    return canvas.png(CORNER_RADIUS)


def _draw_title(canvas: Canvas, period: Period, theme: Theme) -> None:
    canvas.bar((LEFT, TITLE_Y - 20, LEFT + 8, TITLE_Y + 20), theme.answered, 4)
    canvas.text((LEFT + 22, TITLE_Y), "How the glossary is used", theme.text, TITLE_SIZE, is_bold=True)
    if period.days:
        first, last = period.days[0].day, period.days[-1].day
        dates = f"{_date(first)} - {_date(last)}" if first < last else _date(last)
        canvas.text((RIGHT, TITLE_Y), dates, theme.faint, LABEL_SIZE, anchor="rm")


def _draw_headlines(canvas: Canvas, headlines: Sequence[Headline], theme: Theme) -> None:
    """Write the figures side by side. The dot before a label says which colour stands for it in the columns."""
    dots = (None, theme.answered, theme.suggested, theme.missed)
    room = (RIGHT - LEFT) / len(headlines)
    for number, (headline, dot) in enumerate(zip(headlines, dots, strict=True)):
        x = LEFT + number * room
        canvas.text((x, FIGURE_Y), headline.value, theme.text, FIGURE_SIZE, is_bold=True)
        label_x = x
        if dot:
            _draw_dot(canvas, (x, UNDER_FIGURE_Y), dot)
            label_x += _DOT_ROOM
        canvas.text((label_x, UNDER_FIGURE_Y), headline.label, theme.faint, LABEL_SIZE)
        if headline.change:
            _draw_change(canvas, headline.change, x, theme)


def _draw_change(canvas: Canvas, change: Change, x: float, theme: Theme) -> None:
    """Write how a figure has changed, behind a triangle that points up or down."""
    if not change.amount:
        canvas.text((x, CHANGE_Y), "as before", theme.faint, LABEL_SIZE)
        return
    colour = {None: theme.faint, True: theme.good, False: theme.bad}[change.is_good]
    canvas.triangle((x + 8, CHANGE_Y), 15, colour, is_up=change.amount > 0)
    canvas.text((x + 25, CHANGE_Y), str(change), colour, LABEL_SIZE)


def _draw_columns(canvas: Canvas, days: Sequence[DayCounts], theme: Theme, shift: int) -> None:
    top, bottom = COLUMNS_TOP + shift, COLUMNS_BOTTOM + shift
    is_weekly = len(days) > MAX_COLUMNS
    columns = by_week(days) if is_weekly else days
    highest = max((column.asked for column in columns), default=0)
    if not highest:
        canvas.text((WIDTH / 2, (top + bottom) / 2), "No questions in this time", theme.faint, LABEL_SIZE, anchor="mm")
        return
    step = axis_step(highest)
    values = range(0, highest + step, step)
    scale = (bottom - top) / values[-1]
    left = _draw_axis(canvas, values, bottom, scale, theme)
    slots = Slots(left, (RIGHT - left) / len(columns))
    thickness = min(_MAX_COLUMN_WIDTH, max(1.0, slots.width - min(8.0, max(1.0, slots.width * 0.25))))
    for number, column in enumerate(columns):
        _draw_column(canvas, column, (slots.middle(number) - thickness / 2, thickness), (bottom, scale), theme)
    _draw_dates(canvas, columns, slots, DATES_Y + shift, theme, is_weekly=is_weekly)


def _draw_axis(canvas: Canvas, values: Sequence[int], bottom: int, scale: float, theme: Theme) -> int:
    """Draw a line for each value and return the x at which the lines begin."""
    labels = [short_number(value) for value in values]
    left = LEFT + math.ceil(max(width(label, LABEL_SIZE) for label in labels)) + 14
    # Next to each other, their labels would touch.
    every = 1 if len(values) <= 4 else 2
    for value, label in list(zip(values, labels, strict=True))[::every]:
        y = bottom - value * scale
        canvas.bar((left, y - 1, RIGHT, y + 1), theme.grid)
        canvas.text((left - 14, y), label, theme.faint, LABEL_SIZE, anchor="rm")
    return left


def _draw_column(
    canvas: Canvas, column: DayCounts, place: tuple[float, float], scaled: tuple[float, float], theme: Theme
) -> None:
    """Stack the parts of a column, with round corners at its top.

    A part is at least two pixels high, so that it is seen next to much higher ones.
    """
    (left, thickness), (bottom, scale) = place, scaled
    colours = (theme.answered, theme.suggested, theme.missed)
    parts = [(count, colour) for count, colour in zip(column.parts, colours, strict=True) if count]
    for number, (count, colour) in enumerate(parts, 1):
        top = bottom - max(2.0, count * scale)
        radius = _RADIUS if number == len(parts) else 0
        canvas.bar((left, top, left + thickness, bottom), colour, radius, only_top=True)
        bottom = top


def _draw_dates(
    canvas: Canvas, columns: Sequence[DayCounts], slots: Slots, y: int, theme: Theme, *, is_weekly: bool
) -> None:
    """Write dates under the columns, as many as there is room for; the last column always has one."""
    labels = [_date(column.day) for column in columns]
    widest = max(width(label, LABEL_SIZE) for label in labels)
    # The first and the last date may be moved by half their width to stay in the picture.
    columns_needed = math.ceil((widest * 1.5 + 16) / slots.width)
    steps = _WEEK_STEPS if is_weekly else _DAY_STEPS
    step = next((step for step in steps if step >= columns_needed), columns_needed)
    for number in range(len(labels) - 1, -1, -step):
        half = width(labels[number], LABEL_SIZE) / 2
        x = min(max(slots.middle(number), slots.left + half), RIGHT - half)
        canvas.text((x, y), labels[number], theme.faint, LABEL_SIZE, anchor="mm")


def _date(day: int) -> str:
    date = datetime.fromtimestamp(day * SECONDS_A_DAY, UTC)
    return f"{date.day} {date:%b}"


def _draw_bars(canvas: Canvas, top: Sequence[Shown], theme: Theme, first_y: int) -> None:
    if not top:
        canvas.text((WIDTH / 2, first_y + 20), "No entry was shown in this time", theme.faint, LABEL_SIZE, anchor="mm")
        return
    labels = [_bar_label(shown.name, place) for place, shown in enumerate(top, 1)]
    left = LEFT + math.ceil(max(width(label, LABEL_SIZE) for label in labels)) + 18
    counts = [_count(shown) for shown in top]
    room = RIGHT - left - 12 - max(width(count, LABEL_SIZE) for count in counts)
    highest = max(1, *(shown.times for shown in top))
    for number, (label, count, shown) in enumerate(zip(labels, counts, top, strict=True)):
        y = first_y + number * BAR_DISTANCE + BAR_DISTANCE / 2
        canvas.text((LEFT, y), label, theme.text, LABEL_SIZE)
        # A few are seen next to very many.
        length = max(4.0, room * shown.times / highest)
        box = (left, y - _BAR_THICKNESS / 2, left + length, y + _BAR_THICKNESS / 2)
        canvas.bar(box, made_visible(shown.colour, theme), _RADIUS)
        canvas.text((left + length + 12, y), count, theme.faint, LABEL_SIZE)


def _placed_legend(top: Sequence[Shown]) -> list[_Key]:
    """Return which categories the colours of the bars stand for, side by side, in as many lines as needed."""
    keys: list[_Key] = []
    x, line = float(LEFT), 0
    for category, colour in dict.fromkeys((shown.category, shown.colour) for shown in top):
        label = cut_to_width(drawable(category), LABEL_SIZE, RIGHT - LEFT - _DOT_ROOM)
        if not label:
            continue
        needed = _DOT_ROOM + width(label, LABEL_SIZE)
        if x + needed > RIGHT:
            x, line = float(LEFT), line + 1
        keys.append(_Key(label, colour, x, line))
        x += needed + 24
    return keys


def _legend_height(legend: Sequence[_Key]) -> int:
    return (legend[-1].line + 1) * _LEGEND_DISTANCE + 8 if legend else 0


def _draw_legend(canvas: Canvas, legend: Sequence[_Key], theme: Theme, first_y: int) -> None:
    for key in legend:
        y = first_y + 8 + (key.line + 0.5) * _LEGEND_DISTANCE
        _draw_dot(canvas, (key.x, y), made_visible(key.colour, theme))
        canvas.text((key.x + _DOT_ROOM, y), key.label, theme.faint, LABEL_SIZE)


def _draw_dot(canvas: Canvas, at: tuple[float, float], colour: str) -> None:
    """Draw the sign of a colour, with the middle of its left edge at a point."""
    x, y = at
    canvas.bar((x, y - _DOT / 2, x + _DOT, y + _DOT / 2), colour, _DOT / 3)


def _bar_label(name: str, place: int) -> str:
    """Return what stands before a bar: the name, or its place if the font can draw nothing of the name."""
    return cut_to_width(drawable(name) or f"No. {place}", LABEL_SIZE, MAX_NAME_WIDTH)


def _count(shown: Shown) -> str:
    return short_number(shown.times, in_full_below=1_000_000)
