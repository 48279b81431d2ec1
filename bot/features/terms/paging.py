"""Pages of a list, with the buttons and the menu that turn them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from bot.chat.card import Button, Component, Menu, Option
from bot.chat.components import ACTIONS, Click, action, custom_id
from bot.chat.render import MAX_OPTIONS
from bot.features import verbs

# These show a page from which entries open in place, so a button with one of them leads back to its page.
PAGE_VERBS = (verbs.TURN_TOPIC, verbs.TURN_SEARCH, verbs.TURN_SAVED, verbs.TURN_MAP, verbs.SHOW_PATH)

Item = TypeVar("Item")
# With two pages, the buttons alone reach every page.
_FEWEST_TO_JUMP = 3


class Way(NamedTuple):
    """How people came to an entry, as `custom_id`s: the page that they left, and the next step of a path."""

    page_id: str = ""
    next_id: str = ""

    @classmethod
    def of(cls, click: Click) -> "Way":
        """Return the way that the buttons of a clicked message know."""
        return cls(click.message.id_of(PAGE_VERBS), click.message.id_of((verbs.OPEN_STEP,)))


class Page(NamedTuple, Generic[Item]):
    """One page of a list: what is on it, its number, counted from 0, and all pages."""

    items: Sequence[Item]
    number: int
    pages: Sequence[Sequence[Item]]

    @property
    def place(self) -> str:
        """Return where the page is, as people read it: "page 2 of 5", or "" for the only page."""
        return f"page {self.number + 1} of {len(self.pages)}" if len(self.pages) > 1 else ""


def page_of(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """Return a page of a list; a page after the last is the last."""
    pages = [items[start : start + size] for start in range(0, len(items), size)] or [items]
    number = max(0, min(number, len(pages) - 1))
    return Page(pages[number], number, pages)


def turning_buttons(page: Page[Item], id_of: Callable[[int], str]) -> tuple[Button, ...]:
    """Return the buttons to the pages before and after; `id_of` gives the `custom_id` that shows a page."""
    last = len(page.pages) - 1
    if not last:
        return ()
    return (
        Button("Previous", id_of(page.number - 1), is_disabled=page.number == 0),
        Button("Next", id_of(page.number + 1), is_disabled=page.number == last),
    )


def jump_menus(page: Page[Item], id_of: Callable[[int], str], label: Callable[[Item], str]) -> Iterator[Component]:
    """Yield the menu that shows any page, described by the first and last item there; none for two pages or fewer.

    Of more pages than fit into a menu, it has the nearest ones.
    """
    count = len(page.pages)
    if count < _FEWEST_TO_JUMP:
        return
    first = max(0, min(page.number - MAX_OPTIONS // 2, count - MAX_OPTIONS))
    options = [
        Option(action(id_of(number)), f"Page {number + 1}", f"{label(items[0])} … {label(items[-1])}")
        for number, items in enumerate(page.pages[first : first + MAX_OPTIONS], first)
    ]
    yield Menu(custom_id(ACTIONS, "pages"), f"Page {page.number + 1} of {count}", tuple(options))
