"""The cards of the moderators' home, and of the list of own entries."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.chat.card import Button, Card, Component, Embed, Menu, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape
from bot.features import verbs
from bot.features.terms.cards import entry_option, short_line
from bot.features.terms.paging import jump_menus, page_of, turning_buttons
from bot.glossary.model import Entry

# The argument of `verbs.LIST_SUGGESTIONS` that asks for one kind only.
SUGGESTED_TERMS, REPORTED_ENTRIES = "terms", "reports"
# How many own entries are on a page, so that it fits a phone.
PAGE = 6
# How many names are shown of an entry that only has more names here.
NAMES_SHOWN = 3


class Waiting(NamedTuple):
    """How much there is on each list of the home."""

    suggestions: int
    misses: int
    reports: int
    own_entries: int
    updates: int
    due: int


class _List(NamedTuple):
    emoji: str
    label: str
    what: str
    button_id: str


_SUGGESTIONS = _List(
    "💡", "Suggestions", "Terms that members suggest", custom_id(verbs.LIST_SUGGESTIONS, SUGGESTED_TERMS)
)
_MISSES = _List("🔍", "Misses", "Questions that found nothing", custom_id(verbs.LIST_MISSES, 0))
_REPORTS = _List("🚩", "Reports", "Reports of wrong entries", custom_id(verbs.LIST_SUGGESTIONS, REPORTED_ENTRIES))
_OWN = _List("📖", "Own entries", "Entries of this server's own", custom_id(verbs.LIST_OWN, 0))
_UPDATES = _List("🔄", "Updates", "Shared entries that changed since you made yours", custom_id(verbs.LIST_UPDATES))
_REVIEW = _List("🕰️", "Review", "Entries to check against their sources", custom_id(verbs.TURN_REVIEW, 0))


def home(waiting: Waiting) -> Card:
    """Show how much there is on each list, with a button that opens the list in place."""
    counts = {
        _SUGGESTIONS: waiting.suggestions,
        _MISSES: waiting.misses,
        _REPORTS: waiting.reports,
        _OWN: waiting.own_entries,
        _UPDATES: waiting.updates,
        _REVIEW: waiting.due,
    }
    lines = [f"{one.emoji} {one.what}: **{count}**" for one, count in counts.items()]
    lines += [
        "",
        "Also: `/glossary add`, `/glossary history`, `/glossary stats`, `/glossary settings`.",
    ]
    buttons = tuple(
        Button(f"{one.label} ({count})", one.button_id, Style.PRIMARY if count else Style.SECONDARY, one.emoji)
        for one, count in counts.items()
    )
    return Card(Embed("Your glossary", "\n".join(lines)), buttons)


def home_button() -> Button:
    """Return the button that leads from a list back to the home."""
    return Button("Home", custom_id(verbs.HOME), emoji="🏠")


def check_menu(page_id: str, entries: Iterable[Entry]) -> Menu:
    """Return the menu of a list that opens an entry to check it; `page_id` leads back to the page."""
    options = tuple(map(entry_option, entries))
    return Menu(custom_id(verbs.CHOOSE_TO_CHECK, page_id), "Open one to check it", options)


def own_entries(entries: Sequence[tuple[Entry, Entry]], number: int) -> Card:
    """List a server's own entries, page by page. Each comes with the entry that members see for it."""
    if not entries:
        text = "This server has no entries of its own yet. `/glossary add` makes one, `/glossary import` many."
        return Card(Embed("Own entries", text), (home_button(),))
    page = page_of(entries, number, PAGE)

    def page_id(number: int) -> str:
        return custom_id(verbs.LIST_OWN, number)

    components: list[Component] = [
        check_menu(page_id(page.number), [seen for _, seen in page.items]),
        *jump_menus(page, page_id, lambda item: item[0].name),
        *turning_buttons(page, page_id),
        home_button(),
    ]
    lines = [_line(own, seen) for own, seen in page.items]
    return Card(Embed("Own entries", "\n".join(lines), header=page.place), tuple(components))


def _line(own: Entry, seen: Entry) -> str:
    """Return an own entry as a line of the list; one that only adds names says which."""
    if not own.adds_names_only:
        return short_line(seen)
    more = f" and {len(own.aliases) - NAMES_SHOWN} more" if len(own.aliases) > NAMES_SHOWN else ""
    names = escape(", ".join(own.aliases[:NAMES_SHOWN]))
    return f"- **{escape(seen.name)}**: a shared entry, here also called {names}{more}"
