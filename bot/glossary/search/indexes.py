"""All indexes of a glossary, each in layers: a server's own entries in front of the shared ones."""

from bot.glossary.search.code_keywords import CodeKeywords
from bot.glossary.search.completion import Completions
from bot.glossary.search.jargon import Jargon
from bot.glossary.search.layered_text import LayeredText
from bot.glossary.search.messages import Messages
from bot.glossary.search.names import Names
from bot.glossary.search.overlay import Overlay
from bot.glossary.search.questions import Questions
from bot.glossary.search.relations import Listings


class Indexes:
    """The indexes of a server's own entries, in front of the shared indexes, which all servers use."""

    def __init__(self, own: Overlay, behind: "Indexes | None" = None) -> None:
        """Index the own parts of the overlay; `behind` has the indexes of the shared entries."""
        names = own.names()
        self.names: Names = Names(names, behind.names if behind else None, own.replaced)
        self.completions: Completions = Completions(
            names, behind.completions if behind else None, own.replaced, own.entries
        )
        self.jargon: Jargon = Jargon(own.entries, behind.jargon if behind else None, own.replaced, own.renamed)
        self.listings: Listings = Listings(own.entries, self.names, behind.listings if behind else None, own.replaced)
        # The added names of a shared entry are part of its text, so the entry is indexed again, with these names.
        renamed = tuple(entry for entry, _ in own.renamed)
        hidden = own.replaced.union(entry.id for entry in renamed)
        texts = (*own.entries, *renamed)
        self.text: LayeredText = LayeredText(texts, behind.text if behind else None, hidden)
        self.questions: Questions = Questions(self.text)
        self.code_keywords: CodeKeywords = CodeKeywords(texts, behind.code_keywords if behind else None, hidden)
        self.messages: Messages = Messages(self.jargon, self.code_keywords)
