"""What a map is of, as the ids of its buttons carry it."""

from typing import NamedTuple

from bot.chat.components import custom_id
from bot.chat.markdown import escape
from bot.features import verbs
from bot.features.maps.neighbourhood import Neighbourhood, around, within
from bot.features.terms.categories import category_key, category_with_key, entries_of
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry

# Stands before the key of a category; the id of an entry never starts so.
_CATEGORY = "#"
_DARK, _LIGHT = "d", "l"


class Subject(NamedTuple):
    """What a map shows: the id of an entry, the key of a category, or "" for the whole glossary."""

    key: str = ""

    @classmethod
    def of(cls, what: Entry | Category) -> "Subject":
        """Return the subject that is an entry or a category."""
        return cls(what.id if isinstance(what, Entry) else _CATEGORY + category_key(what))

    @classmethod
    def read(cls, argument: str) -> tuple["Subject", bool]:
        """Return what an id was about, and whether its map is a light one."""
        theme, _, key = argument.partition(":")
        return cls(key), theme == _LIGHT

    def page_id(self, *, is_light: bool) -> str:
        """Return the id of the button that shows the map."""
        return custom_id(verbs.TURN_MAP, f"{_LIGHT if is_light else _DARK}:{self.key}")

    def neighbourhood(self, glossary: Glossary) -> Neighbourhood | None:
        """Return what is on the map, `None` if the entry or category is gone."""
        if not self.key:
            return within(glossary, [one for one in glossary.pack.entries if one.message is None])
        if self.key.startswith(_CATEGORY):
            category = self.category(glossary)
            entries = entries_of(glossary, category) if category else ()
            return within(glossary, entries) if entries else None
        entry = glossary.follow(self.key)
        return around(glossary, entry) if entry else None

    def category(self, glossary: Glossary) -> Category | None:
        """Return the category that the map is of, `None` if it is of something else or the category is gone."""
        return category_with_key(glossary, self.key[1:]) if self.key.startswith(_CATEGORY) else None

    def title(self, glossary: Glossary) -> str:
        """Return the title of the map."""
        if not self.key:
            return "The terms with the most links"
        category = self.category(glossary)
        if category:
            return f"Map of {category.emoji} {escape(category.name)}"
        entry = glossary.follow(self.key)
        return f"Map around {escape(entry.name)}" if entry else ""
