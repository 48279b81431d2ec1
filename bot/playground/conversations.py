"""The conversations that the page can show: the server's channel, and the direct messages of each person.

A page of simcord shows one channel, so each conversation has a page of its own. The token in the address says which.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.preview import Preview
from simcord.results import InteractionResult

from bot.playground import internals
from bot.playground.pictures import pictures
from bot.playground.world import World


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel with its page, who is there, and what they may mention."""

    channel: ChannelHandle
    preview: Preview
    people: tuple[MemberActor, ...]
    mentions: Mapping[str, str]

    @property
    def token(self) -> str:
        """Return what the address of the page ends with."""
        return self.preview.capability

    def commands(self, person: MemberActor) -> list[str]:
        """Return the commands in the menu of a message."""
        return internals.message_commands(self.preview.env, person.id, self.channel.id)

    def message(self, person: MemberActor, message_id: object) -> discord.Message | None:
        """Return the message with an id, as requests write it, if there is one that the person sees."""
        return next((one for one in self.channel.history(viewer=person) if str(one.id) == message_id), None)

    async def send(
        self, person: MemberActor, text: str, reply_to: discord.Message | None, files: Sequence[tuple[str, bytes]]
    ) -> None:
        """Send a message with files."""
        if self.channel.guild is not None:
            await person.send(self.channel, text, reply_to=reply_to, attachments=files)
            return
        reference = reply_to and {"channel_id": str(self.channel.id), "message_id": str(reply_to.id)}
        attachments = self.preview.env.backend.store_attachments(self.channel.id, files)
        await person.send_dm(text, reference=reference, attachments=attachments)

    async def use_menu(self, person: MemberActor, command: str, message: discord.Message) -> InteractionResult:
        """Use a command in the menu of a message."""
        if self.channel.guild is not None:
            return await person.context_menu(self.channel, command, message)
        return await internals.use_direct_menu(person.user, command, message.id)


@asynccontextmanager
async def open_conversations(world: World, zone: str) -> AsyncIterator[tuple[Conversation, ...]]:
    """Open the pages of all conversations, the channel's first, with times in a time zone."""
    shown = pictures(world.people)
    async with AsyncExitStack() as stack:

        async def open_one(
            channel: ChannelHandle, people: tuple[MemberActor, ...], mentions: Mapping[str, str]
        ) -> Conversation:
            viewers = people if channel.guild is not None else [one.user for one in people]
            internals.allow_another_page(world.env)
            page = world.env.preview(channel, viewers=viewers, layout="channel", timezone=zone, assets=shown)
            internals.open_at_newest(page)
            return Conversation(channel, await stack.enter_async_context(page), people, mentions)

        public = await open_one(world.channel, world.people, world.mentions)
        direct = [
            await open_one(channel, (person,), world.bot_mention)
            for person, channel in zip(world.people, world.direct, strict=True)
        ]
        yield (public, *direct)


@asynccontextmanager
async def show_arriving(conversations: Sequence[Conversation]) -> AsyncIterator[None]:
    """Show the messages that arrive meanwhile."""
    before = [one.channel.last_message for one in conversations]
    yield
    for conversation, newest in zip(conversations, before, strict=True):
        if conversation.channel.last_message != newest:
            await conversation.preview.refresh()
