"""The form of an entry: what moderators see filled in, and the entry that their text describes."""

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.chat.forms import Field, Form, FormKind
from bot.features import verbs
from bot.glossary.checks import Fault
from bot.glossary.model import Entry
from bot.glossary.own import own_entry, table_of
from bot.servers.server import Server

_ONE_PER_LINE = "One per line"
ENTRY = FormKind(
    verbs.ENTRY_FORM,
    (
        Field("name", "Name", 60, is_required=True),
        Field("aliases", "Also called", 1000, is_long=True, hint=_ONE_PER_LINE),
        Field("definition", "Definition", 1200, is_long=True, is_required=True, hint="One to three plain sentences"),
        Field("notes", "Notes", 2000, is_long=True, hint="One per line, each a pitfall or a thing to check"),
        Field("related", "Related terms", 1000, is_long=True, hint=_ONE_PER_LINE),
    ),
)
_SINGLE_TEXTS = frozenset({"name", "definition"})


class Subject(msgspec.Struct, frozen=True):
    """What a form is about.

    `entry_id` is empty for a new entry, and `version` is the version that was filled in, 0 for none. The others are
    the suggestion that the form answers and the draft that it continues, 0 if there is none.
    """

    entry_id: str = ""
    version: int = 0
    suggestion_id: int = 0
    draft_id: int = 0

    def __str__(self) -> str:
        """Return it as the argument of a form, which has room for 94 characters, 64 of them for the entry's id.

        >>> str(Subject("trusted-ips", version=12))
        '12:0:0:trusted-ips'
        """
        return f"{self.version}:{self.suggestion_id}:{self.draft_id}:{self.entry_id}"


def read_subject(argument: str) -> Subject:
    """Read the subject from the argument of a form; raise `msgspec.ValidationError` if it is none.

    >>> read_subject("12:0:0:trusted-ips").version
    12
    """
    *numbers, entry_id = argument.split(":", 3)
    try:
        version, suggestion_id, draft_id = map(int, numbers)
    except ValueError as error:
        raise msgspec.ValidationError(f"{argument!r} names no entry") from error
    return Subject(entry_id, version, suggestion_id, draft_id)


class EntryDraft(msgspec.Struct, frozen=True, tag="entry"):
    """A filled-in form that could not be saved yet.

    `replaces` is the id of the entry that saving it replaces; the moderator was shown both texts.
    """

    subject: Subject
    values: dict[str, str]
    replaces: str = ""


def entry_form(subject: Subject, values: Mapping[str, str]) -> Form:
    """Return the form of an entry with what is known filled in."""
    title = f"Edit {values['name']}" if subject.entry_id else "Add an entry"
    return Form(ENTRY, title, str(subject), values)


def values_of(entry: Entry) -> dict[str, str]:
    """Return an entry as the fields of the form show it."""
    return ENTRY.blank(
        name=entry.name,
        aliases="\n".join(entry.aliases),
        definition=entry.definition,
        notes="\n".join(entry.notes),
        related="\n".join(entry.related),
    )


def entry_from_form(
    values: Mapping[str, str], server: Server, subject: Subject
) -> tuple[Entry | None, tuple[Fault, ...]]:
    """Return the own entry that a filled-in form describes, or what is wrong with it.

    What the form does not show, such as an example, stays as it is. An own entry that gets another name keeps the
    former name as an alias. One that replaces a shared entry keeps its name.
    """
    base = server.editable_entry(subject.entry_id) if subject.entry_id else None
    table = _table(values, base)
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


def _table(values: Mapping[str, str], base: Entry | None) -> dict[str, Any]:
    """Return the table of the entry that a form started from, with what the form says now."""
    table = table_of(base) if base else {}
    names = {*base.aliases, *base.related} if base else set()
    for field in ENTRY.fields:
        text = values[field.id]
        if field.id in _SINGLE_TEXTS:
            table[field.id] = text
        elif field.id == "notes":
            table[field.id] = _lines(text)
        else:
            table[field.id] = _names(text, names)
    if base and base.message and not table["notes"]:
        del table["notes"]  # a message has none
    return table


def _names(text: str, known: set[str]) -> list[str]:
    """Split a field into names: one per line, or separated by commas if it is a single line.

    A single line that was one name before stays one.

    >>> _names("API port, API door", set())
    ['API port', 'API door']
    """
    lines = _lines(text)
    if len(lines) == 1 and lines[0] not in known:
        return [part.strip() for part in lines[0].split(",")]
    return lines


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
