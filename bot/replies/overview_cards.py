"""The cards that give moderators an overview: how the glossary is used, and what to check again."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

import discord

from bot.glossary.model import Entry
from bot.glossary.search.names import Outcome
from bot.replies import cards
from bot.replies.actions import Action, Verb
from bot.replies.card import Attachment, Card, Item
from bot.replies.markdown import escape

PAGE = 15
# What was not compared with its sources for so long may be out of date.
DAYS_UNTIL_OLD = 365
PICTURE = "usage.png"
_OUTCOMES = {
    Outcome.EXACT: "found by name",
    Outcome.SURE: "understood despite typos, or answered",
    Outcome.SUGGEST: "close entries offered",
    Outcome.NONE: "nothing found",
}


def stats(
    days: int, outcomes: Sequence[Mapping[Outcome, int]], top: Sequence[tuple[str, int]], picture: bytes | None
) -> Card:
    """Show how often people asked, how well they were answered, and for what most."""
    title = f"The last {days} days" if days > 1 else "Today"
    totals: Counter[Outcome] = Counter()
    for day in outcomes:
        totals.update(day)
    asked = totals.total()
    if picture is None:
        text = "Nobody has asked anything here in that time."
        return Card(discord.Embed(title=title, description=text, colour=cards.NEUTRAL))
    answered = totals[Outcome.EXACT] + totals[Outcome.SURE]
    lines = [f"**{asked:,}** asked, **{answered:,}** answered, **{totals[Outcome.NONE]:,}** missed"]
    lines += [
        f"• {label}: {totals[outcome]:,} ({totals[outcome] / asked:.0%})"
        for outcome, label in _OUTCOMES.items()
        if asked
    ]
    embed = discord.Embed(title=title, description="\n".join(lines), colour=cards.NEUTRAL)
    if top:
        names = "\n".join(f"{place}\\. **{escape(name)}** · {count:,}" for place, (name, count) in enumerate(top, 1))
        embed.add_field(name="Most shown", value=names, inline=False)
    embed.set_image(url=f"attachment://{PICTURE}")
    return Card(embed, attachments=(Attachment(PICTURE, picture),))


def review(oldest_first: Sequence[Entry], offset: int, today: dt.date) -> Card:
    """List entries with when they were last compared with their sources, and where to do so again."""
    old = sum(one.reviewed is None or (today - one.reviewed).days > DAYS_UNTIL_OLD for one in oldest_first)
    shown = oldest_first[offset : offset + PAGE]
    lines = [f"• **{escape(one.title)}** · {_reviewed(one)}{_source(one)}" for one in shown]
    text = "\n".join(
        [f"{old} of {len(oldest_first)} shared entries have not been checked for a year.", "", *lines]
        if lines
        else ["There are no more entries."]
    )
    embed = discord.Embed(title="To be checked again", description=text, colour=cards.NEUTRAL)
    items: list[Item] = []
    if offset:
        items.append(Action(Verb.REVIEW, max(0, offset - PAGE), label="Older"))
    if offset + PAGE < len(oldest_first):
        items.append(Action(Verb.REVIEW, offset + PAGE, label="Newer"))
    return Card(embed, tuple(items))


def _reviewed(one: Entry) -> str:
    return f"{one.reviewed:%-d %B %Y}" if one.reviewed else "never"


def _source(one: Entry) -> str:
    return f" · [source]({one.sources[0]})" if one.sources else ""
