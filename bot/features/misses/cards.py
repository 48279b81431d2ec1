"""The cards of misses."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat import notices
from bot.chat.card import DONE, Button, Card, Component, Embed, Menu, Option, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, escape_query
from bot.features import verbs
from bot.features.home.cards import home_button
from bot.features.terms.cards import entry_option, fitting, unanswered_buttons
from bot.glossary.model import Entry
from bot.glossary.text import counted
from bot.servers.missing import Missing
from bot.servers.trials import Effect
from bot.storage.counts import SECONDS_A_DAY

# How many misses are on a page.
PAGE = 10
# How many days of misses show what an alias would do.
DAYS = 30
# How many characters of a list of wordings, and how many people or entries are shown.
WORDINGS_LIMIT, MOST_NAMED = 400, 5
# How many characters of whole questions; one has 500, or 1000 if all of it has to be escaped.
QUESTIONS_LIMIT = 2200


def misses(listed: Sequence[Missing], offset: int) -> Card:
    """List a page of what people miss, the most frequent first, and let a moderator choose one to act on."""
    shown = listed[offset : offset + PAGE]
    if not shown:
        text = "Nothing is missing: everything that people asked for here was found, answered since, or dismissed."
        first_page = (_page_button(0, "First page"),) if offset else ()
        return Card(Embed("Misses", text), (*first_page, home_button()))
    lines = [f"**{escape(one.query)}** · {_counts(one)} · last {_date(one, 'd')}" for one in shown]
    lines += ["", "What people asked for and did not find. Choose one to add it, or to say what it is."]
    options = tuple(Option(one.query, one.query, _counts(one)) for one in shown)
    components: list[Component] = [Menu(custom_id(verbs.CHOOSE_MISS), "Act on one of them", options)]
    if offset:
        components.append(_page_button(max(0, offset - PAGE), "More frequent"))
    if offset + PAGE < len(listed):
        components.append(_page_button(offset + PAGE, "Less frequent"))
    components.append(home_button())
    return Card(Embed("Misses", "\n".join(lines)), tuple(components))


def miss(shown: Missing, found_instead: Sequence[Entry], proposed: Sequence[Entry]) -> Card:
    """Show what people miss in all its wordings, and everything that a moderator can do about it."""
    lines = [f"Asked for **{_times(shown.count)}**, last on {_date(shown, 'D')}."]
    if len(shown.misses) > 1:
        lines.append("In other words:")
        lines += fitting([f"- {escape(one.query)} ({_times(one.count)})" for one in shown.misses[1:]], WORDINGS_LIMIT)
    if shown.suggestions:
        people = ", ".join(f"<@{one.user_id}>" for one in shown.suggestions[:MOST_NAMED])
        lines.append(f"Suggested by {people}.")
    if shown.questions:
        lines.append("Sent to you:")
        sent = [f"> {escape(' '.join(one.text.split()))} · <@{one.user_id}>" for one in shown.questions]
        lines += fitting(sent, QUESTIONS_LIMIT)
    if found_instead:
        names = ", ".join(f"**{escape(entry.name)}**" for entry in found_instead[:MOST_NAMED])
        lines.append(f"The same people soon found {names}.")
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
    return Card(Embed(escape(shown.query), "\n".join(lines)), tuple(components))


def aliases(entry: Entry, names: Sequence[str], effect: Effect, draft_id: int) -> Card:
    """Say what new names of an entry would do, before they are saved."""
    listed = ", ".join(f"**{escape(name)}**" for name in names)
    are = "become other names" if len(names) > 1 else "becomes another name"
    lines = [
        f"{listed} {are} of **{escape(entry.name)}** in this server.",
        f"Misses of the last {DAYS} days that it then answers: **{effect.answered}** of **{effect.missed}**.",
    ]
    if effect.taken:
        lines.append("⚠️ It would also answer questions that find something else now:")
        taken = [f"- {escape(one.query)}: finds **{escape(one.found)}** now" for one in effect.taken]
        lines += fitting(taken, WORDINGS_LIMIT)
    buttons = (
        Button("Save", custom_id(verbs.SAVE_ALIASES, draft_id), Style.PRIMARY),
        _page_button(0, "Cancel"),
    )
    return Card(Embed("Not saved yet", "\n".join(lines)), buttons)


def aliases_saved(card: Card, told: str) -> Card:
    """Return the card of saved names with what the members were `told` who suggested them, and the way back."""
    embed = card.embed
    assert isinstance(embed, Embed)  # noqa: S101 - it is not rendered in advance
    return replace(card, embed=replace(embed, text=embed.text + told), components=(*card.components, home_button()))


def miss_gone() -> Card:
    """Say that a miss was dealt with meanwhile."""
    return Card(Embed("Nothing left to do", "It was answered or dismissed meanwhile."), (_page_button(0, "Back"),))


def none_of_these(query: str) -> Card:
    """Say that no offered entry fits a query, and offer to suggest a term."""
    text = f"Nothing in the glossary fits “{escape_query(query)}”. The moderators see that it was asked for."
    return Card(Embed("Not found", text), unanswered_buttons(query))


def question_sent(days: int, *, in_server: bool) -> Card:
    """Say who reads a question, and when it is deleted."""
    readers = "The moderators of this server" if in_server else "The operator of this bot"
    text = (
        f"{readers} can read your question and see your name beside it. It is deleted when they have dealt with it, "
        f"after {counted(days, 'day')} at the latest, or whenever you want, with `/privacy`."
    )
    return Card(Embed("Sent", text, DONE))


def somebody_elses_question() -> Card:
    """Say that a question is somebody else's to send."""
    text = "Only the person who asked this can send it to the moderators. Ask it with `/ask`, and you can send it too."
    return notices.refusal("Not your question", text)


def _page_button(offset: int, label: str) -> Button:
    return Button(label, custom_id(verbs.LIST_MISSES, offset))


def _counts(one: Missing) -> str:
    """Return how often something was missed, in how many wordings, and how many members suggest it."""
    parts = [_times(one.count)]
    if len(one.misses) > 1:
        parts.append(f"{len(one.misses)} wordings")
    if one.suggestions:
        parts.append(f"💡 {len(one.suggestions)}")
    if one.questions:
        parts.append(f"✉️ {len(one.questions)}")
    return " · ".join(parts)


def _date(one: Missing, style: str) -> str:
    """Return the day of the last miss as Discord shows it to each reader."""
    return f"<t:{one.last_day * SECONDS_A_DAY}:{style}>"


def _times(count: int) -> str:
    return f"{count} times" if count > 1 else "once"
