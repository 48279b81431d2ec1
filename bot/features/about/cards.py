"""The card of `/about`."""

from collections import Counter

from bot.chat.card import Button, Card, Embed, Field
from bot.chat.components import custom_id
from bot.chat.markdown import escape, prose
from bot.features import verbs
from bot.features.terms.severity import SIGNS
from bot.glossary.glossary import Glossary
from bot.glossary.text import counted
from bot.storage.revisions import Revision


def about(glossary: Glossary, revision: Revision) -> Card:
    """Say what this is, which data it serves, and what it is not."""
    notices = glossary.pack.notices
    sizes = Counter(entry.category for entry in glossary.pack.entries)
    categories = [f"{one.emoji} {escape(one.name)}: {sizes[one.name]}" for one in glossary.pack.categories]
    text = (
        "`/define` explains a term and forgives typos, `/ask` answers questions in plain words, `/topics` lists what "
        "is explained, and *Explain terms* in a message's menu explains the terms in it."
    )
    data = f"Revision {revision.number} (`{revision.content_hash[:8]}`), <t:{revision.published_at}:D>"
    signs = (Field("Signs of messages", SIGNS),) if any(one.message for one in glossary.pack.entries) else ()
    fields = (
        Field(counted(len(glossary), "entry", "entries"), "\n".join(categories)),
        *signs,
        Field("Data", data),
        Field("Disclaimer", prose(notices.full_disclaimer)),
        Field("Independence", prose(notices.trademarks)),
    )
    browse = Button("Browse the topics", custom_id(verbs.BROWSE), emoji="🗂️")
    return Card(Embed(escape(notices.title), text, fields=fields), (browse,))
