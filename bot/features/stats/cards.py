"""The card of statistics."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.chat.card import Attachment, Card, Embed, Field
from bot.chat.markdown import escape
from bot.glossary.search.names import Outcome

PICTURE = "usage.png"
_LABELS = {
    Outcome.EXACT: "found by name",
    Outcome.SURE: "understood despite typos, or answered",
    Outcome.SUGGEST: "close entries offered",
    Outcome.NONE: "nothing found",
}


def stats(
    days: int, outcomes: Iterable[Mapping[Outcome, int]], top: Sequence[tuple[str, int]], picture: bytes | None
) -> Card:
    """Show how often people asked, how well they were answered, and what was shown most."""
    title = f"The last {days} days" if days > 1 else "Today"
    if picture is None:
        return Card(Embed(title, "Nobody has asked anything here in that time."))
    totals: Counter[Outcome] = Counter()
    for of_day in outcomes:
        totals.update(of_day)
    fields: tuple[Field, ...] = ()
    if top:
        lines = [f"{place}\\. **{escape(name)}** · {count:,}" for place, (name, count) in enumerate(top, 1)]
        fields = (Field("Most shown", "\n".join(lines)),)
    embed = Embed(title, "\n".join(_lines(totals)), fields=fields, image=f"attachment://{PICTURE}")
    return Card(embed, attachments=(Attachment(PICTURE, picture),))


def _lines(totals: Counter[Outcome]) -> list[str]:
    asked = totals.total()
    answered = totals[Outcome.EXACT] + totals[Outcome.SURE]
    lines = [f"**{asked:,}** asked, **{answered:,}** answered, **{totals[Outcome.NONE]:,}** missed"]
    for outcome, label in _LABELS.items() if asked else ():
        lines.append(f"• {label}: {totals[outcome]:,} ({totals[outcome] / asked:.0%})")
    return lines
