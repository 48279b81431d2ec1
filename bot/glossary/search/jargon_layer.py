"""The names of some entries, indexed to be found inside a text."""

from collections.abc import Iterable, Sequence

from bot.glossary.model import Entry
from bot.glossary.search.code_names import code_names, mentioned_names
from bot.glossary.search.compact import Filed, packed
from bot.glossary.search.split_text import WORD
from bot.glossary.search.word_forms import form_key
from bot.glossary.text import fold, squash, words

# A name of several words has other forms only if its last word ends like this: "curve fitting", "curve fitted".
_FORMED = ("ing", "ed", "ion")


class Layer:
    """The names of some entries: as they are written, in other forms, and their names in code."""

    def __init__(self, named: Iterable[tuple[Entry, Sequence[str]]]) -> None:
        """Index the names of each entry."""
        listed = list(named)
        self.codes = {code: entry for entry, _ in listed if (code := entry.code) is not None}
        pairs = [(entry, name) for entry, names in listed for name in names]
        self.entries = tuple(entry for entry, _ in pairs)
        self.names = names = tuple(name for _, name in pairs)
        self.token_counts = packed([len(WORD.findall(name)) for name in names])
        self.by_key = Filed((_key(name), number) for number, name in enumerate(names))
        self.by_form = Filed((key, number) for number, name in enumerate(names) if (key := _form_key(name)))
        self.owners = tuple(entry for entry, _ in listed)
        self.by_code = Filed((key, number) for number, entry in enumerate(self.owners) for key in code_names(entry))
        self.by_mention = Filed(
            (key, number) for number, entry in enumerate(self.owners) for key in mentioned_names(entry)
        )

    def has_start(self, letters: str) -> bool:
        """Tell whether a name starts with these letters."""
        return any(names.has_start(letters) for names in (self.by_key, self.by_code, self.by_mention))

    def longest(self, hidden: frozenset[str]) -> int:
        """Return the number of words in the longest name whose entry is not hidden."""
        counts = zip(self.entries, self.token_counts, strict=True)
        return max((count for entry, count in counts if entry.id not in hidden), default=1)


def _key(name: str) -> str:
    return fold(squash(name))


def _form_key(name: str) -> str:
    """Return what the forms of a name have in common, or "" if it has none."""
    has_forms = name.isalpha() or "".join(words(name)[-1:]).endswith(_FORMED)
    return form_key(squash(name)) if has_forms else ""
