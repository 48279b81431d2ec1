"""The cards that answer a question, and that explain the terms in a message."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.card import Card, Component, Embed
from bot.chat.markdown import escape, escape_query
from bot.features.terms import cards as terms
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.names import Found, Outcome
from bot.glossary.search.small_talk import SmallTalk, small_talk_in

# How many terms of a message are shown in full; the others are in a menu.
MAX_IN_FULL = 3
# Discord's limit for all embeds of a message is 6000 characters, the disclaimer included.
FULL_LIMIT = 5600


def answer(glossary: Glossary, question: str, found: Found, *, asked_by: int | None = None) -> Card:
    """Answer a question: the best entry in full, the closest ones when unsure, or that there is none.

    `asked_by` is who may dismiss a public answer.
    """
    entries = [entry for hit in found.hits if (entry := glossary.get(hit.name.entry_id))]
    if entries and found.is_answer:
        return terms.entry(glossary, entries[0], asked_by=asked_by, question=question, also=entries[1:])
    talk = small_talk_in(question) if found.outcome is Outcome.NONE else None
    if talk is not None:
        card = small_talk(glossary, talk)
    elif found.unknown_codes:
        card = terms.unknown_codes(glossary, found.unknown_codes, entries)
    elif entries:
        card = _closest(question, entries)
    else:
        card = _no_answer(question)
    return card if asked_by is None else replace(card, components=(*card.components, terms.dismiss_button(asked_by)))


def explained(glossary: Glossary, entries: Sequence[Entry]) -> Card:
    """Explain the terms of a message: the first in full, the others in a menu."""
    if not entries:
        text = "No term of the glossary is in this message. `/ask` answers questions in plain words."
        return Card(Embed("No glossary terms here", text))
    embeds: list[Embed] = []
    room = FULL_LIMIT
    for entry in entries[:MAX_IN_FULL]:
        embed = terms.entry_embed(glossary, entry)
        room -= len(embed)
        if embeds and room < 0:
            break
        embeds.append(embed)
    others = entries[len(embeds) :]
    menu: tuple[Component, ...] = ()
    if others:
        menu = (terms.entry_menu(others[0].id, others, f"Also in this message ({len(others)})"),)
    return Card(embeds[0], menu, more=tuple(embeds[1:]))


def small_talk(glossary: Glossary, talk: SmallTalk) -> Card:
    """Answer what is no question; `talk` says what it is."""
    sample = escape(glossary.sample)
    match talk:
        case SmallTalk.HELP:
            lines = (
                f"`/define` explains a term or a message code, such as **{sample}**.",
                "`/ask` answers a question in plain words. So do I when you mention me or write to me directly.",
                "`/related` shows the terms around a term.",
                "*Explain terms* explains the jargon in a message: right-click the message and choose *Apps*.",
                "`/about` says what I know, and `/privacy` what I store.",
            )
            return Card(Embed("What I can do", "\n".join(f"- {line}" for line in lines)))
        case SmallTalk.THANKS:
            return Card(Embed("You’re welcome!"))
        case SmallTalk.GREETING:
            return Card(Embed("Hello!", f"Ask me about a term, such as **{sample}**, or write `help`."))
        case SmallTalk.NO_WORDS:
            return Card(Embed("🙂", f"Ask me about a term, such as **{sample}**, or write `help`."))


def _closest(question: str, entries: Sequence[Entry]) -> Card:
    lines = [f"*“{escape_query(question)}”*", "", *map(terms.list_line, entries)]
    menu = terms.entry_menu(entries[0].id, entries, "Open one of them")
    return Card(Embed("Closest matches", "\n".join(lines)), (menu, *terms.none_of_these_buttons(question)))


def _no_answer(question: str) -> Card:
    text = f"*“{escape_query(question)}”*\n\nNothing in the glossary answers that. Other words may find it."
    return Card(Embed("No answer found", text), terms.suggest_buttons(question))
