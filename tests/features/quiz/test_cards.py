"""Every card of a round fits Discord and a phone, whatever is asked."""

import dataclasses
import random
from pathlib import Path

import msgspec
import pytest

from bot.features.quiz import cards
from bot.features.quiz.planning import plan_round
from bot.features.quiz.stats_card import stats
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category
from bot.glossary.pack import read_pack
from bot.glossary.quiz.masking import GAP
from bot.glossary.quiz.questions import Choice, Kind, Question
from bot.storage.quiz_progress import Learned
from bot.storage.quiz_rounds import Answer, Round, StoredRound
from tests.features.test_sizes import glossary_of, rendered

DATA = Path(__file__).parents[3] / "data"
# The title and the line above it take three lines; a phone shows fourteen.
MOST_LINES, LINE_WIDTH, MOST_CHARACTERS = 13, 58, 620


@pytest.fixture(scope="module")
def shared() -> Glossary:
    """The glossary that comes with the bot."""
    return Glossary(read_pack(DATA)[0])


def test_every_question_over_the_shared_data_fits_discord_and_a_phone(shared: Glossary) -> None:
    rng = random.Random(7)  # noqa: S311 - not for cryptography
    played = plan_round(shared, {}, "", rng, questions=len(shared), now=0)
    stored = StoredRound(2**31, 2**62, 2**62, played)
    assert len(played.questions) > 380
    for number, question in enumerate(played.questions):
        answers = tuple(Answer(0, 2**31) for _ in range(number))
        asked = dataclasses.replace(stored, round=msgspec.structs.replace(played, answers=answers))
        message = rendered(cards.page(shared, asked, number, asked_by=2**62))
        labels = [part["label"] for row in message["components"] for part in row["components"]]
        assert not [label for label in labels if len(label) > 80 or label.endswith("…")]
        assert len(set(labels)) == len(labels) == len(question.choices) + 1
        assert fits(message["embeds"][0].get("description", "")), question
        choice = (question.right + 1) % len(question.choices)
        answers = (*answers, Answer(choice, 2**31))
        answered = dataclasses.replace(stored, round=msgspec.structs.replace(played, answers=answers))
        message = rendered(cards.page(shared, answered, number, asked_by=2**62))
        explained = message["embeds"][0].get("description", "")
        assert fits(explained), question
        if question.kind is Kind.MISSING:
            assert GAP not in explained.replace("\\", ""), "the answer is filled in, also inside code"


def fits(text: str) -> bool:
    """Tell whether a text fits a phone; what is only there for the formatting does not count."""
    shown = text.replace("**", "").replace("\\", "")
    return (
        len(shown) <= MOST_CHARACTERS and sum(-(-len(line) // LINE_WIDTH) for line in shown.split("\n")) <= MOST_LINES
    )


def test_the_largest_round_fits_even_when_every_character_is_escaped() -> None:
    choices = tuple(Choice("*" * 115 + str(number), "x" * 64) for number in range(4))
    questions = tuple(Question(Kind.DEFINITION, "x" * 64, "*" * 60, "_" * 400, choices, 0) for _ in range(20))
    played = Round("*" * 40, questions, answers=tuple(Answer(1, 2**62) for _ in range(20)))
    for answers in (0, 1, 20):
        current = msgspec.structs.replace(played, answers=played.answers[:answers])
        card = cards.page(glossary_of(), StoredRound(2**62, 2**62, 2**62, current), 0, asked_by=2**62)
        rendered(card)
        rendered(cards.of_somebody_else(current))
    rendered(cards.page(glossary_of(), StoredRound(2**62, 2**62, 2**62, played), 20, asked_by=2**62))
    rendered(cards.too_small("*" * 40))


def test_the_statistics_of_everything_fit(shared: Glossary) -> None:
    learned = {entry.id: Learned(10**6, 10**5, 2**40) for entry in shared.pack.entries}
    message = rendered(stats(shared, learned, 0))
    assert fits(message["embeds"][0].get("description", ""))


def test_a_category_that_is_long_fits_into_the_button_that_plays_again() -> None:
    name = "C" * 40
    category = Category(name=name, description="d", emoji="🖥️", colour=1, order=1)
    button = cards.play_button("Play again", Round(category.name, ()))
    assert len(button.custom_id) <= 100
    assert button.custom_id.endswith(f":{name}")
