"""The card that answers a question that compares two entries."""

from collections.abc import Iterator

from bot.chat.card import Card, Embed
from bot.chat.markdown import escape, prose, shorten
from bot.features.terms import cards as terms
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.text import fold, squash

# How many characters of each entry's first sentence are shown, so that both fit on a phone.
SENTENCE_SHOWN = 240


def comparison(glossary: Glossary, question: str, first: Entry, second: Entry, *, asked_by: int | None = None) -> Card:
    """Show two entries together, with what tells them apart.

    `question` is what it answers, "" for none; `asked_by` is who may dismiss a public answer.
    """
    pair = (first, second)
    embed = Embed(
        title=f"{escape(first.name)} vs {escape(second.name)}",
        text="\n\n".join([*map(_meaning, pair), *_differences(first, second)]),
        colour=glossary.category_of(first).colour,
    )
    buttons = terms.open_buttons(pair)
    if asked_by is not None:
        buttons = (*buttons, terms.dismiss_button(asked_by))
    return Card(embed, buttons, terms.question_line(question) if question else "")


def _meaning(shown: Entry) -> str:
    return f"**{escape(shown.title)}**\n{prose(shorten(shown.summary, SENTENCE_SHOWN))}"


def _differences(first: Entry, second: Entry) -> Iterator[str]:
    """Yield one paragraph: what each of two entries says about how the other differs, if either says something."""
    lines = [*_told_about(first, by=second), *_told_about(second, by=first)]
    if lines:
        yield "\n".join(["**The difference**", *lines])


def _told_about(shown: Entry, *, by: Entry) -> Iterator[str]:
    names = {fold(squash(name)) for name in (shown.name, *shown.searched_names)}
    for confusion in by.confusions:
        if fold(squash(confusion.name)) in names:
            yield f"- **{escape(shown.name)}** {prose(confusion.difference)}"
