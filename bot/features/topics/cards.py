"""The cards of `/topics`: all categories, and the entries of one."""

from collections.abc import Iterator, Sequence

from bot.chat.card import Button, Card, Component, Embed, Menu, Option
from bot.chat.components import custom_id
from bot.chat.markdown import escape
from bot.chat.render import MAX_OPTIONS
from bot.features import verbs
from bot.features.terms import cards as terms
from bot.features.terms.categories import entries_of, sizes
from bot.features.terms.paging import jump_menus, page_of, turning_buttons
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category
from bot.glossary.text import counted, excerpt

# How many categories and entries are on a page, so that it fits a phone.
TOPICS_PAGE, PAGE = 5, 6
# How many characters of a category's name and description are shown: two or three lines of a phone.
TEXT_SHOWN = 100


def topics(glossary: Glossary, number: int) -> Card:
    """List the categories with their descriptions and sizes, page by page; the menus below have all of them."""
    filled = sizes(glossary)
    page = page_of(tuple(filled), number, TOPICS_PAGE)
    embed = Embed(
        title="Topics",
        text="\n".join(_line(category, filled[category]) for category in page.items),
        header=" · ".join(filter(None, (counted(len(filled), "topic"), page.place))),
    )
    return Card(embed, (*_menus(tuple(filled)), *turning_buttons(page, _topics_id)))


def topic(glossary: Glossary, category: Category, number: int) -> Card:
    """List the entries of a category, one page at a time; a page after the last is the last."""
    entries = entries_of(glossary, category)
    page = page_of(entries, number, PAGE)

    def page_id(number: int) -> str:
        return custom_id(verbs.TURN_TOPIC, f"{number}:{category.name}")

    embed = Embed(
        title=f"{category.emoji} {escape(category.name)}",
        text="\n".join(map(terms.short_line, page.items)),
        colour=category.colour,
        header=" · ".join(filter(None, (counted(len(entries), "term"), page.place))),
    )
    overview = Button("All topics", _topics_id(_page_in_topics(glossary, category)), emoji="🗂️")
    return Card(
        embed,
        (
            terms.page_menu(page_id(page.number), page.items),
            *jump_menus(page, page_id, lambda entry: entry.name),
            *turning_buttons(page, page_id),
            overview,
        ),
    )


def _topics_id(number: int) -> str:
    return custom_id(verbs.LIST_TOPICS, number)


def _page_in_topics(glossary: Glossary, category: Category) -> int:
    return list(sizes(glossary)).index(category) // TOPICS_PAGE


def _menus(categories: Sequence[Category]) -> Iterator[Component]:
    """Yield as many menus as the categories need."""
    for start in range(0, len(categories), MAX_OPTIONS):
        chunk = categories[start : start + MAX_OPTIONS]
        options = tuple(Option(one.name, f"{one.emoji} {one.name}", one.description) for one in chunk)
        yield Menu(custom_id(verbs.CHOOSE_TOPIC, start), "Open a topic" if not start else "More topics", options)


def _line(category: Category, size: int) -> str:
    description = excerpt(category.description, TEXT_SHOWN - len(category.name))
    return f"{category.emoji} **{escape(category.name)}** ({counted(size, 'term')}): {escape(description)}"
