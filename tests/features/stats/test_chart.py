"""The picture of usage shows counts to scale, can be read in both themes, and copes with any text as a label."""

import io
import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.features.stats.chart import (
    BAR_DISTANCE,
    BARS_HEADING_Y,
    BARS_TOP,
    CHANGE_HEIGHT,
    COLUMNS_BOTTOM,
    COLUMNS_TOP,
    CORNER_RADIUS,
    DATES_Y,
    LEFT,
    RIGHT,
    WIDTH,
    usage_chart,
)
from bot.features.stats.day_counts import DayCounts
from bot.features.stats.period import Period, Shown
from bot.features.stats.theme import DARK, LIGHT, Theme

TODAY = 20_783
BLUE, GREEN = 0x3388FF, 0x33CC66
HOSTILE = [
    "",
    " ",
    "\n",
    "two\nlines\tand\x00a control",
    "市场数据",
    "שלום עולם",
    "\u202egnitset\u202c",
    "reqMktData 🍕👩‍👩‍👧‍👦",
    "🍕",
    "e\u0301" * 200,
    "﷽" * 40,
    "W" * 5000,
    "%s {0} <b> \\ `@everyone`",
    "\ud800",
]


def days_of(*answered: int) -> list[DayCounts]:
    """As many days as counts, the last of them today."""
    return [DayCounts(TODAY - len(answered) + place, count) for place, count in enumerate(answered, 1)]


def top_of(*times: int, name: str = "term", colour: int = BLUE) -> list[Shown]:
    """Entries of one category that were shown so often."""
    return [Shown(f"{name} {place}", count, "Orders", colour) for place, count in enumerate(times)]


def drawn(days: list[DayCounts], top: list[Shown], theme: Theme = DARK, before: DayCounts | None = None) -> Image.Image:
    """The picture in plain colours; a palette may move each by a step or two."""
    image = Image.open(io.BytesIO(usage_chart(Period(len(days), days, top, before), theme)))
    assert image.format == "PNG"
    return image.convert("RGBA")


def where(image: Image.Image, colour: str | int) -> Image.Image:
    """A mask of the pixels of a colour."""
    plain = f"#{colour:06x}" if isinstance(colour, int) else colour
    difference = ImageChops.difference(image.convert("RGB"), Image.new("RGB", image.size, plain))
    red, green, blue = difference.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point([255] * 6 + [0] * 250)


def count(image: Image.Image, box: tuple[int, int, int, int], colour: str | int) -> int:
    """The number of pixels of a colour in a part of the picture."""
    return where(image.crop(box), colour).histogram()[255]


def bar_length(image: Image.Image, place: int, colour: int = BLUE) -> int:
    """The length of a horizontal bar, along its middle."""
    y = BARS_TOP + place * BAR_DISTANCE + BAR_DISTANCE // 2
    return count(image, (0, y, WIDTH, y + 1), colour)


def column_heights(image: Image.Image, colour: str) -> list[int]:
    """The heights of one colour in the columns that have it, each where it is highest, from the left."""
    heights = [count(image, (x, COLUMNS_TOP - 8, x + 1, COLUMNS_BOTTOM), colour) for x in range(LEFT, WIDTH)]
    runs = [list(run) for is_column, run in itertools.groupby(heights, bool) if is_column]
    return [max(run) for run in runs]


def is_blank(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether nothing is drawn in a part of the picture."""
    left, top, right, bottom = box
    return count(image, box, DARK.background) == (right - left) * (bottom - top)


def test_it_is_as_wide_as_stated_and_lower_with_fewer_bars() -> None:
    five = drawn(days_of(1, 2), top_of(5, 4, 3, 2, 1))
    assert five.size == drawn(days_of(1, 2), top_of(6, 5, 4, 3, 2, 1)).size
    assert five.width == WIDTH
    assert five.height - drawn(days_of(1, 2), top_of(5, 4, 3)).height == 2 * BAR_DISTANCE


def test_bars_are_as_long_as_their_counts_say() -> None:
    image = drawn([], top_of(1_234_567, 617_283, 123_457, 1))
    longest, half, tenth, least = (bar_length(image, place) for place in range(4))
    assert half / longest == pytest.approx(0.5, abs=0.02)
    assert tenth / longest == pytest.approx(0.1, abs=0.02)
    assert 2 <= least <= 4, "one next to a million is seen"


def test_bars_have_the_colours_of_their_categories() -> None:
    image = drawn([], [Shown("a", 2, "Orders", BLUE), Shown("b", 2, "TWS", GREEN)])
    assert bar_length(image, 0, BLUE) == bar_length(image, 1, GREEN) > 100
    legend = (0, BARS_TOP + 2 * BAR_DISTANCE, WIDTH, image.height)
    assert count(image, legend, BLUE) > 100
    assert count(image, legend, GREEN) > 100


def test_a_long_legend_takes_another_line() -> None:
    short = [Shown(f"{place}", 1, f"{place}", place) for place in range(5)]
    long = [Shown(f"{place}", 1, f"{place} " + "category " * 4, place) for place in range(5)]
    assert drawn([], long).height > drawn([], short).height


def test_columns_are_as_high_as_their_counts_say_and_outcomes_are_stacked() -> None:
    image = drawn([DayCounts(TODAY - 1, 40, 20, 10), DayCounts(TODAY, 80)], [])
    first, second = column_heights(image, DARK.answered)
    assert second / first == pytest.approx(2, abs=0.05)
    (suggested,), (missed,) = column_heights(image, DARK.suggested), column_heights(image, DARK.missed)
    assert suggested / first == pytest.approx(0.5, abs=0.05)
    assert missed / first == pytest.approx(0.25, abs=0.05)


def test_a_day_of_one_question_is_seen_next_to_a_day_of_a_million() -> None:
    image = drawn([DayCounts(TODAY - 1, 1_000_000), DayCounts(TODAY, 0, 0, 1)], [])
    assert column_heights(image, DARK.missed)[0] >= 1


@pytest.mark.parametrize(("days", "columns"), [(1, 1), (30, 30), (91, 13), (364, 52)])
def test_up_to_ninety_days_have_a_column_each_and_more_are_shown_by_week(days: int, columns: int) -> None:
    assert len(column_heights(drawn(days_of(*[7] * days), []), DARK.answered)) == columns


@pytest.mark.parametrize("days", [1, 2, 5, 7, 8, 13, 14, 15, 30, 45, 60, 89, 90, 91, 120, 180, 364])
def test_dates_do_not_run_into_each_other_or_out_of_the_picture(days: int) -> None:
    image = drawn(days_of(*[3] * days), []).convert("L")
    dates = image.crop((0, DATES_Y - 12, WIDTH, DATES_Y + 14))
    is_inked = [max(dates.crop((x, 0, x + 1, dates.height)).tobytes()) > 100 for x in range(WIDTH)]
    xs = [x for x, inked in enumerate(is_inked) if inked]
    starts = [xs[0], *(two for one, two in itertools.pairwise(xs) if two - one > 14)]
    ends = [*(one for one, two in itertools.pairwise(xs) if two - one > 14), xs[-1]]
    assert all(end - start < 100 for start, end in zip(starts, ends, strict=True))
    assert min(days, 2) <= len(starts) <= 8
    assert starts[0] >= LEFT
    assert ends[-1] <= RIGHT


def test_the_changes_of_the_figures_have_room_of_their_own() -> None:
    days, top = days_of(1, 2), top_of(1)
    plain, compared = drawn(days, top), drawn(days, top, before=DayCounts(0, 1, 1, 1))
    assert compared.height - plain.height == CHANGE_HEIGHT
    moved = compared.crop((0, COLUMNS_TOP + CHANGE_HEIGHT, WIDTH, compared.height)).convert("L")
    below = plain.crop((0, COLUMNS_TOP, WIDTH, plain.height)).convert("L")
    assert max(ImageChops.difference(moved, below).tobytes()) < 20


@pytest.mark.parametrize("largest", [7, 9_999, 123_456, 98_765_432])
def test_large_figures_do_not_run_into_each_other(largest: int) -> None:
    days = [DayCounts(TODAY, largest, largest, largest)]
    image = drawn(days, [], before=DayCounts(0, 1, 1, 1))
    room = (RIGHT - LEFT) / 4
    for column in range(1, 4):
        left = round(LEFT + column * room)
        assert is_blank(image, (left - 6, 106, left - 1, COLUMNS_TOP))
    assert is_blank(image, (RIGHT + 2, 106, WIDTH, COLUMNS_TOP))


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_both_themes_are_opaque_except_for_their_round_corners(theme: Theme) -> None:
    image = drawn(days_of(1, 2, 3), top_of(1), theme)
    assert count(image, (0, BARS_HEADING_Y, LEFT - 2, BARS_TOP), theme.background) == (LEFT - 2) * (
        BARS_TOP - BARS_HEADING_Y
    )
    alpha = image.getchannel("A")
    inside = alpha.crop((CORNER_RADIUS, 0, WIDTH - CORNER_RADIUS, alpha.height)).histogram()
    assert sum(inside[:250]) == 0
    for x, y in itertools.product((0, WIDTH - 1), (0, alpha.height - 1)):
        assert sum(alpha.crop((x, y, x + 1, y + 1)).histogram()[:8]) == 1


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_drawn_and_keeps_to_its_place(label: str) -> None:
    assert_in_place(label)


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=300))
def test_any_label_is_drawn_and_keeps_to_its_place(label: str) -> None:
    assert_in_place(label)


def assert_in_place(label: str) -> None:
    """Nothing of the label of a bar or a category stands in the margins or reaches the bar."""
    image = drawn(days_of(1), [Shown(label, 3, label, BLUE)])
    row = BARS_TOP + BAR_DISTANCE // 2
    bar = where(image.crop((0, row, WIDTH, row + 1)), BLUE).tobytes().index(255)
    end = BARS_TOP + BAR_DISTANCE
    assert is_blank(image, (bar - 14, BARS_TOP, bar - 1, end))
    assert is_blank(image, (0, BARS_TOP, LEFT - 2, image.height - CORNER_RADIUS))
    assert is_blank(image, (RIGHT + 2, BARS_TOP, WIDTH, image.height - CORNER_RADIUS))
    assert not is_blank(image, (LEFT - 2, BARS_TOP, bar - 14, end)), "there is a label next to the bar"


@pytest.mark.parametrize("days", [[], days_of(0, 0, 0), days_of(*[0] * 200)])
def test_no_data_is_said(days: list[DayCounts]) -> None:
    image = drawn(days, [])
    assert not is_blank(image, (250, COLUMNS_TOP, 500, COLUMNS_BOTTOM))
    assert not is_blank(image, (250, BARS_TOP, 500, BARS_TOP + BAR_DISTANCE))
    assert is_blank(image, (LEFT, COLUMNS_TOP, 200, COLUMNS_BOTTOM)), "there is no axis"


def test_the_same_counts_give_the_same_bytes() -> None:
    period = Period(3, days_of(3, 1, 2), [Shown("a", 2, "A", BLUE), Shown("市场", 1, "市场", GREEN)])
    assert usage_chart(period) == usage_chart(period)
    assert usage_chart(period) != usage_chart(period, LIGHT)


def test_the_file_is_small_however_uneven_the_counts_are() -> None:
    dice = random.Random(1)  # noqa: S311 - any numbers will do
    days = [DayCounts(TODAY - ago, *(dice.randrange(10**6) for _ in range(3))) for ago in reversed(range(90))]
    top = [Shown("".join(dice.choices("abcdefghij ", k=60)), dice.randrange(10**7), "C", BLUE) for _ in range(5)]
    assert len(usage_chart(Period(90, days, top))) < 100_000
