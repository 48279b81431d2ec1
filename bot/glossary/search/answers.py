"""Answer what somebody asks for: a name, the code of a message, a comparison, or a question in plain words."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.glossary.model import Entry
from bot.glossary.search.advice import AdvicePhrases
from bot.glossary.search.comparisons import find_compared
from bot.glossary.search.frames import place_at, without_frame
from bot.glossary.search.indexes import Indexes
from bot.glossary.search.jargon import Mentions
from bot.glossary.search.names import QUOTED, SURE, Found, Hit, Name, Outcome
from bot.glossary.search.questions import MOST_HITS, Named, telling_words
from bot.glossary.search.real_words import commonness, is_real_word
from bot.glossary.search.respelling import joined, respelled
from bot.glossary.search.small_talk import small_talk_in
from bot.glossary.search.stems import scratch
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import fold, squash, words

# What a printed object holds says little about the question: "Stock(conId=1, symbol='A', exchange='B')".
_PRINTED_OBJECT = re.compile(r"(?<=\w)\((?:[^()=]*=){3,}[^()=]*\)")
# A keyword with two words of a question is about the same, even if it has other words.
WORDS_OF_PHRASE = 2
# A word as common as "event" or "call" does not tell which name is meant; "port" does. See `commonness`.
_TOO_COMMON = 16
# A word that more than this share of the entries contains tells little about a question.
WELL_KNOWN = 1 / 3
# A word as common as "game" or "general" names no special place.
_VERY_COMMON = 17


class Answers:
    """Finds the answers in the indexes of a glossary."""

    def __init__(self, indexes: Indexes, entries: Mapping[str, Entry], advice: AdvicePhrases) -> None:
        """Answer from indexes; `entries` are those that can be found, by id. `advice` is what asks for advice."""
        self._indexes = indexes
        self._entries = entries
        self._advice = advice

    def find(self, query: str) -> Found:
        """Find the entries that a query names, even with typos; see `Names.find`.

        If the query contains the codes of messages, their entries are the answer, because a pasted line of a log names
        many other things as well.
        """
        found = self._indexes.names.find(query)
        if found.outcome is Outcome.EXACT:
            return found._replace(outcome=Outcome.SUGGEST) if self._is_elsewhere(query) else found
        messages = self._indexes.messages
        of_codes = messages.find(query)
        if of_codes is None and not found.is_answer:
            of_codes = self._quoted_before_details(query) or messages.find_leading(query)
        if of_codes is None:
            return found
        return self._with_named(of_codes, query) if of_codes.unknown_codes else of_codes

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
        compared = find_compared(question, self._indexes.names, lambda entry_id: self._entries[entry_id].name)
        if compared.is_comparison:
            return compared
        found = self.find(question)
        if found.outcome is not Outcome.EXACT and small_talk_in(question):
            return Found(Outcome.NONE)
        answer = self._answer(joined(question, self._indexes.text), found)
        if not answer.is_answer and not answer.unknown_codes and self._advice.stand_in(question):
            return answer._replace(asks_advice=True)
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
        mentions = self._indexes.jargon.mentions(read)
        asked = self._indexes.questions.ask(read, named_in(mentions, found))
        if asked.outcome is Outcome.NONE:
            if found.is_answer:
                return found
            # The text gives no answer, so offer the terms that the question mentions, or whose names have its words.
            mentioned = tuple(Hit(Name.of(entry), SURE) for entry in mentions.meant[:MOST_HITS])
            offered = (
                _without_look_alikes(read, found)
                or mentioned
                or self._with_words_of(read)
                or self._indexes.names.resembling(without_frame(question))
            )
            return Found(Outcome.SUGGEST, offered[:MOST_HITS]) if offered else Found(Outcome.NONE)
        # The name and the words of the question agree.
        is_agreed = found.is_answer and asked.hits[0].name.entry_id == found.hits[0].name.entry_id
        return Found(Outcome.SURE, asked.hits) if is_agreed else asked

    def read(self, question: str) -> str:
        """Return a question as it is answered: its typos corrected, and without what printed objects hold.

        A question with one telling word keeps its typo: the whole answer would depend on a guess, and `find` is better
        at names.
        """
        read = _PRINTED_OBJECT.sub("", question)
        return read if len(set(telling_words(read))) == 1 else self.respelled(read)

    def respelled(self, text: str) -> str:
        """Return a text with its typos corrected."""
        return respelled(text, self._indexes.text, self._indexes.names)

    def _with_words_of(self, question: str) -> tuple[Hit, ...]:
        """Return the entries that have the one or two telling words of a question in a name or in one keyword.

        "What port do I use" is offered the names with *port*, and "how to short a stock" finds *short selling*. Of two
        words, one that many entries contain may be left out: "fundamentals from ibkr".
        """
        telling = telling_words(question)
        offered = self._with_all(telling, question)
        if offered or len(telling) != WORDS_OF_PHRASE:
            return offered
        stems = scratch().stem(telling)
        rest = [
            word for word in telling if self._indexes.text.spread(stems[word]) < WELL_KNOWN * len(self._indexes.text)
        ]
        return self._with_all(rest, *rest) if len(rest) == 1 else ()

    def _with_all(self, telling: Sequence[str], question: str) -> tuple[Hit, ...]:
        """Return the entries that have all of up to two telling words of a question in a name or in one keyword."""
        if len(telling) > WORDS_OF_PHRASE or all(map(str.isdigit, telling)):
            return ()
        named: tuple[Hit, ...] = ()
        if len(telling) == 1 and commonness(telling[0]) < _TOO_COMMON:
            hits = self._indexes.names.find(telling[0]).hits
            named = tuple(hit for hit in hits if telling[0] in words(hit.name.text))
        return named or self._indexes.questions.in_one_phrase(question)

    def by_name(self, question: str, found: Found) -> Found | None:
        """Return the answer to a question that asks about a name or codes alone, given what `find` makes of it."""
        if found.unknown_codes:
            return found
        if found.is_answer and self._is_about(found.hits[0]) and not self._names_more(found.hits[0], question):
            return found
        bare = self._indexes.names.find_spelled(without_frame(question))
        return Found(Outcome.SURE, bare.hits) if bare.outcome is Outcome.EXACT else None

    def _is_about(self, hit: Hit) -> bool:
        """Tell whether a text that names an entry is about it.

        A term whose name stands inside the text may only be mentioned, but a message is quoted.
        """
        return hit.score > QUOTED or self._entries[hit.name.entry_id].message is not None

    def _is_elsewhere(self, query: str) -> bool:
        """Tell whether a query names a place that the glossary does not know: "margin in LaTeX"."""
        place = [word for word in self._place_in(query) if commonness(word) < _VERY_COMMON]
        return not all(map(self._indexes.text.spread, scratch().stem(place).values()))

    def _names_more(self, hit: Hit, question: str) -> bool:
        """Tell whether a longer name has the place in a question as well: "IB Gateway in docker"."""
        place = [word for word in self._place_in(question) if word not in STOP_WORDS]
        said = [*words(hit.name.text), *place]
        return bool(place) and any(
            _contains(words(other.name.text), said) for other in self._indexes.names.find(" ".join(said)).hits
        )

    def _place_in(self, query: str) -> tuple[str, ...]:
        """Return the words of the place at the end of a query, none if the whole query is a name."""
        said = words(query)
        at = place_at(said)
        is_name = self._indexes.names.called("".join(said)) is not None
        return () if at is None or is_name else said[at + 1 :]

    def _quoted_before_details(self, query: str) -> Found | None:
        """Find the message whose text stands before a colon: "Ambiguous contract: Stock(...)"."""
        text, colon, _ = query.partition(":")
        named = self._indexes.names.called(squash(text)) if colon else None
        is_message = named is not None and self._entries[named.entry_id].message is not None
        return Found(Outcome.SURE, (Hit(named, 1.0),)) if named is not None and is_message else None

    def _with_named(self, unknown: Found, query: str) -> Found:
        """Add the terms that the text beside unknown codes names and is about; others would only look alike."""
        terms = {entry.id for entry in self._indexes.jargon.find(query) if entry.message is None}
        asked = self._indexes.questions.ask(query, Named(frozenset(terms)))
        about = tuple(hit for hit in asked.hits if hit.name.entry_id in terms)
        return unknown._replace(outcome=Outcome.SUGGEST, hits=about) if about else unknown


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
