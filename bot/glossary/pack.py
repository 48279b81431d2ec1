"""Reading a data folder into a `Pack`: every problem is collected and says file, line, entry and what is wrong."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from bot.glossary.checks import Fault, check_fields, check_size, toml_fault
from bot.glossary.entries import called, entry_from
from bot.glossary.format import RELATED_LIMIT, CategoryTable, GlossaryFile, MessageTable, TermTable
from bot.glossary.lines import Lines
from bot.glossary.model import Category, Entry, Notices, Pack
from bot.glossary.text import one_line, squash

NOTICES_FILE = "glossary.toml"
_ENTRY_TABLES: Mapping[str, type[msgspec.Struct]] = {"term": TermTable, "message": MessageTable}


class Problem(NamedTuple):
    """Something wrong in a data file; a warning does not keep the pack from being used."""

    file: str
    line: int
    where: str
    what: str
    is_warning: bool = False

    def __str__(self) -> str:
        """Return the problem on one line, the place first, as compilers write it."""
        return f"{self.file}:{self.line}: {self.where + ': ' if self.where else ''}{self.what}"


class PackError(Exception):
    """The data folder holds no usable glossary; `problems` says why, in the order of the files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems; together they are the message."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read_pack(folder: Path) -> tuple[Pack, tuple[Problem, ...]]:
    """Read every `*.toml` of a folder; return the pack and its warnings, or raise `PackError` with all problems."""
    reader = _Reader()
    pack = reader.read(folder)
    if pack is None:
        raise PackError(tuple(problem for problem in reader.problems if not problem.is_warning))
    return pack, tuple(reader.problems)


class _Place(NamedTuple):
    """A table in a file: what people call it, and on which lines it and its keys stand."""

    file: str
    line: int = 1
    where: str = ""
    keys: Mapping[str, int] = {}

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class _Reader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._owners: dict[str, _Place] = {}
        self._places: dict[str, _Place] = {}

    def read(self, folder: Path) -> Pack | None:
        if not folder.is_dir():
            self._problem(_Place(str(folder)), "no such folder; GLOSSARY_PATH names the folder of the data files")
            return None
        paths = sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))
        if folder / NOTICES_FILE not in paths:
            self._problem(_Place(str(folder / NOTICES_FILE)), "missing; it holds the title and the disclaimers")
        if all(path.name == NOTICES_FILE for path in paths):
            self._problem(_Place(str(folder)), "no category; add a *.toml file with [category] and [[term]] tables")
        notices: Notices | None = None
        categories: dict[str, Category] = {}
        entries: list[Entry] = []
        for path in paths:
            if (parsed := self._parse(path)) is None:
                continue
            data, lines = parsed
            if path.name == NOTICES_FILE:
                notices = self._notices(_Place(str(path), keys=lines.keys_of("", 0)), data)
            else:
                category = self._category(str(path), data, lines, categories)
                if any(isinstance(data.get(kind), list) for kind in _ENTRY_TABLES):
                    categories[category.name] = category
                entries += self._entries(str(path), data, lines, category)
        self._check_related(entries)
        if notices is None or any(not problem.is_warning for problem in self.problems):
            return None
        in_order = sorted(categories.values(), key=lambda category: (category.order, category.name))
        entries.sort(key=lambda entry: in_order.index(categories[entry.category]))
        return Pack(notices=notices, categories=tuple(in_order), entries=tuple(entries))

    def _problem(self, place: _Place, what: str, *, field: str = "", is_warning: bool = False) -> None:
        line = place.keys.get(field, place.line)
        self.problems.append(Problem(place.file, line, place.where, what, is_warning))

    def _tell(self, place: _Place, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self._problem(place, fault.what, field=fault.field)

    def _parse(self, path: Path) -> tuple[dict[str, Any], Lines] | None:
        place = _Place(str(path))
        if path.is_fifo() or path.is_socket() or path.is_char_device():
            self._problem(place, "is no regular file")  # reading it might never end
            return None
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            self._problem(place, f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
            return None
        except OSError as error:
            self._problem(place, f"cannot be read: {error.strerror}")
            return None
        if not text.strip():
            self._problem(place, "is empty")
            return None
        try:
            return tomllib.loads(text), Lines(text)
        except (RecursionError, ValueError) as error:
            line, what = toml_fault(error, text)
            self._problem(place._replace(line=line), f"not valid TOML: {what}")
            return None

    def _notices(self, place: _Place, data: dict[str, Any]) -> Notices | None:
        fields = self._fields(place, data, GlossaryFile)
        return Notices(**{name: one_line(text) for name, text in fields.items()}) if fields else None

    def _category(self, file: str, data: dict[str, Any], lines: Lines, known: Mapping[str, Category]) -> Category:
        """Read a file's category; where it is wrong, one without a name stands in, to read the terms by."""
        stand_in = Category(name="", description="", emoji="", colour=0, order=0)
        place = _Place(file)
        for key in sorted(data.keys() - {"category", *_ENTRY_TABLES}):
            line = lines.keys_of("", 0).get(key, lines.line_of(key, 0))
            what = f"unknown `{key}`; a category file holds [category], [[term]] and [[message]]"
            self._problem(place._replace(line=line), what)
        if not isinstance(table := data.get("category"), dict):
            self._problem(place, "has no [category] table")
            return stand_in
        place = _Place(file, lines.line_of("category", 0), "[category]", lines.keys_of("category", 0))
        fields = self._fields(place, table, CategoryTable)
        if fields is None:
            return stand_in
        if fields["name"] in known:
            self._problem(place, f"another file holds the category {fields['name']!r} already", field="name")
        return Category(**fields | {"colour": int(fields["colour"][1:], 16)})

    def _entries(self, file: str, data: dict[str, Any], lines: Lines, category: Category) -> Iterator[Entry]:
        tables = [
            (kind, number, table)
            for kind in _ENTRY_TABLES
            if isinstance(data.get(kind), list)
            for number, table in enumerate(data[kind])
        ]
        if not tables:
            self._problem(_Place(file), "has no [[term]] tables")
        for kind, number, table in tables:
            place = _Place(file, lines.line_of(kind, number), f"{kind} {number + 1}", lines.keys_of(kind, number))
            if not isinstance(table, dict):
                self._problem(place, f"is not a [[{kind}]] table")
                continue
            place = place._replace(where=called(table) or place.where)
            fields = self._fields(place, table, _ENTRY_TABLES[kind])
            before = len(self.problems)
            self._claim(place, "name", table.get("name"))
            for alias in aliases if isinstance(aliases := table.get("aliases"), list) else ():
                self._claim(place, "aliases", alias)
            if fields is None:
                continue
            entry = entry_from(place.where, fields, category.name)
            if entry.message is not None:
                for text in (entry.name, *entry.searched_names):
                    self._claim(place, "code", text)
            self._tell(place, check_size(entry))
            self._places[entry.id] = place
            if len(self.problems) == before:
                yield entry

    def _claim(self, place: _Place, field: str, text: object) -> None:
        """Note whose a name or alias is; it must be nobody else's."""
        if not isinstance(text, str) or not text.strip():
            return
        if not (key := squash(text)):
            self._problem(place, f"{text!r} has no letter or digit to find it by", field=field)
            return
        owner = self._owners.setdefault(key, place)
        if owner is not place:
            self._problem(place, f"{text!r} is taken by {owner.where!r} ({owner})", field=field)

    def _check_related(self, entries: list[Entry]) -> None:
        for entry in entries:
            place = self._places[entry.id]
            owners = [self._owners.get(squash(phrase)) for phrase in entry.related]
            shown = sum(
                len(owner.where if owner else phrase) for phrase, owner in zip(entry.related, owners, strict=True)
            )
            if shown > RELATED_LIMIT:
                what = f"related together are {shown} characters; {RELATED_LIMIT} fit into a reply"
                self._problem(place, what, field="related")
            for phrase, owner in zip(entry.related, owners, strict=True):
                if owner is None:
                    self._problem(place, f"related {phrase!r} is no entry", field="related", is_warning=True)
                elif owner is place:
                    self._problem(place, f"related {phrase!r} is the entry itself", field="related")

    def _fields(self, place: _Place, table: dict[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any] | None:
        fields, faults = check_fields(table, kind)
        self._tell(place, faults)
        return None if faults else fields
