"""Turning what moderators fill in into entries, and entries into what they see filled in."""

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.glossary.checks import Fault, check_size
from bot.glossary.model import Entry
from bot.glossary.own import own_entry, table_of
from bot.replies.forms import FIELDS, Form, Purpose
from bot.server_view import Server


class Subject(msgspec.Struct, frozen=True):
    """What a form is about: an entry, or a new one (""), and the version of it that was filled in, 0 for none.

    Further, where there is one, the suggestion that it answers and the draft that it goes on with.
    """

    entry_id: str = ""
    version: int = 0
    suggestion_id: int = 0
    draft_id: int = 0

    def __str__(self) -> str:
        """Return it as the argument of a form, which has room for 94 characters, 64 of them for the id of an entry."""
        return f"{self.version}:{self.suggestion_id}:{self.draft_id}:{self.entry_id}"

    @classmethod
    def parse(cls, argument: str) -> "Subject":
        """Read it from the argument of a form; raise `msgspec.ValidationError` when it is none."""
        *numbers, entry_id = argument.split(":", 3)
        try:
            version, suggestion_id, draft_id = map(int, numbers)
        except ValueError as error:
            raise msgspec.ValidationError(f"{argument!r} names no entry") from error
        return cls(entry_id, version, suggestion_id, draft_id)


class EntryDraft(msgspec.Struct, frozen=True, tag="entry"):
    """A form that could not be saved yet."""

    subject: Subject
    values: dict[str, str]


def entry_form(subject: Subject, values: Mapping[str, str]) -> Form:
    """Make the form of an entry, filled in as far as it is known."""
    title = f"Edit {values['name']}" if subject.entry_id else "Add an entry"
    return Form(Purpose.ENTRY, subject, title=title, values=values)


def values_of(**known: str) -> dict[str, str]:
    """Return the values of the form with what is known filled in."""
    return {field.id: known.get(field.id, "") for field in FIELDS[Purpose.ENTRY]}


def filled_in(entry: Entry) -> dict[str, str]:
    """Return an entry as the fields of the form show it."""
    return values_of(
        name=entry.name,
        aliases="\n".join(entry.aliases),
        definition=entry.definition,
        notes="\n".join(entry.notes),
        related="\n".join(entry.related),
    )


def entry_of(values: Mapping[str, str], server: Server, subject: Subject) -> tuple[Entry | None, tuple[Fault, ...]]:
    """Make the own entry that a filled-in form describes, or say what is wrong with it.

    What the form does not show, such as an example, stays as it is. An own entry that gets another name keeps the one
    it had as an alias; one that stands in the place of a shared entry keeps its name.
    """
    base = server.entry(subject.entry_id) if subject.entry_id else None
    table: dict[str, Any] = table_of(base) if base else {}
    known = {*(base.aliases if base else ()), *(base.related if base else ())}
    for field in FIELDS[Purpose.ENTRY]:
        text = values[field.id]
        table[field.id] = text if field.id in {"name", "definition"} else _items(text, field.id, known)
    if base and base.message and not table["notes"]:
        del table["notes"]
    categories = server.shared.pack.category_names
    entry, faults = own_entry(table, categories)
    if entry is None or base is None or entry.id == base.id:
        return entry, faults
    if server.shared.get(base.id):
        what = (
            f"“{base.name}” stands in the place of a shared entry and keeps its name; write others under “Also called”"
        )
        return None, (Fault("name", what),)
    return own_entry(table | {"aliases": [*table["aliases"], base.name]}, categories)


def with_alias(server: Server, own: Entry | None, shown: Entry, alias: str) -> tuple[Entry | None, tuple[Fault, ...]]:
    """Make an own entry with one more alias of what is there, or say what is wrong with it.

    Where there is none, the alias is all that is the server's own of what is shown. What comes of it is judged like
    what is filled in, so that it can be edited, exported and imported again.
    """
    table = table_of(own) if own else {"name": shown.name}
    more = table | {"aliases": [*table.get("aliases", ()), alias]}
    entry, faults = own_entry(more, server.shared.pack.category_names)
    if entry is not None and not entry.definition:
        faults = tuple(check_size(msgspec.structs.replace(shown, aliases=(*shown.aliases, alias))))
    return (None if faults else entry), faults


def _items(text: str, field: str, known: set[str]) -> list[str]:
    """Split a field into its lines; names on a single line at its commas, unless that is a name there was."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if field != "notes" and len(lines) == 1 and lines[0] not in known:
        return [part.strip() for part in lines[0].split(",")]
    return lines
