"""Where the labels of a map stand: linked ones near each other, and none over another."""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import rustworkx

from bot.features.maps.neighbourhood import Link

# All lengths are those of a screen 390 pixels wide.
WIDTH, MARGIN = 390, 10
# The room that labels keep between them.
GAP_X, GAP_Y = 12, 14
# How much of the map labels cover, before it has to grow.
_COVERED = 0.55
_LEAST_HEIGHT, _GROWTH, _MOST_GROWN = 200, 1.08, 15
_ROUNDS = 200
# How much the distances between labels are evened out, from 0 to 1.
_EVENED = 0.85
_NUDGE = 0.1

Point = tuple[float, float]


class Size(NamedTuple):
    """How large a label is."""

    width: float
    height: float


class Box(NamedTuple):
    """Where a label stands: its middle and its size."""

    x: float
    y: float
    width: float
    height: float


class Layout(NamedTuple):
    """The boxes of the labels, in their order, and the height of the map."""

    boxes: tuple[Box, ...]
    height: float


def laid_out(sizes: Sequence[Size], links: Sequence[Link]) -> Layout:
    """Place labels of some sizes so that none overlaps another; the map grows in height until there is room."""
    places = _spring(len(sizes), links)
    area = sum((size.width + GAP_X) * (size.height + GAP_Y) for size in sizes)
    height = max(_LEAST_HEIGHT, area / _COVERED / WIDTH)
    for _ in range(_MOST_GROWN):
        boxes = _separated(_spread(places, sizes, height), height)
        if boxes is not None:
            return Layout(boxes, height)
        height *= _GROWTH
    return _in_rows(places, sizes)


def _spring(count: int, links: Sequence[Link]) -> list[Point]:
    """Return a place for each label as if links were springs. It is the same each time."""
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from([(link.first, link.second, None) for link in links])
    placed = rustworkx.kamada_kawai_layout(graph)
    return _upright([(placed[place][0], placed[place][1]) for place in range(count)])


def _upright(places: Sequence[Point]) -> list[Point]:
    """Turn places so that they reach furthest from top to bottom, as a phone does."""
    middle_x, middle_y = (sum(values) / len(places) for values in zip(*places, strict=True))
    from_middle = [(x - middle_x, y - middle_y) for x, y in places]
    # The direction in which they reach furthest: https://en.wikipedia.org/wiki/Image_moment#Examples_2
    spread_x, spread_y = sum(x * x for x, _ in from_middle), sum(y * y for _, y in from_middle)
    angle = math.atan2(2 * sum(x * y for x, y in from_middle), spread_x - spread_y) / 2
    sin, cos = math.sin(angle), math.cos(angle)
    return [(y * cos - x * sin, x * cos + y * sin) for x, y in from_middle]


def _spread(places: Sequence[Point], sizes: Sequence[Size], height: float) -> list[Box]:
    """Stretch places to the size of the map."""
    xs, ys = _evened([x for x, _ in places]), _evened([y for _, y in places])
    return [
        Box(
            MARGIN + size.width / 2 + x * (WIDTH - size.width - 2 * MARGIN),
            MARGIN + size.height / 2 + y * (height - size.height - 2 * MARGIN),
            *size,
        )
        for x, y, size in zip(xs, ys, sizes, strict=True)
    ]


def _evened(values: Sequence[float]) -> list[float]:
    """Stretch numbers to the range from 0 to 1, and even out how close they are, so that there is room for each."""
    low, high, last = min(values), max(values), max(1, len(values) - 1)
    ranks = {place: rank / last for rank, place in enumerate(sorted(range(len(values)), key=lambda at: values[at]))}
    return [
        _EVENED * ranks[place] + (1 - _EVENED) * ((value - low) / (high - low) if high > low else 0.5)
        for place, value in enumerate(values)
    ]


def _separated(boxes: Sequence[Box], height: float) -> tuple[Box, ...] | None:
    """Push overlapping boxes apart, each time the shorter way; `None` if there is not enough room."""
    xs, ys = [box.x for box in boxes], [box.y for box in boxes]
    pairs = [
        (first, second, (one.width + two.width) / 2 + GAP_X, (one.height + two.height) / 2 + GAP_Y)
        for (first, one), (second, two) in combinations(enumerate(boxes), 2)
    ]
    for _ in range(_ROUNDS):
        is_done = True
        for first, second, far_x, far_y in pairs:
            way_x, way_y = xs[second] - xs[first], ys[second] - ys[first]
            over_x, over_y = far_x - abs(way_x), far_y - abs(way_y)
            if over_x <= 0 or over_y <= 0:
                continue
            is_done = False
            if over_x < over_y:
                step = math.copysign(over_x / 2 + _NUDGE, way_x)
                xs[first], xs[second] = xs[first] - step, xs[second] + step
            else:
                step = math.copysign(over_y / 2 + _NUDGE, way_y)
                ys[first], ys[second] = ys[first] - step, ys[second] + step
            for place in (first, second):
                xs[place] = _inside(xs[place], boxes[place].width, WIDTH)
                ys[place] = _inside(ys[place], boxes[place].height, height)
        if is_done:
            return tuple(box._replace(x=x, y=y) for box, x, y in zip(boxes, xs, ys, strict=True))
    return None


def _inside(middle: float, length: float, room: float) -> float:
    """Return the middle of a box that is moved into the map, in one direction."""
    return min(max(middle, MARGIN + length / 2), room - MARGIN - length / 2)


def _in_rows(places: Sequence[Point], sizes: Sequence[Size]) -> Layout:
    """Place labels in rows, as far up as the springs would have it. There is always room for that."""
    boxes: dict[int, Box] = {}
    x, y, row = float(MARGIN), float(MARGIN), 0.0
    for number in sorted(range(len(sizes)), key=lambda number: places[number][1]):
        width, height = sizes[number]
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y, row = float(MARGIN), y + row + GAP_Y, 0.0
        boxes[number] = Box(x + width / 2, y + height / 2, width, height)
        x, row = x + width + GAP_X, max(row, height)
    return Layout(tuple(boxes[number] for number in range(len(sizes))), y + row + MARGIN)
