"""A searchable snapshot of a glossary, immutable and in memory."""

from collections import ChainMap
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from bot.glossary.model import Category, Entry, Pack, code_in_name
from bot.glossary.search.advice import AdvicePhrases
from bot.glossary.search.answers import Answers
from bot.glossary.search.completion import MOST_CHOICES
from bot.glossary.search.indexes import Indexes
from bot.glossary.search.matches import Matches, matches_of
from bot.glossary.search.names import Found, Hit, Name
from bot.glossary.search.overlay import Overlay, laid_over
from bot.glossary.search.relations import Relations
from bot.glossary.search.timeline import Timeline, timeline_of
from bot.glossary.text import squash

__all__ = ["Glossary", "Relations"]


class Glossary:
    """A pack with its indexes. A reload builds a new snapshot and swaps it in.

    A server with own entries has a small glossary of its own, made by `with_own`, which uses the shared one's indexes.
    """

    def __init__(self, pack: Pack, own: Overlay | None = None, behind: "Glossary | None" = None) -> None:
        """Index the pack. With a shared glossary behind, index only the own parts of the overlay."""
        own = own or Overlay(pack, pack.entries)
        self.pack = pack
        self._shared = behind
        self._own = frozenset(entry.id for entry in own.entries) if behind is not None else frozenset()
        renamed = [entry for entry, _ in own.renamed]
        front = {entry.id: entry for entry in (*own.entries, *renamed)}
        self.by_id: ChainMap[str, Entry] = ChainMap(front, *(behind.by_id.maps if behind else ()))
        self._categories = {category.name: category for category in pack.categories}
        self.indexes: Indexes = Indexes(own, None if behind is None else behind.indexes)
        self.advice_phrases: AdvicePhrases = (
            AdvicePhrases(pack.notices.advice_phrases) if behind is None else behind.advice_phrases
        )
        self.answers = Answers(self.indexes, self.by_id, self.advice_phrases)

    def with_own(self, own: Sequence[Entry], category: Category) -> "Glossary":
        """Return this glossary with a server's own entries in front; it shares this one's indexes.

        An own entry replaces the shared one with its id, or gives it more names if it has no definition. Own entries
        whose category is not a shared one are put into `category`. If this glossary already has own entries, they are
        replaced, not extended.
        """
        shared = self if self._shared is None else self._shared
        overlay = laid_over(shared.pack, own, category)
        return Glossary(overlay.pack, overlay, shared) if overlay else shared

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.pack.entries)

    @property
    def has_own_entries(self) -> bool:
        """Tell whether a server's own entries stand in front of the shared ones."""
        return self._shared is not None

    @property
    def sample(self) -> str:
        """Return a query that gives a good answer, to try the glossary out."""
        return self.pack.notices.sample or self.pack.entries[0].name

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or `None` if there is none."""
        return self.by_id.get(entry_id)

    def follow(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or the one that was renamed since and keeps the old name as an alias."""
        return self.get(entry_id) or self.named(entry_id)

    def entries_of(self, hits: Iterable[Hit]) -> list[Entry]:
        """Return the entries that a search found."""
        return [entry for hit in hits if (entry := self.get(hit.name.entry_id))]

    def named(self, name: str) -> Entry | None:
        """Return the entry that has a name or an alias, in any spelling, or `None` if there is none."""
        found = self.indexes.names.called(squash(name))
        return self.get(found.entry_id) if found else None

    def shared_named(self, name: str) -> Entry | None:
        """Return the shared entry that has a name, an alias or a code, as this server sees it, if there is one."""
        behind = self._shared or self
        code = code_in_name(name)
        shared = behind.named(name) or (None if code is None else behind.indexes.jargon.of_code(code))
        return None if shared is None else self.get(shared.id)

    def is_own(self, entry_id: str) -> bool:
        """Tell whether an entry is the server's own; a shared entry with more names is not."""
        return entry_id in self._own

    def category_of(self, entry: Entry) -> Category:
        """Return the category that an entry belongs to."""
        return self._categories[entry.category]

    def find(self, query: str) -> Found:
        """Find the entries that a query names, even with typos; see `Answers.find`."""
        return self.answers.find(query)

    def look_up(self, term: str) -> Found:
        """Find the entry that a term names; if none is certain, suggest what comes close by name or by meaning."""
        return self.answers.look_up(term)

    def ask(self, question: str) -> Found:
        """Find the entries that answer a question in plain words; see `Answers.ask`."""
        return self.answers.ask(question)

    def search(self, text: str) -> Matches:
        """Find every entry that contains the words of a text, best first; one that the text names comes first."""
        named = self.entries_of(self.find(text).answers)
        found = matches_of(self.answers.respelled(text), self.indexes.text)
        by_id = {entry.id: entry for entry in (*named, *found.entries)}
        return found._replace(entries=tuple(by_id.values()))

    def terms_in(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that a text mentions, in order and each once."""
        return self.indexes.jargon.find(text)

    def timeline(self, text: str) -> Timeline:
        """Return the messages that a text such as a log quotes, in the order in which they came."""
        return timeline_of(text, self.indexes.jargon)

    def complete(self, typed: str, favourites: Iterable[str] = ()) -> tuple[Name, ...]:
        """Return up to 25 names that fit what was typed, best first.

        If nothing was typed, these are the `favourites`, given by entry id, then a server's own entries, then the rest.
        """
        found = self.indexes.completions.complete(typed)
        if found or squash(typed):
            return found
        favourite_entries = filter(None, map(self.get, favourites))
        entries = {entry.id: entry for entry in chain(favourite_entries, islice(self.pack.entries, MOST_CHOICES))}
        return tuple(map(Name.of, islice(entries.values(), MOST_CHOICES)))

    def label(self, name: Name) -> str:
        """Return the text of a choice for a name; an alias shows its entry as well, like "LMT → limit order"."""
        entry = self.by_id[name.entry_id]
        return f"{name.text} → {entry.name}" if name.is_alias and entry.message is None else entry.title

    def related(self, entry: Entry) -> Relations:
        """Return the entries that an entry lists as related, and those that list it."""
        listed, phrases = self.indexes.listings.listed(entry)
        listed_by = [source for source in self.indexes.listings.listing(entry) if source not in listed]
        return Relations(
            tuple(self.by_id[target] for target in listed),
            tuple(self.by_id[source] for source in listed_by),
            phrases,
        )
