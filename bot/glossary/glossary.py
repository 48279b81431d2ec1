"""A searchable snapshot of a glossary, immutable and in memory."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from bot.glossary.model import Category, Entry, Pack, code_in_name
from bot.glossary.search.comparisons import find_compared
from bot.glossary.search.completion import MOST_CHOICES
from bot.glossary.search.frames import place_at, without_frame
from bot.glossary.search.indexes import Indexes
from bot.glossary.search.jargon import Mentions
from bot.glossary.search.matches import Matches, matches_of
from bot.glossary.search.names import QUOTED, SURE, Found, Hit, Name, Outcome
from bot.glossary.search.overlay import Overlay, laid_over
from bot.glossary.search.questions import MOST_HITS, Named, telling_words
from bot.glossary.search.real_words import commonness, is_real_word
from bot.glossary.search.relations import Relations
from bot.glossary.search.respelling import respelled
from bot.glossary.search.small_talk import small_talk_in
from bot.glossary.search.stems import scratch
from bot.glossary.search.timeline import Timeline, timeline_of
from bot.glossary.text import fold, squash, words

__all__ = ["Glossary", "Relations"]

# What a printed object holds says little about the question: "Stock(conId=1, symbol='A', exchange='B')".
_PRINTED_OBJECT = re.compile(r"(?<=\w)\((?:[^()=]*=){3,}[^()=]*\)")
# The number of words from which a query with a code says what the message is about.
ENOUGH_WORDS = 6
# A keyword with two words of a question is about the same, even if it has other words.
WORDS_OF_PHRASE = 2
# A word as common as "event" or "call" does not tell which name is meant; "port" does. See `commonness`.
_TOO_COMMON = 16
# A word as common as "game" or "general" names no special place.
_VERY_COMMON = 17


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
        """Find the entries that a query names, even with typos; see `Names.find`.

        If the query contains the codes of messages, their entries are the answer, because a pasted line of a log names
        many other things as well.
        """
        found = self.indexes.names.find(query)
        if found.outcome is Outcome.EXACT:
            return found._replace(outcome=Outcome.SUGGEST) if self._is_elsewhere(query) else found
        messages = self.indexes.messages
        of_codes = messages.find(query)
        if of_codes is None and not found.is_answer:
            of_codes = self._quoted_before_details(query) or messages.find_leading(query)
        if of_codes is None:
            return found
        return self._with_named(of_codes, query) if of_codes.unknown_codes else of_codes

    def _is_elsewhere(self, query: str) -> bool:
        """Tell whether a query names a place that the glossary does not know: "margin in LaTeX"."""
        said = words(query)
        at = place_at(said)
        if at is None or self.indexes.names.called("".join(said)) is not None:
            return False
        place = [word for word in said[at + 1 :] if commonness(word) < _VERY_COMMON]
        stems = scratch().stem(place)
        return not all(self.indexes.text.spread(stems[word]) for word in place)

    def _quoted_before_details(self, query: str) -> Found | None:
        """Find the message whose text stands before a colon: "Ambiguous contract: Stock(...)"."""
        text, colon, _ = query.partition(":")
        named = self.indexes.names.called(squash(text)) if colon else None
        is_message = named is not None and self._entry(named.entry_id).message is not None
        return Found(Outcome.SURE, (Hit(named, 1.0),)) if named is not None and is_message else None

    def _with_named(self, unknown: Found, query: str) -> Found:
        """Add the terms that the text beside unknown codes names and is about; others would only look alike."""
        terms = {entry.id for entry in self.terms_in(query) if entry.message is None}
        asked = self.indexes.questions.ask(query, Named(frozenset(terms)))
        about = tuple(hit for hit in asked.hits if hit.name.entry_id in terms)
        return unknown._replace(outcome=Outcome.SUGGEST, hits=about) if about else unknown

    def look_up(self, term: str) -> Found:
        """Find the entry that a term names; if none is certain, suggest what comes close by name or by meaning."""
        found = self.find(term)
        if found.is_answer or found.unknown_codes:
            return found
        closest = found.hits or self._answer(term, found).hits
        return Found(Outcome.SUGGEST, closest) if closest else Found(Outcome.NONE)

    def ask(self, question: str) -> Found:
        """Find the entries that answer a question in plain words.

        If it names an entry, that entry is the answer; if it compares two, both are. Small talk is no question, unless
        it is the very name of an entry.
        """
        compared = find_compared(question, self.indexes.names, lambda entry_id: self._entry(entry_id).name)
        if compared.is_comparison:
            return compared
        found = self.find(question)
        if found.outcome is not Outcome.EXACT and small_talk_in(question):
            return Found(Outcome.NONE)
        answer = self._answer(question, found)
        if answer.is_answer or not compared.hits:
            return answer
        # The question compares something to the one term that it names.
        others = (hit for hit in answer.hits if hit.name.entry_id != compared.hits[0].name.entry_id)
        return compared._replace(hits=(*compared.hits, *others)[:MOST_HITS])

    def _answer(self, question: str, found: Found) -> Found:
        """Find the entries that answer a question, given what `find` makes of it."""
        by_name = self.by_name(question, found)
        if by_name is not None:
            return by_name
        read = self.read(question)
        if read != question:
            # A typo may have hidden a name.
            found = found if found.is_answer else self.find(read)
            by_name = self.by_name(read, found)
            if by_name is not None:
                return by_name
        mentions = self.indexes.jargon.mentions(read)
        asked = self.indexes.questions.ask(read, named_in(mentions, found))
        if asked.outcome is Outcome.NONE:
            if found.is_answer:
                return found
            # The text gives no answer, so offer the terms that the question mentions, or whose names have its words.
            mentioned = tuple(Hit(Name.of(entry), SURE) for entry in mentions.meant[:MOST_HITS])
            offered = _without_look_alikes(read, found) or mentioned or self._with_words_of(read)
            return Found(Outcome.SUGGEST, offered) if offered else Found(Outcome.NONE)
        # The name and the words of the question agree.
        is_agreed = found.is_answer and asked.hits[0].name.entry_id == found.hits[0].name.entry_id
        return Found(Outcome.SURE, asked.hits) if is_agreed else asked

    def read(self, question: str) -> str:
        """Return a question as it is answered: its typos corrected, and without what printed objects hold.

        The typo in a question with one telling word stays. All would rest on a guess, and `find` judges names better.
        """
        read = _PRINTED_OBJECT.sub("", question)
        return read if len(set(telling_words(read))) == 1 else self._respelled(read)

    def _respelled(self, text: str) -> str:
        return respelled(text, self.indexes.text, self.indexes.names)

    def _with_words_of(self, question: str) -> tuple[Hit, ...]:
        """Return the entries that have the one or two telling words of a question in a name, or the two in a keyword.

        "What port do I use" is offered the names with *port*, and "how to short a stock" finds *short selling*.
        """
        telling = telling_words(question)
        if len(telling) == WORDS_OF_PHRASE:
            return self.indexes.questions.in_one_phrase(question)
        if len(telling) != 1 or commonness(telling[0]) >= _TOO_COMMON:
            return ()
        return tuple(hit for hit in self.indexes.names.find(telling[0]).hits if telling[0] in words(hit.name.text))

    def by_name(self, question: str, found: Found) -> Found | None:
        """Return the answer to a question that asks about a name or codes alone, given what `find` makes of it."""
        if found.unknown_codes or (found.is_answer and self._is_about(found.hits[0])):
            return found
        bare = self.indexes.names.find_spelled(without_frame(question))
        return Found(Outcome.SURE, bare.hits) if bare.outcome is Outcome.EXACT else None

    def _is_about(self, hit: Hit) -> bool:
        """Tell whether a text that names an entry is about it.

        A term whose name stands inside the text may only be mentioned, but a message is quoted.
        """
        return hit.score > QUOTED or self._entry(hit.name.entry_id).message is not None

    def search(self, text: str) -> Matches:
        """Find every entry that contains the words of a text, best first; one that the text names comes first."""
        named = self.entries_of(self.find(text).answers)
        found = matches_of(self._respelled(text), self.indexes.text)
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


def _without_look_alikes(question: str, found: Found) -> tuple[Hit, ...]:
    """Return the names that a question may mean.

    Ordinary words are no typo, unless one stands alone: "what is rust?" does not mean "REST", but "beverage" may mean
    *leverage*.
    """
    said = without_frame(question.casefold()).split()
    is_alone = len(said) == len(words(question)) == 1
    if is_alone or not all(map(is_real_word, said)):
        return found.hits
    return tuple(hit for hit in found.hits if _contains(words(hit.name.text), said))


def _contains(name: Iterable[str], said: Iterable[str]) -> bool:
    """Tell whether all of some words are in a name; plurals count as well."""
    return set(map(fold, said)).issubset(map(fold, name))


def named_in(mentions: Mentions, found: Found) -> Named:
    """Return what a question names: the entries that it mentions, and the one that `find` is sure of."""
    meant = frozenset(entry.id for entry in mentions.meant)
    everyday = frozenset(entry.id for entry in mentions.everyday)
    return Named(meant | {found.hits[0].name.entry_id} if found.is_answer else meant, everyday)
