"""The names in all layers of a glossary, a server's own in front of the shared ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.glossary.model import Entry
from bot.glossary.search.code_names import code_key, explains, owns
from bot.glossary.search.jargon_layer import Layer
from bot.glossary.search.word_forms import form_key
from bot.glossary.text import fold, squash, words

# How many entries may mention an abbreviation that belongs to one of them.
MOST_MENTIONS = 2


class LayeredNames:
    """The names in some layers, each with the ids of the entries that are hidden in it.

    An entry with more names in a server is returned as `as_shown` has it.
    """

    def __init__(self, layers: Sequence[tuple[Layer, frozenset[str]]], as_shown: Mapping[str, Entry]) -> None:
        """Search in these layers, the first of them first."""
        self.layers = layers
        self._as_shown = as_shown
        self.longest = max(1, *(layer.longest(gone) for layer, gone in layers))

    def has_start(self, letters: str) -> bool:
        """Tell whether a name starts with these letters."""
        return any(layer.has_start(letters) for layer, _ in self.layers)

    def of_code(self, code: int) -> Entry | None:
        """Return the entry for the message with this code."""
        for layer, hidden in self.layers:
            entry = layer.codes.get(code)
            if entry is not None and entry.id not in hidden:
                return self._shown(entry)
        return None

    def of_key(self, squashed: str) -> tuple[Entry, str] | None:
        """Return the entry with this name, and the name as it is written there.

        A name that differs in its plural is taken if there is no other: "reqId" is not the plural "reqIds".
        """
        folded = fold(squashed)
        named = [
            (layer.entries[number], layer.names[number])
            for layer, hidden in self.layers
            for number in layer.by_key.get(folded)
            if layer.entries[number].id not in hidden
        ]
        if not named:
            return None
        entry, name = min(named, key=lambda one: squash(one[1]) != squashed)
        return self._shown(entry), name

    def of_form(self, squashed: Sequence[str]) -> Entry | None:
        """Return the entry with a name that is another form of these words."""
        key = form_key("".join(squashed))
        for layer, hidden in self.layers if key else ():
            for number in layer.by_form.get(key):
                entry = layer.entries[number]
                if entry.id not in hidden and layer.token_counts[number] == len(squashed):
                    return self._shown(entry)
        return None

    def of_code_name(self, written: str) -> Entry | None:
        """Return the entry that a name in code or an abbreviation belongs to.

        That is the only one that has it, or the only one that explains it if hardly any other mentions it.
        """
        key = code_key(written)
        if not key:
            return None
        having = self._filed((layer, layer.by_code.get(key)) for layer, _ in self.layers)
        if len(having) == 1 and owns(having[0], key):
            return having[0]
        mentioning = self._filed((layer, layer.by_mention.get(key)) for layer, _ in self.layers)
        explaining = [entry for entry in mentioning if explains(entry, key)]
        return explaining[0] if len(explaining) == 1 and len(mentioning) <= MOST_MENTIONS else None

    def _filed(self, filed: Iterable[tuple[Layer, Iterable[int]]]) -> list[Entry]:
        """Return the entries that are filed in the layers under these numbers, each once."""
        hidden = dict(self.layers)
        entries = {
            entry.id: self._shown(entry)
            for layer, numbers in filed
            for number in numbers
            if (entry := layer.owners[number]).id not in hidden[layer]
        }
        return list(entries.values())

    def rivals(self, word: str, named: Entry) -> Iterator[Entry]:
        """Yield the other terms with a longer name that ends with a word, as "rate limit" ends with "limit"."""
        folded = fold(word)
        for layer, hidden in self.layers:
            for entry, name in zip(layer.entries, layer.names, strict=True):
                is_other = entry.id != named.id and entry.id not in hidden and not entry.message
                if is_other and folded in name.lower() and fold(words(name)[-1]) == folded:
                    yield self._shown(entry)

    def _shown(self, entry: Entry) -> Entry:
        return self._as_shown.get(entry.id, entry)
