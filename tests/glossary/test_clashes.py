"""Which entries can stand side by side: names that clash, and the number of own entries."""

import time
from typing import Any

import pytest

from bot.glossary.checks import Fault
from bot.glossary.clashes import Registry, clashes_of
from bot.glossary.model import Category, Entry, Message, MessageKind, Notices, Pack
from bot.glossary.own import MOST_OWN, own_entry
from bot.glossary.text import slug
from tests.glossary.clashing import clashes


def made(**table: Any) -> Entry:
    entry, faults = own_entry(table, ("TWS",))
    assert entry, faults
    return entry


def shared_entry(name: str, *aliases: str, message: Message | None = None) -> Entry:
    return Entry(id=slug(name), name=name, category="TWS", definition="Shared.", aliases=aliases, message=message)


SHARED = Pack(
    notices=Notices(title="t", disclaimer="d", full_disclaimer="d", trademarks="t"),
    categories=(Category(name="TWS", description="d", emoji="e", colour=1, order=1),),
    entries=(
        shared_entry("API socket", "socket"),
        shared_entry("trusted IPs", "IP list"),
        shared_entry("Error 502", message=Message(code=502, kind=MessageKind.ERROR, title="No connection")),
    ),
)


def own_message(code: int, kind: str = "error", title: str = "Own title", **more: Any) -> Entry:
    return made(code=code, kind=kind, title=title, definition="d", **more)


def term(name: str, *aliases: str) -> Entry:
    return made(name=name, definition="Own.", aliases=list(aliases))


def names(name: str, *aliases: str) -> Entry:
    return made(name=name, aliases=list(aliases))


@pytest.mark.parametrize(
    "own",
    [
        [term("risk desk", "desk"), term("lunch")],
        [term("API socket")],
        [term("api-SOCKET", "the socket")],
        [term("socket")],
        [term("desk", "socket", "IP list")],
        [names("API socket", "plug")],
        [names("Error 502", "door shut")],
        [names("API socket", "socket", "ip list")],
        [own_message(502)],
        [own_message(901), own_message(902, title="Other")],
        [term("desk", "502")],
    ],
    ids=lambda own: " + ".join(f"{one.name} {one.aliases}" for one in own),
)
def test_these_own_entries_can_stand_beside_the_shared_ones(own: list[Entry]) -> None:
    assert list(clashes(own, SHARED)) == []


@pytest.mark.parametrize(
    ("own", "field", "what"),
    [
        (
            [term("desk"), term("lunch", "Desk")],
            "aliases",
            "“Desk” is the name of another of your entries; edit that one, or use another name",
        ),
        (
            [term("lunch", "desk"), term("DESK")],
            "name",
            "“DESK” is already a name of “lunch”; remove it from one of the two",
        ),
        (
            [term("lunch", "desk"), term("dinner", "de-sk")],
            "aliases",
            "“de-sk” is already a name of “lunch”; remove it from one of the two",
        ),
        (
            [term("risk desk"), term("Risk-Desk")],
            "name",
            "“Risk-Desk” is the name of another of your entries; keep one of them",
        ),
        (
            [term("desk", "api socket")],
            "aliases",
            "“api socket” is the name of a shared entry; edit that entry instead, or leave the name out",
        ),
        (
            [names("trusted IPs", "API socket")],
            "aliases",
            "“API socket” is the name of a shared entry; edit that entry instead, or leave the name out",
        ),
        (
            [names("desk", "table")],
            "name",
            "there is no shared entry called “desk”; write a definition for it",
        ),
        (
            [names("socket", "plug")],
            "name",
            "there is no shared entry called “socket”; add the names to “API socket” instead",
        ),
        (
            [term("apisocket")],
            "name",
            "“apisocket” is the name of a shared entry; spell it “API socket” to edit that one",
        ),
        (
            [names("apisocket", "plug")],
            "name",
            "“apisocket” is the name of a shared entry; spell it “API socket” to edit that one",
        ),
        (
            [own_message(502, "warning")],
            "code",
            "502 is the code of the shared entry “Error 502”; to edit that one, set `kind` to error",
        ),
        (
            [own_message(901), own_message(901, "warning", title="Other")],
            "code",
            "901 is already the code of “Error 901”; use another code",
        ),
        (
            [own_message(901), own_message(902)],
            "title",
            "“Own title” is already a name of “Error 901”; remove it from one of the two",
        ),
        (
            [own_message(901), term("desk", "901")],
            "aliases",
            "“901” is already a name of “Error 901”; remove it from one of the two",
        ),
        (
            [own_message(901, title="Trusted IPs")],
            "title",
            "“Trusted IPs” is the name of a shared entry; edit that entry instead, or leave the name out",
        ),
    ],
)
def test_a_clash_is_reported_with_its_field_and_what_to_do(own: list[Entry], field: str, what: str) -> None:
    ((entry, fault),) = clashes(own, SHARED)
    assert entry == own[-1]
    assert fault == (field, what)


def test_an_edited_entry_does_not_clash_with_its_former_self() -> None:
    registry = Registry(SHARED, {})
    registry.put(term("desk", "table", "chair"))
    edited = term("Desk", "chair", "lamp")
    assert list(registry.faults(edited)) == []
    registry.put(edited)
    assert list(registry.faults(term("lunch", "table"))) == []
    assert len(list(registry.faults(term("lunch", "lamp")))) == 1
    registry.remove("desk")
    assert list(registry.faults(term("lunch", "lamp"))) == []


def test_a_clash_says_where_the_other_entry_was_read() -> None:
    registry = Registry(SHARED, {})
    registry.put(term("desk"), "line 3")
    (fault,) = registry.faults(term("lunch", "desk"))
    assert "“desk” is the name of another of your entries in line 3; " in fault.what


def test_one_clash_is_reported_for_each_entry_in_the_way() -> None:
    registry = Registry(SHARED, {})
    registry.put(term("desk", "table", "chair"))
    assert len(list(registry.faults(term("lunch", "table", "chair", "API socket", "trusted IPs")))) == 3


def test_checking_one_entry_against_thousands_is_fast() -> None:
    registry = Registry(SHARED, {})
    for number in range(2000):
        registry.put(term(f"term {number}", f"alias {number}"))
    started = time.perf_counter()
    for number in range(100):
        assert list(registry.faults(term(f"other {number}", f"alias {number}")))
    assert time.perf_counter() - started < 1


TOO_MANY = Fault("", "a server can have 2,000 entries of its own; remove some first")


def by_id(*entries: Entry) -> dict[str, Entry]:
    return {entry.id: entry for entry in entries}


def test_entries_may_swap_names_in_one_change() -> None:
    own = by_id(term("one", "a"), term("two", "b"))
    assert clashes_of(SHARED, own, by_id(term("one", "b"), term("two", "a"))) == []
    assert len(clashes_of(SHARED, own, by_id(term("one", "b")))) == 1


def test_a_change_may_use_the_names_of_an_entry_that_it_removes() -> None:
    own = by_id(term("desk", "table"))
    assert clashes_of(SHARED, own, {"lunch": term("lunch", "desk", "table"), "desk": None}) == []


def test_a_change_may_not_use_a_name_twice() -> None:
    (fault,) = clashes_of(SHARED, {}, by_id(term("one", "a"), term("two", "a")))
    assert fault == Fault("aliases", "“a” is already a name of “one”; remove it from one of the two")


def test_a_change_beyond_the_limit_is_refused_once() -> None:
    own = by_id(*(term(f"term {number}") for number in range(MOST_OWN - 1)))
    assert clashes_of(SHARED, own, by_id(term("one"))) == []
    assert clashes_of(SHARED, own, by_id(term("one"), term("two"), term("three"))) == [TOO_MANY]
    assert clashes_of(SHARED, own, {**by_id(term("one"), term("two")), "term-1": None}) == []


def test_a_server_beyond_the_limit_can_still_change_and_rename_entries() -> None:
    own = by_id(*(term(f"term {number}") for number in range(MOST_OWN + 1)))
    assert clashes_of(SHARED, own, by_id(term("term 1", "one"))) == []
    assert clashes_of(SHARED, own, {**by_id(term("one")), "term-1": None}) == []
    assert clashes_of(SHARED, own, by_id(term("one"))) == [TOO_MANY]
