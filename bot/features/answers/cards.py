"""The cards that answer a question."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.card import Button, Card, Embed
from bot.chat.components import custom_id
from bot.chat.markdown import escape_query
from bot.features import verbs
from bot.features.terms import cards as terms
from bot.features.terms.entry_card import entry_card, only_candidate
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.names import Found


def answer(glossary: Glossary, question: str, found: Found, *, asked_by: int | None = None, unfolded: str = "") -> Card:
    """Answer a question: with the best entry, the closest ones when unsure, or that there is none.

    `asked_by` is who may dismiss a public answer; `unfolded` are the sections of the entry to show.
    """
    entries = [entry for hit in found.hits if (entry := glossary.get(hit.name.entry_id))]
    if entries and found.is_answer:
        lead = f"-# “{escape_query(question)}”"
        return entry_card(glossary, entries[0], asked_by=asked_by, lead=lead, unfolded=unfolded, also=entries[1:])
    if found.unknown_codes:
        card = terms.unknown_codes(glossary, found.unknown_codes, entries)
    elif len(entries) == 1:
        return only_candidate(glossary, entries[0], question, asked_by=asked_by)
    else:
        card = _closest(question, entries) if entries else _no_answer(question)
    return card if asked_by is None else replace(card, components=(*card.components, terms.dismiss_button(asked_by)))


def _closest(question: str, entries: Sequence[Entry]) -> Card:
    text = "\n".join(map(terms.list_line, entries))
    buttons = [Button(one.title, custom_id(verbs.OPEN, one.id)) for one in entries]
    components = (*buttons, *terms.none_of_these_buttons(question))
    return Card(Embed("Closest matches", text), components, f"-# “{escape_query(question)}”")


def _no_answer(question: str) -> Card:
    text = f"*“{escape_query(question)}”*\n\nNothing in the glossary answers that. Other words may find it."
    return Card(Embed("No answer found", text), terms.suggest_buttons(question))
