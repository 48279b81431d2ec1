"""Making the post of the day."""

import random

from bot.features.daily_term.choice import choose_term
from bot.features.posts.posting import Post
from bot.features.terms.entry_card import posted_card
from bot.services import Services
from bot.storage.posts import DuePost

LEAD = "📅 **Term of the day**"


async def daily_term(services: Services, due: DuePost) -> Post | None:
    """Return the card of a term that the server was not shown lately; `None` if its glossary has no terms."""
    glossary = (await services.servers.of(due.guild_id)).glossary
    shown = await services.posts.shown_terms(due.guild_id)
    entry = choose_term(glossary.pack.entries, shown, random.Random())  # noqa: S311 - not for cryptography
    return None if entry is None else Post(posted_card(glossary, entry, LEAD), entry.id)
