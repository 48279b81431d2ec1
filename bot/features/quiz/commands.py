"""`/quiz play` and `/quiz stats`, and the buttons of a round."""

import asyncio
import random
import time

from discord import app_commands

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import Group, slash_command
from bot.chat.components import Click, number_in
from bot.chat.interaction import Interaction
from bot.chat.rights import is_ephemeral, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.quiz import cards
from bot.features.quiz.planning import of_entries, plan_round
from bot.features.quiz.stats_card import stats
from bot.features.terms.categories import CategoryName, category_named, complete_category, no_topic
from bot.features.terms.ownership import asker_of, belongs_to
from bot.storage.ids import NO_SERVER
from bot.storage.quiz_rounds import StoredRound

MOST_QUESTIONS = 20
Questions = app_commands.Range[int, 1, MOST_QUESTIONS]


@slash_command()
@app_commands.describe(
    category="The topic to ask about; without one, all topics",
    rounds=f"How many questions, {cards.DEFAULT_QUESTIONS} if left out",
    hide="Show the quiz only to you",
)
async def play(
    interaction: Interaction,
    category: CategoryName | None = None,
    rounds: Questions = cards.DEFAULT_QUESTIONS,
    hide: bool | None = None,
) -> None:
    """Answer a few questions about the glossary; what you find hard comes up again."""
    server = await server_of(interaction)
    if category is not None and category_named(server.glossary, category) is None:
        await send.reply(interaction, no_topic(category), ephemeral=True)
        return
    ephemeral = is_ephemeral(interaction, server.settings, hide=hide)
    await send.defer_reply(interaction, ephemeral=ephemeral)
    card = await _begin(interaction, category or "", rounds, None if ephemeral else interaction.user.id)
    await send.reply(interaction, card, ephemeral=ephemeral)


play.autocomplete("category")(complete_category)


@slash_command("stats")
async def show_stats(interaction: Interaction) -> None:
    """Show what you have learned, what is due, and what you find hardest."""
    await _send_stats(interaction)


async def _open_stats(interaction: Interaction, _: Click) -> None:
    await _send_stats(interaction)


async def _send_stats(interaction: Interaction) -> None:
    await send.defer_reply(interaction)
    glossary = (await server_of(interaction)).glossary
    learned = await interaction.client.services.quiz_progress.of(interaction.user.id, _place(interaction))
    await send.reply(interaction, stats(glossary, of_entries(glossary, learned), int(time.time())), ephemeral=True)


async def _play(interaction: Interaction, click: Click) -> None:
    """Start a round in place of the clicker's own message; others get a private one."""
    questions, _, scope = click.argument.partition(":")
    count = min(number_in(questions) or cards.DEFAULT_QUESTIONS, MOST_QUESTIONS)
    if belongs_to(interaction, click):
        await send.defer_edit(interaction)
        await send.replace(interaction, await _begin(interaction, scope, count, asker_of(click)))
    else:
        await send.defer_reply(interaction)
        await send.reply(interaction, await _begin(interaction, scope, count, None), ephemeral=True)


async def _begin(interaction: Interaction, scope: str, questions: int, asked_by: int | None) -> Card:
    """Start a round and return its first question."""
    glossary = (await server_of(interaction)).glossary
    services, user_id, place = interaction.client.services, interaction.user.id, _place(interaction)
    learned = of_entries(glossary, await services.quiz_progress.of(user_id, place))
    # Making questions takes some milliseconds each, in which nobody else should have to wait.
    begun = await asyncio.to_thread(
        plan_round,
        glossary,
        learned,
        scope,
        random.SystemRandom(),
        questions=questions,
        now=int(time.time()),
        favourites=services.usage.lookups.favourites,
    )
    if not begun.questions:
        return cards.too_small(scope)
    stored = await services.quiz_rounds.start(place, user_id, begun)
    return cards.page(glossary, stored, 0, asked_by=asked_by)


async def _answer(interaction: Interaction, click: Click) -> None:
    """Take an answer of the person who plays; the same click again shows the same explanation and counts no more."""
    await send.defer_edit(interaction)
    round_id, number, choice = map(number_in, click.argument.split(":"))
    stored = await interaction.client.services.quiz_rounds.answer(round_id, interaction.user.id, number, choice)
    await _show(interaction, click, stored, number)


async def _turn(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    round_id, number = map(number_in, click.argument.split(":"))
    await _show(interaction, click, await interaction.client.services.quiz_rounds.get(round_id), number)


async def _show(interaction: Interaction, click: Click, stored: StoredRound | None, number: int) -> None:
    if stored is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
    elif stored.user_id != interaction.user.id:
        await send.reply(interaction, cards.of_somebody_else(stored.round), ephemeral=True)
    else:
        glossary = (await server_of(interaction)).glossary
        await send.replace(interaction, cards.page(glossary, stored, number, asked_by=asker_of(click)))


def _place(interaction: Interaction) -> int:
    """Return the server whose own entries take part."""
    return interaction.server_id or NO_SERVER


FEATURE = Feature(
    commands=(Group("quiz", "Learn the terms of the glossary", (play, show_stats)),),
    clicks={
        verbs.PLAY_QUIZ: Route(_play, For.EVERYONE),
        verbs.ANSWER_QUIZ: Route(_answer, For.EVERYONE),
        verbs.TURN_QUIZ: Route(_turn, For.EVERYONE),
        verbs.SHOW_QUIZ_STATS: Route(_open_stats, For.EVERYONE),
    },
)
