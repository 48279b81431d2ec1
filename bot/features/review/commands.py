"""`/glossary review`, and turning its pages."""

import datetime as dt

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import require_moderator
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.review import cards
from bot.glossary.model import Entry


@slash_command("review")
async def show_review(interaction: Interaction) -> None:
    """List the shared entries that were checked longest ago."""
    if await require_moderator(interaction) is not None:
        await send.reply(interaction, _page(interaction, 0), ephemeral=True)


async def _turn_page(interaction: Interaction, click: Click) -> None:
    await send.replace(interaction, _page(interaction, click.number))


def _page(interaction: Interaction, offset: int) -> Card:
    entries = interaction.client.services.catalogue.glossary.pack.entries
    return cards.review(sorted(entries, key=_age), offset, dt.datetime.now(dt.UTC).date())


def _age(entry: Entry) -> tuple[dt.date, str]:
    return entry.reviewed or dt.date.min, entry.name.casefold()


FEATURE = Feature(glossary_commands=(show_review,), clicks={verbs.TURN_REVIEW: Route(_turn_page, For.MODERATORS)})
