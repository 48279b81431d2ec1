"""Making entries out of the tables of a data file."""

from typing import Any

from bot.glossary.model import Category, Entry, Message
from bot.glossary.text import one_line, slug


def called(table: dict[str, Any]) -> str:
    """Return what people call the entry of a table, "" where it does not say."""
    if isinstance(name := table.get("name"), str):
        return one_line(name)
    code, kind = table.get("code"), table.get("kind")
    return f"{str(kind).capitalize()} {code}" if code is not None and kind is not None else ""


def entry_from(name: str, fields: dict[str, Any], category: Category) -> Entry:
    """Make an entry of the checked fields of its table."""
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
        category=category.name,
        definition=one_line(fields["definition"]),
        aliases=tuple(map(one_line, fields.get("aliases", ()))),
        notes=tuple(map(one_line, fields.get("notes", ()))),
        example=fields.get("example", "").strip("\n").rstrip(),
        related=tuple(map(one_line, fields.get("related", ()))),
        keywords=tuple(map(one_line, fields.get("keywords", ()))),
        sources=tuple(fields.get("sources", ())),
        reviewed=fields.get("reviewed"),
        message=message,
    )
