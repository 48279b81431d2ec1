"""`/topics` and `/random`, and the way from one page of the topics to another."""

import random

from discord import app_commands

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click, number_in
from bot.chat.interaction import Interaction
from bot.chat.rights import server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.terms.categories import CategoryName, category_named, complete_category, entries_of, no_topic
from bot.features.terms.entry_card import entry_card
from bot.features.terms.ownership import show
from bot.features.topics import cards
from bot.glossary.glossary import Glossary


@slash_command()
@app_commands.describe(category="The topic to open; without one, all topics are listed")
async def topics(interaction: Interaction, category: CategoryName | None = None) -> None:
    """Browse the glossary by topic."""
    glossary = (await server_of(interaction)).glossary
    card = cards.topics(glossary, 0) if category is None else _topic(glossary, category, 0)
    await send.reply(interaction, card, ephemeral=True)


@slash_command("random")
@app_commands.describe(category="The topic to choose from")
async def random_entry(interaction: Interaction, category: CategoryName | None = None) -> None:
    """Show a term chosen at random."""
    await _show_random(interaction, category)


async def _show_random(interaction: Interaction, category: str | None) -> None:
    glossary = (await server_of(interaction)).glossary
    entries = [entry for entry in glossary.pack.entries if entry.message is None]
    if category is not None:
        chosen = category_named(glossary, category)
        if chosen is None:
            await send.reply(interaction, no_topic(category), ephemeral=True)
            return
        entries = list(entries_of(glossary, chosen))
    entry = random.choice(entries or glossary.pack.entries)  # noqa: S311 - not for cryptography
    interaction.client.services.usage.count_shown(entry.id, interaction.server_id, interaction.user.id)
    await send.reply(interaction, entry_card(glossary, entry), ephemeral=True)


for command in (topics, random_entry):
    command.autocomplete("category")(complete_category)


async def _try_random(interaction: Interaction, _: Click) -> None:
    await _show_random(interaction, None)


async def _choose(interaction: Interaction, click: Click) -> None:
    glossary = (await server_of(interaction)).glossary
    await show(interaction, click, lambda _: _topic(glossary, click.value, 0))


async def _turn(interaction: Interaction, click: Click) -> None:
    number, _, name = click.argument.partition(":")
    glossary = (await server_of(interaction)).glossary
    await show(interaction, click, lambda _: _topic(glossary, name, number_in(number)))


async def _list(interaction: Interaction, click: Click) -> None:
    glossary = (await server_of(interaction)).glossary
    await show(interaction, click, lambda _: cards.topics(glossary, click.number))


async def _browse(interaction: Interaction, click: Click) -> None:
    """Open a topic, or the list of topics, below an answer, so that the answer stays."""
    glossary = (await server_of(interaction)).glossary
    card = _topic(glossary, click.argument, 0) if click.argument else cards.topics(glossary, 0)
    await send.reply(interaction, card, ephemeral=True)


def _topic(glossary: Glossary, name: str, page: int) -> Card:
    category = category_named(glossary, name)
    return no_topic(name) if category is None else cards.topic(glossary, category, page)


FEATURE = Feature(
    commands=(topics, random_entry),
    clicks={
        verbs.LIST_TOPICS: Route(_list, For.EVERYONE),
        verbs.CHOOSE_TOPIC: Route(_choose, For.EVERYONE),
        verbs.TURN_TOPIC: Route(_turn, For.EVERYONE),
        verbs.BROWSE: Route(_browse, For.EVERYONE),
        verbs.TRY_RANDOM: Route(_try_random, For.EVERYONE),
    },
)
