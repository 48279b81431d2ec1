"""The forms that people fill in; each is read from what comes back alone, so it works after a restart."""

import enum
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import discord
import msgspec

from bot.replies.markdown import shorten

# https://discord.com/developers/docs/components/reference#text-input
TITLE_LIMIT, LABEL_LIMIT = 45, 45


class Field(NamedTuple):
    """A field of a form: what it asks for, how much may be filled in, and an example of it."""

    id: str
    label: str
    limit: int
    is_long: bool = False
    is_required: bool = False
    hint: str = ""


class Purpose(enum.StrEnum):
    """What a form is for; what it is about is its argument."""

    SUGGEST = "suggest-modal"
    ENTRY = "entry"
    ALIAS_OF = "alias-of"
    DECLINE = "decline"


_LINES = "One a line"
FIELDS: Mapping[Purpose, tuple[Field, ...]] = {
    Purpose.SUGGEST: (
        Field("term", "The term", 60, is_required=True),
        Field("details", "What should it say? Where did you meet it?", 500, is_long=True),
    ),
    Purpose.ENTRY: (
        Field("name", "Name", 60, is_required=True),
        Field("aliases", "Also called", 1000, is_long=True, hint=_LINES),
        Field("definition", "Definition", 1200, is_long=True, is_required=True, hint="One to three plain sentences"),
        Field("notes", "Notes", 2000, is_long=True, hint="One a line, each a pitfall or a thing to check"),
        Field("related", "Related terms", 1000, is_long=True, hint=_LINES),
    ),
    Purpose.ALIAS_OF: (Field("term", "The term that it is another name for", 80, is_required=True),),
    Purpose.DECLINE: (Field("reason", "Why? Whoever suggested it is told", 500, is_long=True),),
}


class Form(discord.ui.Modal):
    """A form with the fields of its purpose."""

    def __init__(
        self, purpose: Purpose, argument: object = "", *, title: str, values: Mapping[str, str] | None = None
    ) -> None:
        """Fill in what is known, as far as it fits."""
        custom_id = f"{purpose}:{argument}" if argument != "" else purpose.value
        super().__init__(title=shorten(title, TITLE_LIMIT), custom_id=custom_id)
        for field in FIELDS[purpose]:
            style = discord.TextStyle.paragraph if field.is_long else discord.TextStyle.short
            text: discord.ui.TextInput[Any] = discord.ui.TextInput(
                custom_id=field.id,
                style=style,
                required=field.is_required,
                default=(values or {}).get(field.id, "")[: field.limit] or None,
                max_length=field.limit,
                placeholder=field.hint or None,
            )
            self.add_item(discord.ui.Label(text=field.label, component=text))
        # discord.py would keep the form in memory until it comes back, which many never do; a finished one it forgets.
        self.stop()


class Filled(NamedTuple):
    """What somebody filled in: what for, what about, and the text of every field."""

    purpose: Purpose
    argument: str
    values: Mapping[str, str]


class _Part(msgspec.Struct):
    """A field with a value, or the row or label around one."""

    custom_id: str = ""
    value: str = ""
    component: "_Part | None" = None
    components: list["_Part"] = []


class _Submitted(msgspec.Struct):
    custom_id: str
    components: list[_Part]


def read(data: object) -> Filled:
    """Return what a form came back with; raise `msgspec.ValidationError` if it is malformed or no form of ours."""
    submitted = msgspec.convert(data, _Submitted)
    purpose, _, argument = submitted.custom_id.partition(":")
    filled = {part.custom_id: part.value.strip() for part in _flat(submitted.components)}
    if purpose not in set(Purpose):
        raise msgspec.ValidationError(f"no form is called {purpose!r}")
    fields = FIELDS[Purpose(purpose)]
    for field in fields:
        if field.is_required and field.id not in filled:
            raise msgspec.ValidationError(f"the field {field.id!r} is missing")
        if len(filled.get(field.id, "")) > field.limit:
            raise msgspec.ValidationError(f"the field {field.id!r} is longer than {field.limit} characters")
    return Filled(Purpose(purpose), argument, {field.id: filled.get(field.id, "") for field in fields})


def _flat(parts: list[_Part]) -> Iterator[_Part]:
    for part in parts:
        yield part
        yield from _flat(part.components)
        if part.component is not None:
            yield from _flat([part.component])
