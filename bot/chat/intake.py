"""Reading events before discord.py does, so that an interaction that is malformed or outdated is answered kindly.

An exception while discord.py reads an event ends its connection. discord.py also says nothing to a click that it
cannot place, and drops a form that was sent before the last start.
"""

import functools
import logging
from collections.abc import Iterator, Mapping
from typing import Any

import discord
import msgspec

from bot.chat import notices, send
from bot.chat.card import Card, Json
from bot.chat.client import Client
from bot.chat.command_runner import CommandRunner, Used
from bot.chat.components import Click, ClickedMessage, read_action, read_custom_id
from bot.chat.errors import REFUSED, UNREACHABLE, log_error
from bot.chat.forms import Submission, read_submission
from bot.chat.interaction import Interaction
from bot.chat.internals import Parser, replace_parser
from bot.chat.rights import OPERATOR
from bot.chat.router import Router

_Type = discord.InteractionType
_EPHEMERAL = discord.MessageFlags(ephemeral=True).value

_log = logging.getLogger(__name__)


class _Envelope(msgspec.Struct):
    """The part of an interaction without which it cannot be answered at all."""

    id: str
    token: str
    type: int


class _Command(msgspec.Struct):
    data: Used


class _ClickData(msgspec.Struct):
    custom_id: str
    values: list[str] = []


class _Message(msgspec.Struct):
    id: str
    components: list[Json] = []
    flags: int = 0
    content: str = ""

    def summary(self) -> ClickedMessage:
        is_ephemeral = bool(self.flags & _EPHEMERAL)
        return ClickedMessage(int(self.id), is_ephemeral, tuple(self.components), self.content)


class _Click(msgspec.Struct):
    data: _ClickData
    message: _Message


class _Form(msgspec.Struct):
    data: Any = None
    message: _Message | None = None


class Intake:
    """What reads the gateway's interactions and hands them on: to the commands, or to the router."""

    def __init__(self, client: Client, commands: CommandRunner, router: Router) -> None:
        """Serve a client; `attach` starts it."""
        self._client = client
        self._commands = commands
        self._router = router

    def attach(self) -> None:
        """Read interactions and messages from now on."""
        replace_parser(self._client, "INTERACTION_CREATE", lambda _: self.receive)
        for event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            replace_parser(self._client, event, functools.partial(_skip_unreadable, event))

    def receive(self, payload: Mapping[str, Any]) -> None:
        """Start the answer to an interaction."""
        try:
            envelope = msgspec.convert(payload, _Envelope)
        except msgspec.ValidationError as error:
            _log.warning("An interaction cannot be answered: %s.", error)
            return
        try:
            self._hand_on(payload)
        except msgspec.ValidationError as error:
            _log.warning("An interaction of type %d is malformed: %s.", envelope.type, error)
            self._refuse(envelope, notices.outdated())
        except Exception as error:  # noqa: BLE001 - the asker is told about any failure
            self._refuse(envelope, notices.failure(log_error(error), OPERATOR))

    def _hand_on(self, payload: Mapping[str, Any]) -> None:
        """Read an interaction and start its answer; raise `msgspec.ValidationError` if it is not one of ours."""
        interaction = Interaction(self._client, payload)
        match interaction.type:
            case _Type.application_command.value:
                self._commands.run(interaction, msgspec.convert(payload, _Command).data)
            case _Type.autocomplete.value:
                self._commands.complete(interaction, msgspec.convert(payload, _Command).data)
            case _Type.component.value:
                click = self._click(msgspec.convert(payload, _Click))
                self._client.in_flight.spawn(self._router.click(interaction, click))
            case _Type.modal_submit.value:
                submission = self._submission(msgspec.convert(payload, _Form))
                self._client.in_flight.spawn(self._router.submit(interaction, submission))
            case _:
                raise msgspec.ValidationError("its type is unknown")

    def _click(self, click: _Click) -> Click:
        custom_id, values = click.data.custom_id, tuple(click.data.values)
        found = next((one for one in _flat(click.message.components) if one.get("custom_id") == custom_id), None)
        if found is None:
            raise msgspec.ValidationError("the message has no such component")
        # Menus of channels and roles list no options.
        if "options" in found and not {option["value"] for option in found["options"]}.issuperset(values):
            raise msgspec.ValidationError("the menu has no such option")
        clicked = (read_action(values[0]) if values else None) or read_custom_id(custom_id)
        if clicked.verb not in self._router.verbs:
            raise msgspec.ValidationError(f"nothing answers the verb {clicked.verb!r}")
        return Click(clicked.verb, clicked.argument, values, click.message.summary())

    def _submission(self, form: _Form) -> Submission:
        message = form.message.summary() if form.message else None
        return read_submission(form.data, self._router.form_kinds, message)

    def _refuse(self, envelope: _Envelope, card: Card) -> None:
        self._client.in_flight.spawn(_answer_by_token(self._client, envelope, card))


def _skip_unreadable(event: str, parse: Parser) -> Parser:
    """Return discord.py's reader of an event, which logs an event that it cannot read and goes on."""

    def parse_readable(payload: Any) -> None:
        try:
            parse(payload)
        except Exception:  # noqa: BLE001 - the connection must not end, whatever the event holds
            _log.exception("An event %s could not be read.", event)

    return parse_readable


def _flat(components: list[Json]) -> Iterator[Json]:
    for component in components:
        yield component
        yield from _flat(component.get("components", []))


async def _answer_by_token(client: Client, envelope: _Envelope, card: Card) -> None:
    try:
        if envelope.type == _Type.autocomplete.value:
            await send.offer_nothing_by_token(client, envelope.id, envelope.token)
        else:
            await send.answer_by_token(client, envelope.id, envelope.token, card)
    except (*REFUSED, *UNREACHABLE) as error:
        _log.warning("An unreadable interaction could not be answered: %s", error)
    except discord.HTTPException as error:
        log_error(error)
