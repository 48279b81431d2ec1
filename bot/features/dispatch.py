"""All features, put together and connected to the client."""

from collections.abc import Mapping

import discord

from bot.chat.client import Client
from bot.chat.command_runner import CommandRunner
from bot.chat.commands import Command, Group, SlashCommand
from bot.chat.intake import Intake
from bot.chat.router import Feature, Router
from bot.features.about import commands as about
from bot.features.answers import commands as answers
from bot.features.answers.mentions import Mentions
from bot.features.daily_term.posts import daily_term
from bot.features.digest.posts import digest
from bot.features.entries import commands as entries
from bot.features.explanations import commands as explanations
from bot.features.history import commands as history
from bot.features.history import log
from bot.features.home import commands as home
from bot.features.leaderboard import commands as leaderboard
from bot.features.learn import commands as learn
from bot.features.maps import commands as maps
from bot.features.misses import commands as misses
from bot.features.posts.posting import MakePost
from bot.features.privacy import commands as privacy
from bot.features.quiz import commands as quiz
from bot.features.review import commands as review
from bot.features.saved import commands as saved
from bot.features.search import commands as search
from bot.features.server_settings import commands as server_settings
from bot.features.shared_data import commands as shared_data
from bot.features.stats import commands as stats
from bot.features.suggestions import commands as suggestions
from bot.features.terms import commands as terms
from bot.features.topics import commands as topics
from bot.features.transfers import commands as transfers
from bot.features.updates import commands as updates
from bot.features.welcome import commands as welcome
from bot.services import Services
from bot.storage.posts import PostKind

# The order is that of the commands in Discord's lists.
FEATURES: tuple[Feature, ...] = (
    terms.FEATURE,
    answers.FEATURE,
    search.FEATURE,
    topics.FEATURE,
    maps.FEATURE,
    saved.FEATURE,
    explanations.FEATURE,
    learn.FEATURE,
    quiz.FEATURE,
    leaderboard.FEATURE,
    welcome.FEATURE,
    about.FEATURE,
    privacy.FEATURE,
    home.FEATURE,
    entries.FEATURE,
    history.FEATURE,
    updates.FEATURE,
    misses.FEATURE,
    suggestions.FEATURE,
    stats.FEATURE,
    transfers.FEATURE,
    server_settings.FEATURE,
    review.FEATURE,
    shared_data.FEATURE,
)

# What `bot/upkeep.py` posts by the clock, by kind.
SCHEDULED_POSTS: Mapping[PostKind, MakePost] = {PostKind.DAILY_TERM: daily_term, PostKind.DIGEST: digest}


def make_client(services: Services) -> Client:
    """Make a client with every command, button, menu and form; nothing is sent before it logs in."""
    client = Client(services)
    commands = CommandRunner(client, all_commands())
    mentions = Mentions(client)

    async def setup_hook() -> None:
        await commands.sync()

    async def on_message(message: discord.Message) -> None:
        await mentions.answer(message)

    async def on_raw_message_edit(payload: discord.RawMessageUpdateEvent) -> None:
        await mentions.answer_edited(payload.message)

    async def on_raw_message_delete(payload: discord.RawMessageDeleteEvent) -> None:
        await mentions.remove_answers(payload.channel_id, (payload.message_id,))

    async def on_raw_bulk_message_delete(payload: discord.RawBulkMessageDeleteEvent) -> None:
        await mentions.remove_answers(payload.channel_id, payload.message_ids)

    events = (setup_hook, on_message, on_raw_message_edit, on_raw_message_delete, on_raw_bulk_message_delete)
    for handler in events:
        client.event(handler)

    def on_change(guild_id: int, change_id: int) -> None:
        client.in_flight.spawn(log.post_change(client, guild_id, change_id))

    services.servers.tell_changes_to(on_change)
    Intake(client, commands, Router(FEATURES)).attach()
    return client


def all_commands() -> list[Command]:
    """Return the commands of all features. Those for moderators are together under `/glossary`."""
    commands: list[Command] = []
    glossary_commands: list[SlashCommand | Group] = []
    for feature in FEATURES:
        commands += feature.commands
        glossary_commands += feature.glossary_commands
    description = "For moderators: manage the glossary"
    return [*commands, Group("glossary", description, glossary_commands, for_moderators=True)]
