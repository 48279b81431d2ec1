"""The picture of how a glossary is used: questions a day, and what was shown most."""

import functools
import io
import itertools
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from bot.glossary.search.names import Outcome
from bot.storage.counts import SECONDS_A_DAY

# Discord shows a picture in at most 550 by 350 pixels; twice that is sharp, and nothing is scaled down further.
WIDTH, HEIGHT = 1100, 700
# An opaque card looks the same on Discord's dark and light themes. The three colours of outcomes are told apart by
# colour-blind eyes and by their lightness alone: https://jfly.uni-koeln.de/color/
CARD, TEXT, FAINT, GRID = "#20242c", "#f2f3f5", "#b4bac5", "#3a404b"
ANSWERED, SUGGESTED, MISSED = "#56b4e9", "#f0e442", "#d55e00"
# Another colour than those of the outcomes, because what is shown is not only what was asked for.
BAR = "#a9a4e0"
_OUTCOMES = (("answered", ANSWERED), ("suggested", SUGGESTED), ("not found", MISSED))
# More columns than this are too thin to tell apart, so that weeks are shown instead.
MOST_COLUMNS = 90
# The height is for so many bars; with fewer, the picture is lower.
MOST_BARS = 10
_LEFT, _RIGHT, _RADIUS = 40, WIDTH - 40, 24
_TOP, _BOTTOM, _WIDEST_COLUMN = 86, 280, 72
_LIST_TOP, _ROW, _THICKNESS, _WIDEST_LABEL = 376, 30, 20, 400
_TITLE_SIZE, _SIZE, _AXIS_SIZE = 28, 24, 22
# A step between dates that falls on the same weekday, or on a quarter, is easier to read than just any.
_DAY_STEPS, _WEEK_STEPS = (1, 2, 7, 14), (1, 2, 4, 13, 26, 52)
# Replacements for characters that the font lacks and NFKD does not decompose.
_ALIKE = str.maketrans(
    {**dict.fromkeys("‐‑‒–—−", "-"), "→": "->", "€": "EUR", "£": "GBP", "×": "x", "ß": "ss", "ø": "o", "ł": "l"}
)


class DayCounts(NamedTuple):
    """How many questions of a day were answered, met with suggestions, or missed. `day` counts from 1970-01-01."""

    day: int
    answered: int = 0
    suggested: int = 0
    missed: int = 0

    @classmethod
    def of(cls, day: int, outcomes: Mapping[Outcome, int]) -> "DayCounts":
        """Sum up the outcomes of a day."""
        answered = outcomes.get(Outcome.EXACT, 0) + outcomes.get(Outcome.SURE, 0)
        return cls(day, answered, outcomes.get(Outcome.SUGGEST, 0), outcomes.get(Outcome.NONE, 0))

    @property
    def parts(self) -> tuple[int, int, int]:
        """Return the counts in the order in which they are stacked, from the bottom."""
        return self.answered, self.suggested, self.missed


def usage_chart(days: Sequence[DayCounts], top: Sequence[tuple[str, int]]) -> bytes:
    """Draw the questions of consecutive days and up to ten terms shown most, best first, and return a PNG.

    It takes some tens of milliseconds, so call it in a thread.
    """
    top = top[:MOST_BARS]
    height = HEIGHT - (MOST_BARS - max(1, len(top))) * _ROW
    image = Image.new("RGB", (WIDTH, height), CARD)
    draw = ImageDraw.Draw(image)
    is_weekly = len(days) > MOST_COLUMNS
    _draw_text(draw, (_LEFT, 44), "Questions a week" if is_weekly else "Questions a day", TEXT, _TITLE_SIZE)
    _draw_legend(draw, days)
    _draw_columns(draw, _weeks(days) if is_weekly else days, is_weekly=is_weekly)
    _draw_text(draw, (_LEFT, _LIST_TOP - 28), "Shown most", TEXT, _TITLE_SIZE)
    _draw_bars(draw, top)
    image.putalpha(_rounded(image.size))
    file = io.BytesIO()
    # With a palette the file is much smaller, and the picture has few colours.
    image.quantize(256, method=Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _rounded(size: tuple[int, int]) -> Image.Image:
    """Return a mask with rounded corners, drawn larger and reduced so that they are smooth."""
    mask = Image.new("L", (size[0] * 4, size[1] * 4))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), _RADIUS * 4, 255)
    return mask.reduce(4)


def _draw_legend(draw: ImageDraw.ImageDraw, days: Sequence[DayCounts]) -> None:
    x = float(_RIGHT)
    for part, (label, colour) in reversed(list(enumerate(_OUTCOMES))):
        text = f"{_short(sum(one.parts[part] for one in days), 10_000_000)} {label}"
        x -= _length(text, _AXIS_SIZE)
        _draw_text(draw, (x, 44), text, FAINT, _AXIS_SIZE)
        x -= 28
        draw.rectangle((round(x), 36, round(x) + 17, 53), colour)
        x -= 28


def _draw_columns(draw: ImageDraw.ImageDraw, columns: Sequence[DayCounts], *, is_weekly: bool) -> None:
    most = max((sum(one.parts) for one in columns), default=0)
    if not most:
        middle = (WIDTH / 2, (_TOP + _BOTTOM) / 2)
        _draw_text(draw, middle, "No questions in this time", FAINT, _SIZE, anchor="mm")
        return
    step = _round_step(most)
    values = range(0, most + step, step)
    scale = (_BOTTOM - _TOP) / values[-1]
    left = _LEFT + math.ceil(max(_length(_short(value), _AXIS_SIZE) for value in values)) + 14
    for value in values:
        y = round(_BOTTOM - value * scale)
        draw.rectangle((left, y, _RIGHT - 1, y + 1), GRID)
        _draw_text(draw, (left - 14, y), _short(value), FAINT, _AXIS_SIZE, anchor="rm")
    slot = (_RIGHT - left) / len(columns)
    thickness = max(1, min(_WIDEST_COLUMN, int(slot - max(1.0, min(8.0, slot * 0.2)))))
    for number, one in enumerate(columns):
        x = round(left + number * slot + (slot - thickness) / 2)
        bottom = _BOTTOM
        for total, count, (_, colour) in zip(itertools.accumulate(one.parts), one.parts, _OUTCOMES, strict=True):
            if count:
                # Even a small count is at least one pixel high.
                y = min(bottom - 1, round(_BOTTOM - total * scale))
                draw.rectangle((x, y, x + thickness - 1, bottom - 1), colour)
                bottom = y
    _draw_dates(draw, columns, left, is_weekly=is_weekly)


def _draw_dates(draw: ImageDraw.ImageDraw, columns: Sequence[DayCounts], left: float, *, is_weekly: bool) -> None:
    dates = [datetime.fromtimestamp(one.day * SECONDS_A_DAY, UTC) for one in columns]
    labels = [f"{date.day} {date:%b %Y}" if is_weekly else f"{date.day} {date:%b}" for date in dates]
    slot, widest = (_RIGHT - left) / len(labels), max(_length(label, _AXIS_SIZE) for label in labels)
    # The first and the last label may be moved by half their width to stay in the picture.
    least = math.ceil((widest * 1.5 + 20) / slot)
    every = next((step for step in (_WEEK_STEPS if is_weekly else _DAY_STEPS) if step >= least), least)
    for number in range(len(labels) - 1, -1, -every):
        half = _length(labels[number], _AXIS_SIZE) / 2
        x = min(max(left + (number + 0.5) * slot, left + half), _RIGHT - half)
        _draw_text(draw, (x, _BOTTOM + 22), labels[number], FAINT, _AXIS_SIZE, anchor="mm")


def _draw_bars(draw: ImageDraw.ImageDraw, top: Sequence[tuple[str, int]]) -> None:
    if not top:
        _draw_text(draw, (WIDTH / 2, _LIST_TOP + 14), "No entry was shown in this time", FAINT, _SIZE, anchor="mm")
        return
    labels = [_fitting(_drawable(label) or f"No. {place}") for place, (label, _) in enumerate(top, 1)]
    left = _LEFT + math.ceil(max(_length(label, _SIZE) for label in labels)) + 20
    most = max(1, *(count for _, count in top))
    room = _RIGHT - left - 12 - max(_length(f"{count:,}", _SIZE) for _, count in top)
    for number, (label, (_, count)) in enumerate(zip(labels, top, strict=True)):
        y = _LIST_TOP + number * _ROW + _ROW // 2
        _draw_text(draw, (_LEFT, y), label, TEXT, _SIZE)
        length = max(2, round(room * count / most)) if count else 0
        if length:
            draw.rectangle((left, y - _THICKNESS // 2, left + length - 1, y + _THICKNESS // 2 - 1), BAR)
        _draw_text(draw, (left + length + 12, y), f"{count:,}", FAINT, _SIZE)


def _drawable(label: str) -> str:
    """Return a label without accents and emoji; other letters that the font lacks become an ellipsis."""
    letters = unicodedata.normalize("NFKD", " ".join(label[:200].split()).translate(_ALIKE))[:200]
    drawn = "".join(
        letter if _has_picture(letter) else "…" if unicodedata.category(letter).startswith("L") else ""
        for letter in letters
    )
    text = " ".join(re.sub(r"…[ …]*…", "…", drawn).split())
    return text if text.strip("… ") else ""


def _fitting(text: str) -> str:
    """Shorten a text so that it fits beside the bars."""
    if _length(text, _SIZE) <= _WIDEST_LABEL:
        return text
    while _length(f"{text}…", _SIZE) > _WIDEST_LABEL:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _weeks(days: Sequence[DayCounts]) -> list[DayCounts]:
    """Sum up the days by weeks; the last week ends with the last day."""
    first = len(days) % 7
    groups = [days[:first], *(days[at : at + 7] for at in range(first, len(days), 7))]
    return [DayCounts(one[0].day, *(sum(day.parts[part] for day in one) for part in range(3))) for one in groups if one]


def _round_step(most: int) -> int:
    """Return a step (1, 2 or 5 times a power of ten) with which five steps reach the largest count."""
    power: int = 10 ** max(0, math.floor(math.log10(most)) - 1)
    return next(factor * power for factor in (1, 2, 5, 10, 20, 50) if most <= 5 * factor * power)


def _short(value: int, least: int = 10_000) -> str:
    """Write a number in full if it is below `least`, otherwise shortened, such as 12k."""
    if value < least:
        return f"{value:,}"
    for unit, sign in ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k")):
        if value >= unit:
            return f"{value / unit:,.4g}{sign}"
    return str(value)


def _draw_text(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str, size: int, *, anchor: str = "lm"
) -> None:
    draw.text(at, text, colour, _font(size), anchor)


def _length(text: str, size: int) -> float:
    return _font(size).getlength(text)


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Load the font that comes with Pillow."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - Pillow's wheels are built with FreeType
    return font


@functools.lru_cache(4096)
def _has_picture(letter: str) -> bool:
    """Tell whether the font can draw a letter, rather than the box for missing ones."""
    if unicodedata.category(letter)[0] in "CM":
        return False
    return letter == " " or _picture(letter) not in {_picture("\U0010fffd"), b""}


def _picture(letter: str) -> bytes:
    return bytes(_font(_SIZE).getmask(letter))
