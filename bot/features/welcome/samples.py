"""What there is to try: a term, a question and a log, taken from the glossary itself."""

from typing import NamedTuple

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry

# A sample log has this many harmless messages at most, and then one that is not harmless.
MOST_HARMLESS = 2


class Pair(NamedTuple):
    """Two entries that people mix up."""

    first: Entry
    second: Entry


def term(glossary: Glossary) -> Entry:
    """Return an entry that is worth a look."""
    return glossary.named(glossary.sample) or glossary.pack.entries[0]


def pair(glossary: Glossary) -> Pair | None:
    """Return two entries that people mix up, if the glossary says so of any; the sample term's own come first."""
    for entry in (term(glossary), *glossary.pack.entries):
        for confusion in entry.confusions:
            other = glossary.named(confusion.name)
            if other is not None and other.id != entry.id:
                return Pair(entry, other)
    return None


def question(glossary: Glossary) -> str:
    """Return a question in plain words that the glossary answers."""
    mixed_up = pair(glossary)
    if mixed_up is None:
        return f"What is {term(glossary).name}?"
    return f"What is the difference between {mixed_up.first.name} and {mixed_up.second.name}?"


def log(glossary: Glossary) -> str:
    """Return some lines of a log, or a sentence if the glossary has no messages."""
    messages = [(entry, entry.message) for entry in glossary.pack.entries if entry.message is not None]
    if not messages:
        return f"{term(glossary).name}: {term(glossary).summary}"
    harmless = [entry for entry, message in messages if message.harmless][:MOST_HARMLESS]
    serious = [entry for entry, message in messages if not message.harmless][:1]
    return "\n".join(f"10:15:0{number} {entry.title}" for number, entry in enumerate((*harmless, *serious), 1))
