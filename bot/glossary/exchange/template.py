"""A file to fill in: one example entry that says what goes where, in every format."""

import datetime as dt

from bot.glossary.exchange.files import WRITERS
from bot.glossary.model import Entry
from bot.glossary.own import OWN_CATEGORY

EXAMPLE = Entry(
    id="example-term",
    name="example term",
    category=OWN_CATEGORY.name,
    definition="Put your own entry here. A definition is one to three plain sentences that say what the term means.",
    aliases=("sample term", "another name that people type"),
    notes=("One pitfall, or one thing to check.", "Another one."),
    example='print("a few lines of Python")',
    related=("limit order", "market order"),
    confused_with=("limit order: is what another entry explains, in a few words that begin with a verb",),
    keywords=("everyday words that people use for it",),
    sources=("https://example.com/where-this-is-written",),
    reviewed=dt.date(2026, 1, 31),
)
_ABOUT_TOML = b"# One [[term]] for each entry. Only name and definition are needed; leave out what you do not know.\n\n"


def template(ending: str) -> bytes:
    """Return the file with the example entry in one of the formats. It can be imported as it is."""
    about = _ABOUT_TOML if ending == "toml" else b""
    return about + WRITERS[ending]([EXAMPLE])
