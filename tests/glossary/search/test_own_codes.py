"""A code that a server's own entry is named after is found, wherever people meet it."""

import pytest

from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Message, MessageKind, Notices, Pack
from bot.glossary.own import OWN_CATEGORY, own_entry
from bot.glossary.search.names import Outcome

TWS = Category(name="TWS", description="The workstation", emoji="🖥️", colour=1, order=1)


def message(code: int, kind: MessageKind, title: str) -> Entry:
    name = f"{kind.capitalize()} {code}"
    return Entry(
        id=name.lower().replace(" ", "-"),
        name=name,
        category=TWS.name,
        definition=f"{title}.",
        message=Message(code=code, kind=kind, title=title),
    )


SHARED = Glossary(
    Pack(
        notices=Notices(title="T", disclaimer="D", full_disclaimer="F", trademarks="M"),
        categories=(TWS,),
        entries=(
            message(162, MessageKind.ERROR, "Historical data request failed"),
            message(2104, MessageKind.WARNING, "Market data farm is connected"),
            message(502, MessageKind.ERROR, "The port is closed"),
        ),
    )
)


def with_own(name: str) -> tuple[Glossary, str]:
    entry, faults = own_entry({"name": name, "definition": "Ask the desk about it."}, SHARED.pack.category_names)
    assert entry, faults
    return SHARED.with_own([entry], OWN_CATEGORY), entry.id


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Error 162", 162),
        ("Error 162!", 162),
        ("Warning 2104", 2104),
        ("error 502", 502),
        ("Error 10350", 10350),
        ("error code #10351", 10351),
        ("TWS error 10352", 10352),
        ("Error10353", 10353),
    ],
)
@pytest.mark.parametrize("query", ["{}", "error {}", "Error {}, reqId 3: Something went wrong", "what does {} mean?"])
def test_the_code_in_a_name_finds_the_entry(name: str, code: int, query: str) -> None:
    glossary, entry_id = with_own(name)
    for found in (glossary.look_up(query.format(code)), glossary.ask(query.format(code))):
        assert found.unknown_codes == ()
        assert found.outcome is Outcome.EXACT
        assert found.hits[0].name.entry_id == entry_id


@pytest.mark.parametrize(("name", "code"), [("Error 162", 162), ("Error 10350", 10350)])
def test_the_code_is_known_in_logs_too(name: str, code: int) -> None:
    glossary, entry_id = with_own(name)
    line = f"ERROR -1 {code} Something went wrong"
    assert [entry.id for entry in glossary.terms_in(line)] == [entry_id]
    (event,) = glossary.timeline(line).events
    assert event.entry is not None
    assert event.entry.id == entry_id


@pytest.mark.parametrize("name", ["Error 162", "error code 162", "Error 162!", "162"])
def test_an_own_entry_named_after_a_shared_code_is_seen_to_take_its_place(name: str) -> None:
    shared = SHARED.shared_named(name)
    assert shared is not None
    assert shared.id == "error-162"
