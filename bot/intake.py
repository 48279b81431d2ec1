"""Reading events before discord.py does: an interaction that is malformed, unknown or outdated is answered kindly.

discord.py lets an exception in reading an event end the connection, and drops a click that it cannot place in silence,
as it does a form that was sent before the last start.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import discord
import msgspec

from bot.replies import cards, forms, send
from bot.replies.card import Card
from bot.replies.errors import UNREACHABLE, logged
from bot.replies.registry import is_known

if TYPE_CHECKING:
    from bot.client import GlossaryBot

Payload = Mapping[str, Any]
Parser = Callable[[Any], None]
Kind = discord.InteractionType

_log = logging.getLogger(__name__)


class _Envelope(msgspec.Struct):
    """What is needed to answer at all."""

    id: str
    token: str
    type: int


class _Option(msgspec.Struct):
    name: str
    type: int
    value: str | int | float | bool | msgspec.UnsetType = msgspec.UNSET
    options: list["_Option"] | msgspec.UnsetType = msgspec.UNSET

    def __post_init__(self) -> None:
        if self.value is msgspec.UNSET and self.type not in {1, 2}:
            raise ValueError("an option without a value")


class _CommandData(msgspec.Struct):
    name: str
    options: list[_Option] = []


class _Command(msgspec.Struct):
    data: _CommandData


class _ClickData(msgspec.Struct):
    custom_id: str
    component_type: int


class _Message(msgspec.Struct):
    components: list[dict[str, Any]]


class _Click(msgspec.Struct):
    data: _ClickData
    message: _Message


def skip_unreadable(event: str, parse: Parser) -> Parser:
    """Return discord.py's parser of an event, by which an event that it cannot read is logged and passed over."""

    def parse_readable(payload: Payload) -> None:
        try:
            parse(payload)
        except Exception:  # noqa: BLE001 - whatever reading fails on, the connection must not end
            _log.exception("An event %s could not be read.", event)

    return parse_readable


def guard(client: "GlossaryBot", parse: Parser) -> Parser:
    """Return discord.py's parser of interactions, which then sees only what it can read."""

    def parse_readable(payload: Payload) -> None:
        try:
            envelope = msgspec.convert(payload, _Envelope)
        except msgspec.ValidationError as error:
            _log.warning("An interaction cannot be answered: %s.", error)
            return
        try:
            refusal = _why_not(envelope, payload)
            if refusal is None:
                # Forms are answered from their payload alone; discord.py knows only those it has sent since the start.
                (client.submitted if envelope.type == Kind.modal_submit.value else parse)(payload)
                return
        except Exception as error:  # noqa: BLE001 - whatever reading fails on, the asker is told
            refusal = cards.failure(logged(error))
        client.in_flight.spawn(_answer(client, envelope, refusal))

    return parse_readable


def _why_not(envelope: _Envelope, payload: Payload) -> Card | None:
    """Return the answer to an interaction that discord.py could not place, `None` for any other."""
    try:
        match envelope.type:
            case Kind.application_command.value | Kind.autocomplete.value:
                msgspec.convert(payload, _Command)
                return None
            case Kind.component.value:
                click = msgspec.convert(payload, _Click)
                custom_id = click.data.custom_id
                is_there = any(one.get("custom_id") == custom_id for one in _flat(click.message.components))
                return None if is_known(custom_id) and is_there else cards.outdated()
            case Kind.modal_submit.value:
                forms.read(payload.get("data"))
                return None
            case _:
                return cards.outdated()
    except msgspec.ValidationError as error:
        _log.warning("An interaction of type %d is malformed: %s.", envelope.type, error)
        return cards.outdated()


def _flat(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _flat(component.get("components", []))


async def _answer(client: "GlossaryBot", envelope: _Envelope, card: Card) -> None:
    try:
        if envelope.type == Kind.autocomplete.value:
            await send.no_choices_for_payload(client, envelope.id, envelope.token)
        else:
            await send.answer_payload(client, envelope.id, envelope.token, card)
    except UNREACHABLE as error:
        _log.warning("An unreadable interaction could not be answered: %s", error)
