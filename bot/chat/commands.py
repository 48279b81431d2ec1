"""Slash commands and message commands, as the features define them.

discord.py reads their signatures and describes them to Discord; `command_runner.py` finds and calls them.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, NamedTuple

import discord
from discord import app_commands

from bot.chat.interaction import Interaction, User
from bot.chat.messages import Message

# Discord shows these commands to people who may manage the server, and to nobody outside of servers.
_MANAGE_SERVER = discord.Permissions(manage_guild=True)
_SERVERS_ONLY = app_commands.AppInstallationType(guild=True, user=False)
_IN_SERVERS_ONLY = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)


class Choice(NamedTuple):
    """Something to choose while typing: what is shown, and what the command gets."""

    label: str
    value: str


class _PersonOption(app_commands.Transformer):
    """Tells discord.py that an option takes a person; `command_runner` reads it."""

    type = discord.AppCommandOptionType.user


Person = app_commands.Transform[User, _PersonOption]


Completer = Callable[[Interaction, str], Awaitable[Iterable[Choice]]]
# Also gets the other options that are filled in already, by their names.
BesideCompleter = Callable[[Interaction, str, Mapping[str, str]], Awaitable[Iterable[Choice]]]


class SlashCommand:
    """A slash command: a coroutine function that gets the interaction, and its options by name.

    The first line of its docstring describes it to people.
    """

    def __init__(self, callback: Callable[..., Awaitable[None]], name: str = "") -> None:
        """Name the command, by default like its function."""
        described: Any = callback
        self.callback = callback
        self.completers: dict[str, BesideCompleter] = {}
        self.definition: app_commands.Command[Any, ..., None] = app_commands.Command(
            name=name or described.__name__,
            description=(inspect.getdoc(callback) or "").partition("\n")[0],
            callback=described,
        )
        self.parameters = tuple(self.definition.parameters)

    def autocomplete(self, option: str) -> Callable[[Completer], Completer]:
        """Return a decorator for the coroutine function that offers choices while somebody types into an option."""

        def decorate(completer: Completer) -> Completer:
            async def complete(interaction: Interaction, typed: str, _: Mapping[str, str]) -> Iterable[Choice]:
                return await completer(interaction, typed)

            self.complete_beside(option, complete)
            return completer

        return decorate

    def complete_beside(self, option: str, completer: BesideCompleter) -> None:
        """Offer choices for an option that depend on the other options."""

        async def signature(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            """Tell discord.py that the option is completed."""
            raise NotImplementedError  # `command_runner` calls the completer

        self.definition.autocomplete(option)(signature)
        self.completers[option] = completer


class MessageCommand:
    """A command in the menu of a message: a coroutine function that gets the interaction and the message."""

    def __init__(
        self, callback: Callable[[Interaction, Message], Awaitable[None]], name: str, *, for_moderators: bool
    ) -> None:
        """Name the command as the menu shows it."""

        async def signature(interaction: discord.Interaction, message: discord.Message) -> None:
            """Tell discord.py that the command is for messages."""

        self.callback = callback
        self.definition = app_commands.ContextMenu(name=name, callback=signature)
        if for_moderators:
            _restrict(self.definition)


class Group:
    """Slash commands under one name; a group may hold groups."""

    def __init__(
        self,
        name: str,
        description: str,
        commands: Iterable["SlashCommand | Group"],
        *,
        for_moderators: bool = False,
    ) -> None:
        """Add the commands in the order in which Discord lists them."""
        self.commands = tuple(commands)
        self.definition = app_commands.Group(name=name, description=description)
        if for_moderators:
            _restrict(self.definition)
        for command in self.commands:
            self.definition.add_command(command.definition)


Command = SlashCommand | MessageCommand | Group


def slash_command(name: str = "") -> Callable[[Callable[..., Awaitable[None]]], SlashCommand]:
    """Return a decorator that makes a slash command, by default with the name of the function."""
    return lambda callback: SlashCommand(callback, name)


def message_command(
    name: str, *, for_moderators: bool = False
) -> Callable[[Callable[[Interaction, Message], Awaitable[None]]], MessageCommand]:
    """Return a decorator that makes a command in the menu of messages."""
    return lambda callback: MessageCommand(callback, name, for_moderators=for_moderators)


def _restrict(definition: app_commands.Group | app_commands.ContextMenu) -> None:
    definition.default_permissions = _MANAGE_SERVER
    definition.allowed_installs = _SERVERS_ONLY
    definition.allowed_contexts = _IN_SERVERS_ONLY
