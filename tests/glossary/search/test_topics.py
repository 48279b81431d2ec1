"""A question that names an entry and says hardly anything else is about that entry."""

from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Notices, Pack
from bot.glossary.search.names import Outcome
from bot.glossary.search.topics import Topic, Topics

TRADING = Category(name="Trading", description="d", emoji="🖥️", colour=1, order=1)
NOTICES = Notices(title="t", disclaimer="d", full_disclaimer="f", trademarks="m")


def term(name: str, definition: str = "An entry.", **values: tuple[str, ...]) -> Entry:
    return Entry(id=name.replace(" ", "-"), name=name, category="Trading", definition=definition, **values)  # type: ignore[arg-type]


LIMIT, CANCEL, OPTION = term("limit order"), term("cancelling an order"), term("option")
PLATFORM = term("trade station", aliases=("station",))
WEIGHTS = {LIMIT: 0.3, CANCEL: 0.5, OPTION: 0.3, PLATFORM: 0.1}
TOPICS = Topics(WEIGHTS, WEIGHTS.values())


def about(entry: Entry, *telling: str, is_everyday: bool = False) -> Topic | None:
    return TOPICS.about(entry, WEIGHTS[entry], telling, is_everyday=is_everyday)


def test_up_to_two_words_may_stand_beside_the_name() -> None:
    assert about(LIMIT, "limit", "order") == Topic(0, is_everyday=False)
    assert about(LIMIT, "place", "limit", "order") == Topic(1, is_everyday=False)
    assert about(LIMIT, "best", "limit", "order", "price") == Topic(2, is_everyday=False)
    assert about(LIMIT, "best", "limit", "order", "price", "monday") is None


def test_the_whole_name_has_to_be_there_and_an_alias_is_not_enough() -> None:
    assert about(LIMIT, "limit", "price") is None
    assert about(PLATFORM, "station") is None


def test_another_name_in_the_question_counts_unless_it_tells_less() -> None:
    assert about(LIMIT, "cancel", "limit", "order") is None
    assert about(LIMIT, "limit", "order", "trade", "station") == Topic(2, is_everyday=False)


def test_one_word_beside_the_name_is_certain_and_two_need_a_lead() -> None:
    assert Topic(1, is_everyday=False).is_certain(lead=0, coverage=0.5)
    assert not Topic(2, is_everyday=False).is_certain(lead=1, coverage=1)
    assert Topic(2, is_everyday=False).is_certain(lead=2, coverage=0.5)


def test_an_everyday_word_is_certain_only_if_the_entry_has_the_other_words() -> None:
    assert not Topic(1, is_everyday=True).is_certain(lead=3, coverage=0.5)
    assert Topic(1, is_everyday=True).is_certain(lead=0, coverage=1)


def test_the_topic_comes_before_entries_whose_text_fits_better() -> None:
    rival = term("opening auction", "Where to place a limit order.", keywords=("place a limit order early",))
    others = [term(f"thing {number}", "About a limit order.") for number in range(20)]
    glossary = Glossary(Pack(notices=NOTICES, categories=(TRADING,), entries=(LIMIT, rival, *others)))
    found = glossary.ask("how should I place a limit order")
    assert found.outcome is Outcome.SURE
    assert found.hits[0].name.entry_id == LIMIT.id


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


def test_an_own_entry_is_the_topic_in_place_of_the_shared_one_that_it_replaces() -> None:
    others = [term(name, f"Where to place a limit order, {name}.") for name in ("river", "mountain", "valley")]
    shared = Glossary(Pack(notices=NOTICES, categories=(TRADING,), entries=(term("limit order"), *others)))
    own = term("limit order", "As we use it here.")
    found = shared.with_own([own], TRADING).ask("how should I place a limit order")
    assert found.outcome is Outcome.SURE
    assert [hit.name.entry_id for hit in found.hits].count("limit-order") == 1
    assert found.hits[0].name.entry_id == "limit-order"
