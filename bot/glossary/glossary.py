"""One snapshot of a glossary, immutable and all in memory: look up, complete, follow relations."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bot.glossary.codes import codes_in
from bot.glossary.completion import MOST_CHOICES, Completions
from bot.glossary.jargon import Jargon
from bot.glossary.meaning import load_meaning
from bot.glossary.model import Category, Entry, Pack
from bot.glossary.names import SURE, Found, Hit, Name, Names, Outcome
from bot.glossary.questions import Questions
from bot.glossary.text import squash


class Relations(NamedTuple):
    """What an entry lists as related, what lists it without being listed back, and phrases that are no entry."""

    listed: tuple[Entry, ...]
    listed_by: tuple[Entry, ...]
    phrases: tuple[str, ...]


class Glossary:
    """A pack with its indexes; a reload builds a new one and swaps it in."""

    def __init__(self, pack: Pack) -> None:
        """Index the pack: names before aliases, in the order of the categories."""
        self.pack = pack
        self._entries = {entry.id: entry for entry in pack.entries}
        self._categories = {category.name: category for category in pack.categories}
        names = [Name(entry.name, entry.id, is_alias=False) for entry in pack.entries]
        names += [Name(alias, entry.id, is_alias=True) for entry in pack.entries for alias in entry.searched_names]
        self._names = Names(names)
        self._codes = {entry.message.code: entry.id for entry in pack.entries if entry.message}
        self._completions = Completions(names)
        self._jargon = Jargon(pack.entries)
        self._questions = Questions(pack.entries, load_meaning())
        owners = {squash(name.text): name.entry_id for name in reversed(names)}
        self._related = {
            entry.id: tuple(
                dict.fromkeys(owners[squash(phrase)] for phrase in entry.related if squash(phrase) in owners)
            )
            for entry in pack.entries
        }
        self._phrases = {
            entry.id: tuple(phrase for phrase in entry.related if squash(phrase) not in owners)
            for entry in pack.entries
        }
        self._related_from: dict[str, list[str]] = defaultdict(list)
        for entry_id, targets in self._related.items():
            for target in targets:
                self._related_from[target].append(entry_id)

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._entries)

    @property
    def sample(self) -> str:
        """Return a query that shows the glossary off."""
        return self.pack.notices.sample or self.pack.entries[0].name

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or `None` when there is none any more."""
        return self._entries.get(entry_id)

    def category_of(self, entry: Entry) -> Category:
        """Return the category that an entry belongs to."""
        return self._categories[entry.category]

    def find(self, query: str) -> Found:
        """Find the entries that a query names, typos and all; see `Names.find`.

        What quotes a message is an answer to its code: a pasted line of a log names many other things as well.
        """
        found = self._names.find(query)
        if found.outcome is Outcome.EXACT:
            return found
        hits = [self._code_hit(code) for code in codes_in(query) if code in self._codes]
        return Found(Outcome.EXACT, tuple(hits)) if hits else found

    def ask(self, question: str) -> Found:
        """Find the entries that answer a question in plain words; one that names an entry is about that entry."""
        named = self.find(question)
        # A name that is merely quoted in the question scores no more than SURE, and may not be what is asked about.
        if named.outcome is Outcome.EXACT or (named.outcome is Outcome.SURE and named.hits[0].score > SURE):
            return named
        asked = self._questions.ask(question)
        return named if asked.outcome is Outcome.NONE else asked

    def terms_in(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that a text speaks of, in the order in which it does."""
        return self._jargon.find(text)

    def unknown_codes(self, query: str) -> tuple[int, ...]:
        """Return the message codes in a query that the glossary does not have; none where it has no messages at all."""
        return tuple(code for code in codes_in(query) if self._codes and code not in self._codes)

    def _code_hit(self, code: int) -> Hit:
        entry = self._entries[self._codes[code]]
        return Hit(Name(entry.name, entry.id, is_alias=False), 1.0)

    def complete(self, typed: str, favourites: Iterable[str] = ()) -> tuple[Name, ...]:
        """Return up to 25 names that what was typed may become; nothing typed shows the favourites, then the rest."""
        if found := self._completions.complete(typed):
            return found
        if squash(typed):
            return ()
        ids = dict.fromkeys([*(entry_id for entry_id in favourites if entry_id in self._entries), *self._entries])
        return tuple(
            Name(self._entries[entry_id].name, entry_id, is_alias=False) for entry_id in list(ids)[:MOST_CHOICES]
        )

    def label(self, name: Name) -> str:
        """Return a name as a choice is labelled: an alias with the entry it stands for."""
        entry = self._entries[name.entry_id]
        return f"{name.text} → {entry.name}" if name.is_alias and entry.message is None else entry.title

    def related(self, entry: Entry) -> Relations:
        """Return the entries around one entry."""
        listed = self._related[entry.id]
        listed_by = [source for source in self._related_from.get(entry.id, ()) if source not in listed]
        return Relations(
            tuple(self._entries[target] for target in listed),
            tuple(self._entries[source] for source in listed_by),
            self._phrases[entry.id],
        )
