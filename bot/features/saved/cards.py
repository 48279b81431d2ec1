"""The cards of what people save for themselves."""

from collections.abc import Iterator, Sequence

from bot.chat.card import DONE, Button, Card, Component, Embed, Menu, Option
from bot.chat.components import custom_id
from bot.chat.markdown import escape
from bot.features import verbs
from bot.features.terms import cards as terms
from bot.features.terms.paging import jump_menus, page_of, turning_buttons
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.text import counted

# How many entries are on a page: each takes two of the fourteen lines of a phone.
PAGE = 6


def is_saved(entry: Entry) -> Card:
    """Say that an entry is saved, and offer to remove it again."""
    text = f"**{escape(entry.name)}** is in your list. `/saved` shows it, only to you."
    remove = Button("Remove", custom_id(verbs.UNSAVE, entry.id))
    return Card(Embed("⭐ Saved", text, DONE), (_list_button(), remove))


def is_removed(entry: Entry) -> Card:
    """Say that an entry is no longer saved, and offer to save it again."""
    text = f"**{escape(entry.name)}** is no longer in your list."
    again = Button("Save it again", custom_id(verbs.SAVE, entry.id), emoji="⭐")
    return Card(Embed("Removed", text), (_list_button(), again))


def saved(glossary: Glossary, ids: Sequence[str], number: int) -> Card:
    """List what somebody saved, by id, the newest first and one page at a time."""
    if not ids:
        text = "The menu under every answer has *⭐ Save*. What you save there is listed here, only for you."
        return Card(Embed("You have saved nothing yet", text))
    page = page_of(ids, number, PAGE)
    count = counted(len(ids), "term")
    embed = Embed(
        title="⭐ Saved",
        text="\n".join(_line(glossary, entry_id) for entry_id in page.items),
        header=" · ".join(filter(None, (count, page.place))),
    )
    return Card(
        embed,
        (
            *_menus(glossary, page.items, page.number),
            *jump_menus(page, _page_id, lambda entry_id: _title(glossary, entry_id)),
            *turning_buttons(page, _page_id),
        ),
    )


def _menus(glossary: Glossary, ids: Sequence[str], number: int) -> Iterator[Component]:
    """Yield the menu that opens what is on a page, without what is gone, and the one that removes it."""
    entries = [entry for entry_id in ids if (entry := glossary.follow(entry_id))]
    if entries:
        yield terms.page_menu(_page_id(number), entries)
    removable = tuple(Option(entry_id, _title(glossary, entry_id)) for entry_id in ids)
    yield Menu(custom_id(verbs.UNSAVE_LISTED, number), "Remove from the list", removable)


def _line(glossary: Glossary, entry_id: str) -> str:
    entry = glossary.follow(entry_id)
    if entry is None:
        return (
            f"- **{escape(_title(glossary, entry_id))}**: no longer in the glossary. You can remove it from your list."
        )
    return terms.short_line(entry)


def _title(glossary: Glossary, entry_id: str) -> str:
    """Return the title of an entry; of one that is gone, its name as its id has it."""
    entry = glossary.follow(entry_id)
    return entry_id.replace("-", " ") if entry is None else entry.title


def _list_button() -> Button:
    return Button("Show my list", custom_id(verbs.TURN_SAVED, 0), emoji="📋")


def _page_id(number: int) -> str:
    return custom_id(verbs.TURN_SAVED, number)
