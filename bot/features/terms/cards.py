"""Lists of entries, such as the related ones of an entry, and the parts that they share with its card."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.chat.card import Button, Card, Component, Embed, LinkButton, Menu, Option
from bot.chat.components import custom_id, query_argument
from bot.chat.markdown import escape, escape_query, prose, shorten
from bot.chat.render import MAX_OPTIONS
from bot.features import verbs
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.own import OWN_CATEGORY
from bot.glossary.search.names import Found
from bot.glossary.search.reasons import reason_in
from bot.glossary.text import excerpt

# Stands above an entry that only this server sees.
OWN_LABEL = "this server's own entry"
MAX_CLOSEST = 5
# How many of the entries asked for most are listed.
MOST_ASKED_SHOWN = 8
FOR_SOMEBODY = "Whom a public answer is for; it pings them"
# How many characters of an entry's first sentence are shown in a list, and in a menu: a phone cuts longer ones.
SUMMARY_SHOWN, OPTION_SHOWN = 160, 60
# How many characters of an entry are shown in a page of a list: two lines of a phone.
LINE_SHOWN = 92
_SHORTEST_SUMMARY = 30
# Two lists of this many characters fit into an embed.
LIST_LIMIT = 1900


def related(glossary: Glossary, shown: Entry, *, asked_by: int | None = None, lead: str = "") -> Card:
    """Show the entries that an entry lists as related and those that list it, each with its first sentence."""
    relations = glossary.related(shown)
    paragraphs = []
    for heading, entries in (("Related terms", relations.listed), ("Mentioned by", relations.listed_by)):
        if entries:
            lines = fitting([list_line(one) for one in entries], LIST_LIMIT)
            paragraphs.append("\n".join([f"**{heading}**", *lines]))
    if relations.phrases:
        paragraphs.append(f"Not in the glossary yet: {escape(', '.join(relations.phrases))}")
    if not shown.related and not relations.listed_by:
        paragraphs.append("Nothing in the glossary is related to it yet.")
    embed = Embed(
        title=f"Related to {escape(shown.name)}",
        text="\n\n".join(paragraphs),
        colour=glossary.category_of(shown).colour,
        header=header(glossary, shown),
    )
    menu = list_menu(shown.id, (shown, *relations.listed, *relations.listed_by))
    return Card(embed, (menu,) if asked_by is None else (menu, dismiss_button(asked_by)), lead)


def not_found(glossary: Glossary, query: str, found: Found) -> Card:
    """Say that a query names no entry, and offer the closest ones."""
    closest = glossary.entries_of(found.hits[:MAX_CLOSEST])
    if found.unknown_codes:
        return unknown_codes(glossary, found.unknown_codes, closest)
    said = escape_query(query) or "(nothing)"
    if not closest:
        text = f"“{said}” is not in the glossary, and nothing in it comes close. `/define` shows names while you type."
        return Card(Embed("Not found", text), unanswered_buttons(query))
    text = "\n".join([f"“{said}” is not in the glossary.", *map(list_line, closest)])
    buttons = (*open_buttons(closest), *none_of_these_buttons(query), *suggest_buttons(query))
    return Card(Embed("Closest matches", text), buttons)


def most_asked(entries: Sequence[Entry]) -> Card:
    """List the entries that people ask for most, for somebody who typed no word; the menu has more than the list."""
    lines = [list_line(entry, OPTION_SHOWN) for entry in entries[:MOST_ASKED_SHOWN]]
    text = "\n".join([*lines, "", "The menu has more. `/define` also shows names while you type."])
    return Card(Embed("What people ask for most", text), (list_menu("", entries),))


def unknown_codes(glossary: Glossary, codes: Sequence[int], named: Sequence[Entry]) -> Card:
    """Say that the glossary has no entry for message codes, and offer what the text beside them is about."""
    numbers = ", ".join(map(str, codes))
    are_missing = f"codes {numbers} are" if len(codes) > 1 else f"code {numbers} is"
    text = f"Message {are_missing} not in the glossary. The official table of codes may have more."
    components: list[Component] = []
    if named:
        components.append(list_menu("", named, "Terms that may help"))
    table = glossary.pack.notices.codes_table
    if table:
        components.append(LinkButton("Table of message codes", table))
    return Card(Embed(f"No entry for {numbers}", text), (*components, *suggest_buttons(numbers)))


def has_update(shared: Entry) -> Card:
    """Tell a moderator that the shared entry behind one of the server's own has changed."""
    text = f"The shared entry **{escape(shared.name)}** has changed since this server made its own version."
    return Card(Embed("There is an update", text), (update_button(shared),))


def update_button(shared: Entry) -> Button:
    """Return the button that shows how a shared entry has changed."""
    return Button("See what changed", custom_id(verbs.COMPARE_UPDATE, shared.id))


def gone() -> Card:
    """Say that the entry behind an old button is no longer there."""
    text = "It was removed since this message was posted. `/define` shows what is there now."
    return Card(Embed("This entry is gone", text))


def list_line(shown: Entry, limit: int = SUMMARY_SHOWN) -> str:
    """Return an entry as a line of a list: its title and its first sentence, cut to a number of characters."""
    return f"- **{escape(shown.title)}**: {prose(excerpt(shown.summary, limit))}"


def short_line(shown: Entry) -> str:
    """Return an entry as a line of a list that is two lines high on a phone."""
    return list_line(shown, max(_SHORTEST_SUMMARY, LINE_SHOWN - len(shown.title)))


def entry_option(shown: Entry) -> Option:
    """Return an entry as an option of a menu, with its first sentence."""
    return Option(shown.id, shown.title, shorten(shown.summary.replace("`", ""), OPTION_SHOWN))


def entry_menu(entry_id: str, entries: Iterable[Entry], actions: Sequence[Option]) -> Menu:
    """Return the menu of an entry's card, which opens other entries in its place and offers what else can be done."""
    options = _options(entries)[: MAX_OPTIONS - len(actions)]
    placeholder = "Related terms, and more" if options else "More"
    return Menu(custom_id(verbs.OPEN_FROM_MENU, entry_id), placeholder, (*options, *actions))


def page_menu(page_id: str, entries: Iterable[Entry]) -> Menu:
    """Return the menu of a page of a list, which opens entries in its place; `page_id` leads back to the page."""
    return Menu(custom_id(verbs.OPEN_LISTED, page_id), "Open a term", _options(entries))


def list_menu(key: str, entries: Iterable[Entry], placeholder: str = "Open a term") -> Menu:
    """Return the menu of a list, which opens entries in a message of their own; `key` tells it from other menus."""
    return Menu(custom_id(verbs.OPEN_FROM_LIST, key), placeholder, _options(entries))


def _options(entries: Iterable[Entry]) -> tuple[Option, ...]:
    return tuple(map(entry_option, dict.fromkeys(entries)))


def open_buttons(entries: Iterable[Entry]) -> tuple[Button, ...]:
    """Return a button for each entry, which opens it in a message of its own."""
    return tuple(Button(one.title, custom_id(verbs.OPEN, one.id)) for one in entries)


def report_button(shown: Entry) -> Button:
    """Return the button with which people say what is wrong with an entry."""
    return Button("Wrong or out of date?", custom_id(verbs.REPORT, shown.id), emoji="🚩")


def dismiss_button(asked_by: int) -> Button:
    """Return the button with which the asker, or a moderator, deletes a public reply."""
    return Button("Dismiss", custom_id(verbs.DISMISS, asked_by), emoji="🗑️")


def none_of_these_buttons(query: str) -> tuple[Button, ...]:
    """Return the button that says that no offered entry fits; none for a blank query."""
    argument = query_argument(query)
    return (Button("None of these", custom_id(verbs.NONE_OF_THESE, argument)),) if argument else ()


def unanswered_buttons(query: str) -> tuple[Button, ...]:
    """Return the buttons for a query that nothing was found for: suggest it, or send the whole question."""
    suggest = suggest_buttons(query)
    if not suggest:
        return ()
    send = Button("Send my question to moderators", custom_id(verbs.SEND_QUESTION, query_argument(query)), emoji="✉️")
    return (*suggest, send)


def suggest_buttons(query: str) -> tuple[Button, ...]:
    """Return the button that suggests a term that was not found; none for a blank query."""
    argument = query_argument(query)
    return (Button("Suggest this term", custom_id(verbs.SUGGEST, argument), emoji="💡"),) if argument else ()


def header(glossary: Glossary, shown: Entry, *, with_day: bool = False) -> str:
    """Return the line above an entry: its category, whether it is the server's own, and when it was checked."""
    category = glossary.category_of(shown)
    parts = [] if category.name == OWN_CATEGORY.name else [category.name]
    if glossary.is_own(shown.id):
        parts.append(OWN_LABEL)
    if with_day and shown.reviewed:
        parts.append(f"checked {shown.reviewed.day} {shown.reviewed:%b %Y}")
    return f"{category.emoji} {' · '.join(parts)}"


def question_line(question: str) -> str:
    """Return the line above an answer that repeats the question."""
    return f"-# “{escape_query(question)}”"


def question_above(content: str) -> str:
    """Return the line that repeats the question, from what stands above an answer; "" if there is none."""
    first = content.partition("\n")[0]
    return first if first.startswith("-# “") and first.endswith("”") else ""


def closest_match(query: str) -> str:
    """Return the line above the entry that comes closest to a query."""
    return f"-# Closest match for “{escape_query(query)}”"


def for_somebody(card: Card, user_id: int) -> Card:
    """Return a public answer that pings the one person whom it is for."""
    lead = f"{card.content}\n" if card.content else ""
    return replace(card, content=f"{lead}For <@{user_id}>:", pings=user_id)


def because(shown: Entry, quoted: str) -> str:
    """Return what causes a message, and what to check, if the text that somebody quotes tells; otherwise ""."""
    reason = reason_in(quoted, shown)
    return f"**{prose(reason.cause)}** {prose(reason.check)}" if reason else ""


def other_name(alias: str, shown: Entry) -> str:
    """Return the line above an entry that was asked for by another name."""
    return f"-# “{escape(alias)}” is explained under {escape(shown.name)}."


def fitting(lines: Sequence[str], limit: int) -> list[str]:
    """Return the lines that fit into a number of characters, and a last line that counts the others."""
    kept: list[str] = []
    room = limit
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return [*kept, f"… and {len(lines) - number} more"]
        kept.append(line)
    return kept
