"""The cards of `/topics`: all categories, and the entries of one."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.chat.card import Button, Card, Component, Embed, Menu, Option
from bot.chat.components import custom_id
from bot.chat.markdown import escape
from bot.chat.render import MAX_OPTIONS
from bot.features import verbs
from bot.features.terms import cards as terms
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry

# How many entries are on a page; with their first sentences they fit into two screens of a phone.
PAGE = 8


def topics(glossary: Glossary) -> Card:
    """List the categories with their descriptions and sizes, and let people choose one."""
    filled = sizes(glossary)
    lines = [_line(category, size) for category, size in filled.items()]
    return Card(Embed("Topics", "\n".join(terms.fitting(lines, 2 * terms.LIST_LIMIT))), tuple(_menus(tuple(filled))))


def sizes(glossary: Glossary) -> dict[Category, int]:
    """Return the categories that have entries, in their order, with the number of entries in each."""
    counts = Counter(entry.category for entry in glossary.pack.entries)
    return {category: counts[category.name] for category in glossary.pack.categories if counts[category.name]}


def topic(glossary: Glossary, category: Category, page: int) -> Card:
    """List the entries of a category, one page at a time; a page after the last is the last."""
    entries = entries_of(glossary, category)
    last = max(0, (len(entries) - 1) // PAGE)
    page = min(page, last)
    shown = entries[page * PAGE : (page + 1) * PAGE]
    embed = Embed(
        title=f"{category.emoji} {escape(category.name)}",
        text="\n".join(map(terms.list_line, shown)),
        colour=category.colour,
        header=f"{_count(len(entries))} · page {page + 1} of {last + 1}",
    )
    buttons = (
        Button("Previous", _page_id(page - 1, category), is_disabled=page == 0),
        Button("Next", _page_id(page + 1, category), is_disabled=page == last),
        Button("All topics", custom_id(verbs.LIST_TOPICS), emoji="↩️"),
    )
    return Card(embed, (terms.list_menu(category.name, shown), *buttons))


def no_topic(named: str) -> Card:
    """Say that there is no category with a name."""
    text = f"There is no topic “{escape(named)}”. `/topics` without a category lists all of them."
    return Card(Embed("No such topic", text))


def entries_of(glossary: Glossary, category: Category) -> Sequence[Entry]:
    """Return the entries of a category in the order of their names."""
    entries = (entry for entry in glossary.pack.entries if entry.category == category.name)
    return sorted(entries, key=lambda entry: entry.name.casefold())


def _page_id(page: int, category: Category) -> str:
    return custom_id(verbs.TURN_TOPIC, f"{page}:{category.name}")


def _menus(categories: Sequence[Category]) -> Iterator[Component]:
    """Yield as many menus as the categories need."""
    for start in range(0, len(categories), MAX_OPTIONS):
        chunk = categories[start : start + MAX_OPTIONS]
        options = tuple(Option(one.name, f"{one.emoji} {one.name}", one.description) for one in chunk)
        yield Menu(custom_id(verbs.CHOOSE_TOPIC, start), "Open a topic" if not start else "More topics", options)


def _line(category: Category, size: int) -> str:
    return f"{category.emoji} **{escape(category.name)}** ({_count(size)}): {escape(category.description)}"


def _count(size: int) -> str:
    return f"{size} {'term' if size == 1 else 'terms'}"
