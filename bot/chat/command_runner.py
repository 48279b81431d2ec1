"""All commands: sending their definitions to Discord, and calling the one that somebody used."""

import functools
import hashlib
import logging
from collections.abc import Iterable, Iterator
from typing import Any

import discord
import msgspec
from discord import AppCommandOptionType

from bot.chat import send
from bot.chat.answering import Work, answer
from bot.chat.client import Client
from bot.chat.commands import Command, Group, MessageCommand, SlashCommand
from bot.chat.interaction import Interaction, User
from bot.chat.internals import make_attachment
from bot.chat.messages import read_message
from bot.glossary.checks import CONTROL
from bot.settings import SyncCommands

_SUBCOMMAND, _GROUP = AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value
_ATTACHMENT, _PERSON = AppCommandOptionType.attachment.value, AppCommandOptionType.user.value
_MESSAGE = discord.AppCommandType.message.value

_log = logging.getLogger(__name__)


class Option(msgspec.Struct):
    """An option of a used command, or a subcommand with its options."""

    name: str
    type: int
    value: str | int | float | bool | msgspec.UnsetType = msgspec.UNSET
    options: list["Option"] = []
    focused: bool = False

    def __post_init__(self) -> None:
        """Refuse an option without a value, and a person without an id."""
        if self.value is msgspec.UNSET and self.type not in {_SUBCOMMAND, _GROUP}:
            raise ValueError("an option without a value")
        if self.type == _PERSON and not str(self.value).isdecimal():
            raise ValueError("a person without an id")


class Resolved(msgspec.Struct):
    """The files and messages that a command refers to by id."""

    attachments: dict[str, Any] = {}
    messages: dict[str, Any] = {}


class Used(msgspec.Struct):
    """A command that somebody used, or is typing."""

    name: str
    type: int = discord.AppCommandType.chat_input.value
    options: list[Option] = []
    target_id: str = ""
    resolved: Resolved = msgspec.field(default_factory=Resolved)

    def leaf(self) -> tuple[str, list[Option]]:
        """Return the full name of the slash command, such as "glossary alias add", and its options."""
        names, options = [self.name], self.options
        while options and options[0].type in {_SUBCOMMAND, _GROUP}:
            names.append(options[0].name)
            options = options[0].options
        return " ".join(names), options


class CommandRunner:
    """Every command by its full name."""

    def __init__(self, client: Client, commands: Iterable[Command]) -> None:
        """Add the commands to the client."""
        self._client = client
        self._slash_commands: dict[str, SlashCommand] = {}
        self._message_commands: dict[str, MessageCommand] = {}
        for command in commands:
            client.tree.add_command(command.definition)
            if isinstance(command, MessageCommand):
                self._message_commands[command.definition.name] = command
            else:
                self._slash_commands |= {one.definition.qualified_name: one for one in _leaves(command)}

    def run(self, interaction: Interaction, used: Used) -> None:
        """Start the answer to a command; raise `msgspec.ValidationError` if this version has no such command."""
        work = self._message_work(interaction, used) if used.type == _MESSAGE else self._slash_work(interaction, used)
        self._client.in_flight.spawn(answer(interaction, work))

    def complete(self, interaction: Interaction, used: Used) -> None:
        """Start to offer choices for the option that somebody is typing; raise `msgspec.ValidationError` if none is."""
        name, options = used.leaf()
        command = self._slash_commands.get(name)
        typed = next((option for option in options if option.focused), None)
        completer = command.completers.get(typed.name) if command and typed else None
        if completer is None or typed is None:
            raise msgspec.ValidationError(f"nothing completes what is typed for {name!r}")

        others = {option.name: str(option.value) for option in options if not option.focused}

        async def offer() -> None:
            await send.offer_choices(interaction, await completer(interaction, str(typed.value), others))

        self._client.in_flight.spawn(answer(interaction, offer, is_limited=False))

    async def sync(self) -> None:
        """Send the commands to Discord if this application was given others before; a refusal is logged."""
        settings, syncs = self._client.services.settings, self._client.services.command_syncs
        application_id = self._client.application_id
        if application_id is None:
            return
        if settings.sync_commands is SyncCommands.NEVER:
            await self._learn_ids()
            return
        tree = self._client.tree
        definitions = [command.to_dict(tree) for command in tree.get_commands()]
        content_hash = hashlib.sha256(msgspec.json.encode(definitions, order="deterministic")).hexdigest()
        last_hash = await syncs.last_hash(application_id)
        if settings.sync_commands is SyncCommands.CHANGED and content_hash == last_hash:
            _log.info("The commands are unchanged.")
            await self._learn_ids()
            return
        try:
            synced = await tree.sync()
        except discord.HTTPException as error:
            _log.error("The commands could not be sent to Discord; the next start tries again: %s", error)
            return
        self._client.command_links.use(synced)
        await syncs.remember(application_id, content_hash)
        _log.info("The commands were sent to Discord.")

    async def _learn_ids(self) -> None:
        """Ask Discord for the ids of the commands, with which replies link to them."""
        try:
            self._client.command_links.use(await self._client.tree.fetch_commands())
        except discord.HTTPException as error:
            _log.warning("Replies name commands without linking to them: %s", error)

    def _slash_work(self, interaction: Interaction, used: Used) -> Work:
        name, options = used.leaf()
        command = self._slash_commands.get(name)
        if command is None:
            raise msgspec.ValidationError(f"no command is called {name!r}")
        arguments = self._arguments(command, options, used.resolved)
        return functools.partial(command.callback, interaction, **arguments)

    def _message_work(self, interaction: Interaction, used: Used) -> Work:
        command = self._message_commands.get(used.name)
        message = used.resolved.messages.get(used.target_id)
        if command is None or message is None:
            raise msgspec.ValidationError(f"no command is called {used.name!r}, or its message is missing")
        return functools.partial(command.callback, interaction, read_message(message))

    def _arguments(self, command: SlashCommand, options: Iterable[Option], resolved: Resolved) -> dict[str, Any]:
        """Return the options by the names of the coroutine function's parameters.

        Raise `msgspec.ValidationError` if they are those of another version of the command.
        """
        given = {option.name: option for option in options}
        arguments: dict[str, Any] = {}
        for parameter in command.parameters:
            option = given.get(parameter.display_name)
            if option is None and parameter.required:
                raise msgspec.ValidationError(f"the option {parameter.display_name!r} is missing")
            if option is None:
                continue
            if option.type != parameter.type.value:
                raise msgspec.ValidationError(f"the option {option.name!r} has another type")
            arguments[parameter.name] = self._value(option, resolved)
        return arguments

    def _value(self, option: Option, resolved: Resolved) -> Any:
        if option.type == _PERSON:
            return User(int(str(option.value)))
        if option.type != _ATTACHMENT:
            # A control character is invisible, may turn the rest of a line, and one of them fits into no database.
            return CONTROL.sub(" ", option.value) if isinstance(option.value, str) else option.value
        attachment = resolved.attachments.get(str(option.value))
        if attachment is None:
            raise msgspec.ValidationError("the uploaded file is missing")
        return make_attachment(self._client, attachment)


def _leaves(command: SlashCommand | Group) -> Iterator[SlashCommand]:
    if isinstance(command, SlashCommand):
        yield command
    else:
        for one in command.commands:
            yield from _leaves(one)
