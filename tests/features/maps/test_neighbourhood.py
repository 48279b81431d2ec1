"""A map has what an entry lists, what lists it, and what is one step further."""

import pytest

from bot.features.maps.neighbourhood import MOST_ENTRIES, MOST_NEXT, Link, around, within
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Notices, Pack

NOTICES = Notices(title="t", disclaimer="d", full_disclaimer="f", trademarks="m")


def glossary_of(**related: str) -> Glossary:
    """A glossary of entries by name, each with the names that it lists; "!" stands before what it is mixed up with."""
    entries = []
    for name, listed in related.items():
        names = listed.split()
        confused = tuple(f"{one[1:]}: it differs." for one in names if one.startswith("!"))
        plain = tuple(one for one in names if not one.startswith("!"))
        entries.append(Entry(id=name, name=name, category="C", definition="D.", related=plain, confused_with=confused))
    category = Category(name="C", description="d", emoji="🖥️", colour=1, order=1)
    return Glossary(Pack(notices=NOTICES, categories=(category,), entries=tuple(entries)))


def names_around(glossary: Glossary, name: str) -> list[str]:
    """The names on the map of an entry."""
    middle = glossary.get(name)
    assert middle is not None
    return [entry.name for entry in around(glossary, middle).entries]


def test_the_middle_comes_first_then_what_is_next_to_it_then_one_step_further() -> None:
    glossary = glossary_of(far="", listed="far", middle="listed !alike", alike="", lister="middle", beyond="far")
    assert names_around(glossary, "middle") == ["middle", "alike", "listed", "lister", "far"]


def test_each_link_is_there_once_and_a_confusion_says_so() -> None:
    glossary = glossary_of(a="b", b="a !c", c="!b")
    first = glossary.get("a")
    assert first is not None
    assert around(glossary, first).links == (Link(0, 1), Link(1, 2, is_confusion=True))


def test_there_are_not_too_many_and_those_with_most_links_come_first() -> None:
    far = [f"f{number}" for number in range(20)]
    near = {f"n{number}": f"f{number} f19" for number in range(MOST_NEXT + 5)}
    glossary = glossary_of(middle=" ".join(near), **near, **dict.fromkeys(far, ""))
    names = names_around(glossary, "middle")
    assert len(names) == MOST_ENTRIES
    assert names[: MOST_NEXT + 2] == ["middle", *list(near)[:MOST_NEXT], "f19"]


@pytest.mark.parametrize("count", [1, MOST_ENTRIES, MOST_ENTRIES + 7])
def test_of_a_large_topic_the_map_has_what_is_linked_most(count: int) -> None:
    spokes = {f"s{number}": "hub" for number in range(count)}
    glossary = glossary_of(lonely="", **spokes, hub="")
    shown = within(glossary, glossary.pack.entries)
    names = [entry.name for entry in shown.entries]
    assert len(names) == min(MOST_ENTRIES, count + 2)
    assert "hub" in names
    assert ("lonely" in names) == (count + 2 <= MOST_ENTRIES)
    assert not shown.has_middle
