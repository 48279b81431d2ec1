"""The cards of `/search`: a page of what was found, or that nothing was."""

from collections.abc import Collection, Iterable, Iterator

from bot.chat.card import NEUTRAL, Button, Card, Embed
from bot.chat.markdown import escape_query
from bot.features.search.highlight import has_match, highlighted, passage
from bot.features.search.query import Query
from bot.features.terms import cards as terms
from bot.features.terms.paging import jump_menus, page_of, turning_buttons
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry
from bot.glossary.text import counted

# How many entries are on a page: each takes three of the fourteen lines of a phone.
PAGE = 4
# How many characters of an entry's name and text, and of its related terms, are shown.
LINE_SHOWN, RELATED_SHOWN = 96, 44
_SHORTEST_TEXT = 30


def results(glossary: Glossary, query: Query, number: int, *, asked_by: int | None = None) -> Card:
    """Show a page of the entries that contain the words of a query, best first.

    `asked_by` is who may dismiss a public answer.
    """
    category = query.category(glossary)
    found = query.find(glossary)
    if not found.entries:
        return _nothing(query, category, len(glossary.search(query.text).entries))
    page = page_of(found.entries, number, PAGE)
    count = counted(len(found.entries), "match", "matches")
    where = "" if category is None else f"{category.emoji} {category.name}"
    lines = [line for entry in page.items for line in _lines(glossary, entry, found.stems)]
    if not found.has_all:
        lines.insert(0, "No entry has all of these words. These have some:")
    embed = Embed(
        title=f"“{escape_query(query.text)}”",
        text="\n".join(lines),
        colour=category.colour if category else NEUTRAL,
        header=" · ".join(filter(None, (where, count, page.place))),
    )
    return Card(
        embed,
        (
            terms.page_menu(query.page_id(page.number), page.items),
            *jump_menus(page, query.page_id, lambda entry: entry.name),
            *turning_buttons(page, query.page_id),
            *(() if asked_by is None else (terms.dismiss_button(asked_by),)),
        ),
    )


def _nothing(query: Query, category: Category | None, elsewhere: int) -> Card:
    """Say that nothing was found, and offer to search everywhere if that finds more."""
    said = escape_query(query.text)
    if category is None or not elsewhere:
        text = f"No entry contains “{said}”. Try fewer words, or ask in plain words with `/ask`."
        return Card(Embed("Not found", text), terms.suggest_buttons(query.text))
    others = counted(elsewhere, "entry of another topic does", "entries of other topics do")
    text = f"No entry of {category.emoji} {category.name} contains “{said}”, but {others}."
    return Card(Embed("Not found", text), (Button("Search all topics", Query(query.text).page_id(0)),))


def _lines(glossary: Glossary, entry: Entry, stems: Collection[str]) -> Iterator[str]:
    """Yield an entry as an item of a list: its name, a text that matches, and its related terms."""
    room = max(_SHORTEST_TEXT, LINE_SHOWN - len(entry.title))
    text = entry.summary if has_match(entry.title, stems) else _matching_text(entry, stems)
    yield f"- __{highlighted(entry.title, stems)}__: {highlighted(passage(text, stems, room), stems)}"
    related = _that_fit((one.name for one in glossary.related(entry).listed), RELATED_SHOWN)
    if related:
        yield f"  *Related:* {highlighted(related, stems)}"


def _matching_text(entry: Entry, stems: Collection[str]) -> str:
    """Return the first sentence; if only the rest of the definition or a pitfall has a match, return that."""
    texts = (entry.summary, entry.plain_definition.removeprefix(entry.summary).strip(), *entry.notes)
    return next((text for text in texts if has_match(text, stems)), entry.summary)


def _that_fit(names: Iterable[str], limit: int) -> str:
    """Return as many names as fit into a number of characters, at least one if there is any."""
    shown = ""
    for name in names:
        longer = f"{shown} · {name}" if shown else name
        if shown and len(longer) > limit:
            break
        shown = longer
    return shown
