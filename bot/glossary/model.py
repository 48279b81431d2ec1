"""The values a glossary is made of: entries, categories, and the pack that holds them."""

import datetime as dt
import enum
import hashlib
import re

import msgspec

_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)\.(?= )")


class MessageKind(enum.StrEnum):
    """What sort of message a program is sent."""

    ERROR = "error"
    SYSTEM = "system"
    WARNING = "warning"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry about a numbered message has beyond others."""

    code: int
    kind: MessageKind
    title: str
    causes: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    verified: bool = True


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One term or message: its names, what it means, and what a reader should know next."""

    id: str
    name: str
    category: str
    definition: str
    aliases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    example: str = ""
    related: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed: dt.date | None = None
    message: Message | None = None

    @property
    def title(self) -> str:
        """Return what stands above the entry."""
        return f"{self.name}: {self.message.title}" if self.message else self.name

    @property
    def searched_names(self) -> tuple[str, ...]:
        """Return the aliases, and for a message its number in all the ways in which people write it."""
        if self.message is None:
            return self.aliases
        code = self.message.code
        numbers = (str(code), *(f"{kind} {code}" for kind in ("error", "warning", "system", "message", "code")))
        return (*(number for number in numbers if number != self.name.casefold()), self.message.title, *self.aliases)

    @property
    def summary(self) -> str:
        """Return the first sentence of the definition."""
        end = _SENTENCE_END.search(self.definition)
        return self.definition[: end.end()] if end else self.definition


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A group of entries: how it is named, coloured (0xRRGGBB) and ordered."""

    name: str
    description: str
    emoji: str
    colour: int
    order: int


class Notices(msgspec.Struct, frozen=True, kw_only=True):
    """What the glossary is called, the query that shows it off, and the legal texts that go with it."""

    title: str
    sample: str = ""
    disclaimer: str
    full_disclaimer: str
    trademarks: str


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """One complete, valid glossary: what a data folder holds and what a revision stores."""

    notices: Notices
    categories: tuple[Category, ...]
    entries: tuple[Entry, ...]

    @property
    def category_names(self) -> tuple[str, ...]:
        """Return the names of the categories, in their order."""
        return tuple(category.name for category in self.categories)

    def content_hash(self) -> str:
        """Return the SHA-256 of everything in the pack, the same for the same content on any machine."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between two packs, by entry name."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether any entry differs."""
        return bool(self.added or self.changed or self.removed)

    @classmethod
    def between(cls, before: Pack | None, after: Pack) -> "Changes":
        """Compare two packs entry by entry; `None` stands for no pack at all."""
        old = {entry.id: entry for entry in before.entries} if before else {}
        new = {entry.id: entry for entry in after.entries}
        return cls(
            added=tuple(entry.name for key, entry in new.items() if key not in old),
            changed=tuple(entry.name for key, entry in new.items() if key in old and old[key] != entry),
            removed=tuple(entry.name for key, entry in old.items() if key not in new),
        )
