"""Questions find own and shared entries alike, because both are scored in the same way."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry
from bot.glossary.pack import read_pack
from bot.glossary.search.full_text import FullText
from bot.glossary.search.layered_text import LayeredText
from bot.glossary.search.names import Outcome
from bot.glossary.search.own_text import OwnText
from bot.glossary.search.questions import Questions
from bot.glossary.text import slug, words

PACK = read_pack(Path(__file__).parents[3] / "data")[0]
OWN = Category(name="Ours", description="Of this server", emoji="🏠", colour=0x2B6CB0, order=0)
SHARED = Glossary(PACK)


def entry(name: str, definition: str, *keywords: str, aliases: tuple[str, ...] = (), notes: str = "") -> Entry:
    return Entry(
        id=slug(name),
        name=name,
        category="Ours",
        definition=definition,
        aliases=aliases,
        keywords=keywords,
        notes=(notes,) if notes else (),
    )


BADGE = entry(
    "golden badge",
    "A role for members who helped at least ten beginners with their first connection during the last month.",
    "how do I earn a colour next to my nickname",
    notes="Moderators hand it out on the first Sunday of each month.",
)
STANDUP = entry("lunch club", "We meet in the voice channel at noon to eat soup and talk about gardening.")
VOCABULARY = (
    "connect connected connecting order orders market the why ratio ratios Müller naïve 502 IPs reqMktData".split()
)
TEXTS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6).map(" ".join)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6),
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6),
    TEXTS,
)
def test_the_scores_are_those_of_full_text_search_over_both(
    shared: list[tuple[str, str, str]], own: list[tuple[str, str, str]], question: str
) -> None:
    behind = [entry(f"{name} s{at}", text, keyword) for at, (name, text, keyword) in enumerate(shared)]
    front = [entry(f"{name} o{at}", text, keyword, notes=text) for at, (name, text, keyword) in enumerate(own)]
    terms = list(dict.fromkeys(words(question)))
    together = dict(FullText([*front, *behind]).by_words(terms))
    expected = {number: score for number, score in together.items() if number < len(front)}
    assert dict(OwnText(front, FullText(behind)).by_words(terms)) == pytest.approx(expected)


@pytest.fixture(scope="module")
def shared() -> Questions:
    """The shipped glossary's text."""
    return Questions(LayeredText(PACK.entries))


def laid_over(shared: Questions, *own: Entry, hidden: frozenset[str] = frozenset()) -> Questions:
    return Questions(LayeredText(own, shared.text, hidden))


def ids(questions: Questions, question: str) -> list[str]:
    return [hit.name.entry_id for hit in questions.ask(question).hits]


@pytest.mark.parametrize(
    "question",
    [
        "how can I get that colour beside my nickname?",
        "what do members receive for helping beginners?",
        "what do members recieve for helping beginers with the connection?",
    ],
)
def test_an_own_entry_is_found_by_a_question_without_its_name(shared: Questions, question: str) -> None:
    assert ids(laid_over(shared, BADGE, STANDUP), question)[0] == "golden-badge"
    assert "golden-badge" not in ids(shared, question)


@pytest.mark.parametrize(
    "question",
    [
        "can I trade crypto or do I need a subscription for quotes?",
        "why are the quotes fifteen minutes late?",
        "which measure divides the return by how much it jumps about?",
        "my script stops working every night when the server restarts",
        "two scripts with the same number cannot connect at once",
        "biggest fall from a peak to the following low",
        "how do I bake sourdough bread",
        "who won the world cup",
    ],
)
def test_an_unrelated_own_entry_does_not_change_the_answer(shared: Questions, question: str) -> None:
    expected = shared.ask(question)
    found = laid_over(shared, STANDUP).ask(question)
    assert found.outcome is expected.outcome
    assert found.hits[:3] == expected.hits[:3]


def test_a_replaced_entry_is_never_an_answer(shared: Questions) -> None:
    question = "why are the quotes fifteen minutes late?"
    gone = ids(shared, question)[0]
    unlike = Entry(id=gone, name=STANDUP.name, category="Ours", definition=STANDUP.definition)
    ours = laid_over(shared, unlike, hidden=frozenset([gone]))
    assert gone not in ids(ours, question)
    assert ids(ours, "where do we eat soup at noon and talk about gardening?")[0] == gone


def test_a_question_finds_a_shared_entry_by_a_name_from_this_server() -> None:
    more = Entry(id="sharpe-ratio", name="", category="", definition="", aliases=("wobbliness quotient",))
    ours = SHARED.with_own([more, STANDUP], OWN)
    found = ours.ask("which strategy here has the better quotient of wobbliness per year?")
    assert found.outcome is not Outcome.NONE
    assert found.hits[0].name == ("Sharpe ratio", "sharpe-ratio", False)
    assert len({hit.name.entry_id for hit in found.hits}) == len(found.hits)


def test_a_name_in_a_question_counts_more_than_its_text() -> None:
    ours = SHARED.with_own([BADGE], OWN)
    assert ours.ask("what is a golden badge?") == ours.find("golden badge")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=2000))
def test_any_text_can_be_asked(text: str) -> None:
    found = OURS.ask(text)
    assert bool(found.hits) is (found.outcome is not Outcome.NONE)


OURS = SHARED.with_own([BADGE, STANDUP], OWN)
