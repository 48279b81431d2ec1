"""One snapshot of a glossary, immutable and all in memory: look up, complete, follow relations."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from bot.glossary.model import Category, Entry, Pack
from bot.glossary.search.codes import codes_in
from bot.glossary.search.completion import MOST_CHOICES
from bot.glossary.search.indexes import Indexes
from bot.glossary.search.names import SURE, Found, Hit, Name, Outcome
from bot.glossary.search.overlay import Overlay, laid_over
from bot.glossary.search.relations import Relations
from bot.glossary.text import squash

__all__ = ["Glossary", "Relations"]


class Glossary:
    """A pack with its indexes; a reload builds a new one and swaps it in.

    A server with entries of its own has a small one in front of the one that all servers share: `with_own`.
    """

    def __init__(self, pack: Pack, own: Overlay | None = None, behind: "Glossary | None" = None) -> None:
        """Index the pack; or of it only what is a server's own, and leave the rest to the glossary behind."""
        own = own or Overlay(pack, pack.entries)
        self.pack = pack
        self._shared = behind
        self._own = frozenset(entry.id for entry in own.entries) if behind is not None else frozenset()
        self._entries = {entry.id: entry for entry in (*own.entries, *(entry for entry, _ in own.renamed))}
        self._categories = {category.name: category for category in pack.categories}
        self.indexes: Indexes = Indexes(own, None if behind is None else behind.indexes)

    def with_own(self, own: Sequence[Entry], category: Category) -> "Glossary":
        """Return this glossary with a server's own entries in front; it shares this one's indexes.

        An own entry takes the place of the shared one with its id. One without a definition only gives the shared one
        more names. The category is that of own entries that are in none of the shared categories. Own entries that this
        glossary has already are left behind.
        """
        shared = self if self._shared is None else self._shared
        overlay = laid_over(shared.pack, own, category)
        return Glossary(overlay.pack, overlay, shared) if overlay else shared

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.pack.entries)

    @property
    def sample(self) -> str:
        """Return a query that shows the glossary off."""
        return self.pack.notices.sample or self.pack.entries[0].name

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or `None` when there is none any more."""
        entry = self._entries.get(entry_id)
        return self._shared.get(entry_id) if entry is None and self._shared is not None else entry

    def is_own(self, entry_id: str) -> bool:
        """Tell whether an entry is the server's own, and not a shared one, be it with more names."""
        return entry_id in self._own

    def category_of(self, entry: Entry) -> Category:
        """Return the category that an entry belongs to."""
        return self._categories[entry.category]

    def find(self, query: str) -> Found:
        """Find the entries that a query names, typos and all; see `Names.find`.

        What quotes a message is an answer to its code: a pasted line of a log names many other things as well.
        """
        found = self.indexes.names.find(query)
        if found.outcome is Outcome.EXACT:
            return found
        entries = [entry for code in codes_in(query) if (entry := self.indexes.jargon.of_code(code))]
        hits = tuple(Hit(Name(entry.name, entry.id, is_alias=False), 1.0) for entry in entries)
        return Found(Outcome.EXACT, hits) if hits else found

    def ask(self, question: str) -> Found:
        """Find the entries that answer a question in plain words; one that names an entry is about that entry."""
        named = self.find(question)
        # A name that is merely quoted in the question scores no more than SURE, and may not be what is asked about.
        if named.outcome is Outcome.EXACT or (named.outcome is Outcome.SURE and named.hits[0].score > SURE):
            return named
        asked = self.indexes.questions.ask(question)
        return named if asked.outcome is Outcome.NONE else asked

    def terms_in(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that a text speaks of, in the order in which it does."""
        return self.indexes.jargon.find(text)

    def unknown_codes(self, query: str) -> tuple[int, ...]:
        """Return the message codes in a query that the glossary does not have; none where it has no messages at all."""
        jargon = self.indexes.jargon
        return tuple(code for code in codes_in(query) if jargon.has_codes and not jargon.of_code(code))

    def complete(self, typed: str, favourites: Iterable[str] = ()) -> tuple[Name, ...]:
        """Return up to 25 names that what was typed may become.

        Nothing typed shows the favourites, then a server's own entries, then the rest.
        """
        if found := self.indexes.completions.complete(typed):
            return found
        if squash(typed):
            return ()
        chosen = (entry for entry_id in favourites if (entry := self.get(entry_id)))
        entries = {entry.id: entry for entry in chain(chosen, islice(self.pack.entries, MOST_CHOICES))}
        return tuple(Name(one.name, one.id, is_alias=False) for one in islice(entries.values(), MOST_CHOICES))

    def label(self, name: Name) -> str:
        """Return a name as a choice is labelled: an alias with the entry it stands for."""
        entry = self._entry(name.entry_id)
        return f"{name.text} → {entry.name}" if name.is_alias and entry.message is None else entry.title

    def related(self, entry: Entry) -> Relations:
        """Return the entries around one entry."""
        listed, phrases = self.indexes.listings.listed(entry)
        listed_by = [source for source in self.indexes.listings.listing(entry) if source not in listed]
        return Relations(tuple(map(self._entry, listed)), tuple(map(self._entry, listed_by)), phrases)

    def _entry(self, entry_id: str) -> Entry:
        entry = self.get(entry_id)
        if entry is None:
            raise KeyError(entry_id)
        return entry
