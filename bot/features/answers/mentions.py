"""Answering messages that mention the bot, and direct messages to it."""

import logging
from collections import OrderedDict
from typing import NamedTuple

import discord

from bot.chat import send
from bot.chat.card import Card
from bot.chat.client import Client
from bot.chat.errors import log_error
from bot.chat.markdown import without_markup
from bot.features.answers import cards

# How many questions are remembered, so that their answers can follow an edit.
MAX_REMEMBERED = 500
QUESTION_LIMIT = 500

_log = logging.getLogger(__name__)


class _Answered(NamedTuple):
    question: str
    answer_id: int


class Mentions:
    """Questions asked in messages, and the answers they got."""

    def __init__(self, client: Client) -> None:
        """Answer with a client."""
        self._client = client
        self._answered: OrderedDict[int, _Answered] = OrderedDict()
        # The questions that are being answered right now, each with the message that it was edited to meanwhile.
        self._pending: dict[int, discord.Message | None] = {}

    async def answer(self, message: discord.Message) -> None:
        """Answer a message that asks the bot something.

        Bots, webhooks and mentions of everyone get no answer. Neither do people who have used up their answers of
        this minute: a reply that says so would only add to the noise.
        """
        question = self._question(message)
        if question is None or not await self._is_answered_here(message):
            return
        if self._client.limit.seconds_to_wait(message.author.id):
            return
        self._client.in_flight.hold_current_task()
        self._pending[message.id] = None
        try:
            card = await self._card(message, question)
            answer_id = await send.reply_to(self._client, message.channel.id, message.id, card)
        except discord.Forbidden:
            _log.debug("A mention was left without an answer: no right to write there.")
        except Exception as error:  # noqa: BLE001 - there is nobody to tell but the log
            log_error(error)
        else:
            self._remember(message.id, _Answered(question, answer_id))
        finally:
            edited = self._pending.pop(message.id)
        if edited is not None:
            await self.answer_edited(edited)

    async def answer_edited(self, message: discord.Message) -> None:
        """Edit the answer to a message whose question was edited."""
        if message.id in self._pending:
            self._pending[message.id] = message
            return
        answered = self._answered.get(message.id)
        question = self._question(message)
        if answered is None or question is None or question == answered.question:
            return
        if self._client.limit.seconds_to_wait(message.author.id):
            return
        self._client.in_flight.hold_current_task()
        try:
            card = await self._card(message, question)
            await send.edit_message(self._client, message.channel.id, answered.answer_id, card)
        except discord.NotFound:
            self._answered.pop(message.id, None)
        except Exception as error:  # noqa: BLE001 - there is nobody to tell but the log
            log_error(error)
        else:
            self._answered[message.id] = answered._replace(question=question)

    def _remember(self, message_id: int, answered: _Answered) -> None:
        self._answered[message_id] = answered
        if len(self._answered) > MAX_REMEMBERED:
            self._answered.popitem(last=False)

    def _question(self, message: discord.Message) -> str | None:
        """Return what a message asks the bot, "" for a bare mention; `None` if it is not addressed to the bot."""
        user = self._client.user
        if user is None or message.author.bot or message.webhook_id is not None or message.mention_everyone:
            return None
        mentions = (f"<@{user.id}>", f"<@!{user.id}>")
        text = message.content
        # Discord counts a reply to one of the bot's messages as a mention too, but it says nothing to the bot.
        if _server_of(message) is not None and not any(mention in text for mention in mentions):
            return None
        return without_markup(text)[:QUESTION_LIMIT] if text else None

    async def _is_answered_here(self, message: discord.Message) -> bool:
        """Tell whether the message's server wants mentions answered in this channel.

        A thread belongs to its parent channel as far as discord.py knows that one.
        """
        settings = (await self._client.services.servers.of(_server_of(message))).settings
        parent_id = getattr(message.channel, "parent_id", None)
        return settings.answer_mentions and settings.answers_in(message.channel.id, parent_id)

    async def _card(self, message: discord.Message, question: str) -> Card:
        guild_id = _server_of(message)
        services = self._client.services
        glossary = (await services.servers.of(guild_id)).glossary
        found = glossary.ask(question)
        services.usage.count(found, question, guild_id, message.author.id)
        return cards.answer(glossary, question, found, asked_by=message.author.id)


def _server_of(message: discord.Message) -> int | None:
    """Return the id of the server that a message is in, `None` for a direct message.

    Without the guilds intent discord.py knows only the id of a server that the bot joined after it connected.
    """
    channel = message.channel
    if isinstance(channel, discord.PartialMessageable):
        return channel.guild_id
    return message.guild.id if message.guild else None
