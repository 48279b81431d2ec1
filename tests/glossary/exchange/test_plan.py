"""An import adds and changes entries, never removes any, and a rejected row does not affect the others."""

import time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.checks import Fault
from bot.glossary.exchange.plan import Plan, Rejected, plan_import
from bot.glossary.exchange.rows import Row
from bot.glossary.model import Category, Entry, Notices, Pack
from bot.glossary.own import MOST_OWN, own_entry
from tests.glossary.clashing import clashes

SHARED = Pack(
    notices=Notices(title="t", disclaimer="d", full_disclaimer="d", trademarks="t"),
    categories=(Category(name="TWS", description="d", emoji="e", colour=1, order=1),),
    entries=(Entry(id="api-socket", name="API socket", category="TWS", definition="Shared.", aliases=("socket",)),),
)


def term(name: str, *aliases: str, definition: str = "d") -> Entry:
    entry, faults = own_entry({"name": name, "definition": definition, "aliases": list(aliases)}, ())
    assert entry, faults
    return entry


def row(number: int, name: str, *aliases: str, **more: Any) -> Row:
    return Row(f"line {number}", {"name": name, "definition": "d", "aliases": list(aliases)} | more)


def plan(rows: list[Row], *own: Entry) -> Plan:
    return plan_import(rows, {entry.id: entry for entry in own}, SHARED)


def test_rows_are_added_changed_or_unchanged_in_the_order_of_the_file() -> None:
    kept, same, before = term("kept"), term("same", "alike"), term("old")
    rows = [row(2, "new"), row(5, "Old", "older"), row(9, "same", "alike"), row(11, "newer", category="tws")]
    found = plan(rows, kept, same, before)
    assert [entry.name for entry in found.added] == ["new", "newer"]
    assert found.added[1].category == "TWS"
    assert found.changed == ((before, term("Old", "older")),)
    assert found.unchanged == (same,)
    assert found.rejected == ()


def test_a_faulty_row_is_rejected_with_its_place_name_and_reasons() -> None:
    found = plan([row(2, "bad", definition=5, notes="x"), row(3, "good")])
    assert found.rejected == (
        ("line 2", "bad", "`definition` should be text, got int; `notes` should be list, got text"),
    )
    assert [entry.name for entry in found.added] == ["good"]


def test_a_row_that_was_read_with_a_fault_is_rejected() -> None:
    found = plan([Row("row 2", {"name": "x", "definition": "d"}, (Fault("verified", "`verified` is odd"),))])
    assert found == Plan((), (), (), (Rejected("row 2", "x", "`verified` is odd"),))


def test_the_second_row_for_the_same_entry_is_rejected() -> None:
    found = plan([row(3, "desk"), row(8, "Desk", "table")])
    assert [entry.name for entry in found.added] == ["desk"]
    assert found.rejected == (("line 8", "Desk", "is already in line 3; remove one of the two"),)


def test_a_row_that_clashes_with_an_earlier_one_is_rejected_with_the_place_of_that_one() -> None:
    found = plan([row(3, "desk", "table"), row(8, "lunch", "table")])
    (rejected,) = found.rejected
    assert rejected.reason == "“table” is already a name of “desk” in line 3; remove it from one of the two"


def test_a_row_that_clashes_with_an_unchanged_entry_is_rejected() -> None:
    found = plan([row(8, "lunch", "table")], term("desk", "table"))
    assert found.rejected[0].reason == "“table” is already a name of “desk”; remove it from one of the two"


def test_a_row_that_takes_the_name_of_a_shared_entry_is_rejected() -> None:
    found = plan([row(8, "lunch", "API socket"), row(9, "API socket"), row(10, "plug", "socket")])
    assert [rejected.where for rejected in found.rejected] == ["line 8"]


def test_a_file_may_swap_names_between_entries() -> None:
    found = plan([row(2, "one", "b"), row(5, "two", "a")], term("one", "a"), term("two", "b"))
    assert len(found.changed) == 2
    assert found.rejected == ()


def test_the_entry_of_a_rejected_row_keeps_its_names_so_rows_that_need_them_are_rejected() -> None:
    own = [term(f"term {number}", f"name {number}") for number in range(5)]
    # Each takes the name of the next. The last row is faulty, so no name is freed.
    rows = [row(number, f"term {number}", f"name {number + 1}") for number in range(4)]
    found = plan([*rows, row(4, "term 4", notes="wrong"), row(9, "new", "name 0")], *own)
    assert found.changed == ()
    assert [rejected.where for rejected in found.rejected] == [f"line {number}" for number in (0, 1, 2, 3, 4, 9)]
    assert found.rejected[3].reason == "“name 4” is already a name of “term 4”; remove it from one of the two"


def test_a_late_rejection_also_rejects_earlier_rows_that_were_given_its_names() -> None:
    own = [term("one", "a"), term("two", "b"), term("three", "c")]
    found = plan([row(1, "one", "b"), row(2, "new", "a"), row(3, "two", "c")], *own)
    assert [rejected.where for rejected in found.rejected] == ["line 1", "line 2", "line 3"]
    assert found.rejected[0].reason == (
        "needs a name of “two”, which keeps it because its own row is rejected; fix that row first"
    )


def test_an_unchanged_entry_is_never_rejected_even_if_it_clashes_with_a_new_shared_one() -> None:
    own = [term("desk", "API socket"), term("lunch")]
    found = plan([row(2, "desk", "API socket"), row(3, "lunch")], *own)
    assert found == Plan((), (), tuple(own), ())


def test_new_entries_beyond_the_limit_are_rejected_and_changes_are_not() -> None:
    own = [term(f"term {number}") for number in range(MOST_OWN - 1)]
    found = plan([row(1, "one"), row(2, "two"), row(3, "term 5", "five")], *own)
    assert [entry.name for entry in found.added] == ["one"]
    assert [after.name for _, after in found.changed] == ["term 5"]
    assert found.rejected == (("line 2", "two", "a server can have 2,000 entries of its own; remove some first"),)


def test_no_rows_change_nothing() -> None:
    assert plan([], term("desk")) == Plan((), (), (), ())


SMALL = st.sampled_from([f"n{letter}" for letter in "abcdef"])
TABLES = st.lists(st.tuples(SMALL, st.lists(SMALL, max_size=3), st.booleans()), max_size=8)


@given(TABLES, TABLES)
def test_a_plan_never_leads_to_a_clash(
    first: list[tuple[str, list[str], bool]], second: list[tuple[str, list[str], bool]]
) -> None:
    own: dict[str, Entry] = {}
    for tables in (first, second):
        rows = [
            row(at, name, *aliases, **({} if fine else {"notes": 1})) for at, (name, aliases, fine) in enumerate(tables)
        ]
        found = plan_import(rows, own, SHARED)
        before = dict(own)
        own |= {entry.id: entry for entry in found.added} | {after.id: after for _, after in found.changed}
        assert list(clashes(tuple(own.values()), SHARED)) == []
        assert before.keys() <= own.keys()
        parts = (found.added, found.changed, found.unchanged, found.rejected)
        assert sum(map(len, parts)) == len(rows)


def test_thousands_of_rows_that_change_thousands_of_entries_are_planned_fast() -> None:
    own = [term(f"term {number}", f"alias {number}", f"other {number}") for number in range(MOST_OWN)]
    # The worst case: each row waits for the next, and the last fails.
    rows = [row(number, f"term {number}", f"alias {number + 1}", f"more {number}") for number in range(MOST_OWN - 1)]
    rows.append(row(MOST_OWN - 1, f"term {MOST_OWN - 1}", notes="wrong"))
    started = time.perf_counter()
    found = plan(rows, *own)
    assert time.perf_counter() - started < 2
    assert len(found.rejected) == MOST_OWN
