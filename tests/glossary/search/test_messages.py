"""Message codes stand for messages, for entries that have them as keywords, or for nothing that is known."""

import pytest

from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Message, MessageKind, Notices, Pack
from bot.glossary.search.names import Outcome
from bot.glossary.text import slug

CATEGORY = Category(name="API", description="Messages", emoji="📟", colour=0x2F855A, order=1)
OWN = Category(name="Ours", description="Of this server", emoji="🏠", colour=0x2B6CB0, order=0)
NOTICES = Notices(title="T", disclaimer="No advice.", full_disclaimer="None at all.", trademarks="Theirs.")


def term(name: str, *keywords: str) -> Entry:
    return Entry(id=slug(name), name=name, category="API", definition="A thing.", keywords=keywords)


REFUSED = Entry(
    id="error-1234",
    name="Error 1234",
    category="API",
    definition="Refused.",
    aliases=("the gateway refused the session",),
    message=Message(code=1234, kind=MessageKind.ERROR, title="Session refused"),
)
THROTTLED = Entry(
    id="error-345",
    name="Error 345",
    category="API",
    definition="Too fast.",
    message=Message(code=345, kind=MessageKind.ERROR, title="Orders throttled"),
)
ENTRIES = (
    REFUSED,
    THROTTLED,
    term("paper port", "7497", "error 900"),
    term("fraction", "error 901"),
    term("whole", "error 900"),
)
GLOSSARY = Glossary(Pack(notices=NOTICES, categories=(CATEGORY,), entries=ENTRIES))


@pytest.mark.parametrize(
    ("query", "outcome", "ids", "unknown"),
    [
        ("Error 1234, reqId 3: refused", Outcome.EXACT, ["error-1234"], ()),
        ("what does 1234 mean?", Outcome.EXACT, ["error-1234"], ()),
        ("why does my bot keep getting 1234 each morning?", Outcome.EXACT, ["error-1234"], ()),
        ("error 901", Outcome.SURE, ["fraction"], ()),
        ("7497", Outcome.SURE, ["paper-port"], ()),
        ("error 777", Outcome.NONE, [], (777,)),
        ("what are 777 and 778?", Outcome.NONE, [], (777, 778)),
        ("1234 Gateway refused", Outcome.EXACT, ["error-1234"], ()),
        ("345 Throttled again", Outcome.SURE, ["error-345"], ()),
        ("5678 Something is off", Outcome.NONE, [], (5678,)),
        ("365 Days", Outcome.NONE, [], ()),
    ],
)
def test_codes_stand_for_messages_keywords_or_nothing(
    query: str, outcome: Outcome, ids: list[str], unknown: tuple[int, ...]
) -> None:
    for found in (GLOSSARY.find(query), GLOSSARY.ask(query)):
        assert (found.outcome, [hit.name.entry_id for hit in found.hits], found.unknown_codes) == (
            outcome,
            ids,
            unknown,
        )


def test_a_number_before_other_words_than_those_of_its_message_is_no_code() -> None:
    for query in ("1234 shares of widgets", "345 Widgets sold"):
        assert GLOSSARY.find(query).outcome is Outcome.NONE


def test_of_several_entries_with_a_code_among_their_keywords_none_is_sure() -> None:
    found = GLOSSARY.find("error 900")
    assert (found.outcome, [hit.name.entry_id for hit in found.hits]) == (Outcome.SUGGEST, ["paper-port", "whole"])


def test_a_question_that_quotes_a_message_is_about_it() -> None:
    found = GLOSSARY.ask("my fraction bot says the gateway refused the session, what now?")
    assert (found.outcome, found.hits[0].name.entry_id) == (Outcome.SURE, "error-1234")


def test_the_text_of_a_message_before_a_colon_is_that_message_however_short_it_is() -> None:
    found = GLOSSARY.ask("Session refused: Order(whole=1, fraction=2, paper_port=3)")
    assert (found.outcome, found.hits[0].name.entry_id) == (Outcome.SURE, "error-1234")
    assert GLOSSARY.find("fraction: how does it work with the whole?").outcome is not Outcome.SURE


def test_what_a_printed_object_holds_is_not_asked_about() -> None:
    printed = "(kind='paper port', size=1, fraction=2)"
    asked = f"does my bot trade what is printed here? Order{printed}"
    assert GLOSSARY.ask(asked).outcome is Outcome.NONE
    assert GLOSSARY.ask(asked.replace("Order(", "Order (")).outcome is Outcome.SUGGEST


def test_without_any_message_no_code_is_unknown() -> None:
    terms = Glossary(Pack(notices=NOTICES, categories=(CATEGORY,), entries=ENTRIES[2:]))
    assert terms.find("error 777").unknown_codes == ()


def test_an_own_entry_takes_a_code_along_when_it_replaces_the_shared_one() -> None:
    ours = GLOSSARY.with_own([term("fraction", "error 902")], OWN)
    assert ours.find("error 901").unknown_codes == (901,)
    assert ours.find("error 902").hits[0].name.entry_id == "fraction"
    assert GLOSSARY.find("error 902").unknown_codes == (902,)
