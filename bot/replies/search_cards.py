"""The cards of what a search found: an answer to a question, the closest entries, the terms in a message."""

from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.names import Found, Hit
from bot.replies import cards
from bot.replies.actions import Action, Verb
from bot.replies.card import Card, Item
from bot.replies.components import QUERY_LIMIT, Dismiss, EntryMenu, OpenEntry, SuggestTerm

# So many terms of a message are shown in full; the rest are in a menu.
MOST_IN_FULL = 3
MOST_CLOSEST = 5
# Discord's limit for all embeds of a message is 6000 characters, the disclaimer included.
FULL_LIMIT = 5600


def not_found(glossary: Glossary, query: str, hits: Sequence[Hit]) -> Card:
    """Say that a query names no entry, and offer the closest ones."""
    if (unknown := _unknown_code(glossary, query)) is not None:
        return unknown
    said = cards.said(query) or "(nothing)"
    if hits:
        closest = [entry for hit in hits[:MOST_CLOSEST] if (entry := glossary.get(hit.name.entry_id))]
        text = f"“{said}” is not in the glossary."
        embed = discord.Embed(title="Did you mean one of these?", description=text, colour=cards.NEUTRAL)
        choices = (OpenEntry(entry.id, entry.title) for entry in closest)
        return Card(embed, (*choices, *_none_of_these(query), *_suggest(query)))
    text = f"“{said}” is not in the glossary, and nothing in it comes close. `/define` shows names while you type."
    return Card(discord.Embed(title="Not found", description=text, colour=cards.NEUTRAL), _suggest(query))


def answer(glossary: Glossary, question: str, found: Found, *, asked_by: int | None = None) -> Card:
    """Answer a question: the best entry in full, the closest ones where it is unsure, or that there is none."""
    entries = [entry for hit in found.hits if (entry := glossary.get(hit.name.entry_id))]
    if not entries:
        text = f"*“{cards.said(question)}”*\n\nNothing in the glossary answers that. Other words may find it."
        embed = discord.Embed(title="No answer found", description=text, colour=cards.NEUTRAL)
        card = _unknown_code(glossary, question) or Card(embed, _suggest(question))
        return card if asked_by is None else replace(card, items=(*card.items, Dismiss(asked_by)))
    if found.is_answer:
        return cards.entry(glossary, entries[0], asked_by=asked_by, question=question, also=entries[1:])
    embed = discord.Embed(
        title="Closest entries",
        description="\n".join(
            [f"*“{cards.said(question)}”*", "", "Perhaps none of these is it:", *map(cards.line, entries)]
        ),
        colour=cards.NEUTRAL,
    )
    menu = EntryMenu(entries[0].id, entries, placeholder="Open one of them")
    items: tuple[Item, ...] = (menu, *_none_of_these(question))
    return Card(embed, items if asked_by is None else (*items, Dismiss(asked_by)))


def explained(glossary: Glossary, entries: Sequence[Entry]) -> Card:
    """Explain the terms of a message: the first in full, the rest in a menu."""
    if not entries:
        text = "Nothing in this message reads like a term of the glossary. `/ask` answers questions in plain words."
        return Card(discord.Embed(title="No glossary terms here", description=text, colour=cards.NEUTRAL))
    embeds: list[discord.Embed] = []
    for entry in entries[:MOST_IN_FULL]:
        embed = cards.entry(glossary, entry).embed
        if embeds and sum(map(len, embeds)) + len(embed) > FULL_LIMIT:
            break
        embeds.append(embed)
    rest = entries[len(embeds) :]
    items = (EntryMenu(rest[0].id, rest, placeholder=f"Also in this message ({len(rest)})"),) if rest else ()
    return Card(embeds[0], items, more=tuple(embeds[1:]))


def _unknown_code(glossary: Glossary, query: str) -> Card | None:
    if not (codes := glossary.unknown_codes(query)):
        return None
    numbers = ", ".join(map(str, codes))
    text = f"Message code {numbers} is not in the glossary. The vendor's own table may have it."
    return Card(discord.Embed(title=f"No entry for {numbers}", description=text, colour=cards.NEUTRAL))


def _none_of_these(query: str) -> tuple[Action, ...]:
    said = " ".join(query.split())[:QUERY_LIMIT].rstrip()
    return (Action(Verb.NONE_OF_THESE, said, label="None of these"),) if said else ()


def _suggest(query: str) -> tuple[SuggestTerm, ...]:
    return (SuggestTerm(query),) if query.strip() else ()
