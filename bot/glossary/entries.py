"""Making entries out of the tables of a data file."""

from collections.abc import Mapping
from typing import Any

from bot.glossary.model import Entry, Message
from bot.glossary.text import one_line, slug


def called(table: Mapping[str, Any]) -> str:
    """Return what people call the entry of a table, "" where it does not say."""
    if isinstance(name := table.get("name"), str):
        return one_line(name)
    code, kind = table.get("code"), table.get("kind")
    try:
        return f"{str(kind).capitalize()} {code}" if code is not None and kind is not None else ""
    except ValueError:  # Python writes out no number of thousands of digits, and TOML may hold one in hexadecimal
        return ""


def entry_from(name: str, fields: Mapping[str, Any], category: str) -> Entry:
    """Make an entry of the checked fields of its table; without a definition it is more names for another."""
    message = None
    if "code" in fields:
        message = Message(
            code=fields["code"],
            kind=fields["kind"],
            title=one_line(fields["title"]),
            causes=tuple(map(one_line, fields.get("causes", ()))),
            checks=tuple(map(one_line, fields.get("checks", ()))),
            verified=fields.get("verified", True),
        )
    return Entry(
        id=slug(name),
        name=name,
        category=category,
        definition=one_line(fields.get("definition", "")),
        aliases=tuple(map(one_line, fields.get("aliases", ()))),
        notes=tuple(map(one_line, fields.get("notes", ()))),
        example=fields.get("example", "").strip("\n").rstrip(),
        related=tuple(map(one_line, fields.get("related", ()))),
        keywords=tuple(map(one_line, fields.get("keywords", ()))),
        sources=tuple(fields.get("sources", ())),
        reviewed=fields.get("reviewed"),
        message=message,
    )
