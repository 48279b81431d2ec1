"""The cards of misses."""

from collections.abc import Sequence

from bot.chat.card import Button, Card, Component, Embed, Menu, Option, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, escape_query
from bot.features import verbs
from bot.features.home.cards import home_button
from bot.features.terms.cards import entry_option, suggest_buttons
from bot.glossary.model import Entry
from bot.storage.counts import SECONDS_A_DAY
from bot.storage.misses import Miss

# How many misses are on a page.
PAGE = 10


def misses(listed: Sequence[Miss], offset: int, *, has_more: bool) -> Card:
    """List the most frequent misses, and let a moderator choose one to act on."""
    if not listed:
        text = "Nothing is missing: everything that people asked for here was found, answered since, or dismissed."
        first_page = (_page_button(0, "First page"),) if offset else ()
        return Card(Embed("Misses", text), (*first_page, home_button()))
    lines = [f"**{escape(miss.query)}** · {_times(miss.count)} · last {_date(miss, 'd')}" for miss in listed]
    lines += ["", "What people asked for and did not find. Choose one to add it, or to say what it is."]
    options = tuple(Option(miss.query, miss.query, _times(miss.count)) for miss in listed)
    components: list[Component] = [Menu(custom_id(verbs.CHOOSE_MISS), "Act on one of them", options)]
    if offset:
        components.append(_page_button(max(0, offset - PAGE), "More frequent"))
    if has_more:
        components.append(_page_button(offset + PAGE, "Less frequent"))
    components.append(home_button())
    return Card(Embed("Misses", "\n".join(lines)), tuple(components))


def miss(shown: Miss, found_instead: Sequence[Entry], proposed: Sequence[Entry]) -> Card:
    """Show one miss and everything that a moderator can do about it."""
    text = f"Asked for **{_times(shown.count)}**, last on {_date(shown, 'D')}."
    if found_instead:
        names = ", ".join(f"**{escape(entry.name)}**" for entry in found_instead)
        text += f"\nThe same people soon found {names}."
    components: list[Component] = []
    if proposed:
        options = tuple(map(entry_option, proposed))
        components.append(Menu(custom_id(verbs.MAKE_ALIAS, shown.query), "Make it an alias of …", options))
    components += [
        Button("Add entry", custom_id(verbs.ADD_MISS, shown.query), Style.PRIMARY, "➕"),
        Button("Alias of another term", custom_id(verbs.ALIAS_OF, shown.query)),
        Button("Dismiss", custom_id(verbs.DISMISS_MISS, shown.query)),
        _page_button(0, "Back"),
    ]
    return Card(Embed(escape(shown.query), text), tuple(components))


def miss_gone() -> Card:
    """Say that a miss was dealt with meanwhile."""
    return Card(Embed("Nothing left to do", "It was answered or dismissed meanwhile."), (_page_button(0, "Back"),))


def none_of_these(query: str) -> Card:
    """Say that no offered entry fits a query, and offer to suggest a term."""
    text = f"Nothing in the glossary fits “{escape_query(query)}”. The moderators see that it was asked for."
    return Card(Embed("Not found", text), suggest_buttons(query))


def _page_button(offset: int, label: str) -> Button:
    return Button(label, custom_id(verbs.LIST_MISSES, offset))


def _date(miss: Miss, style: str) -> str:
    """Return the day of a miss as Discord shows it to each reader."""
    return f"<t:{miss.last_day * SECONDS_A_DAY}:{style}>"


def _times(count: int) -> str:
    return f"{count} times" if count > 1 else "once"
