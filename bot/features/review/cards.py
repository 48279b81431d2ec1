"""The card that lists entries to check again."""

import datetime as dt
from collections.abc import Sequence

from bot.chat.card import Button, Card, Component, Embed
from bot.chat.components import custom_id
from bot.chat.markdown import escape
from bot.features import verbs
from bot.features.home.cards import home_button
from bot.glossary.model import Entry
from bot.glossary.review import is_due

# How many entries are on a page.
PAGE = 15


def review(oldest_first: Sequence[Entry], offset: int, today: dt.date) -> Card:
    """List entries with the day they were last compared with their sources, and a link to the first source."""
    old = sum(is_due(entry.reviewed, today) for entry in oldest_first)
    shown = oldest_first[offset : offset + PAGE]
    lines = ["There are no more entries."]
    if shown:
        heading = f"{old} of {len(oldest_first)} shared entries have not been checked for a year."
        lines = [heading, "", *map(_line, shown)]
    buttons: list[Component] = []
    if offset:
        buttons.append(Button("Older", custom_id(verbs.TURN_REVIEW, max(0, offset - PAGE))))
    if offset + PAGE < len(oldest_first):
        buttons.append(Button("Newer", custom_id(verbs.TURN_REVIEW, offset + PAGE)))
    buttons.append(home_button())
    return Card(Embed("To be checked again", "\n".join(lines)), tuple(buttons))


def _line(entry: Entry) -> str:
    reviewed = f"{entry.reviewed.day} {entry.reviewed:%B %Y}" if entry.reviewed else "never"
    source = f" · [source]({entry.sources[0]})" if entry.sources else ""
    return f"• **{escape(entry.title)}** · {reviewed}{source}"
