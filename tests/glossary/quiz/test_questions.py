"""Every question has exactly one right choice and does not give it away, by rules that the generator does not share."""

import random
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Message, MessageKind, Notices, Pack
from bot.glossary.pack import read_pack
from bot.glossary.quiz.questions import ASKED_LIMIT, CHOICE_LIMIT, Kind, Question, make_question

DATA = Path(__file__).parents[3] / "data"
NOTICES = Notices(title="t", disclaimer="d", full_disclaimer="f", trademarks="m")
CATEGORIES = tuple(Category(name=name, description="d", emoji="🖥️", colour=1, order=1) for name in ("A", "B"))
SMALL_WORDS = frozenset("a an the of to in on at is and or for not with this that what when how show".split())


def chance(seed: int) -> random.Random:
    """A random generator that always gives the same numbers."""
    return random.Random(seed)  # noqa: S311 - not for cryptography


def glossary_of(*entries: Entry) -> Glossary:
    return Glossary(Pack(notices=NOTICES, categories=CATEGORIES, entries=entries))


def term(name: str, definition: str, **values: tuple[str, ...]) -> Entry:
    """A term of the first category."""
    entry_id = re.sub(r"\W+", "-", name.lower())
    return Entry(id=entry_id, name=name, category="A", definition=definition, **values)  # type: ignore[arg-type]


def plain(text: str) -> str:
    """A text in lower case, with one space between its words and without plural endings."""
    text = text.replace("++", " plus plus ")
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " ", text)
    said = re.findall(r"[^\W_]+", split.lower().replace("'", "").replace("’", ""))
    return " ".join(re.sub(r"(?<=[a-z]{2})(?<!s)(?<!u)(?<!i)s$", "", re.sub("ies$", "y", word)) for word in said)


def names(entry: Entry) -> set[str]:
    """What an entry is called."""
    return {plain(name) for name in (entry.name, *entry.aliases)} - {""}


def stands_in(name: str, text: str) -> bool:
    return bool(name) and f" {name} " in f" {plain(text)} "


def words_of(entry: Entry) -> set[str]:
    """The words of a name, or of the title of a message, that say something."""
    said = set(plain(entry.message.title if entry.message else entry.name).split())
    return said - SMALL_WORDS or said


def check(glossary: Glossary, question: Question) -> None:
    """Check that there is one right choice, that it can be told from the others, and that nothing gives it away."""
    entry = glossary.get(question.entry_id)
    assert entry is not None
    right = question.choices[question.right]
    assert 2 <= len(question.choices) <= 4
    texts = [plain(choice.text).replace(" ", "") for choice in question.choices]
    assert len(set(texts)) == len(texts)
    assert all(choice.text.strip() and len(choice.text) <= CHOICE_LIMIT for choice in question.choices)
    assert len(question.asked) <= ASKED_LIMIT + 40  # gaps may be longer than what they hide
    answer = glossary.get(right.entry_id)
    assert answer is not None
    for choice in question.choices:
        if choice is not right:
            other = glossary.get(choice.entry_id)
            assert other is not None
            check_is_wrong(answer, other)
    match question.kind:
        case Kind.TERM:
            assert right.text == entry.name
            check_is_hidden(entry, question.asked)
            check_is_readable(question.asked)
        case Kind.DEFINITION:
            for choice in question.choices:
                check_is_hidden(entry, choice.text)
                check_is_readable(choice.text)
        case Kind.MEANING:
            assert entry.message is not None
            assert right.text == entry.message.title
            assert all(str(entry.message.code) not in choice.text for choice in question.choices)
        case Kind.MISSING:
            check_missing(entry, question)


def check_is_wrong(right: Entry, other: Entry) -> None:
    assert other.id != right.id
    for one, two in ((right, other), (other, right)):
        assert names(one).isdisjoint(names(two) | {plain(keyword) for keyword in two.keywords})
        assert not words_of(one) <= words_of(two)
        assert not any(stands_in(name, two.summary) for name in names(one))
    assert plain(right.definition) != plain(other.definition)


def check_is_hidden(entry: Entry, text: str) -> None:
    for name in names(entry):
        assert not stands_in(name, text)
        assert not (set(name.split()) - SMALL_WORDS - {word for word in name.split() if len(word) < 4}) & set(
            plain(text).split()
        )


def check_is_readable(text: str) -> None:
    """There are three words for each gap."""
    said = re.findall(r"[^\W_]+", text.replace("(n)", ""))
    assert len(said) >= 3 * text.count("____")


def check_missing(entry: Entry, question: Question) -> None:
    """The line has one gap, is a line of the entry, and no other choice stands anywhere in the entry."""
    before, _, after = question.asked.partition("____")
    assert "____" not in after
    assert entry.message is not None
    lines = (entry.summary, *entry.message.causes, *entry.message.checks)
    start = before.replace("A(n) ", "").replace("a(n) ", "")
    assert any(start.rstrip("` an") in line and line.endswith(after) for line in lines)
    text = "\n".join((entry.title, entry.definition, *lines, *entry.aliases, *entry.keywords, *entry.related))
    missing = set(plain(question.choices[question.right].text).split()) - SMALL_WORDS
    for number, choice in enumerate(question.choices):
        if number != question.right:
            assert not stands_in(plain(choice.text), text)
            assert missing.isdisjoint(plain(choice.text).split())


@pytest.fixture(scope="module")
def shared() -> Glossary:
    """The glossary that comes with the bot."""
    return Glossary(read_pack(DATA)[0])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_thousand_questions_over_the_shared_data_have_one_right_answer_each(shared: Glossary, seed: int) -> None:
    rng = chance(seed)
    made = [question for entry in shared.pack.entries if (question := make_question(shared, entry, rng)) is not None]
    assert len(made) >= 350
    assert {question.kind for question in made} == set(Kind)
    assert len({question.right for question in made}) == 4
    for question in made:
        assert len(question.choices) == 4
        check(shared, question)


def test_the_same_chance_makes_the_same_question(shared: Glossary) -> None:
    entry = shared.pack.entries[0]
    assert make_question(shared, entry, chance(5)) == make_question(shared, entry, chance(5))


def test_nothing_is_asked_about_the_only_entry() -> None:
    only = term("slippage", "The difference between the expected and the actual price of a trade.")
    assert make_question(glossary_of(only), only, chance(1)) is None


@pytest.mark.parametrize(
    "other",
    [
        term("leverage", "More exposure to the market than the money in the account.", aliases=("slippages",)),
        term("leverage", "More exposure to the market than the money in the account.", keywords=("slippage",)),
        term("negative slippage", "More exposure to the market than the money in the account."),
        term("leverage", "The slippage of an account that holds more than its money."),
        term("leverage", "The difference between the expected and the actual price of trades."),
    ],
    ids=["its alias", "its keyword", "a narrower name", "explains itself by it", "the same definition"],
)
def test_what_may_be_right_as_well_is_no_choice(other: Entry) -> None:
    right = term("slippage", "The difference between the expected and the actual price of a trade.")
    glossary = glossary_of(right, other)
    assert all(make_question(glossary, right, chance(seed)) is None for seed in range(10))
    assert all(make_question(glossary, other, chance(seed)) is None for seed in range(10))


def test_what_is_out_of_date_is_neither_asked_about_nor_a_choice() -> None:
    right = term("slippage", "The difference between the expected and the actual price of a trade.")
    old = msgspec.structs.replace(term("spread", "What lies between the best bid and the best ask."), retired=True)
    former = msgspec.structs.replace(old, retired=False, superseded_by="slippage")
    for other in (old, former):
        glossary = glossary_of(right, other)
        assert make_question(glossary, right, chance(1)) is None
        assert make_question(glossary, other, chance(1)) is None


def test_what_people_mix_up_with_the_right_choice_comes_first() -> None:
    right = term(
        "slippage",
        "The difference between the expected and the actual price of a trade.",
        confused_with=("spread: is the distance between two quotes.",),
    )
    mixed_up = term("spread", "What lies between the best bid and the best ask of an instrument.")
    others = [term(f"{word} fee", f"What the {word} charges for its service each month.") for word in "abcdefgh"]
    question = make_question(glossary_of(right, *others, mixed_up), right, chance(1))
    assert question is not None
    assert "spread" in {choice.entry_id for choice in question.choices}


NAMES = (
    "limit order", "limit orders", "Limit-Order", "order", "stop order", "C", "C++", "whatToShow", "what to show",
    "*_`|", "IPs", "x" * 60, "order 5", "order 6", "the of", "Ünïcode näme", "a b", "pip spread", "reqMktData", "事件",
)  # fmt: skip
SENTENCES = (
    "An order with a price limit, which `reqMktData` does not need at all.",
    "An order with a price limit that is never exceeded.",
    "A name in code that decides what to show of the data. A second sentence follows.",
    "Short.", "____ ____ ____", "`code` " * 30, "A programming language from the nineteen-seventies.", "事件",
    "What the broker keeps of each trade, even at night. It widens when few people trade.",
    "*Stars* and _lines_ and @everyone and <@123> that stay as they are.",
    "Several addresses that may connect to the program without a prompt.",
)  # fmt: skip
texts = st.sampled_from(SENTENCES)
some_names = st.lists(st.sampled_from(NAMES), max_size=3).map(tuple)


@st.composite
def odd_glossaries(draw: st.DrawFn) -> Glossary:
    """A glossary of few entries that are called alike, say the same, and refer to each other or to nothing."""
    entries = []
    for number, name in enumerate(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8, unique=True))):
        message = None
        if draw(st.booleans()) and draw(st.booleans()):
            title = draw(st.sampled_from(NAMES))
            causes = tuple(draw(st.lists(texts, max_size=2)))
            message = Message(code=100 + number, kind=MessageKind.ERROR, title=title, causes=causes)
        entries.append(
            Entry(
                id=f"entry-{number}",
                name=f"Error {100 + number}" if message else name,
                category=draw(st.sampled_from(("A", "B"))),
                definition=draw(texts),
                aliases=draw(some_names),
                related=draw(some_names),
                keywords=draw(some_names),
                message=message,
            )
        )
    return glossary_of(*entries)


@settings(max_examples=100, deadline=None)
@given(odd_glossaries(), st.integers(0, 2**32))
def test_questions_over_odd_glossaries_have_one_right_answer_or_are_not_asked(glossary: Glossary, seed: int) -> None:
    rng = chance(seed)
    for entry in glossary.pack.entries:
        question = make_question(glossary, entry, rng)
        if question is not None:
            check(glossary, question)


def test_a_title_that_says_the_same_in_other_words_is_no_wrong_choice(shared: Glossary) -> None:
    refused = shared.shared_named("161")
    assert refused is not None
    asked = [make_question(shared, refused, random.Random(seed)) for seed in range(40)]  # noqa: S311 - not for secrets
    choices = {choice.text for question in asked if question for choice in question.choices}
    assert refused.message is not None
    assert refused.message.title in choices
    assert "Order cannot be cancelled" not in choices
