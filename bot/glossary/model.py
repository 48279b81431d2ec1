"""The values that make up a glossary: entries, categories, and the pack that holds them all."""

import datetime as dt
import enum
import hashlib
import re
from typing import NamedTuple

import msgspec

from bot.glossary.text import plain, slug

# How people write the code of a message: "error 502", "code 502".
_CODE_LABELS = ("error", "warning", "system", "message", "code")
# A name that is nothing but a code and its label, as a slug.
_CODE_SLUG = re.compile(rf"(?:tws-)?(?:{'|'.join(_CODE_LABELS)})(?:-code)?-?([1-9]\d{{1,4}})")
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)\.(?= )")


class MessageKind(enum.StrEnum):
    """The kinds of numbered messages that TWS and its API send to a program."""

    ERROR = "error"
    SYSTEM = "system"
    WARNING = "warning"


class Reason(NamedTuple):
    """One of the texts with which a message comes, what causes it, and what to check then."""

    text: str
    cause: str
    check: str


class Confusion(NamedTuple):
    """The name of another entry, and what that one is or does, beginning with a verb."""

    name: str
    difference: str


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """The additional fields of an entry that explains a numbered message, such as error 502.

    `harmless` says that nothing has to be done about it. `settled_by` are the names of messages that tell when what
    this one reports is over, e.g. "System 1102". `reasons` are written as "text → cause → check". `libraries` says what
    client libraries do with the message.
    """

    code: int
    kind: MessageKind
    harmless: bool = False
    settled_by: tuple[str, ...] = ()
    title: str
    causes: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    libraries: str = ""
    verified: bool = True

    @property
    def reason_table(self) -> tuple[Reason, ...]:
        """Return the reasons, each split into its three parts."""
        return tuple(Reason(*map(str.strip, reason.split("→", 2))) for reason in self.reasons)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A term or a numbered message, with everything the glossary says about it.

    `confused_with` is written as "name: what that one is or does", verb first. `superseded_by` is the name of the entry
    to read instead; `retired` says that this one is out of date, with or without such an entry.
    """

    id: str
    name: str
    category: str
    definition: str
    aliases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    example: str = ""
    related: tuple[str, ...] = ()
    confused_with: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    superseded_by: str = ""
    retired: bool = False
    reviewed: dt.date | None = None
    message: Message | None = None

    @property
    def adds_names_only(self) -> bool:
        """Tell whether this own entry only gives a shared entry more names."""
        return not self.definition

    @property
    def is_out_of_date(self) -> bool:
        """Tell whether the entry is retired, or another one supersedes it."""
        return self.retired or bool(self.superseded_by)

    @property
    def confusions(self) -> tuple[Confusion, ...]:
        """Return the entries that this one is mixed up with, and how they differ."""
        return tuple(Confusion(*map(str.strip, line.split(":", 1))) for line in self.confused_with)

    @property
    def title(self) -> str:
        """Return the heading of the entry, e.g. "Error 502: Couldn't connect to TWS"."""
        return f"{self.name}: {self.message.title}" if self.message else self.name

    @property
    def searched_names(self) -> tuple[str, ...]:
        """Return all names but the first: the aliases and, for a message, its code as people write it and its title."""
        if self.message is None:
            return self.aliases
        code = self.message.code
        spellings = (str(code), *(f"{label} {code}" for label in _CODE_LABELS))
        own_name = self.name.casefold()
        other_spellings = (spelling for spelling in spellings if spelling != own_name)
        return (*other_spellings, self.message.title, *self.aliases)

    @property
    def code(self) -> int | None:
        """Return the code of the message that the entry is about; `None` if it is about something else.

        An own entry that is only named like a message, such as "Error 10350", is about that message as well.
        """
        if self.message is not None:
            return self.message.code
        return code_in_name(self.name)

    @property
    def summary(self) -> str:
        """Return the first sentence of the definition."""
        definition = self.plain_definition
        end = _SENTENCE_END.search(definition)
        return definition[: end.end()] if end else definition

    @property
    def plain_definition(self) -> str:
        """Return the definition on one line. That of an own entry may have lines, links and blocks of code."""
        return plain(self.definition)


def code_in_name(name: str) -> int | None:
    """Return the code of a message that a name consists of; `None` if it is another name.

    >>> code_in_name("Error 10350"), code_in_name("error code #162"), code_in_name("error budget 5")
    (10350, 162, None)
    """
    found = _CODE_SLUG.fullmatch(slug(name))
    return int(found[1]) if found else None


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A group of entries. `colour` is 0xRRGGBB; categories are listed by `order`."""

    name: str
    description: str
    emoji: str
    colour: int
    order: int


class Notices(msgspec.Struct, frozen=True, kw_only=True):
    """The title of the glossary, its legal texts, and a sample query that gives a good answer.

    `codes_table` is the address of the vendor's own table of message codes. `advice` is the reply to questions that ask
    for advice; these contain one of the `advice_phrases`.
    """

    title: str
    sample: str = ""
    disclaimer: str
    full_disclaimer: str
    trademarks: str
    codes_table: str = ""
    advice: str = ""
    advice_phrases: tuple[str, ...] = ()


class Step(NamedTuple):
    """The entry at one place of a path, and why it is there."""

    entry_id: str
    why: str


class LearningPath(msgspec.Struct, frozen=True, kw_only=True):
    """Entries to read one after another, to get from a question to being able to do something."""

    id: str
    name: str
    description: str
    steps: tuple[Step, ...]


class Pack(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A complete and valid glossary, as read from a data folder or from a stored revision."""

    notices: Notices
    categories: tuple[Category, ...]
    entries: tuple[Entry, ...]
    learning_paths: tuple[LearningPath, ...] = ()

    @property
    def category_names(self) -> tuple[str, ...]:
        """Return the names of the categories in order."""
        return tuple(category.name for category in self.categories)

    def content_hash(self) -> str:
        """Return the SHA-256 of the whole pack; equal packs have equal hashes on every machine."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """The names of the entries that differ between two packs."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether any entry differs."""
        return bool(self.added or self.changed or self.removed)

    @classmethod
    def between(cls, before: Pack | None, after: Pack) -> "Changes":
        """Compare two packs by entry id; `None` counts as an empty pack."""
        old = {entry.id: entry for entry in before.entries} if before else {}
        new = {entry.id: entry for entry in after.entries}
        return cls(
            added=tuple(entry.name for key, entry in new.items() if key not in old),
            changed=tuple(entry.name for key, entry in new.items() if key in old and old[key] != entry),
            removed=tuple(entry.name for key, entry in old.items() if key not in new),
        )
