"""GlossaryBot: wires settings, data, commands and components to Discord, nothing else."""

import hashlib
import logging
from typing import Any

import discord
import msgspec
import yarl
from discord import app_commands
from discord.ext import commands

from bot import intake
from bot.catalogue import Catalogue
from bot.commands import clicks
from bot.commands.about import About
from bot.commands.ask import Ask
from bot.commands.mentions import Mentions
from bot.commands.moderation import Moderation
from bot.commands.privacy import Privacy
from bot.commands.terms import Terms
from bot.exits import ExitCode, Stop
from bot.in_flight import InFlight
from bot.limits import AnswerLimit
from bot.replies import cards, forms, send
from bot.replies.components import Component
from bot.replies.errors import answer_failure, answering
from bot.replies.registry import COMPONENTS
from bot.servers import Servers
from bot.settings import Settings, SyncCommands
from bot.storage.command_syncs import CommandSyncs
from bot.storage.database import Database
from bot.storage.drafts import Drafts
from bot.storage.retention import Retention
from bot.storage.suggestions import Suggestions
from bot.usage import Usage

# Commands, autocomplete, buttons and menus arrive as interactions, which need no intent at all; without the guilds
# intent discord.py keeps no servers, channels or roles in memory.
INTENTS = discord.Intents.none()
# Questions in messages need these two: mentions of the bot in servers, and direct messages to it. What others write
# arrives without its content, which would take a privileged intent.
INTENTS_WITH_MENTIONS = discord.Intents(guild_messages=True, dm_messages=True)
# How often a shard tries to reach the gateway before the start is given up; discord.py waits 5 seconds between tries.
GATEWAY_TRIES = 2

_log = logging.getLogger(__name__)


class Tree(app_commands.CommandTree["GlossaryBot"]):
    """The commands, with the one error handler."""

    async def interaction_check(self, interaction: discord.Interaction["GlossaryBot"], /) -> bool:
        """Let stopping wait for the answer, and refuse whoever has had enough answers for a minute."""
        interaction.client.in_flight.hold()
        if interaction.type is discord.InteractionType.autocomplete:
            return True
        async with answering(interaction):
            return not await _is_refused(interaction)
        return False

    async def on_error(
        self, interaction: discord.Interaction["GlossaryBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer a command that failed."""
        outdated = isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch)
        if outdated and interaction.type is not discord.InteractionType.autocomplete:
            async with answering(interaction):
                await send.reply(interaction, cards.outdated(), ephemeral=True)
        else:
            await answer_failure(interaction, error)


class GlossaryBot(commands.AutoShardedBot):
    """The bot: one catalogue, its commands, and a connection to Discord."""

    def __init__(
        self, settings: Settings, catalogue: Catalogue, servers: Servers, usage: Usage, database: Database
    ) -> None:
        """Wire the parts together; nothing is sent before `login`."""
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=INTENTS_WITH_MENTIONS if settings.answer_mentions else INTENTS,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self.settings = settings
        self.catalogue = catalogue
        self.servers = servers
        self.usage = usage
        self.suggestions = Suggestions(database)
        self.drafts = Drafts(database)
        self.retention = Retention(database)
        self.in_flight = InFlight()
        self.limit = AnswerLimit(settings.answers_per_minute)
        self._mentions = Mentions(self)
        self._command_syncs = CommandSyncs(database)
        self._gateway_tries = 0
        parsers = self._connection.parsers
        parsers["INTERACTION_CREATE"] = intake.guard(self, parsers["INTERACTION_CREATE"])
        for event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            parsers[event] = intake.skip_unreadable(event, parsers[event])

    async def setup_hook(self) -> None:
        """Register commands and components, and send the commands to Discord when they changed."""
        self.add_dynamic_items(*COMPONENTS)
        ask, moderation = Ask(), Moderation()
        for menu in (ask.explain, moderation.add_from_message):
            self.tree.add_command(menu)
        for cog in (Terms(), ask, About(), Privacy(), moderation):
            await self.add_cog(cog)
        try:
            await self._sync_commands()
        except discord.HTTPException as error:
            _log.error("The commands could not be sent to Discord; the next start tries again: %s", error)

    async def clicked(self, component: Component[Any], interaction: discord.Interaction["GlossaryBot"]) -> None:
        """Answer a click on a button or menu."""
        self.in_flight.hold()
        async with answering(interaction):
            if not await _is_refused(interaction):
                await clicks.answer(component, interaction)

    async def on_message(self, message: discord.Message, /) -> None:
        """Answer a question in a message; there are no commands in messages."""
        await self._mentions.on_message(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Edit the answer to an edited question."""
        await self._mentions.on_edit(payload.message)

    def submitted(self, payload: Any) -> None:
        """Answer a form that was filled in; discord.py would drop one that it sent before the last start."""
        state: Any = self._connection
        interaction = discord.Interaction[GlossaryBot](data=payload, state=state)
        self.in_flight.spawn(self._answer_form(interaction))

    async def _answer_form(self, interaction: discord.Interaction["GlossaryBot"]) -> None:
        async with answering(interaction):
            await clicks.submitted(forms.read(interaction.data), interaction)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard for the first time; raise `Stop` after a few tries, where discord.py would try for ever."""
        self._gateway_tries += 1
        if self._gateway_tries > GATEWAY_TRIES:
            raise Stop(ExitCode.UNREACHABLE, f"Discord's gateway at {gateway} cannot be reached.")
        await super().launch_shard(gateway, shard_id, initial=initial)
        self._gateway_tries = 0

    async def _sync_commands(self) -> None:
        """Send the commands if their definition is not the one that this application was last given."""
        if self.settings.sync_commands is SyncCommands.NEVER or self.application_id is None:
            return
        definition = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        content_hash = hashlib.sha256(msgspec.json.encode(definition, order="deterministic")).hexdigest()
        last = await self._command_syncs.last_hash(self.application_id)
        if self.settings.sync_commands is SyncCommands.CHANGED and content_hash == last:
            _log.info("The commands are unchanged.")
            return
        await self.tree.sync()
        await self._command_syncs.remember(self.application_id, content_hash)
        _log.info("The commands were sent to Discord.")


async def _is_refused(interaction: discord.Interaction[GlossaryBot]) -> bool:
    """Take an answer from the bucket of whoever asks; say so when it is empty."""
    if not (seconds := interaction.client.limit.wait(interaction.user.id)):
        return False
    await send.reply(interaction, cards.too_many(seconds), ephemeral=True)
    return True
