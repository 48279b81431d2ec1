"""What was searched for, as the ids of buttons carry it."""

from typing import NamedTuple

from bot.chat.components import custom_id, number_in
from bot.features import verbs
from bot.features.terms.categories import category_key, category_with_key
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category
from bot.glossary.search.matches import Matches

# In characters. With the page and the category, it fits into the id of a menu that opens entries.
TEXT_LIMIT = 60


class Query(NamedTuple):
    """A text, and the key of the category that is searched, "" for all."""

    text: str
    category_key: str = ""

    @classmethod
    def of(cls, text: str, category: Category | None) -> "Query":
        """Return what to search for, on one line."""
        return cls(" ".join(text.split())[:TEXT_LIMIT].rstrip(), "" if category is None else category_key(category))

    @classmethod
    def read(cls, argument: str) -> tuple["Query", int]:
        """Return what an id was about, and its page."""
        number, _, rest = argument.partition(":")
        key, _, text = rest.partition(":")
        return cls(text, key), number_in(number)

    def page_id(self, number: int) -> str:
        """Return the id of the button that shows a page."""
        return custom_id(verbs.TURN_SEARCH, f"{number}:{self.category_key}:{self.text}")

    def category(self, glossary: Glossary) -> Category | None:
        """Return the category that is searched, `None` for all of them or if it is gone."""
        return category_with_key(glossary, self.category_key)

    def find(self, glossary: Glossary) -> Matches:
        """Find what contains the words of the text, in the category that is searched."""
        found, category = glossary.search(self.text), self.category(glossary)
        if category is None:
            return found
        return found._replace(entries=tuple(one for one in found.entries if one.category == category.name))
