"""The picture of usage shows counts to scale, can be read on every theme, and copes with any text as a label."""

import io
import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

from bot.features.stats.chart import (
    ANSWERED,
    BACKGROUND,
    BAR,
    BAR_DISTANCE,
    BARS_TOP,
    COLUMNS_BOTTOM,
    COLUMNS_TOP,
    FAINT,
    HEIGHT,
    LEFT,
    MISSED,
    RIGHT,
    SUGGESTED,
    TEXT,
    WIDTH,
    usage_chart,
)
from bot.features.stats.day_counts import DayCounts

TODAY = 20_783
UNDER_LEGEND = 64
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


def opened(png: bytes) -> Image.Image:
    """The picture in plain colours; a palette may move each by a step or two."""
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    return image.convert("RGBA")


def where(image: Image.Image, colour: str) -> Image.Image:
    """A mask of the pixels of a colour."""
    difference = ImageChops.difference(image.convert("RGB"), Image.new("RGB", image.size, colour))
    red, green, blue = difference.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point([255] * 4 + [0] * 252)


def count(image: Image.Image, box: tuple[int, int, int, int], colour: str) -> int:
    """The number of pixels of a colour in a part of the picture."""
    return where(image.crop(box), colour).histogram()[255]


def lines(mask: Image.Image) -> list[int]:
    """The number of pixels in each line of a mask."""
    pixels = mask.tobytes()
    return [pixels[start : start + mask.width].count(255) for start in range(0, len(pixels), mask.width)]


def bar_lengths(image: Image.Image) -> list[int]:
    """The lengths of the horizontal bars, from the top."""
    return [length for length, _ in itertools.groupby(lines(where(image, BAR))) if length]


def heights(image: Image.Image, colour: str) -> list[int]:
    """The number of pixels of a colour at every x, without those of the legend."""
    columns = image.crop((0, UNDER_LEGEND, WIDTH, image.height))
    return lines(where(columns, colour).transpose(Image.Transpose.TRANSPOSE))


def column_heights(image: Image.Image, colour: str) -> list[int]:
    """The heights of one colour in the columns that have it, from the left."""
    return [height for height, _ in itertools.groupby(heights(image, colour)) if height]


def contrast(one: str, two: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

    def luminance(colour: str) -> float:
        shares = [channel / 255 for channel in ImageColor.getrgb(colour)[:3]]
        red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(two)))
    return (lighter + 0.05) / (darker + 0.05)


def says(image: Image.Image, text: str, y: float) -> bool:
    """Whether a text and nothing else stands in the middle of the line at a height."""
    line = (0, round(y) - 20, WIDTH, round(y) + 20)
    expected = Image.new("RGB", image.size, BACKGROUND)
    ImageDraw.Draw(expected).text((WIDTH / 2, y), text, FAINT, ImageFont.load_default(24), "mm")
    difference = ImageChops.difference(image.convert("RGB").crop(line), expected.crop(line)).convert("L")
    return sum(difference.histogram()[32:]) == 0


def test_it_is_a_png_of_the_stated_size_and_lower_with_fewer_bars() -> None:
    ten = [(f"term {place}", 20 - place) for place in range(10)]
    assert opened(usage_chart(days_of(1, 2), ten)).size == (WIDTH, HEIGHT)
    assert opened(usage_chart(days_of(1, 2), [*ten, ("an eleventh", 1)])).size == (WIDTH, HEIGHT)
    few = opened(usage_chart(days_of(1, 2), ten[:3]))
    assert few.width == WIDTH
    assert few.height < HEIGHT


def test_bars_are_as_long_as_their_counts_say() -> None:
    longest, half, tenth, least = bar_lengths(
        opened(usage_chart([], [("a", 1_234_567), ("b", 617_283), ("c", 123_457), ("d", 1), ("e", 0)]))
    )
    assert half / longest == pytest.approx(0.5, abs=0.005)
    assert tenth / longest == pytest.approx(0.1, abs=0.005)
    assert least == 2, "one next to a million is seen"


def test_columns_are_as_high_as_their_counts_say_and_outcomes_are_stacked() -> None:
    image = opened(usage_chart([DayCounts(TODAY - 1, 40, 20, 10), DayCounts(TODAY, 80)], []))
    first, second = column_heights(image, ANSWERED)
    assert second / first == pytest.approx(2, abs=0.03)
    (suggested,), (missed,) = column_heights(image, SUGGESTED), column_heights(image, MISSED)
    assert suggested / first == pytest.approx(0.5, abs=0.03)
    assert missed / first == pytest.approx(0.25, abs=0.03)


def test_a_day_of_one_question_is_seen_next_to_a_day_of_a_million() -> None:
    image = opened(usage_chart([DayCounts(TODAY - 1, 1_000_000), DayCounts(TODAY, 0, 0, 1)], []))
    assert column_heights(image, MISSED) == [1]


@pytest.mark.parametrize(("days", "columns"), [(1, 1), (30, 30), (90, 90), (91, 13), (365, 53)])
def test_up_to_ninety_days_have_a_column_each_and_more_are_shown_by_week(days: int, columns: int) -> None:
    image = opened(usage_chart(days_of(*[7] * days), []))
    is_column = [height > 0 for height in heights(image, ANSWERED)]
    assert sum(is_one for is_one, _ in itertools.groupby(is_column)) == columns


@pytest.mark.parametrize("days", [1, 2, 5, 8, 13, 14, 15, 30, 45, 60, 89, 90, 91, 120, 180, 364, 365])
def test_dates_do_not_run_into_each_other_or_out_of_the_picture(days: int) -> None:
    image = opened(usage_chart(days_of(*[3] * days), [])).convert("L")
    dates = image.crop((0, COLUMNS_BOTTOM + 6, WIDTH, COLUMNS_BOTTOM + 38))
    is_inked = [max(dates.crop((x, 0, x + 1, dates.height)).tobytes()) > 100 for x in range(WIDTH)]
    xs = [x for x, inked in enumerate(is_inked) if inked]
    starts = [xs[0], *(two for one, two in itertools.pairwise(xs) if two - one > 16)]
    ends = [*(one for one, two in itertools.pairwise(xs) if two - one > 16), xs[-1]]
    assert all(end - start < (140 if days > 90 else 80) for start, end in zip(starts, ends, strict=True))
    assert min(days, 2) <= len(starts) <= 10
    assert starts[0] >= LEFT
    assert ends[-1] <= RIGHT


@pytest.mark.parametrize("colour", [TEXT, FAINT])
def test_text_can_be_read_on_the_background(colour: str) -> None:
    assert contrast(colour, BACKGROUND) >= 4.5


@pytest.mark.parametrize("colour", [ANSWERED, SUGGESTED, MISSED, BAR])
def test_bars_stand_out_from_the_background(colour: str) -> None:
    assert contrast(colour, BACKGROUND) >= 3


def test_stacked_colours_differ_in_lightness_alone() -> None:
    for one, two in itertools.combinations([ANSWERED, SUGGESTED, MISSED], 2):
        assert contrast(one, two) >= 1.5


def test_the_background_is_opaque_except_for_its_round_corners() -> None:
    alpha = opened(usage_chart(days_of(1, 2, 3), [("a", 1)])).getchannel("A")
    inside = alpha.crop((24, 0, WIDTH - 24, alpha.height)).histogram()
    assert sum(inside[:250]) == 0
    for x, y in itertools.product((0, WIDTH - 1), (0, alpha.height - 1)):
        assert sum(alpha.crop((x, y, x + 1, y + 1)).histogram()[:5]) == 1


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_drawn_and_keeps_to_its_place(label: str) -> None:
    assert_in_place(label)


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=300))
def test_any_label_is_drawn_and_keeps_to_its_place(label: str) -> None:
    assert_in_place(label)


def assert_in_place(label: str) -> None:
    """Nothing of the label stands in the margins or reaches its bar."""
    image = opened(usage_chart(days_of(1), [(label, 3)]))
    row = BARS_TOP + BAR_DISTANCE // 2
    bar = where(image.crop((0, row, WIDTH, row + 1)), BAR).tobytes().index(255)
    for left, right in ((0, LEFT - 2), (bar - 16, bar), (RIGHT + 2, WIDTH)):
        box = (left, BARS_TOP - 4, right, BARS_TOP + BAR_DISTANCE)
        assert count(image, box, BACKGROUND) == (right - left) * (BAR_DISTANCE + 4)
    left, top, right, bottom = LEFT - 2, BARS_TOP, bar - 16, BARS_TOP + BAR_DISTANCE
    without_letters = (right - left) * (bottom - top)
    assert count(image, (left, top, right, bottom), BACKGROUND) < without_letters, "there is a label next to the bar"


@pytest.mark.parametrize("days", [[], days_of(0, 0, 0), days_of(*[0] * 200)])
def test_no_data_is_said(days: list[DayCounts]) -> None:
    in_columns, in_bars = (COLUMNS_TOP + COLUMNS_BOTTOM) / 2, BARS_TOP + 14
    image = opened(usage_chart(days, []))
    assert says(image, "No questions in this time", in_columns)
    assert says(image, "No entry was shown in this time", in_bars)
    image = opened(usage_chart(days_of(1), [("a", 1)]))
    assert not says(image, "No questions in this time", in_columns)
    assert not says(image, "No entry was shown in this time", in_bars)


def test_the_same_counts_give_the_same_bytes() -> None:
    days, top = days_of(3, 1, 2), [("a", 2), ("市场", 1)]
    assert usage_chart(days, top) == usage_chart(tuple(days), tuple(top))


def test_the_file_is_small_however_uneven_the_counts_are() -> None:
    dice = random.Random(1)  # noqa: S311 - any numbers will do
    days = [DayCounts(TODAY - ago, *(dice.randrange(10**6) for _ in range(3))) for ago in reversed(range(90))]
    top = [("".join(dice.choices("abcdefghij ", k=60)), dice.randrange(10**7)) for _ in range(10)]
    assert len(usage_chart(days, top)) < 100_000
