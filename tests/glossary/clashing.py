"""The clashes among own entries that are added one after the other."""

from collections.abc import Iterator, Sequence

from bot.glossary.checks import Fault
from bot.glossary.clashes import Registry
from bot.glossary.model import Entry, Pack
from bot.glossary.text import quoted


def clashes(own: Sequence[Entry], shared: Pack) -> Iterator[tuple[Entry, Fault]]:
    """Yield each own entry that clashes with the shared ones or with those before it, and why."""
    registry = Registry(shared, {})
    ids: set[str] = set()
    for entry in own:
        if entry.id in ids:
            yield entry, Fault("name", f"{quoted(entry.name)} is the name of another of your entries; keep one of them")
            continue
        ids.add(entry.id)
        faults = tuple(registry.faults(entry))
        yield from ((entry, fault) for fault in faults)
        registry.put(entry)
