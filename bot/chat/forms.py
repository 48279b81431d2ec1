"""The forms that people fill in. A form is read from what comes back alone, so it works after a restart."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from bot.chat.card import Attachment, Json, Option
from bot.chat.components import ClickedMessage, custom_id, read_custom_id
from bot.chat.markdown import shorten
from bot.chat.messages import File
from bot.glossary.checks import CONTROL

# https://docs.discord.com/developers/components/reference#label
TITLE_LIMIT = LABEL_LIMIT = 45
DESCRIPTION_LIMIT = OPTION_LIMIT = 100
MAX_OPTIONS = 25
# The types of components, from the same page.
_MENU, _TEXT_INPUT, _LABEL, _UPLOAD, _RADIO = 3, 4, 18, 19, 21
_ONE_LINE, _PARAGRAPH = 1, 2


class Field(NamedTuple):
    """A text field of a form. `limit` is the most characters that fit; `hint` shows while it is empty."""

    id: str
    label: str
    limit: int
    is_long: bool = False
    is_required: bool = False
    hint: str = ""


class Choice(NamedTuple):
    """A choice of one from the options that a form gives for it: from a menu, or from a list that shows all.

    A form that gives no options does not show it. One that gives more than a menu holds asks for the text instead.
    """

    id: str
    label: str
    is_list: bool = False
    is_required: bool = False
    hint: str = ""
    limit: int = OPTION_LIMIT


class Upload(NamedTuple):
    """A file to upload, whose name ends in one of some endings; the label has a `hint` below it."""

    id: str
    label: str
    endings: tuple[str, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FormKind:
    """A kind of form: the verb that its `custom_id` starts with, and its fields."""

    verb: str
    fields: tuple[Field | Choice | Upload, ...]

    @property
    def texts(self) -> tuple[Field | Choice, ...]:
        """Return the fields whose value is a text: all but the files."""
        return tuple(one for one in self.fields if not isinstance(one, Upload))

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """Return the files to upload."""
        return tuple(one for one in self.fields if isinstance(one, Upload))

    def blank(self, **known: str) -> dict[str, str]:
        """Return a value for every field: what is known, and otherwise nothing."""
        return {one.id: known.get(one.id, "") for one in self.texts}

    def as_files(self, values: Mapping[str, str]) -> tuple[Attachment, ...]:
        """Return what somebody typed as a file, each text under the label of its field; no file for an empty form."""
        texts = [f"{one.label}:\n{values[one.id]}" for one in self.texts if values[one.id]]
        return (Attachment("typed.txt", "\n\n".join(texts).encode()),) if texts else ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form to show: its kind, what it is about, its title, and what is filled in already.

    `options` are those of each choice, and `left_out` the ids of fields that are not shown.
    """

    kind: FormKind
    title: str
    argument: str = ""
    values: Mapping[str, str] | None = None
    options: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    left_out: Collection[str] = ()

    def render(self) -> Json:
        """Return Discord's JSON of the form; values longer than their field are cut, and its label says so."""
        form_id = custom_id(self.kind.verb, self.argument) if self.argument else self.kind.verb
        shown = [one for one in self.kind.fields if one.id not in self.left_out]
        components = [part for one in shown if (part := self._labelled(one))]
        return {"title": shorten(self.title, TITLE_LIMIT), "custom_id": form_id, "components": components}

    def _labelled(self, shown: Field | Choice | Upload) -> Json:
        """Return a field under its label, nothing for a choice without options."""
        value = (self.values or {}).get(shown.id, "")
        options = self.options.get(shown.id, ())
        match shown:
            case Upload():
                return _labelled_upload(shown)
            case Choice() if not options:
                return {}
            case Choice() if len(options) <= MAX_OPTIONS:
                return {
                    "type": _LABEL,
                    "label": shorten(shown.label, LABEL_LIMIT),
                    "component": _choice(shown, options, value),
                }
            case Choice():
                return _labelled_text(Field(shown.id, shown.label, shown.limit, hint=shown.hint), value)
            case Field():
                return _labelled_text(shown, value)


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that somebody filled in: its verb, what it is about, the text of every field, and the uploaded files.

    `message` is the one under which they opened it, `None` if a command opened it.
    """

    verb: str
    argument: str
    values: dict[str, str]
    message: ClickedMessage | None = None
    files: Mapping[str, File] = field(default_factory=dict)


class _Part(msgspec.Struct):
    """A field with a value or the chosen values, or the row or label around one."""

    custom_id: str = ""
    value: str | None = None
    values: list[str] = []
    component: "_Part | None" = None
    components: list["_Part"] = []

    @property
    def text(self) -> str:
        """Return what was typed, without characters that nobody sees and no database keeps, or what was chosen."""
        return CONTROL.sub("", self.value or "").strip() or next(iter(self.values), "")


class _Attachment(msgspec.Struct):
    filename: str
    size: int
    url: str


class _Resolved(msgspec.Struct):
    attachments: dict[str, _Attachment] = {}


class _Submitted(msgspec.Struct):
    custom_id: str
    components: list[_Part]
    resolved: _Resolved = msgspec.field(default_factory=_Resolved)


def read_submission(data: object, kinds: Mapping[str, FormKind], message: ClickedMessage | None = None) -> Submission:
    """Read what a form came back with; raise `msgspec.ValidationError` if it is malformed or of an unknown kind."""
    submitted = msgspec.convert(data, _Submitted)
    verb, argument = read_custom_id(submitted.custom_id)
    kind = kinds.get(verb)
    if kind is None:
        raise msgspec.ValidationError(f"no form is called {verb!r}")
    texts = {part.custom_id: part.text for part in _flat(submitted.components)}
    for one in kind.texts:
        if one.is_required and one.id not in texts:
            raise msgspec.ValidationError(f"the field {one.id!r} is missing")
        if len(texts.get(one.id, "")) > one.limit:
            raise msgspec.ValidationError(f"the field {one.id!r} is longer than {one.limit} characters")
    files: dict[str, File] = {}
    for upload in kind.uploads:
        attachment = submitted.resolved.attachments.get(texts.get(upload.id, ""))
        if attachment is None:
            raise msgspec.ValidationError(f"the file {upload.id!r} is missing")
        files[upload.id] = File(attachment.filename, attachment.size, attachment.url)
    return Submission(verb, argument, kind.blank(**texts), message, files)


def _labelled_text(shown: Field, value: str) -> Json:
    """Return a text field under its label, which says so if what is filled in had to be cut."""
    cut = f" (cut at {shown.limit:,} characters)" if len(value) > shown.limit else ""
    label = shorten(shown.label, LABEL_LIMIT - len(cut)) + cut
    text: Json = {
        "type": _TEXT_INPUT,
        "custom_id": shown.id,
        "style": _PARAGRAPH if shown.is_long else _ONE_LINE,
        "required": shown.is_required,
        "max_length": shown.limit,
    }
    if value:
        text["value"] = value[: shown.limit]
    if shown.hint:
        text["placeholder"] = shown.hint
    return {"type": _LABEL, "label": label, "component": text}


def _choice(shown: Choice, options: Sequence[Option], value: str) -> Json:
    """Return a menu, or a list that shows all of its options, with one chosen already."""
    rendered: list[Json] = []
    for option in options:
        one: Json = {"value": option.value, "label": shorten(option.label, OPTION_LIMIT)}
        if option.description:
            one["description"] = shorten(option.description, OPTION_LIMIT)
        rendered.append(one | {"default": option.value == value})
    choice: Json = {"custom_id": shown.id, "required": shown.is_required, "options": rendered}
    if shown.is_list:
        return choice | {"type": _RADIO}
    return choice | {"type": _MENU, "placeholder": shown.hint}


def _labelled_upload(shown: Upload) -> Json:
    """Return a place to upload one file to. Discord lets people choose files with the given endings only."""
    upload: Json = {"type": _UPLOAD, "custom_id": shown.id, "required": True, "file_types": list(shown.endings)}
    return {"type": _LABEL, "label": shown.label, "description": shown.hint, "component": upload}


def _flat(parts: list[_Part]) -> Iterator[_Part]:
    for part in parts:
        yield part
        yield from _flat(part.components)
        if part.component is not None:
            yield from _flat([part.component])
