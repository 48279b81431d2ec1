"""How serious a numbered message is: the sign in front of its title, and the colour of its card."""

from typing import NamedTuple

from bot.chat.card import NEUTRAL, WRONG
from bot.glossary.model import Message, MessageKind

_AMBER, _BLUE = 0xD69E2E, 0x3182CE


class Severity(NamedTuple):
    """A sign, the colour that goes with it, and what they mean."""

    sign: str
    colour: int
    meaning: str


_OF_KINDS = {
    MessageKind.ERROR: Severity("🔴", WRONG, "error"),
    MessageKind.WARNING: Severity("🟡", _AMBER, "warning"),
    MessageKind.SYSTEM: Severity("🔵", _BLUE, "system message"),
}
_HARMLESS = Severity("⚪", NEUTRAL, "nothing to do")
SIGNS = " · ".join(f"{one.sign} {one.meaning}" for one in (*_OF_KINDS.values(), _HARMLESS))


def severity_of(message: Message) -> Severity:
    """Return how serious a message is; one that only informs is harmless, whatever its kind."""
    return _HARMLESS if message.harmless else _OF_KINDS[message.kind]
