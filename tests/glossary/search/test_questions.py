"""Questions in plain words find their entries."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.glossary.model import Entry
from bot.glossary.pack import read_pack
from bot.glossary.search.full_text import FullText
from bot.glossary.search.layered_text import LayeredText
from bot.glossary.search.names import Outcome
from bot.glossary.search.questions import MOST_HITS, Named, Questions
from bot.glossary.text import slug

PACK = read_pack(Path(__file__).parents[3] / "data")[0]
QUESTIONS = Questions(LayeredText(PACK.entries))


@pytest.fixture(scope="module")
def questions() -> Questions:
    """The shipped glossary's text."""
    return QUESTIONS


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        ("can I trade crypto or do I need a subscription for quotes?", "market-data-subscription"),
        ("why are the quotes fifteen minutes late?", "delayed-data"),
        ("which measure divides the return by how much it jumps about?", "sharpe-ratio"),
        ("my script stops working every night when the server restarts", "session-reset"),
        ("two scripts with the same number cannot connect at once", "client-id"),
        ("biggest fall from a peak to the following low", "maximum-drawdown"),
    ],
)
def test_the_right_entry_is_among_the_first_three(questions: Questions, question: str, entry_id: str) -> None:
    assert entry_id in [hit.name.entry_id for hit in questions.ask(question).hits[:3]]


@pytest.mark.parametrize(
    "question",
    [
        "how do I bake sourdough bread",
        "who won the world cup",
        "is it going to rain tomorrow",
        "write me a haiku about autumn",
        "",
        "the and of",
        "🖥️",
        'AND OR NOT NEAR("x" *',
    ],
)
def test_an_off_topic_question_gets_no_answer(questions: Questions, question: str) -> None:
    assert questions.ask(question).outcome is Outcome.NONE


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=2000))
def test_any_text_can_be_asked(text: str) -> None:
    found = QUESTIONS.ask(text)
    assert len(found.hits) <= MOST_HITS
    assert bool(found.hits) is (found.outcome is not Outcome.NONE)


def test_an_entry_that_the_question_names_is_not_disowned(questions: Questions) -> None:
    question = "is slippage important for beginners"
    found = questions.ask(question, Named(frozenset({"slippage"})))
    assert found.outcome is not Outcome.NONE
    assert found.hits[0].name.entry_id == "slippage"


def test_a_message_comes_first_only_if_the_question_mentions_a_problem(questions: Questions) -> None:
    messages = {entry.id for entry in PACK.entries if entry.message}

    def first(question: str) -> str:
        return questions.ask(question).hits[0].name.entry_id

    assert first("which connection does TWS keep to the IBKR servers") not in messages
    assert first("error: the connection between TWS and the IBKR servers was lost") in messages


def entry(name: str, definition: str, *keywords: str) -> Entry:
    return Entry(id=slug(name), name=name, category="c", definition=definition, keywords=keywords)


def test_one_phrase_that_fits_counts_more_than_the_same_words_in_many_phrases() -> None:
    scattered = entry(
        "scattered", "Nothing.", "colour of soup", "warm lunch", "why eat", "cold evening", "change plate"
    )
    whole = entry("whole", "Nothing.", "why does soup change colour", "many other words", "that fit nothing", "at all")
    questions = Questions(LayeredText([scattered, whole]))
    assert questions.ask("why does my soup change its colour?").hits[0].name.entry_id == "whole"


def test_a_question_that_is_a_keyword_is_always_answered_or_met_with_the_closest_entries(
    questions: Questions,
) -> None:
    for keyword in (keyword for shown in PACK.entries for keyword in shown.keywords[:1]):
        # A keyword of stop words alone says too little.
        assert questions.ask(keyword).outcome is not Outcome.NONE or not questions.compare(keyword).telling


def test_a_question_with_just_the_telling_words_of_a_name_names_the_entry() -> None:
    others = [entry(f"rice {letter}", "A pot is filled and closed.") for letter in "abcdef"]
    questions = Questions(LayeredText([entry("filling a pot", "With water."), *others]))
    found = questions.ask("how do I fill all my pots")
    assert found.outcome is Outcome.SURE
    assert found.hits[0].name.entry_id == "filling-a-pot"


def test_a_question_that_is_the_phrase_of_one_entry_is_answered_with_it() -> None:
    soup = entry("soup", "Nothing.", "warm lunch for two", "lunch")
    stew = entry("stew", "Nothing.", "warm lunch for cold days", "two cooks")
    questions = Questions(LayeredText([soup, stew]))
    assert questions.ask("a warm lunch for two").outcome is Outcome.SURE
    # The words count in their order, and two words may be a phrase by chance.
    assert questions.compare("two for a warm lunch").phrased is None
    assert questions.compare("two cooks").phrased is None


def test_a_phrase_of_two_entries_settles_nothing() -> None:
    texts = LayeredText([entry("soup", "Nothing.", "warm lunch today"), entry("stew", "Nothing.", "warm lunch today")])
    assert Questions(texts).compare("warm lunch today").phrased is None


def test_a_name_that_many_entries_contain_tells_less_than_a_rare_one() -> None:
    platform = entry("Platform", "Where everything runs.")
    others = [entry(f"part {letter}", f"It runs on the Platform: {letter}.") for letter in "abcdefgh"]
    text = FullText([platform, *others])
    weights = {one.id: weight for one, weight in zip(text.entries, text.name_weights, strict=True)}
    assert 0 <= weights["platform"] < 0.1 < weights["part-a"] <= 1


def test_forms_of_a_word_are_the_same_word() -> None:
    questions = Questions(
        LayeredText([entry("soup", "It simmers.", "reheat it after lunch"), entry("rain", "It falls.")])
    )
    assert questions.compare("reheating").telling == questions.compare("reheated").telling
    assert questions.ask("reheated after lunches").hits[0].name.entry_id == "soup"
