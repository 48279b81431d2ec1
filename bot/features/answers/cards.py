"""The cards that answer a question."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.card import Card, Embed
from bot.chat.markdown import escape, escape_query
from bot.features.answers.comparison import comparison
from bot.features.terms import cards as terms
from bot.features.terms.entry_card import entry_card, only_candidate
from bot.features.welcome.cards import help_card
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.names import Found, Outcome
from bot.glossary.search.small_talk import SmallTalk, small_talk_in


def answer(glossary: Glossary, question: str, found: Found, *, asked_by: int | None = None, unfolded: str = "") -> Card:
    """Answer a question: with the best entry, the two it compares, the closest ones when unsure, or that there is none.

    `asked_by` is who may dismiss a public answer; `unfolded` are the sections of the entry to show.
    """
    entries = glossary.entries_of(found.hits)
    if found.is_comparison:
        return comparison(glossary, question, entries[0], entries[1], asked_by=asked_by)
    if entries and found.is_answer:
        lead = "\n".join(filter(None, (terms.question_line(question), terms.because(entries[0], question))))
        return entry_card(glossary, entries[0], asked_by=asked_by, lead=lead, unfolded=unfolded, also=entries[1:])
    talk = small_talk_in(question) if found.outcome is Outcome.NONE else None
    if found.asks_advice:
        card = _no_advice(glossary, question, entries)
    elif talk is not None:
        card = small_talk(glossary, talk)
    elif found.unknown_codes:
        card = terms.unknown_codes(glossary, found.unknown_codes, entries)
    elif len(entries) == 1:
        return only_candidate(glossary, entries[0], question, asked_by=asked_by)
    else:
        card = _closest(question, entries) if entries else _no_answer(question)
    return card if asked_by is None else replace(card, components=(*card.components, terms.dismiss_button(asked_by)))


def small_talk(glossary: Glossary, talk: SmallTalk) -> Card:
    """Answer what is no question; `talk` says what it is."""
    sample = escape(glossary.sample)
    invitation = f"Ask me about a term, such as **{sample}**, or write `help`."
    match talk:
        case SmallTalk.HELP:
            return help_card(glossary)
        case SmallTalk.THANKS:
            return Card(Embed("You’re welcome!"))
        case SmallTalk.GREETING:
            return Card(Embed("Hello!", invitation))
        case SmallTalk.NO_WORDS:
            return Card(Embed("🙂", invitation))


def _closest(question: str, entries: Sequence[Entry]) -> Card:
    text = "\n".join(map(terms.list_line, entries))
    buttons = (*terms.open_buttons(entries), *terms.none_of_these_buttons(question))
    return Card(Embed("Closest matches", text), buttons, terms.question_line(question))


def _no_advice(glossary: Glossary, question: str, entries: Sequence[Entry]) -> Card:
    advice = escape(glossary.pack.notices.advice)
    if not entries:
        return Card(Embed("No advice", advice))
    text = "\n".join([f"{advice} Do you mean one of these?", *map(terms.short_line, entries)])
    return Card(Embed("No advice", text), terms.open_buttons(entries), terms.question_line(question))


def _no_answer(question: str) -> Card:
    hint = "Nothing in the glossary answers that. Try the name of a term, or fewer words."
    return Card(Embed("Not found", f"*“{escape_query(question)}”*\n\n{hint}"), terms.unanswered_buttons(question))
