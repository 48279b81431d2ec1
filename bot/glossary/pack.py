"""Read a data folder into a `Pack`. All problems are collected; each gives its file, line, entry and what is wrong."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from bot.glossary.checks import Fault, check_fields, check_related_size, check_size, toml_fault
from bot.glossary.entries import entry_from, name_of
from bot.glossary.format import CategoryTable, GlossaryFile, MessageTable, TermTable
from bot.glossary.learning_paths import learning_path
from bot.glossary.lines import Lines
from bot.glossary.model import Category, Entry, LearningPath, Notices, Pack
from bot.glossary.text import one_line, slug, squash, words

NOTICES_FILE, PATHS_FILE = "glossary.toml", "paths.toml"
_ENTRY_TABLES: Mapping[str, type[msgspec.Struct]] = {"term": TermTable, "message": MessageTable}
# Stands in for a faulty category, so that the entries of its file are checked anyway.
_NO_CATEGORY = Category(name="", description="", emoji="", colour=0, order=0)


class Problem(NamedTuple):
    """Something wrong in a data file. A pack with nothing worse than warnings can be used."""

    file: str
    line: int
    where: str
    what: str
    is_warning: bool = False

    def __str__(self) -> str:
        """Return the problem on one line, in the format of compilers: file, line, what."""
        entry = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}: {entry}{self.what}"


class PackError(Exception):
    """The data folder has no usable glossary; `problems` lists why, file by file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems, and join them into the message."""
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
    """A table in a file: its line, what people call it, and the lines of its keys."""

    file: str
    line: int = 1
    where: str = ""
    keys: Mapping[str, int] = {}

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class _DataFile(NamedTuple):
    """A parsed data file."""

    path: Path
    data: dict[str, Any]
    lines: Lines

    def place(self, table: str, number: int, where: str) -> _Place:
        return _Place(str(self.path), self.lines.line_of(table, number), where, self.lines.keys_of(table, number))


class _Reader:
    """Reads the files of one folder, and collects their problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        # Who has each name and alias, squashed; and the place of each entry, by its id.
        self._owners: dict[str, _Place] = {}
        self._places: dict[str, _Place] = {}

    def read(self, folder: Path) -> Pack | None:
        """Return the pack, or `None` if there are problems other than warnings."""
        notices: Notices | None = None
        categories: dict[str, Category] = {}
        entries: list[Entry] = []
        of_paths: _DataFile | None = None
        for path in self._paths(folder):
            file = self._parse(path)
            if file is None:
                continue
            if path.name == NOTICES_FILE:
                notices = self._notices(file)
                continue
            # Somebody's category file may have that name.
            if path.name == PATHS_FILE and "category" not in file.data:
                of_paths = file
                continue
            category = self._category(file, categories)
            if any(isinstance(file.data.get(kind), list) for kind in _ENTRY_TABLES):
                categories[category.name] = category
            entries += self._entries(file, category)
        for entry in entries:
            self._check_related(entry)
        learning_paths = () if of_paths is None else tuple(self._learning_paths(of_paths))
        if not entries and not self.problems:
            self._problem(_Place(str(folder)), "has no entries; add a *.toml file with [category] and [[term]] tables")
        if notices is None or any(not problem.is_warning for problem in self.problems):
            return None
        in_order = sorted(categories.values(), key=lambda category: (category.order, category.name))
        entries.sort(key=lambda entry: in_order.index(categories[entry.category]))
        return Pack(notices=notices, categories=tuple(in_order), entries=tuple(entries), learning_paths=learning_paths)

    def _paths(self, folder: Path) -> list[Path]:
        """Return the data files, in the order of their names."""
        if not folder.is_dir():
            self._problem(_Place(str(folder)), "no such folder; set GLOSSARY_PATH to the folder of the data files")
            return []
        paths = sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))
        notices = folder / NOTICES_FILE
        if notices not in paths:
            self._problem(_Place(str(notices)), "missing; add this file with the title and the disclaimers")
        if all(path.name == NOTICES_FILE for path in paths):
            self._problem(_Place(str(folder)), "no category; add a *.toml file with [category] and [[term]] tables")
        return paths

    def _problem(self, place: _Place, what: str, *, field: str = "", is_warning: bool = False) -> None:
        line = place.keys.get(field, place.line)
        self.problems.append(Problem(place.file, line, place.where, what, is_warning))

    def _report(self, place: _Place, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self._problem(place, fault.what, field=fault.field)

    def _parse(self, path: Path) -> _DataFile | None:
        place = _Place(str(path))
        text = self._text(path, place)
        if text is None:
            return None
        if not text.strip():
            self._problem(place, "is empty")
            return None
        try:
            return _DataFile(path, tomllib.loads(text), Lines(text))
        except (RecursionError, ValueError) as error:
            line, what = toml_fault(error, text)
            self._problem(place._replace(line=line), f"not valid TOML: {what}")
            return None

    def _text(self, path: Path, place: _Place) -> str | None:
        if path.is_fifo() or path.is_socket() or path.is_char_device():
            self._problem(place, "is not a regular file")  # reading it might never end
            return None
        try:
            return path.read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            self._problem(place, f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
        except OSError as error:
            self._problem(place, f"cannot be read: {error.strerror}")
        return None

    def _notices(self, file: _DataFile) -> Notices | None:
        fields = self._fields(file.place("", 0, ""), file.data, GlossaryFile)
        if fields is None:
            return None
        phrases = tuple(fields.pop("advice_phrases", ()))
        faults = [f"`advice_phrases`: {phrase!r} has no word" for phrase in phrases if not words(phrase)]
        if phrases and not fields.get("advice", "").strip():
            faults.append("`advice_phrases` needs `advice`, the reply")
        self._report(file.place("", 0, ""), (Fault("advice_phrases", fault) for fault in faults))
        return Notices(**{name: one_line(text) for name, text in fields.items()}, advice_phrases=phrases)

    def _category(self, file: _DataFile, known: Mapping[str, Category]) -> Category:
        """Read a file's category; return one without a name if it is faulty."""
        self._check_keys(file, {"category", *_ENTRY_TABLES}, "a category file has [category], [[term]] and [[message]]")
        table = file.data.get("category")
        if not isinstance(table, dict):
            self._problem(_Place(str(file.path)), "has no [category] table")
            return _NO_CATEGORY
        place = file.place("category", 0, "[category]")
        fields = self._fields(place, table, CategoryTable)
        if fields is None:
            return _NO_CATEGORY
        if fields["name"] in known:
            self._problem(place, f"another file already has the category {fields['name']!r}", field="name")
        colour = int(fields["colour"].removeprefix("#"), 16)
        return Category(**fields | {"colour": colour})

    def _check_keys(self, file: _DataFile, known: Collection[str], what_it_has: str) -> None:
        """Report the keys at the top of a file that it cannot have."""
        for key in sorted(file.data.keys() - set(known)):
            line = file.lines.keys_of("", 0).get(key, file.lines.line_of(key, 0))
            self._problem(_Place(str(file.path), line), f"unknown `{key}`; {what_it_has}")

    def _entries(self, file: _DataFile, category: Category) -> Iterator[Entry]:
        """Yield the entries of a file that have no problems."""
        kinds = [kind for kind in _ENTRY_TABLES if isinstance(file.data.get(kind), list)]
        if not any(file.data[kind] for kind in kinds):
            self._problem(_Place(str(file.path)), "has no [[term]] tables")
        for kind in kinds:
            for number, table in enumerate(file.data[kind]):
                place = file.place(kind, number, f"{kind} {number + 1}")
                if not isinstance(table, dict):
                    self._problem(place, f"is not a [[{kind}]] table")
                    continue
                entry = self._entry(place._replace(where=name_of(table) or place.where), table, kind, category)
                if entry is not None:
                    yield entry

    def _entry(self, place: _Place, table: dict[str, Any], kind: str, category: Category) -> Entry | None:
        """Read an entry and claim its names; return `None` if there is any problem with it."""
        fields = self._fields(place, table, _ENTRY_TABLES[kind])
        problems_before = len(self.problems)
        # Names are claimed even if another field is faulty, so that every name that is taken is reported at once.
        self._claim(place, "name", table.get("name"))
        aliases = table.get("aliases")
        if isinstance(aliases, list):
            for alias in aliases:
                self._claim(place, "aliases", alias)
        if fields is None:
            return None
        entry = entry_from(place.where, fields, category.name)
        if entry.message is not None:
            for text in (entry.name, *entry.searched_names):
                self._claim(place, "code", text)
        self._report(place, check_size(entry))
        self._places[entry.id] = place
        return entry if len(self.problems) == problems_before else None

    def _claim(self, place: _Place, field: str, text: object) -> None:
        """Give a name or alias to the entry at this place, or report that another entry has it."""
        if not isinstance(text, str) or not text.strip():
            return
        squashed = squash(text)
        if not squashed:
            self._problem(place, f"{text!r} has no letter or digit, so nobody can search for it", field=field)
            return
        owner = self._owners.setdefault(squashed, place)
        if owner is not place:
            self._problem(place, f"{text!r} is already taken by {owner.where!r} ({owner})", field=field)

    def _check_related(self, entry: Entry) -> None:
        place = self._places[entry.id]
        related = [(phrase, self._owners.get(squash(phrase))) for phrase in entry.related]
        shown = [owner.where if owner else phrase for phrase, owner in related]
        self._report(place, check_related_size(shown))
        self._check_names(place, "related", related)
        confused = [(one.name, self._owners.get(squash(one.name))) for one in entry.confusions]
        self._check_names(place, "confused_with", confused)
        settled_by = entry.message.settled_by if entry.message else ()
        self._check_names(place, "settled_by", [(name, self._owners.get(squash(name))) for name in settled_by])
        if entry.superseded_by:
            successor = entry.superseded_by, self._owners.get(squash(entry.superseded_by))
            self._check_names(place, "superseded_by", [successor])

    def _learning_paths(self, file: _DataFile) -> Iterator[LearningPath]:
        """Yield the paths of a file that have no problems; each step has to be an entry."""
        self._check_keys(file, {"path"}, "a file of paths has [[path]] tables alone")
        tables = file.data.get("path")
        if not isinstance(tables, list) or not tables:
            self._problem(_Place(str(file.path)), "has no [[path]] tables")
            return
        names: dict[str, _Place] = {}
        for number, table in enumerate(tables):
            place = file.place("path", number, f"path {number + 1}")
            if not isinstance(table, dict):
                self._problem(place, "is not a [[path]] table")
                continue
            path, faults = learning_path(table, self._entry_id)
            place = place._replace(where=path.name or place.where)
            self._report(place, faults)
            owner = names.setdefault(path.id, place)
            if path.id and owner is not place:
                self._problem(place, f"another path has this name already ({owner})", field="name")
            yield path

    def _entry_id(self, name: str) -> str | None:
        """Return the id of the entry that has a name or an alias, `None` if there is none."""
        owner = self._owners.get(squash(name))
        return None if owner is None else slug(owner.where)

    def _check_names(self, place: _Place, field: str, named: Iterable[tuple[str, _Place | None]]) -> None:
        """Report the names that a field gives to no entry, or to the entry itself."""
        for name, owner in named:
            if owner is None:
                self._problem(place, f"{field} {name!r} is not an entry", field=field, is_warning=True)
            elif owner is place:
                self._problem(place, f"{field} {name!r} is the entry itself", field=field)

    def _fields(self, place: _Place, table: dict[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any] | None:
        """Return the checked fields of a table, or report its faults and return `None`."""
        fields, faults = check_fields(table, kind)
        self._report(place, faults)
        return None if faults else fields
