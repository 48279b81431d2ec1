"""Answering where the bot is mentioned, and in direct messages."""

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

import discord

from bot.replies import search_cards, send
from bot.replies.card import Card
from bot.replies.errors import UNREACHABLE, logged

if TYPE_CHECKING:
    from bot.client import GlossaryBot

# So many questions are remembered, to edit their answers when they are edited.
MOST_REMEMBERED = 500
QUESTION_LIMIT = 500

_log = logging.getLogger(__name__)


class _Answered(NamedTuple):
    question: str
    answer: discord.Message


class Mentions:
    """Questions asked in messages, and the answers they got."""

    def __init__(self, client: "GlossaryBot") -> None:
        """Answer for a bot."""
        self._client = client
        self._answered: OrderedDict[int, _Answered] = OrderedDict()
        # Questions whose answer is on its way, each with what it was edited to meanwhile.
        self._pending: dict[int, discord.Message | None] = {}

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that asks the bot something.

        Bots, webhooks and mentions of everyone are ignored, and so is whoever has had enough answers for a minute: a
        reply that says so would only add to the noise.
        """
        question = self._question(message)
        if question is None or not await self._answers(message) or self._client.limit.wait(message.author.id):
            return
        self._client.in_flight.hold()
        self._pending[message.id] = None
        try:
            answer = await send.reply_to(self._client, message, await self._card(message, question))
        except discord.Forbidden:
            _log.debug("A mention was left without an answer: no right to write there.")
        except UNREACHABLE as error:
            logged(error)
        else:
            self._answered[message.id] = _Answered(question, answer)
            if len(self._answered) > MOST_REMEMBERED:
                self._answered.popitem(last=False)
        finally:
            edited = self._pending.pop(message.id)
        if edited is not None:
            await self.on_edit(edited)

    async def on_edit(self, message: discord.Message) -> None:
        """Edit the answer to a message whose question was edited."""
        if message.id in self._pending:
            self._pending[message.id] = message
            return
        known = self._answered.get(message.id)
        question = self._question(message)
        if known is None or question is None or question == known.question:
            return
        if self._client.limit.wait(message.author.id):
            return
        self._client.in_flight.hold()
        try:
            await send.change(self._client, known.answer, await self._card(message, question))
        except discord.NotFound:
            self._answered.pop(message.id, None)
        except UNREACHABLE as error:
            logged(error)
        else:
            self._answered[message.id] = known._replace(question=question)

    def _question(self, message: discord.Message) -> str | None:
        """Return what a message asks the bot, `None` when it does not."""
        own = self._client.user
        if own is None or message.author.bot or message.webhook_id is not None or message.mention_everyone:
            return None
        calls = (f"<@{own.id}>", f"<@!{own.id}>")
        text = message.content
        if _server_of(message) is not None and not any(call in text for call in calls):
            return None  # a reply to one of the bot's messages mentions it as well, but says nothing to it
        for call in calls:
            text = text.replace(call, " ")
        return " ".join(text.split())[:QUESTION_LIMIT] or None

    async def _answers(self, message: discord.Message) -> bool:
        """Tell whether the server that a message stands in has mentions answered in this channel.

        A thread counts for the channel that it is in as far as discord.py knows it.
        """
        settings = (await self._client.servers.of(_server_of(message))).settings
        is_here = settings.answers_in(message.channel.id, getattr(message.channel, "parent_id", None))
        return settings.answer_mentions and is_here

    async def _card(self, message: discord.Message, question: str) -> Card:
        guild_id = _server_of(message)
        glossary = (await self._client.servers.of(guild_id)).glossary
        found = glossary.ask(question)
        self._client.usage.count(found, question, guild_id, message.author.id)
        return search_cards.answer(glossary, question, found, asked_by=message.author.id)


def _server_of(message: discord.Message) -> int | None:
    """Return the id of the server that a message stands in, `None` for a direct message.

    Without the guilds intent discord.py knows no servers that the bot joined after it connected, but their ids.
    """
    channel = message.channel
    if isinstance(channel, discord.PartialMessageable):
        return channel.guild_id
    return message.guild.id if message.guild else None
