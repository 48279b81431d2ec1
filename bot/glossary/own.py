"""Turn what moderators fill in or import into own entries, and own entries back into tables."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from bot.glossary.checks import Fault, check_fields, check_related_size, check_size
from bot.glossary.entries import entry_from, name_of
from bot.glossary.format import MessageTable, TermTable
from bot.glossary.model import Category, Entry, MessageKind
from bot.glossary.text import is_blank, one_line, quoted, squash

OWN_CATEGORY = Category(
    name="This server", description="What this server calls things", emoji="🏠", colour=0x6B46C1, order=0
)
# The largest number of own entries in one server.
MOST_OWN = 2000

TERM_FIELDS = tuple(field.name for field in msgspec.structs.fields(TermTable))
MESSAGE_FIELDS = tuple(field.name for field in msgspec.structs.fields(MessageTable))
OWN_FIELDS = tuple(dict.fromkeys((*TERM_FIELDS, "category", *MESSAGE_FIELDS)))
_ONLY_TERM_FIELDS = frozenset(TERM_FIELDS) - frozenset(MESSAGE_FIELDS)
_ONLY_MESSAGE_FIELDS = frozenset(MESSAGE_FIELDS) - frozenset(TERM_FIELDS)
_NAMES_ONLY_FIELDS = frozenset({"name", "aliases"})
_CODE_DIGITS = 5
_BLANKS = " \t\n"
_LINE_ENDS = re.compile(r"[ \t]*\r?\n")
_BLANK_LINES = re.compile(r"\n{3,}")
_BULLET = re.compile(r"^[-*•]\s+")
_EMPTY: tuple[object, ...] = (None, "", ())


def own_entry(table: Mapping[str, Any], categories: Collection[str]) -> tuple[Entry | None, tuple[Fault, ...]]:
    """Make an own entry of an untyped table; return it without faults, or `None` with everything that is wrong.

    Blank texts and empty lists count as missing. A table of only a name and aliases adds names to a shared entry.
    `categories` are the names of the shared categories.

    >>> entry, faults = own_entry({"name": "risk desk", "definition": "Who to ask."}, ())
    >>> entry.id, faults
    ('risk-desk', ())
    >>> own_entry({"name": "risk desk", "definition": "Who to ask.", "code": " "}, ())[0] == entry
    True
    >>> own_entry({"name": "risk desk", "notes": 5}, ())[1][0]
    Fault(field='notes', what='`notes` should be list, got int')
    """
    tidied = _tidied(table)
    category, faults = _category(tidied.pop("category", None), categories)
    faults += _drop_misplaced(tidied)
    name = name_of(tidied)
    faults += _drop_repeats(tidied, name)
    adds_names_only = "aliases" in tidied and tidied.keys() <= _NAMES_ONLY_FIELDS
    # A missing definition gets a fault with a hint below. A field that was dropped as faulty is not also missing.
    not_missing = {"definition", *(fault.field for fault in faults)}
    fields, field_faults = check_fields(tidied, MessageTable if "code" in tidied else TermTable, not_missing)
    faults += field_faults
    if not adds_names_only and "definition" not in tidied:
        faults.append(_no_definition(tidied))
    if faults:
        return None, tuple(faults)
    entry = entry_from(name, fields, OWN_CATEGORY.name if adds_names_only else category)
    if not adds_names_only:
        entry = msgspec.structs.replace(entry, definition=_with_lines(fields["definition"]))
    faults += check_size(entry)
    faults += check_related_size(entry.related)
    return None if faults else entry, tuple(faults)


def table_of(entry: Entry) -> dict[str, Any]:
    """Return the table that `own_entry` turns into this entry; empty fields and the own category are left out.

    >>> table_of(own_entry({"name": "risk desk", "definition": "Who to ask.", "notes": []}, ())[0])
    {'name': 'risk desk', 'definition': 'Who to ask.'}
    """
    table: dict[str, Any] = msgspec.structs.asdict(entry)
    message = table.pop("message")
    if message:
        table |= msgspec.structs.asdict(message)
        table["kind"] = message.kind.value
        del table["name"]
        if not message.harmless:
            del table["harmless"]
        if message.verified:
            del table["verified"]
    if not entry.retired:
        del table["retired"]
    if entry.category == OWN_CATEGORY.name:
        del table["category"]
    filled = [field for field in OWN_FIELDS if table.get(field) not in _EMPTY]
    return {field: _as_list(table[field]) for field in filled}


def _with_lines(text: str) -> str:
    r"""Return a text with its line breaks, but no more than one blank line in a row.

    >>> _with_lines("One.  \n\n\n\n- two")
    'One.\n\n- two'
    """
    return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("\n", text)).strip("\n")


def _as_list(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _tidied(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that say something, as forms and spreadsheets mean them: without white space around texts."""
    tidied: dict[str, Any] = {}
    for field, value in table.items():
        kept = _tidied_value(field, value)
        if kept is not None:
            tidied[field] = kept
    kind, code = tidied.get("kind"), tidied.get("code")
    if isinstance(kind, str):
        tidied["kind"] = kind.lower()
    if isinstance(code, str) and _is_code(code):
        tidied["code"] = int(code)
    return tidied


def _tidied_value(field: str, value: Any) -> Any:
    """Return a value without the white space around its texts, or `None` if nothing is left."""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n")
        # The first line of an example may be indented.
        text = text.strip("\n").rstrip(_BLANKS) if field == "example" else text.strip(_BLANKS)
        return None if is_blank(text) else text
    if isinstance(value, list | tuple):
        items = [item.strip(_BLANKS) if isinstance(item, str) else item for item in value]
        if field == "notes":
            # Notes are shown as a list anyway.
            items = [_BULLET.sub("", item) if isinstance(item, str) else item for item in items]
        return [item for item in items if not _is_blank(item)] or None
    return value


def _is_blank(item: object) -> bool:
    return item is None or (isinstance(item, str) and is_blank(item))


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _CODE_DIGITS


def _category(wanted: object, categories: Collection[str]) -> tuple[str, list[Fault]]:
    """Return the exact name of the wanted category; the own category if none is wanted."""
    if wanted is None:
        return OWN_CATEGORY.name, []
    if not isinstance(wanted, str):
        return "", [Fault("category", "`category` should be the name of a category")]
    known = (OWN_CATEGORY.name, *categories)
    squashed = squash(wanted)
    for name in known:
        is_same_in_words = squashed != "" and squashed == squash(name)
        if wanted == name or is_same_in_words:
            return name, []
    return "", [Fault("category", f"there is no category {quoted(wanted)}; choose one of {', '.join(known)}")]


def _drop_misplaced(tidied: dict[str, Any]) -> Iterator[Fault]:
    """Drop the fields that a term or message cannot have, and yield a fault for each."""
    if "code" not in tidied:
        for field in _fields_in(tidied, _ONLY_MESSAGE_FIELDS):
            del tidied[field]
            yield Fault(field, f"`{field}` is for messages, which have a `code`")
        return
    name = tidied.pop("name", None)
    # Without its name field, a message is named by its kind and code.
    if isinstance(name, str) and squash(name) != squash(name_of(tidied)):
        yield Fault(
            "name", f"the name of a message comes from its `kind` and `code`; leave out the name {quoted(name)}"
        )
    for field in _fields_in(tidied, _ONLY_TERM_FIELDS):
        del tidied[field]
        yield Fault(field, f"`{field}` is for terms; a message has `causes` and `checks`")
    if "kind" in tidied and tidied["kind"] not in list(MessageKind):
        del tidied["kind"]
        yield Fault("kind", f"`kind` should be one of {', '.join(MessageKind)}")


def _fields_in(table: Mapping[str, Any], fields: Collection[str]) -> list[str]:
    return [field for field in table if field in fields]


def _no_definition(tidied: Mapping[str, Any]) -> Fault:
    if "code" in tidied:
        hint = "to only add names to a shared message, give its `name` and `aliases`, and no `code`"
    elif "aliases" in tidied:
        hint = "an entry that only adds names to a shared entry has `name` and `aliases`, and nothing else"
    else:
        hint = "write what it means, or give `aliases` to add names to a shared entry"
    return Fault("definition", f"`definition` is missing; {hint}")


def _drop_repeats(tidied: dict[str, Any], name: str) -> Iterator[Fault]:
    """Drop repeated items, and the entry's own name from its aliases and related; yield a fault for unusable names."""
    own_name = squash(name)
    if name and not own_name:
        yield Fault("name", _no_letters(name))
    lists = [field for field, value in tidied.items() if isinstance(value, list)]
    for field in lists:
        items = tidied[field]
        if field == "aliases":
            unreadable = [item for item in items if isinstance(item, str) and not squash(item)]
            for alias in unreadable:
                yield Fault(field, _no_letters(alias))
        tidied[field] = _distinct(field, items, name)
        if not tidied[field]:
            del tidied[field]


def _distinct(field: str, items: list[Any], own_name: str) -> list[Any]:
    """Return each item once. Names differ if they are spelt differently, such as "Flex report" and "FlexReport".

    Case counts in notes and addresses alone.
    """
    compared = _ignoring_case if field in {"aliases", "related", "keywords"} else one_line
    names_itself = field in {"aliases", "related"}
    kept: dict[Any, Any] = {}
    for at, item in enumerate(items):
        # Anything but a text is kept, so that the check of the fields reports it.
        key: Any = compared(item) if isinstance(item, str) else at
        if not (names_itself and key == compared(own_name)):
            kept.setdefault(key, item)
    return list(kept.values())


def _ignoring_case(name: str) -> str:
    return one_line(name).casefold()


def _no_letters(name: str) -> str:
    return f"{quoted(name)} has no letter or digit, so nobody can search for it"
