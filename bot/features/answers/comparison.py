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
    pair = ((first, second), (second, first))
    embed = Embed(
        title=f"{escape(first.name)} or {escape(second.name)}",
        text="\n\n".join("\n".join(_lines(shown, other)) for shown, other in pair),
        colour=glossary.category_of(first).colour,
    )
    buttons = terms.open_buttons((first, second))
    if asked_by is not None:
        buttons = (*buttons, terms.dismiss_button(asked_by))
    return Card(embed, buttons, terms.question_line(question) if question else "")


def _lines(shown: Entry, other: Entry) -> Iterator[str]:
    """Yield what an entry is, and what the other one says about how it differs."""
    yield f"**{escape(shown.title)}**"
    yield prose(shorten(shown.summary, SENTENCE_SHOWN))
    names = {fold(squash(name)) for name in (shown.name, *shown.searched_names)}
    for confusion in other.confusions:
        if fold(squash(confusion.name)) in names:
            yield f"*Unlike {escape(other.name)}:* {prose(confusion.difference)}"
