"""Turn the tables of a data file into entries."""

from collections.abc import Mapping
from typing import Any

from bot.glossary.model import Entry, Message
from bot.glossary.text import one_line, slug


def name_of(table: Mapping[str, Any]) -> str:
    """Return the name of the entry in a table, or "" if the table has neither a name nor a code and kind.

    >>> name_of({"name": "trusted  IPs"})
    'trusted IPs'
    >>> name_of({"code": 502, "kind": "error"})
    'Error 502'
    """
    name = table.get("name")
    if isinstance(name, str):
        return one_line(name)
    code, kind = table.get("code"), table.get("kind")
    if code is None or kind is None:
        return ""
    try:
        return f"{str(kind).capitalize()} {code}"
    except ValueError:  # Python refuses to print a number of thousands of digits, which TOML allows in hexadecimal
        return ""


def entry_from(name: str, fields: Mapping[str, Any], category: str) -> Entry:
    """Make an entry of checked fields. Without a definition it only adds names to the shared entry with its id."""
    return Entry(
        id=slug(name),
        name=name,
        category=category,
        definition=one_line(fields.get("definition", "")),
        aliases=_lines(fields, "aliases"),
        notes=_lines(fields, "notes"),
        example=fields.get("example", "").strip("\n").rstrip(),
        related=_lines(fields, "related"),
        confused_with=_lines(fields, "confused_with"),
        keywords=_lines(fields, "keywords"),
        sources=tuple(fields.get("sources", ())),
        superseded_by=one_line(fields.get("superseded_by", "")),
        retired=fields.get("retired", False),
        reviewed=fields.get("reviewed"),
        message=_message_from(fields) if "code" in fields else None,
    )


def _message_from(fields: Mapping[str, Any]) -> Message:
    return Message(
        code=fields["code"],
        kind=fields["kind"],
        harmless=fields.get("harmless", False),
        settled_by=_lines(fields, "settled_by"),
        title=one_line(fields["title"]),
        causes=_lines(fields, "causes"),
        checks=_lines(fields, "checks"),
        reasons=_lines(fields, "reasons"),
        libraries=one_line(fields.get("libraries", "")),
        verified=fields.get("verified", True),
    )


def _lines(fields: Mapping[str, Any], field: str) -> tuple[str, ...]:
    return tuple(map(one_line, fields.get(field, ())))
