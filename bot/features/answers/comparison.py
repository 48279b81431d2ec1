"""The card that answers a question that compares two entries."""

from collections.abc import Iterator

from bot.chat.card import Button, Card, Embed
from bot.chat.components import custom_id
from bot.chat.markdown import escape, escape_query, prose, shorten
from bot.features import verbs
from bot.features.terms import cards as terms
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.text import fold, squash

# How many characters of each entry's first sentence are shown, so that both fit on a phone.
SENTENCE_SHOWN = 240


def comparison(glossary: Glossary, question: str, first: Entry, second: Entry, *, asked_by: int | None = None) -> Card:
    """Show two entries together, with what tells them apart. `asked_by` is who may dismiss a public answer."""
    pair = (first, second)
    text = "\n\n".join(f"**{escape(one.title)}**\n{prose(shorten(one.summary, SENTENCE_SHOWN))}" for one in pair)
    differences = "\n".join([*_differences(first, second), *_differences(second, first)])
    embed = Embed(
        title=f"{escape(first.name)} or {escape(second.name)}",
        text="\n\n".join(filter(None, (text, differences))),
        colour=glossary.category_of(first).colour,
    )
    buttons = [Button(one.title, custom_id(verbs.OPEN, one.id)) for one in pair]
    if asked_by is not None:
        buttons.append(terms.dismiss_button(asked_by))
    return Card(embed, tuple(buttons), f"-# “{escape_query(question)}”")


def _differences(shown: Entry, other: Entry) -> Iterator[str]:
    """Yield what an entry says about how the other one differs from it."""
    names = {fold(squash(name)) for name in (other.name, *other.searched_names)}
    for confusion in shown.confusions:
        if fold(squash(confusion.name)) in names:
            yield f"**Not to be confused:** {escape(other.name)}: {prose(confusion.difference)}"
