"""The cards that answer a question."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.card import Card, Embed
from bot.chat.markdown import escape_query
from bot.features.terms import cards as terms
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.names import Found


def answer(glossary: Glossary, question: str, found: Found, *, asked_by: int | None = None) -> Card:
    """Answer a question: the best entry in full, the closest ones when unsure, or that there is none.

    `asked_by` is who may dismiss a public answer.
    """
    entries = [entry for hit in found.hits if (entry := glossary.get(hit.name.entry_id))]
    if entries and found.is_answer:
        return terms.entry(glossary, entries[0], asked_by=asked_by, question=question, also=entries[1:])
    card = _closest(question, entries) if entries else _no_answer(glossary, question)
    return card if asked_by is None else replace(card, components=(*card.components, terms.dismiss_button(asked_by)))


def _closest(question: str, entries: Sequence[Entry]) -> Card:
    lines = [f"*“{escape_query(question)}”*", "", *map(terms.list_line, entries)]
    menu = terms.entry_menu(entries[0].id, entries, "Open one of them")
    return Card(Embed("Closest matches", "\n".join(lines)), (menu, *terms.none_of_these_buttons(question)))


def _no_answer(glossary: Glossary, question: str) -> Card:
    codes = glossary.unknown_codes(question)
    if codes:
        return terms.unknown_codes(codes)
    text = f"*“{escape_query(question)}”*\n\nNothing in the glossary answers that. Other words may find it."
    return Card(Embed("No answer found", text), terms.suggest_buttons(question))
