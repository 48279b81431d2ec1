"""Completing a name while somebody types it."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.glossary.search.compact import few_in
from bot.glossary.search.names import Name
from bot.glossary.search.word_starts import WordStarts
from bot.glossary.text import words

# Discord shows at most this many choices: https://discord.com/developers/docs/interactions/application-commands
MOST_CHOICES = 25
# No name is longer; whoever types on is past completing.
LONGEST_TYPED = 100


class _Layer(NamedTuple):
    """Names with their index, and whose entries are hidden in it."""

    names: tuple[Name, ...]
    starts: WordStarts
    hidden: frozenset[str] = frozenset()


class Completions:
    """The names of a glossary, in layers, as they are offered to who types.

    Better tiers come first: the start of a name, the start of a later word or the initials, the starts of words in
    any order, anywhere inside a name, a typo. Within a tier, layers in front come first, then shorter names, then
    earlier ones.
    """

    def __init__(
        self, names: Iterable[Name], behind: "Completions | None" = None, hidden: frozenset[str] = frozenset()
    ) -> None:
        """Index the names, given in the order of their importance.

        What lies behind is shared and not indexed again; the names of the hidden entries are not offered from it.
        """
        listed = tuple(names)
        shared = behind.layers if behind else ()
        self.layers: tuple[_Layer, ...] = (
            _Layer(listed, WordStarts([name.text for name in listed], few_in(behind))),
            *(layer._replace(hidden=layer.hidden | hidden) for layer in shared),
        )

    def complete(self, typed: str, limit: int = MOST_CHOICES) -> tuple[Name, ...]:
        """Return up to `limit` names that what was typed may become, best first, one for each entry."""
        said = words(typed[:LONGEST_TYPED])
        if not said:
            return ()
        found: dict[str, Name] = {}
        # Each layer has the same tiers, and computes one when it is asked for it.
        for tier in zip(*(layer.starts.tiers(said) for layer in self.layers), strict=True):
            for layer, numbers in zip(self.layers, tier, strict=True):
                for number in numbers:
                    name = layer.names[number]
                    if name.entry_id not in layer.hidden:
                        found.setdefault(name.entry_id, name)
                        if len(found) == limit:
                            return tuple(found.values())
        return tuple(found.values())
