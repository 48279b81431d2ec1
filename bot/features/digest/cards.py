"""The card of the weekly digest."""

import datetime as dt
from collections.abc import Sequence

from bot.chat.card import Card, Embed
from bot.chat.markdown import escape_query
from bot.features.digest.week import DAYS, Due, Week
from bot.glossary.text import counted
from bot.servers.missing import Missing

# How many of the new misses are named.
NAMED = 5


def digest(first_day: dt.date, this: Week, before: Week, new_misses: Sequence[Missing], due_for_review: Due) -> Card:
    """Show a week that starts on a day beside the week before, and its new misses, the most frequent first."""
    last_day = first_day + dt.timedelta(days=DAYS - 1)
    lines = [
        f"{_date(first_day)} to {_date(last_day)}; in brackets, the change since the week before.",
        "",
        f"**{this.asked:,}** {'question' if this.asked == 1 else 'questions'}{_change(this.asked - before.asked)}",
    ]
    if this.answer_rate is not None:
        points = "" if before.answer_rate is None else _points(this.answer_rate - before.answer_rate)
        lines.append(f"**{this.answer_rate}%** answered{points}")
        lines.append(f"**{this.missed:,}** found nothing{_change(this.missed - before.missed)}")
    entries = "entry" if due_for_review.all == 1 else "entries"
    new = f", {due_for_review.new:,} of them since this week" if due_for_review.new else ""
    lines.append(f"**{due_for_review.all:,}** {entries} due for review{new}")
    if new_misses:
        lines += ["", f"**{counted(len(new_misses), 'new miss', 'new misses')}**, asked for most:"]
        lines += [f"- {escape_query(miss.query)} ({miss.count:,})" for miss in new_misses[:NAMED]]
    lines += ["", "See `/glossary misses` and `/glossary review`."]
    return Card(Embed("The week in the glossary", "\n".join(lines)))


def _points(change: int) -> str:
    return _change(change, " point" if abs(change) == 1 else " points")


def _change(change: int, unit: str = "") -> str:
    return f" ({change:+,}{unit})" if change else " (as before)"


def _date(day: dt.date) -> str:
    return f"{day.day} {day:%B}"
