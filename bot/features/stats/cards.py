"""The card of statistics."""

from collections.abc import Iterator, Sequence

from bot.chat.card import Attachment, Button, Card, Component, Embed, Field, Menu, Option, Style
from bot.chat.components import ACTIONS, action, custom_id
from bot.chat.markdown import escape
from bot.features import verbs
from bot.features.home.cards import home_button
from bot.features.stats.period import Change, Headline, Period
from bot.storage.misses import Miss

PICTURE = "usage.png"
# The periods to switch between, in days.
PERIODS = (7, 30, 90)
# What a theme's button leads to, and its emoji.
_OTHER_THEME = {"dark": ("light", "☀️"), "light": ("dark", "🌙")}


def stats(period: Period, missed: Sequence[Miss], theme: str, picture: bytes | None) -> Card:
    """Show how often people asked and how well they were answered, and let moderators add what was missed most."""
    buttons = tuple(_buttons(period, theme))
    if picture is None:
        return Card(Embed(period.title, "Nobody has asked anything here in that time."), buttons)
    lines = [_line(headline) for headline in period.headlines]
    if period.before:
        before = f"{period.length} days" if period.length > 1 else "day"
        lines.append(f"*The changes are those from the {before} before.*")
    fields: tuple[Field, ...] = ()
    if period.top:
        listed = [f"{place}\\. **{escape(one.name)}** · {one.times:,}" for place, one in enumerate(period.top, 1)]
        fields = (Field("Shown most", "\n".join(listed)),)
    menu: tuple[Component, ...] = (_menu(missed),) if missed else ()
    embed = Embed(period.title, "\n".join(lines), fields=fields, image=f"attachment://{PICTURE}")
    return Card(embed, (*menu, *buttons), attachments=(Attachment(PICTURE, picture, _alt_text(period)),))


def _line(headline: Headline) -> str:
    change = f" {_arrow(headline.change)}" if headline.change else ""
    return f"**{headline.value}** {headline.label}{change}"


def _arrow(change: Change) -> str:
    if not change.amount:
        return "· as before"
    return f"{'▲' if change.amount > 0 else '▼'} {change}"


def _menu(missed: Sequence[Miss]) -> Menu:
    """Return a menu that opens the form for an entry that people missed."""
    options = tuple(
        Option(action(custom_id(verbs.ADD_MISS, miss.query)), miss.query, f"Asked for {_times(miss.count)}")
        for miss in missed
    )
    return Menu(custom_id(ACTIONS), "Add what was missed most", options)


def _times(count: int) -> str:
    return f"{count} times" if count > 1 else "once"


def _buttons(period: Period, theme: str) -> Iterator[Button]:
    for days in PERIODS:
        is_shown = days == period.length
        style = Style.PRIMARY if is_shown else Style.SECONDARY
        yield Button(f"{days} days", _show(days, theme), style, is_disabled=is_shown)
    other, emoji = _OTHER_THEME[theme]
    yield Button(f"{other.capitalize()} picture", _show(period.length, other), emoji=emoji)
    yield Button("All misses", custom_id(verbs.LIST_MISSES, 0))
    yield home_button()


def _show(days: int, theme: str) -> str:
    return custom_id(verbs.SHOW_STATS, f"{days}:{theme}")


def _alt_text(period: Period) -> str:
    """Return what the picture shows, for people who do not see it."""
    figures = ", ".join(_line(headline).replace("**", "") for headline in period.headlines)
    top = ", ".join(f"{one.name} {one.times:,}" for one in period.top)
    return f"{period.title}: {figures}." + (f" Shown most: {top}." if top else "")
