"""The values that make up a glossary."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.model import Category, Changes, Entry, Notices, Pack

NOTICES = Notices(title="Test", disclaimer="No advice.", full_disclaimer="None at all.", trademarks="Theirs.")
TWS = Category(name="TWS", description="The workstation", emoji="🖥️", colour=0x2B6CB0, order=1)


def entry(name: str, definition: str = "A thing.") -> Entry:
    return Entry(id=name, name=name.upper(), category="TWS", definition=definition)


def pack(*entries: Entry) -> Pack:
    return Pack(notices=NOTICES, categories=(TWS,), entries=entries)


PACKS = st.lists(st.builds(entry, st.sampled_from("abcd"), st.sampled_from("xy")), unique_by=lambda made: made.id).map(
    lambda made: pack(*made)
)


@pytest.mark.parametrize(
    ("definition", "summary"),
    [
        ("One thing. Another thing. A third.", "One thing."),
        ("One thing.", "One thing."),
        ("No stop at all", "No stop at all"),
        ("Costs 1.5 ticks. Or more.", "Costs 1.5 ticks."),
        ("", ""),
    ],
)
def test_the_summary_is_the_first_sentence(definition: str, summary: str) -> None:
    assert entry("a", definition).summary == summary


def test_an_abbreviation_does_not_end_the_summary() -> None:
    assert entry("a", "A program, e.g. TWS, that trades. It runs.").summary == "A program, e.g. TWS, that trades."


@given(st.text())
def test_the_definition_starts_with_the_summary(definition: str) -> None:
    shown = entry("a", definition)
    assert shown.plain_definition.startswith(shown.summary)


def test_an_entry_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        entry("a").name = "b"  # type: ignore[misc]


@given(PACKS)
def test_equal_packs_have_equal_hashes_even_after_storing(one: Pack) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(one), type=Pack)
    assert stored == one
    assert stored.content_hash() == one.content_hash()


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "b"},
        {"name": "B"},
        {"category": "Orders"},
        {"definition": "Else."},
        {"aliases": ("b",)},
        {"notes": ("b",)},
        {"example": "b"},
        {"related": ("b",)},
        {"keywords": ("b",)},
        {"sources": ("https://example.com",)},
        {"reviewed": dt.date(2026, 11, 23)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_any_change_to_an_entry_changes_the_hash(changes: dict[str, object]) -> None:
    changed = msgspec.structs.replace(entry("a"), **changes)
    assert pack(changed).content_hash() != pack(entry("a")).content_hash()


def test_any_change_to_the_notices_or_categories_changes_the_hash() -> None:
    one = pack(entry("a"))
    notices = msgspec.structs.replace(NOTICES, disclaimer="Some advice.")
    category = msgspec.structs.replace(TWS, order=2)
    hashes = {
        one.content_hash(),
        msgspec.structs.replace(one, notices=notices).content_hash(),
        msgspec.structs.replace(one, categories=(category,)).content_hash(),
    }
    assert len(hashes) == 3


@given(PACKS, PACKS)
def test_changes_name_exactly_the_entries_that_differ(before: Pack, after: Pack) -> None:
    old, new = ({one.name: one for one in side.entries} for side in (before, after))
    changes = Changes.between(before, after)
    assert set(changes.added) == new.keys() - old.keys()
    assert set(changes.removed) == old.keys() - new.keys()
    assert set(changes.changed) == {name for name in new.keys() & old.keys() if new[name] != old[name]}
    assert bool(changes) == (new != old)


@given(PACKS)
def test_without_a_pack_before_every_entry_is_added(after: Pack) -> None:
    assert Changes.between(None, after) == Changes(
        added=tuple(one.name for one in after.entries), changed=(), removed=()
    )
