"""Answering messages that mention the bot, and direct messages to it."""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import discord

from bot.chat import send
from bot.chat.card import Card
from bot.chat.client import Client
from bot.chat.errors import REFUSED, UNREACHABLE, log_error
from bot.chat.markdown import without_markup
from bot.chat.refused_mentions import REFUSING_CODES, reason_of
from bot.features.answers import cards
from bot.features.answers.commands import QUESTION_LIMIT
from bot.features.welcome.greeting import greet_asker
from bot.glossary.search.names import Outcome

# How many questions are remembered, so that their answers can follow an edit.
MAX_REMEMBERED = 500
# A message that becomes a question by an edit is answered if it was sent at most this many seconds before.
LATEST_EDIT = 600
# How many channels are remembered. For a thread, the channel that it belongs to is remembered too.
MAX_PARENTS = 10_000
# https://docs.discord.com/developers/resources/channel#channel-object-channel-types
THREAD_TYPES = frozenset({10, 11, 12})

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
        # The parents of channels: a channel or forum for a thread, `None` for what is no thread.
        self._parents: OrderedDict[int, int | None] = OrderedDict()
        # The questions that are being answered right now, each with the message that it was edited to meanwhile.
        self._pending: dict[int, discord.Message | None] = {}
        # Those of them that were deleted meanwhile.
        self._deleted: set[int] = set()

    async def answer(self, message: discord.Message) -> None:
        """Answer a message that asks the bot something.

        Bots, webhooks and mentions of everyone get no answer. Neither do people who have used up their answers of
        this minute: a reply that says so would only add to the noise.
        """
        question = self._question(message)
        if question is None:
            return
        self._client.in_flight.hold_current_task()
        self._pending[message.id] = None
        try:
            await self._answer(message, question)
        finally:
            edited = self._pending.pop(message.id)
            is_deleted = message.id in self._deleted
            self._deleted.discard(message.id)
        if is_deleted:
            await self.remove_answers(message.channel.id, (message.id,))
        elif edited is not None:
            await self.answer_edited(edited)

    async def _answer(self, message: discord.Message, question: str) -> None:
        """Answer a question where that is wanted, and remember the answer."""
        try:
            if not await self._is_answered_here(message) or self._client.limit.seconds_to_wait(message.author.id):
                return
            card = await self._card(message, question)
            if card is None:
                return
            sent = await send.reply_to(self._client, message.channel.id, message.id, card)
        except discord.HTTPException as error:
            self._note_refused(message, error)
        except Exception as error:  # noqa: BLE001 - there is nobody to tell but the log
            log_error(error)
        else:
            self._remember(message.id, _Answered(question, sent.id))
            self._note_missing(message, sent)
            if self._client.services.welcomes.is_due(_server_of(message)):
                await self._greet(message)

    async def _greet(self, message: discord.Message) -> None:
        """Greet the server of a question, which could not be greeted before."""
        guild_id = _server_of(message)
        if guild_id is None:
            return
        try:
            await greet_asker(self._client, guild_id, message.channel.id, message.id)
        except Exception as error:  # noqa: BLE001 - the question is answered
            log_error(error)

    async def answer_edited(self, message: discord.Message) -> None:
        """Edit the answer to a message whose question was edited; answer one that asks something only now."""
        if message.id in self._pending:
            self._pending[message.id] = message
            return
        answered = self._answered.get(message.id)
        if answered is None:
            if _is_edited_soon(message):
                await self.answer(message)
            return
        question = self._question(message)
        if question is None or question == answered.question:
            return
        if self._client.limit.seconds_to_wait(message.author.id):
            return
        self._client.in_flight.hold_current_task()
        try:
            card = await self._card(message, question)
            if card is None:
                return
            await send.edit_message(self._client, message.channel.id, answered.answer_id, card)
        except discord.NotFound:
            self._answered.pop(message.id, None)
        except Exception as error:  # noqa: BLE001 - there is nobody to tell but the log
            log_error(error)
        else:
            self._answered[message.id] = answered._replace(question=question)

    async def remove_answers(self, channel_id: int, message_ids: Iterable[int]) -> None:
        """Delete the answers to questions that were deleted."""
        for message_id in message_ids:
            if message_id in self._pending:
                self._deleted.add(message_id)
            answered = self._answered.pop(message_id, None)
            if answered is None:
                continue
            self._client.in_flight.hold_current_task()
            try:
                await send.delete_message(self._client, channel_id, answered.answer_id)
            except REFUSED:
                _log.debug("The answer to a deleted question is gone already.")
            except Exception as error:  # noqa: BLE001 - there is nobody to tell but the log
                log_error(error)

    def _note_refused(self, message: discord.Message, error: discord.HTTPException) -> None:
        """Say in the log, and to moderators, that a mention got no answer."""
        if not isinstance(error, REFUSED) and error.code not in REFUSING_CODES:
            log_error(error)
            return
        reason = reason_of(error.code)
        _log.info("A mention in channel %d was left without an answer: %s.", message.channel.id, reason)
        self._client.refused_mentions.note(_server_of(message), message.channel.id, reason)

    def _note_missing(self, message: discord.Message, sent: send.Sent) -> None:
        """Say in the log, and to moderators, what is missing for a full answer."""
        guild_id, channel_id = _server_of(message), message.channel.id
        if not sent.missing:
            self._client.refused_mentions.clear(guild_id, channel_id)
            return
        reason = f"it lacks {' and '.join(f'*{one}*' for one in sent.missing)}, so it answered in short"
        _log.info("A mention in channel %d got less than an answer should be: %s.", channel_id, reason)
        self._client.refused_mentions.note(guild_id, channel_id, reason)

    def _remember(self, message_id: int, answered: _Answered) -> None:
        self._answered[message_id] = answered
        if len(self._answered) > MAX_REMEMBERED:
            self._answered.popitem(last=False)

    def _question(self, message: discord.Message) -> str | None:
        """Return what a message asks the bot, "" for a bare mention; `None` if it is not addressed to the bot."""
        user = self._client.user
        if user is None or message.author.bot or message.webhook_id is not None or message.mention_everyone:
            return None
        if not self._is_named(message) and not _is_reply_to(message, user):
            return None
        return without_markup(message.content)[:QUESTION_LIMIT] if message.content else None

    def _is_named(self, message: discord.Message) -> bool:
        """Tell whether a message is written to the bot or mentions it."""
        user = self._client.user
        if user is None or _server_of(message) is None:
            return user is not None
        return any(mention in message.content for mention in (f"<@{user.id}>", f"<@!{user.id}>"))

    async def _is_answered_here(self, message: discord.Message) -> bool:
        """Tell whether the message's server wants mentions answered in this channel. A thread belongs to its parent."""
        settings = (await self._client.services.servers.of(_server_of(message))).settings
        if not settings.answer_mentions:
            return False
        channel_id = message.channel.id
        return settings.answers_in(channel_id) or settings.answers_in(await self._parent_of(channel_id))

    async def _parent_of(self, channel_id: int) -> int | None:
        """Return the channel or forum that a thread is in, `None` if it is no thread or cannot be seen.

        Without the guilds intent Discord sends no threads, so each is asked for once.
        """
        if channel_id not in self._parents:
            try:
                channel: Mapping[str, Any] = await self._client.http.get_channel(channel_id)
            except (discord.HTTPException, *UNREACHABLE) as error:
                _log.info("Channel %d cannot be seen, so a mention there is not answered: %s", channel_id, error)
                return None
            is_thread = channel["type"] in THREAD_TYPES and channel.get("parent_id")
            self._parents[channel_id] = int(channel["parent_id"]) if is_thread else None
            if len(self._parents) > MAX_PARENTS:
                self._parents.popitem(last=False)
        return self._parents[channel_id]

    async def _card(self, message: discord.Message, question: str) -> Card | None:
        """Return the answer; `None` if a reply to the bot says nothing that the glossary knows."""
        guild_id = _server_of(message)
        services = self._client.services
        glossary = (await services.servers.of(guild_id)).glossary
        found = glossary.ask(question)
        if found.outcome is Outcome.NONE and not found.unknown_codes and not self._is_named(message):
            return None
        services.usage.count(found, question, guild_id, message.author.id)
        return cards.answer(glossary, question, found, asked_by=message.author.id)


def _is_reply_to(message: discord.Message, user: discord.abc.User) -> bool:
    """Tell whether a message replies to one of a user's messages. Its text arrives if the reply pings that user."""
    replied_to = message.reference.resolved if message.reference else None
    return isinstance(replied_to, discord.Message) and replied_to.author.id == user.id


def _is_edited_soon(message: discord.Message) -> bool:
    """Tell whether a message was edited within some minutes; later, or without an edit, nobody waits for an answer."""
    if message.edited_at is None:
        return False
    return (message.edited_at - message.created_at).total_seconds() < LATEST_EDIT


def _server_of(message: discord.Message) -> int | None:
    """Return the id of the server that a message is in, `None` for a direct message.

    Without the guilds intent discord.py knows only the id of a server that the bot joined after it connected.
    """
    channel = message.channel
    if isinstance(channel, discord.PartialMessageable):
        return channel.guild_id
    return message.guild.id if message.guild else None
