"""A searchable snapshot of a glossary, immutable and in memory."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from bot.glossary.model import Category, Entry, Pack, code_in_name
from bot.glossary.search.codes import codes_in, leading_code
from bot.glossary.search.completion import MOST_CHOICES
from bot.glossary.search.frames import without_frame
from bot.glossary.search.indexes import Indexes
from bot.glossary.search.names import SURE, Found, Hit, Name, Outcome
from bot.glossary.search.overlay import Overlay, laid_over
from bot.glossary.search.questions import MOST_HITS
from bot.glossary.search.relations import Relations
from bot.glossary.search.timeline import Timeline, timeline_of
from bot.glossary.text import fold, squash, words

__all__ = ["Glossary", "Relations"]

# A lower number at the start of a text counts something unless it is the code of an entry: "365 Days".
LEAST_LEADING = 1000
# The number of words from which a query with a code says what the message is about.
ENOUGH_WORDS = 6


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
        self._entries = {entry.id: entry for entry in (*own.entries, *renamed)}
        self._categories = {category.name: category for category in pack.categories}
        self.indexes: Indexes = Indexes(own, None if behind is None else behind.indexes)

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
        entry = self._entries.get(entry_id)
        if entry is None and self._shared is not None:
            return self._shared.get(entry_id)
        return entry

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
        """Find the entries that a query names, even with typos; see `Names.find`.

        If the query contains the codes of messages, their entries are the answer, because a pasted line of a log names
        many other things as well.
        """
        found = self.indexes.names.find(query)
        if found.outcome is Outcome.EXACT:
            return found
        of_codes = self._of_codes(query)
        if of_codes is not None:
            return of_codes
        return found if found.is_answer else self._of_leading_code(query) or found

    def _of_codes(self, query: str) -> Found | None:
        """Return what the message codes in a query stand for; `None` if it has no codes.

        A code without a message may be among the keywords of other entries.
        """
        jargon = self.indexes.jargon
        codes = tuple(codes_in(query)) or _lone_codes(query)
        messages = [entry for entry in map(jargon.of_code, codes) if entry is not None]
        if messages:
            return Found(Outcome.EXACT, tuple(Hit(_name_of(entry), 1.0) for entry in messages))
        holding = self._holding(codes)
        if holding:
            return Found(Outcome.SURE if len(holding) == 1 else Outcome.SUGGEST, holding)
        return self._of_unknown(codes, query) if codes and jargon.has_codes else None

    def _holding(self, codes: Iterable[int]) -> tuple[Hit, ...]:
        """Return the entries that have any of the codes among their keywords."""
        ids = dict.fromkeys(entry_id for code in codes for entry_id in self.indexes.code_keywords.holding(code))
        return tuple(Hit(_name_of(self._entry(entry_id)), 1.0) for entry_id in ids)

    def _of_leading_code(self, query: str) -> Found | None:
        """Return what the number that starts a query stands for; `None` if it is hardly a code."""
        code = leading_code(query)
        if code is None or not self.indexes.jargon.has_codes or self._holding([code]):
            return None
        entry = self.indexes.jargon.of_code(code)
        if entry is None:
            return self._of_unknown((code,), query) if code >= LEAST_LEADING else None
        wording = {fold(word) for text in (entry.title, *entry.aliases) for word in words(text)}
        is_worded_alike = any(fold(word) in wording for word in words(without_frame(query)) if word.isalpha())
        return Found(Outcome.SURE, (Hit(_name_of(entry), 1.0),)) if is_worded_alike else None

    def _of_unknown(self, codes: tuple[int, ...], query: str) -> Found:
        """Return the codes that are not in the glossary, and what the text beside them is about.

        This is a message whose text is quoted, and terms. Other messages are left out: their codes only look alike.
        """
        quoted = [entry for entry in self.terms_in(query) if entry.message is not None]
        asked = self.indexes.questions.ask(query) if len(words(query)) >= ENOUGH_WORDS else Found(Outcome.NONE)
        entries = [*quoted, *(self._entry(hit.name.entry_id) for hit in asked.hits)]
        hits = tuple(Hit(_name_of(one), SURE) for one in entries if one in quoted or one.message is None)
        return Found(Outcome.SUGGEST if hits else Outcome.NONE, hits[:MOST_HITS], codes)

    def look_up(self, term: str) -> Found:
        """Find the entry that a term names; if none is certain, suggest what comes close by name or by meaning."""
        found = self.find(term)
        if found.is_answer or found.unknown_codes:
            return found
        closest = found.hits or self._answer(term, found).hits
        return Found(Outcome.SUGGEST, closest) if closest else Found(Outcome.NONE)

    def ask(self, question: str) -> Found:
        """Find the entries that answer a question in plain words. If it names an entry, that entry is the answer."""
        return self._answer(question, self.find(question))

    def _answer(self, question: str, named: Found) -> Found:
        """Find the entries that answer a question, given what `find` makes of it."""
        if named.unknown_codes or (named.is_answer and self._is_about(named.hits[0])):
            return named
        bare = self.indexes.names.find_spelled(without_frame(question))
        if bare.outcome is Outcome.EXACT:
            return Found(Outcome.SURE, bare.hits)
        mentioned = self.terms_in(question)
        in_question = {entry.id for entry in mentioned}
        if named.is_answer:
            in_question.add(named.hits[0].name.entry_id)
        asked = self.indexes.questions.ask(question, in_question)
        if asked.outcome is Outcome.NONE:
            # The text gives no answer, so offer the terms that the question mentions.
            offered = tuple(Hit(_name_of(entry), SURE) for entry in mentioned[:MOST_HITS])
            return named if named.hits or not offered else Found(Outcome.SUGGEST, offered)
        # The name and the words of the question agree.
        is_agreed = named.is_answer and asked.hits[0].name.entry_id == named.hits[0].name.entry_id
        return Found(Outcome.SURE, asked.hits) if is_agreed else asked

    def _is_about(self, hit: Hit) -> bool:
        """Tell whether a text that names an entry is about it.

        A long name inside the text scores exactly SURE. A term may only be mentioned, but a message is quoted.
        """
        return hit.score > SURE or self._entry(hit.name.entry_id).message is not None

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
        return tuple(map(_name_of, islice(entries.values(), MOST_CHOICES)))

    def label(self, name: Name) -> str:
        """Return the text of a choice for a name; an alias shows its entry as well, like "LMT → limit order"."""
        entry = self._entry(name.entry_id)
        return f"{name.text} → {entry.name}" if name.is_alias and entry.message is None else entry.title

    def related(self, entry: Entry) -> Relations:
        """Return the entries that an entry lists as related, and those that list it."""
        listed, phrases = self.indexes.listings.listed(entry)
        listed_by = [source for source in self.indexes.listings.listing(entry) if source not in listed]
        return Relations(tuple(map(self._entry, listed)), tuple(map(self._entry, listed_by)), phrases)

    def _entry(self, entry_id: str) -> Entry:
        entry = self.get(entry_id)
        if entry is None:
            raise KeyError(entry_id)
        return entry


def _lone_codes(query: str) -> tuple[int, ...]:
    """Return the codes in a question about nothing else: "what does 10149 mean?"."""
    said = without_frame(query).split()
    return tuple(code for one in said for code in codes_in(one)) if all(map(str.isdecimal, said)) else ()


def _name_of(entry: Entry) -> Name:
    return Name(entry.name, entry.id, is_alias=False)
