"""The connection to Discord."""

import discord
import yarl
from discord import app_commands

from bot.chat.command_links import CommandLinks
from bot.chat.in_flight import InFlight
from bot.chat.limits import AnswerLimit
from bot.chat.refused_mentions import RefusedMentions
from bot.exits import ExitCode, Stop
from bot.services import Services

# Commands, autocomplete, buttons and menus arrive as interactions, which need no intent at all. Without the guilds
# intent discord.py keeps no channels or roles in memory.
INTENTS = discord.Intents.none()
# Questions in messages need these two: mentions of the bot in servers, and direct messages to it. The text of other
# messages would need a privileged intent and does not arrive.
INTENTS_WITH_MENTIONS = discord.Intents(guild_messages=True, dm_messages=True)
# How often a shard tries to reach the gateway before the start fails. discord.py waits 5 seconds between tries.
GATEWAY_TRIES = 2
# Where Discord keeps the files that people upload: https://docs.discord.com/developers/reference#image-formatting.
FILE_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})


class Client(discord.AutoShardedClient):
    """A connection to Discord with the bot's services; `features.dispatch` adds what people can do."""

    def __init__(self, services: Services) -> None:
        """Prepare the connection; nothing is sent before `login`."""
        super().__init__(
            intents=INTENTS_WITH_MENTIONS if services.settings.answer_mentions else INTENTS,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.services = services
        # Commands are offered everywhere: in servers, in direct messages, and to people who installed the bot.
        self.tree: app_commands.CommandTree[Client] = app_commands.CommandTree(
            self,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self.in_flight = InFlight()
        self.file_hosts = FILE_HOSTS
        self.command_links = CommandLinks()
        self.refused_mentions = RefusedMentions()
        self.limit = AnswerLimit(services.settings.answers_per_minute)
        self._gateway_tries = 0

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard for the first time; raise `Stop` after a few tries, where discord.py would try for ever."""
        self._gateway_tries += 1
        if self._gateway_tries > GATEWAY_TRIES:
            raise Stop(ExitCode.UNREACHABLE, f"Discord's gateway at {gateway} cannot be reached.")
        await super().launch_shard(gateway, shard_id, initial=initial)
        self._gateway_tries = 0
