"""The two forms of an entry: the main fields, and the others, with what moderators see filled in."""

from collections.abc import Mapping

import msgspec

from bot.chat.card import Option
from bot.chat.forms import Choice, Field, Form, FormKind
from bot.features import verbs
from bot.glossary.model import Entry, Pack
from bot.glossary.own import OWN_CATEGORY
from bot.servers.server import Server

_ONE_PER_LINE = "One per line"
_KEEP = "keep"
ENTRY = FormKind(
    verbs.ENTRY_FORM,
    (
        Field("name", "Name", 60, is_required=True),
        Choice("taken", "The name is taken. Which entry gets it?", is_list=True),
        Field("aliases", "Also called", 1000, is_long=True, hint=_ONE_PER_LINE),
        Field("definition", "Definition", 1200, is_long=True, is_required=True, hint="One to three plain sentences"),
        Field("notes", "Notes", 2000, is_long=True, hint="One per line, each a pitfall or a thing to check"),
    ),
)
MORE = FormKind(
    verbs.MORE_FORM,
    (
        Choice("category", "Category", hint=f"{OWN_CATEGORY.name}, if you choose none"),
        Field("related", "Related terms", 1000, is_long=True, hint=_ONE_PER_LINE),
        Field(
            "confused_with",
            "Not to be confused with",
            1000,
            is_long=True,
            hint="One per line, like this: localhost: is the computer that TWS runs on",
        ),
        Field("example", "Example", 900, is_long=True, hint="A few lines of Python"),
        Field("sources", "Sources", 4000, is_long=True, hint="One address per line"),
    ),
)
# A message has causes and checks in their place.
_ONLY_OF_TERMS = frozenset({"notes", "example"})


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
    """What was filled in and could not be saved yet: the values of one form, or of both.

    `replaces` is the id of the entry that saving it replaces; the moderator was shown both texts.
    """

    subject: Subject
    values: dict[str, str]
    replaces: str = ""


def entry_form(subject: Subject, values: Mapping[str, str], taken_from: Entry | None = None) -> Form:
    """Return the form with the main fields of an entry, with what is known filled in.

    If its name is taken from another entry, which the moderator was shown, the form asks which of them keeps it.
    """
    title = f"Edit {values['name']}" if subject.entry_id else "Add an entry"
    options = {"taken": _who_gets_the_name(taken_from)} if taken_from else {}
    known = {**values, "taken": _KEEP}
    return Form(ENTRY, title, str(subject), known, options, _not_in(known, ENTRY))


def more_form(subject: Subject, values: Mapping[str, str], server: Server) -> Form:
    """Return the form with the other fields of an entry, with what is known filled in."""
    base = server.editable_entry(subject.entry_id) if subject.entry_id else None
    is_message = base is not None and base.message is not None
    options = {"category": _categories(server.shared.pack, is_message=is_message)}
    return Form(MORE, f"More on {values['name']}", str(subject), values, options, _not_in(values, MORE))


def _not_in(values: Mapping[str, str], kind: FormKind) -> list[str]:
    """Return the fields of a form that have no value, not even an empty one: those that the entry cannot have."""
    return [field.id for field in kind.fields if field.id not in values]


def is_taken_over(values: Mapping[str, str]) -> bool | None:
    """Tell whether a moderator chose that their entry gets a name that is taken; `None` if they were not asked."""
    return values["taken"] != _KEEP if values["taken"] else None


def values_of(entry: Entry) -> dict[str, str]:
    """Return an entry as the fields of both forms show it, those that it can have."""
    main = ENTRY.blank(
        name=entry.name,
        aliases="\n".join(entry.aliases),
        definition=entry.definition,
        notes="\n".join(entry.notes),
    )
    more = MORE.blank(
        category=entry.category,
        related="\n".join(entry.related),
        confused_with="\n".join(entry.confused_with),
        example=entry.example,
        sources="\n".join(entry.sources),
    )
    values = main | more
    return {field: text for field, text in values.items() if not (entry.message and field in _ONLY_OF_TERMS)}


def _who_gets_the_name(other: Entry) -> tuple[Option, ...]:
    return (
        Option(_KEEP, f"“{other.name}” keeps it", "Give yours another name above"),
        Option("take", "Mine gets it", f"In place of “{other.name}”, in this server only"),
    )


def _categories(pack: Pack, *, is_message: bool) -> list[Option]:
    """Return the own category, and the shared ones that hold entries of the same kind."""
    used = {entry.category for entry in pack.entries if (entry.message is not None) == is_message}
    offered = (OWN_CATEGORY, *(one for one in pack.categories if one.name in used))
    return [Option(one.name, f"{one.emoji} {one.name}", one.description) for one in offered]
