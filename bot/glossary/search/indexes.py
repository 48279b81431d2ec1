"""All indexes of a glossary, each in layers: what is a server's own in front of what all servers share."""

from bot.glossary.search.completion import Completions
from bot.glossary.search.jargon import Jargon
from bot.glossary.search.meaning import load_meaning
from bot.glossary.search.names import Names
from bot.glossary.search.overlay import Overlay
from bot.glossary.search.questions import Questions
from bot.glossary.search.relations import Listings


class Indexes:
    """The indexes of an overlay, in front of those that it lies over, which are shared."""

    def __init__(self, own: Overlay, behind: "Indexes | None" = None) -> None:
        """Index what is the overlay's own: names before aliases, in the order of the categories."""
        names = own.names()
        self.names: Names = Names(names, behind.names if behind else None, own.replaced)
        self.completions: Completions = Completions(names, behind.completions if behind else None, own.replaced)
        self.jargon: Jargon = Jargon(own.entries, behind.jargon if behind else None, own.replaced, own.renamed)
        self.listings: Listings = Listings(own.entries, self.names, behind.listings if behind else None, own.replaced)
        # A shared entry that got more names is asked for by these too: here its whole text is indexed anew.
        renamed = tuple(entry for entry, _ in own.renamed)
        hidden = own.replaced.union(entry.id for entry in renamed)
        self.questions: Questions = Questions(
            (*own.entries, *renamed), load_meaning(), behind.questions if behind else None, hidden
        )
