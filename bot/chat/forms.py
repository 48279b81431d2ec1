"""The forms that people fill in. A form is read from what comes back alone, so it works after a restart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from bot.chat.card import Attachment, Json
from bot.chat.components import ClickedMessage, custom_id, read_custom_id
from bot.chat.markdown import shorten

# https://docs.discord.com/developers/components/reference#text-input
TITLE_LIMIT = LABEL_LIMIT = 45
_LABEL, _TEXT_INPUT = 18, 4
_ONE_LINE, _PARAGRAPH = 1, 2


class Field(NamedTuple):
    """A text field of a form. `limit` is the most characters that fit; `hint` shows while it is empty."""

    id: str
    label: str
    limit: int
    is_long: bool = False
    is_required: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FormKind:
    """A kind of form: the verb that its `custom_id` starts with, and its fields."""

    verb: str
    fields: tuple[Field, ...]

    def blank(self, **known: str) -> dict[str, str]:
        """Return a value for every field: what is known, and otherwise nothing."""
        return {field.id: known.get(field.id, "") for field in self.fields}

    def as_files(self, values: Mapping[str, str]) -> tuple[Attachment, ...]:
        """Return what somebody typed as a file, each text under the label of its field; no file for an empty form."""
        texts = [f"{field.label}:\n{values[field.id]}" for field in self.fields if values[field.id]]
        return (Attachment("typed.txt", "\n\n".join(texts).encode()),) if texts else ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form to show: its kind, what it is about, its title, and what is filled in already."""

    kind: FormKind
    title: str
    argument: str = ""
    values: Mapping[str, str] | None = None

    def render(self) -> Json:
        """Return Discord's JSON of the form; values longer than their field are cut, and its label says so."""
        form_id = custom_id(self.kind.verb, self.argument) if self.argument else self.kind.verb
        values = self.values or {}
        components = [_labelled(field, values.get(field.id, "")) for field in self.kind.fields]
        return {"title": shorten(self.title, TITLE_LIMIT), "custom_id": form_id, "components": components}


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that somebody filled in: its verb, what it is about, the text of every field.

    `message` is the one under which they opened it, `None` if a command opened it.
    """

    verb: str
    argument: str
    values: dict[str, str]
    message: ClickedMessage | None = None


class _Part(msgspec.Struct):
    """A field with a value, or the row or label around one."""

    custom_id: str = ""
    value: str = ""
    component: "_Part | None" = None
    components: list["_Part"] = []


class _Submitted(msgspec.Struct):
    custom_id: str
    components: list[_Part]


def read_submission(data: object, kinds: Mapping[str, FormKind], message: ClickedMessage | None = None) -> Submission:
    """Read what a form came back with; raise `msgspec.ValidationError` if it is malformed or of an unknown kind."""
    submitted = msgspec.convert(data, _Submitted)
    verb, argument = read_custom_id(submitted.custom_id)
    kind = kinds.get(verb)
    if kind is None:
        raise msgspec.ValidationError(f"no form is called {verb!r}")
    texts = {part.custom_id: part.value.strip() for part in _flat(submitted.components)}
    for field in kind.fields:
        if field.is_required and field.id not in texts:
            raise msgspec.ValidationError(f"the field {field.id!r} is missing")
        if len(texts.get(field.id, "")) > field.limit:
            raise msgspec.ValidationError(f"the field {field.id!r} is longer than {field.limit} characters")
    return Submission(verb, argument, kind.blank(**texts), message)


def _labelled(field: Field, value: str) -> Json:
    """Return a text field under its label, which says so if what is filled in had to be cut."""
    cut = f" (cut at {field.limit:,} characters)" if len(value) > field.limit else ""
    label = shorten(field.label, LABEL_LIMIT - len(cut)) + cut
    text: Json = {
        "type": _TEXT_INPUT,
        "custom_id": field.id,
        "style": _PARAGRAPH if field.is_long else _ONE_LINE,
        "required": field.is_required,
        "max_length": field.limit,
    }
    if value:
        text["value"] = value[: field.limit]
    if field.hint:
        text["placeholder"] = field.hint
    return {"type": _LABEL, "label": label, "component": text}


def _flat(parts: list[_Part]) -> Iterator[_Part]:
    for part in parts:
        yield part
        yield from _flat(part.components)
        if part.component is not None:
            yield from _flat([part.component])
