"""No label of a map stands over another or outside of it, whatever the names and links are."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.maps.labels import label_of
from bot.features.maps.layout import WIDTH, Layout, Size, laid_out
from bot.features.maps.neighbourhood import MOST_ENTRIES, Link, Neighbourhood, around, within
from bot.features.terms.categories import entries_of
from bot.glossary.glossary import Glossary
from bot.glossary.pack import read_pack

GLOSSARY = Glossary(read_pack(Path(__file__).parents[3] / "data")[0])
# A phone shows about this much without scrolling, in pixels of a screen 390 wide.
PHONE_HEIGHT = 700


def overlapping(layout: Layout) -> list[tuple[int, int]]:
    """The pairs of labels that touch."""
    return [
        (first, second)
        for (first, one), (second, two) in combinations(enumerate(layout.boxes), 2)
        if abs(one.x - two.x) < (one.width + two.width) / 2 and abs(one.y - two.y) < (one.height + two.height) / 2
    ]


def outside(layout: Layout) -> list[int]:
    """The labels that are not whole on the map."""
    return [
        place
        for place, box in enumerate(layout.boxes)
        if not (
            0 <= box.x - box.width / 2 <= box.x + box.width / 2 <= WIDTH
            and 0 <= box.y - box.height / 2 <= box.y + box.height / 2 <= layout.height
        )
    ]


def layout_of(shown: Neighbourhood) -> Layout:
    """Where the labels of a map stand."""
    labels = [
        label_of(entry.name, is_middle=shown.has_middle and place == 0) for place, entry in enumerate(shown.entries)
    ]
    return laid_out([label.size for label in labels], shown.links)


@pytest.mark.parametrize("entry", GLOSSARY.pack.entries, ids=lambda entry: entry.id)
def test_labels_never_overlap_on_the_map_of_any_shared_entry(entry: object) -> None:
    layout = layout_of(around(GLOSSARY, entry))  # type: ignore[arg-type]
    assert overlapping(layout) == []
    assert outside(layout) == []
    assert layout.height <= PHONE_HEIGHT


@pytest.mark.parametrize("category", GLOSSARY.pack.categories, ids=lambda category: category.name)
def test_labels_never_overlap_on_the_map_of_any_topic(category: object) -> None:
    layout = layout_of(within(GLOSSARY, entries_of(GLOSSARY, category)))  # type: ignore[arg-type]
    assert overlapping(layout) == []
    assert outside(layout) == []


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.floats(20, 130), st.floats(20, 70)), min_size=1, max_size=MOST_ENTRIES),
    st.sets(st.tuples(st.integers(0, MOST_ENTRIES), st.integers(0, MOST_ENTRIES)), max_size=60),
)
def test_labels_never_overlap_whatever_is_linked(sizes: list[tuple[float, float]], pairs: set[tuple[int, int]]) -> None:
    links = [Link(first, second) for first, second in sorted(pairs) if first < second < len(sizes)]
    layout = laid_out([Size(*size) for size in sizes], links)
    assert len(layout.boxes) == len(sizes)
    assert overlapping(layout) == []
    assert outside(layout) == []
