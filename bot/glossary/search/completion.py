"""Complete a name while somebody is typing it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.keyword_starts import KeywordStarts
from bot.glossary.search.names import Name
from bot.glossary.search.word_starts import WordStarts
from bot.glossary.text import words

# The most choices that Discord shows: https://discord.com/developers/docs/interactions/application-commands
MOST_CHOICES = 25
# The letters of a typed text that are looked at; no name is longer.
LONGEST_TYPED = 100


class _Layer(NamedTuple):
    """Names with their index, entries with that of their keywords, and the ids of the entries that are not offered."""

    names: tuple[Name, ...]
    starts: WordStarts
    entries: tuple[Entry, ...]
    keywords: KeywordStarts
    hidden: frozenset[str] = frozenset()

    def named(self, numbers: Iterable[int]) -> list[Name]:
        """Return the names with these numbers whose entries are not hidden."""
        names, hidden = self.names, self.hidden
        return [name for number in numbers if (name := names[number]).entry_id not in hidden]

    def with_keywords(self, said: tuple[str, ...]) -> Iterator[Name]:
        """Yield the names of the entries that have what was typed among their keywords."""
        for number in self.keywords.entries_for(said):
            entry = self.entries[number]
            if entry.id not in self.hidden:
                yield Name.of(entry)


class Completions:
    """The names of a glossary, in layers: a server's own in front of the shared ones.

    Names are ranked by how they match: at their start, at the start of a later word or by their initials, by the starts
    of words in any order, or with a typo. Names come before aliases. Then come the entries with such words among their
    keywords, and last the names that only contain the letters. Equal matches are ranked by layer, then by length, then
    by the order of the names.
    """

    def __init__(
        self,
        names: Iterable[Name],
        behind: "Completions | None" = None,
        hidden: frozenset[str] = frozenset(),
        entries: tuple[Entry, ...] = (),
    ) -> None:
        """Index the names, given with the most important first and names before aliases, and the entries' keywords.

        `behind` holds the shared names, which are not indexed again; names of the `hidden` entries are not offered
        from it.
        """
        listed = tuple(names)
        first_alias = next((at for at, name in enumerate(listed) if name.is_alias), len(listed))
        shared = behind.layers if behind else ()
        starts = WordStarts([name.text for name in listed], first_alias)
        self.layers: tuple[_Layer, ...] = (
            _Layer(listed, starts, entries, KeywordStarts(entries)),
            *(layer._replace(hidden=layer.hidden | hidden) for layer in shared),
        )

    def complete(self, typed: str, limit: int = MOST_CHOICES) -> tuple[Name, ...]:
        """Return up to `limit` names that fit what was typed, best first, and one per entry."""
        said = words(typed[:LONGEST_TYPED])
        if not said:
            return ()
        found: dict[str, Name] = {}
        for name in self._matches(said):
            found.setdefault(name.entry_id, name)
            if len(found) == limit:
                break
        return tuple(found.values())

    def _matches(self, said: tuple[str, ...]) -> Iterator[Name]:
        """Yield the matching names, best first; an entry may have several."""
        # All layers have the same tiers. Each computes a tier only when it is asked for it.
        for tier in zip(*(layer.starts.tiers(said) for layer in self.layers), strict=True):
            for layer, numbers in zip(self.layers, tier, strict=True):
                yield from layer.named(numbers)
        for layer in self.layers:
            yield from layer.with_keywords(said)
        for layer in self.layers:
            yield from layer.named(layer.starts.containing(said))
