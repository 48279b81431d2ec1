"""A server's own entries: made of what moderators fill in or import, and turned back into that."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from bot.glossary.checks import Fault, check_fields, check_size
from bot.glossary.entries import called, entry_from
from bot.glossary.format import RELATED_LIMIT, MessageTable, TermTable
from bot.glossary.model import Category, Entry, MessageKind
from bot.glossary.text import one_line, quoted, squash

OWN_CATEGORY = Category(
    name="This server", description="What this server calls things", emoji="🏠", colour=0x6B46C1, order=0
)
# Own entries that a server may have.
MOST_OWN = 2000

TERM_FIELDS = tuple(field.name for field in msgspec.structs.fields(TermTable))
MESSAGE_FIELDS = tuple(field.name for field in msgspec.structs.fields(MessageTable))
OWN_FIELDS = tuple(dict.fromkeys((*TERM_FIELDS, "category", *MESSAGE_FIELDS)))
_DIGITS = 5


def own_entry(table: Mapping[str, Any], categories: Collection[str]) -> tuple[Entry | None, tuple[Fault, ...]]:
    """Make an own entry of an untyped table, or say everything that is wrong with it.

    Blank texts and empty lists count as left out. What has aliases and no definition is more names for a shared entry.
    """
    tidied = _tidied(table)
    category, faults = _category(tidied.pop("category", None), categories)
    faults += _misplaced(tidied)
    name = called(tidied)
    faults += _without_repeats(tidied, name)
    is_names = "aliases" in tidied and tidied.keys() <= {"name", "aliases"}
    told = {"definition", *(fault.field for fault in faults)}
    fields, found = check_fields(tidied, MessageTable if "code" in tidied else TermTable, told)
    faults += found
    if not is_names and "definition" not in tidied:
        faults.append(_no_definition(tidied))
    if faults:
        return None, tuple(faults)
    entry = entry_from(name, fields, OWN_CATEGORY.name if is_names else category)
    faults += check_size(entry)
    if (size := sum(map(len, entry.related))) > RELATED_LIMIT:
        faults.append(Fault("related", f"related together are {size} characters; {RELATED_LIMIT} fit into a reply"))
    return None if faults else entry, tuple(faults)


def table_of(entry: Entry) -> dict[str, Any]:
    """Return the table that `own_entry` makes this entry of: empty fields and the own category are left out."""
    table: dict[str, Any] = msgspec.structs.asdict(entry)
    if message := table.pop("message"):
        table |= msgspec.structs.asdict(message) | {"kind": message.kind.value}
        del table["name"]
        if message.verified:
            del table["verified"]
    if entry.category == OWN_CATEGORY.name:
        del table["category"]
    return {
        field: list(value) if isinstance(value, tuple) else value
        for field in OWN_FIELDS
        if (value := table.get(field)) not in (None, "", ())
    }


def _tidied(table: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is blank, as forms and spreadsheets send it, and the white space around the rest."""
    tidied: dict[str, Any] = {}
    for field, value in table.items():
        if isinstance(value, str):
            text = value.replace("\r\n", "\n")
            kept: Any = text.strip("\n").rstrip(" \t\n") if field == "example" else text.strip(" \t\n")
            is_blank = not kept.strip()
        elif isinstance(value, list | tuple):
            kept = [item.strip(" \t\n") if isinstance(item, str) else item for item in value]
            kept = [item for item in kept if item is not None and not (isinstance(item, str) and not item.strip())]
            is_blank = not kept
        else:
            kept, is_blank = value, value is None
        if not is_blank:
            tidied[field] = kept
    if isinstance(kind := tidied.get("kind"), str):
        tidied["kind"] = kind.lower()
    if isinstance(code := tidied.get("code"), str) and code.isascii() and code.isdecimal() and len(code) <= _DIGITS:
        tidied["code"] = int(code)
    return tidied


def _category(wanted: object, categories: Collection[str]) -> tuple[str, list[Fault]]:
    """Return the name of the category that is meant, the own one where none is."""
    if wanted is None:
        return OWN_CATEGORY.name, []
    if not isinstance(wanted, str):
        return "", [Fault("category", "`category` should be the name of a category")]
    known = (OWN_CATEGORY.name, *categories)
    for name in known:
        if wanted == name or (squash(wanted) and squash(wanted) == squash(name)):
            return name, []
    return "", [Fault("category", f"there is no category {quoted(wanted)}; choose one of {', '.join(known)}")]


def _misplaced(tidied: dict[str, Any]) -> Iterator[Fault]:
    """Take out what belongs to the other sort of entry, or is no kind of message, and say so."""
    is_message = "code" in tidied
    if is_message and isinstance(name := tidied.pop("name", None), str):
        called_so = called(tidied)  # now by kind and code
        if squash(name) != squash(called_so):
            yield Fault("name", f"a message is called by its `kind` and `code`; leave the name {quoted(name)} out")
    foreign = set(TERM_FIELDS) - set(MESSAGE_FIELDS) if is_message else set(MESSAGE_FIELDS) - set(TERM_FIELDS)
    for field in [field for field in tidied if field in foreign]:
        del tidied[field]
        if is_message:
            yield Fault(field, f"`{field}` is for terms; a message has `causes` and `checks`")
        else:
            yield Fault(field, f"`{field}` is for messages, which have a `code`")
    if is_message and "kind" in tidied and tidied["kind"] not in list(MessageKind):
        del tidied["kind"]
        yield Fault("kind", f"`kind` should be one of {', '.join(MessageKind)}")


def _no_definition(tidied: Mapping[str, Any]) -> Fault:
    if "code" in tidied:
        hint = "to give a shared message more names alone, write its `name` and `aliases` and no `code`"
    elif "aliases" in tidied:
        hint = "what only gives a shared entry more names has `name` and `aliases` and nothing else"
    else:
        hint = "write what it means, or `aliases` to give a shared entry more names"
    return Fault("definition", f"`definition` is missing; {hint}")


def _without_repeats(tidied: dict[str, Any], name: str) -> Iterator[Fault]:
    """Drop what a list says twice, and the entry's own name from its other names; names need a letter or digit."""
    own_name = squash(name)
    if name and not own_name:
        yield Fault("name", _nothing_to_find(name))
    for field, value in [(field, value) for field, value in tidied.items() if isinstance(value, list)]:
        # Names are compared as the search does; "Use -1" and "use 1" are two sentences, and addresses differ by case.
        compared = squash if field in {"aliases", "related", "keywords"} else one_line
        kept: dict[Any, Any] = {}
        for at, item in enumerate(value):
            key = compared(item) if isinstance(item, str) else at
            if field == "aliases" and key == "":
                yield Fault(field, _nothing_to_find(item))
            if field not in {"aliases", "related"} or not key or key != own_name:
                kept.setdefault(item if key == "" else key, item)
        tidied[field] = list(kept.values())
        if not kept:
            del tidied[field]


def _nothing_to_find(name: str) -> str:
    return f"{quoted(name)} has no letter or digit to find it by"
