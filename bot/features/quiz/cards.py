"""The cards of the quiz: a question, what was right, and the score."""

from collections.abc import Iterator, Sequence

from bot.chat.card import DONE, NEUTRAL, WRONG, Button, Card, Embed, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, prose
from bot.features import verbs
from bot.features.terms import cards as terms
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.quiz.masking import GAP
from bot.glossary.quiz.questions import Kind, Question
from bot.glossary.text import excerpt
from bot.storage.quiz_rounds import Round, StoredRound

# Choices up to this length stand on their buttons; longer ones stand above, behind the letters of the buttons.
LONGEST_LABEL = 34
LETTERS = "ABCD"
DEFAULT_QUESTIONS = 5
# How much of an explanation is shown, and how many missed entries; the menu opens all of them.
EXPLANATION_SHOWN, MISSED_SHOWN, MOST_MISSED = 300, 90, 4
_TITLES = {
    Kind.TERM: "Which term is this?",
    Kind.DEFINITION: "What does “{}” mean?",
    Kind.MISSING: "{}: which term is missing?",
    Kind.MEANING: "What does {} mean?",
}


def page(glossary: Glossary, stored: StoredRound, number: int, *, asked_by: int | None) -> Card:
    """Show a question of a round, counted from 0; what was right if it is answered; or, after the last, the score.

    A question whose turn has not come shows as the one whose turn it is. `asked_by` is who may dismiss a public quiz.
    """
    played = stored.round
    if number < len(played.answers):
        card = _answered(glossary, stored, number)
    elif len(played.answers) < len(played.questions):
        card = _question(stored, len(played.answers))
    else:
        card = _score(glossary, played)
    dismiss = () if asked_by is None else (terms.dismiss_button(asked_by),)
    return Card(card.embed, (*card.components, *dismiss))


def too_small(scope: str) -> Card:
    """Say that there is too little to ask about."""
    where = f"“{escape(scope)}” has" if scope else "The glossary has"
    text = f"{where} too few terms that can be told apart. `/quiz play` without a category asks about all of them."
    return Card(Embed("Not enough for a quiz", text))


def gone() -> Card:
    """Say that a round is no longer there, and offer another."""
    text = "This round is over: it was played too long ago, or what is stored about the player was deleted."
    return Card(Embed("This round is gone", text), (play_button("Play a new round", Round("", ())),))


def of_somebody_else(played: Round) -> Card:
    """Say that a round can only be played by the person who began it, and offer one to the person who clicked."""
    text = "Only the person who began this round can answer. You can play one of your own; only you see it."
    return Card(Embed("This is somebody else's quiz", text), (play_button("Play my own", played),))


def play_button(label: str, like: Round) -> Button:
    """Return the button that starts a round like another one: in its scope, with as many questions."""
    argument = f"{len(like.questions) or DEFAULT_QUESTIONS}:{like.scope}"
    return Button(label, custom_id(verbs.PLAY_QUIZ, argument), Style.PRIMARY, "🎓")


def _question(stored: StoredRound, number: int) -> Card:
    question = stored.round.questions[number]
    texts = [choice.text for choice in question.choices]
    are_short = max(map(len, texts)) <= LONGEST_LABEL
    paragraphs = [f"> {prose(question.asked)}"] if question.asked else []
    if not are_short:
        paragraphs += [f"**{letter}** {prose(text)}" for letter, text in zip(LETTERS, texts, strict=False)]
    labels: Sequence[str] = texts if are_short else LETTERS[: len(texts)]
    buttons = tuple(
        Button(label.replace("`", ""), custom_id(verbs.ANSWER_QUIZ, f"{stored.id}:{number}:{choice}"))
        for choice, label in enumerate(labels)
    )
    place = f"Question {number + 1} of {len(stored.round.questions)}"
    header = f"🎓 {place} · {stored.round.right} right" if number else f"🎓 {place}"
    title = _TITLES[question.kind].format(escape(question.name))
    return Card(Embed(title, "\n\n".join(paragraphs), NEUTRAL, header), buttons)


def _answered(glossary: Glossary, stored: StoredRound, number: int) -> Card:
    played = stored.round
    question, answer = played.questions[number], played.answers[number]
    is_right = played.is_right(number)
    text = "\n\n".join(_explanation(glossary, question, answer.choice, is_right=is_right))
    again = f"*It comes up again <t:{answer.due_at}:R>.*"
    is_last = number + 1 == len(played.questions)
    buttons = [Button("Score" if is_last else "Next", _turn_id(stored, number + 1), Style.PRIMARY)]
    entry = glossary.follow(question.entry_id)
    if entry is not None:
        buttons.append(Button(f"Open {entry.name}", custom_id(verbs.OPEN, entry.id)))
    place = f"🎓 Question {number + 1} of {len(played.questions)} · {played.right} right"
    title = "✅ Right" if is_right else "❌ Not quite"
    return Card(Embed(title, f"{text}\n{again}", DONE if is_right else WRONG, place), tuple(buttons))


def _explanation(glossary: Glossary, question: Question, chosen: int, *, is_right: bool) -> Iterator[str]:
    """Yield what is right and why, and what the wrong choice would have been."""
    right, wrong = question.choices[question.right], question.choices[chosen]
    if question.kind is Kind.MISSING:
        filled = prose(question.asked).replace(escape(GAP), f"**{escape(right.text)}**")
        # Code is shown as it is: neither escaped nor bold.
        yield f"> {filled.replace(GAP, right.text)}"
    entry = glossary.follow(question.entry_id)
    yield _told(entry) if entry else _gone(question)
    if not is_right:
        other = glossary.follow(wrong.entry_id)
        yield f"You chose {_told(other, MISSED_SHOWN) if other else f'**{escape(wrong.text)}**'}"


def _told(entry: Entry, limit: int = EXPLANATION_SHOWN) -> str:
    return f"**{escape(entry.title)}**: {prose(excerpt(entry.plain_definition, limit))}"


def _score(glossary: Glossary, played: Round) -> Card:
    missed = [question for number, question in enumerate(played.questions) if not played.is_right(number)]
    lines = [_missed_line(glossary, question) for question in missed[:MOST_MISSED]]
    text = "\n".join(["**To look at again**", *lines]) if lines else "You knew all of them."
    # What was missed comes first in the menu, without what is gone.
    asked = [entry for one in (*missed, *played.questions) if (entry := glossary.follow(one.entry_id)) is not None]
    menu = (terms.list_menu("quiz", asked),) if asked else ()
    buttons = (
        play_button("Play again", played),
        Button("My statistics", custom_id(verbs.SHOW_QUIZ_STATS), emoji="📈"),
    )
    title = f"{played.right} of {len(played.questions)} right"
    return Card(Embed(title, text, NEUTRAL, "🎓 Score"), (*menu, *buttons))


def _missed_line(glossary: Glossary, question: Question) -> str:
    entry = glossary.follow(question.entry_id)
    return f"- {_gone(question)}" if entry is None else terms.list_line(entry, MISSED_SHOWN)


def _gone(question: Question) -> str:
    return f"**{escape(question.name)}** is no longer in the glossary."


def _turn_id(stored: StoredRound, number: int) -> str:
    return custom_id(verbs.TURN_QUIZ, f"{stored.id}:{number}")
