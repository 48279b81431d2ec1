"""A question that names an entry and says hardly anything else is about that entry."""

from pathlib import Path

import pytest

from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Notices, Pack
from bot.glossary.pack import read_pack
from bot.glossary.search.names import Outcome
from bot.glossary.search.phrases import Phrases
from bot.glossary.search.topics import NameStems, Topic, beside_name

SHIPPED = Glossary(read_pack(Path(__file__).parents[3] / "data")[0])
TRADING = Category(name="Trading", description="d", emoji="🖥️", colour=1, order=1)
NOTICES = Notices(title="t", disclaimer="d", full_disclaimer="f", trademarks="m")


def term(name: str, definition: str = "An entry.", **values: tuple[str, ...]) -> Entry:
    return Entry(id=name.replace(" ", "-"), name=name, category="Trading", definition=definition, **values)  # type: ignore[arg-type]


LIMIT, CANCEL, OPTION = term("limit order"), term("cancelling an order"), term("option")
NAMES = NameStems(
    (LIMIT, CANCEL, OPTION), {"limit": "limit", "order": "order", "cancelling": "cancel", "option": "option"}
)
TERMS = tuple(term(name, f"About a {name}.") for name in ("river", "mountain", "valley"))


def beside(telling: str, *others: int) -> set[str] | None:
    """Return what stands beside *limit order* in a question, given by its stems, that has the names of others."""
    found = beside_name(NAMES[0], telling.split(), (NAMES[number] for number in others))
    return None if found is None else set(found)


def glossary_of(*entries: Entry) -> Glossary:
    return Glossary(Pack(notices=NOTICES, categories=(TRADING,), entries=(*entries, *TERMS)))


def test_up_to_two_words_may_stand_beside_the_name() -> None:
    assert beside("limit order") == set()
    assert beside("place limit order") == {"place"}
    assert beside("best limit order price") == {"best", "price"}
    assert beside("best limit order price monday") is None


def test_the_whole_name_has_to_be_there() -> None:
    assert beside("limit price") is None


def test_names_are_found_in_a_question_in_any_order_and_in_pieces() -> None:
    assert set(NAMES.within(frozenset({"cancel", "limit", "order"}))) == {0, 1}
    assert not set(NAMES.within(frozenset({"order", "option"})))


def test_another_name_in_the_question_counts() -> None:
    assert beside("cancel limit order", 0, 1) is None
    assert beside("place limit order", 0) == {"place"}


def test_one_word_beside_the_name_is_certain_and_two_need_a_lead() -> None:
    assert Topic(weight=0.5, beside=1).is_certain(lead=0)
    assert not Topic(weight=0.5, beside=2).is_certain(lead=1)
    assert Topic(weight=0.5, beside=2).is_certain(lead=2)


def test_a_name_that_many_entries_have_needs_a_lead() -> None:
    """How can I tell that IB Gateway is running: that is hardly about the gateway as such."""
    assert not Topic(weight=0.1, beside=1).is_certain(lead=1)
    assert Topic(weight=0.1, beside=1).is_certain(lead=2)


def test_an_everyday_word_is_certain_only_if_the_entry_has_the_other_words() -> None:
    assert not Topic(weight=0.5, beside=1, is_everyday=True, is_covered=False).is_certain(lead=3)
    assert Topic(weight=0.5, beside=1, is_everyday=True, is_covered=True).is_certain(lead=0)


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("how do I avoid overfitting", "is overfitting jeans a thing"),
        ("how do I reduce latency", "why is my latency so bad in valorant"),
        ("how do I avoid the rate limit", "twitter rate limit"),
    ],
)
def test_a_question_with_a_word_that_no_entry_contains_may_be_about_something_else(
    question: str, elsewhere: str
) -> None:
    assert SHIPPED.ask(question).outcome is Outcome.SURE
    assert SHIPPED.ask(elsewhere).outcome is Outcome.SUGGEST


def test_the_topic_comes_before_entries_whose_text_fits_better() -> None:
    rival = term("opening auction", "Where to place a limit order.", keywords=("place a limit order early",))
    glossary = glossary_of(LIMIT, rival, *(term(f"thing {number}", "About the weather.") for number in range(20)))
    found = glossary.ask("how should I place a limit order")
    assert found.outcome is Outcome.SURE
    assert found.hits[0].name.entry_id == LIMIT.id


def test_the_topic_does_not_come_before_an_entry_with_the_very_question_as_a_keyword() -> None:
    how_to = term("sending", "What it takes.", keywords=("how do I place a limit order",))
    glossary = glossary_of(LIMIT, how_to, *(term(f"thing {number}", "About the weather.") for number in range(20)))
    assert glossary.ask("how do I place a limit order").hits[0].name.entry_id == how_to.id


def test_an_everyday_word_is_offered_if_it_is_the_topic_and_else_it_is_not() -> None:
    others = [term(name) for name in ("river", "mountain", "valley")]
    glossary = Glossary(Pack(notices=NOTICES, categories=(TRADING,), entries=(OPTION, *others)))
    offered = glossary.ask("how do I avoid an option")
    assert offered.outcome is Outcome.SUGGEST
    assert offered.hits[0].name.entry_id == OPTION.id
    assert not glossary.ask("what is the best option for a quiet evening with old friends").hits
    assert not glossary.ask("nice option").hits


def test_a_question_of_one_or_two_words_offers_the_names_that_have_them() -> None:
    entries = (term("paper trading port"), term("portfolio"), *(term(name) for name in ("river", "mountain", "valley")))
    glossary = Glossary(Pack(notices=NOTICES, categories=(TRADING,), entries=entries))
    offered = glossary.ask("what port do I use")
    assert offered.outcome is Outcome.SUGGEST
    assert [hit.name.entry_id for hit in offered.hits] == ["paper-trading-port"]
    assert not glossary.ask("what garden do I use").hits


def test_a_question_of_two_words_offers_the_entries_that_have_both_in_one_keyword() -> None:
    phrases = Phrases(
        [("short a stock here",), ("a short story", "stock of books")],
        {word: word for word in "short stock here story books".split()},
        lambda _: 1.0,
    )
    assert phrases.holding_all(["short", "stock"]) == {0}
    assert phrases.holding_all(["story"]) == {1}
    assert not phrases.holding_all([])
    offered = SHIPPED.ask("how to short a stock")
    assert offered.outcome is Outcome.SUGGEST
    assert offered.hits[0].name.entry_id == "short-selling"


def test_an_own_entry_is_the_topic_in_place_of_the_shared_one_that_it_replaces() -> None:
    shared = glossary_of(LIMIT, term("delta", "Where to place a limit order."))
    own = term("limit order", "As we use it here.")
    found = shared.with_own([own], TRADING).ask("how should I place a limit order")
    assert found.outcome is Outcome.SURE
    assert [hit.name.entry_id for hit in found.hits].count("limit-order") == 1
    assert found.hits[0].name.entry_id == "limit-order"
