"""The id of a button, menu or form: a verb and its argument, so that it still works after a restart."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.chat.card import Json
from bot.storage.ids import HIGHEST_ID

# https://docs.discord.com/developers/components/reference#anatomy-of-a-component
CUSTOM_ID_LIMIT = 100
# How much of a query fits into a `custom_id` beside the longest verb.
QUERY_LIMIT = 80
# These stand before the verb itself: a button that does something, and a menu.
_PREFIXES = ("do:", "pick:")
# An option of a menu whose value starts so does what a button with the rest as its `custom_id` would do.
_ACTION = "!"
# The verb of a menu that has no other options.
ACTIONS = "pick:action"


class Clicked(NamedTuple):
    """What a `custom_id` says: what to do, and to what."""

    verb: str
    argument: str


def custom_id(verb: str, argument: object = "") -> str:
    """Return the id of a component.

    >>> custom_id("open", "trusted-ips")
    'open:trusted-ips'
    >>> custom_id("do:approve", 7)
    'do:approve:7'
    """
    return f"{verb}:{argument}"


def read_custom_id(text: str) -> Clicked:
    """Return what a `custom_id` says.

    >>> read_custom_id("do:revert:12:40")
    Clicked(verb='do:revert', argument='12:40')
    >>> read_custom_id("dismiss:81")
    Clicked(verb='dismiss', argument='81')
    """
    prefix = next((prefix for prefix in _PREFIXES if text.startswith(prefix)), "")
    verb, _, argument = text.removeprefix(prefix).partition(":")
    return Clicked(prefix + verb, argument)


def action(button_id: str) -> str:
    """Return the value of a menu's option that does what a button with this `custom_id` would do.

    >>> action("do:browse:Orders")
    '!do:browse:Orders'
    """
    return _ACTION + button_id


def read_action(value: str) -> Clicked | None:
    """Return what an option with this value does, `None` if it is an ordinary choice.

    >>> read_action("!do:browse:Orders"), read_action("limit-order")
    (Clicked(verb='do:browse', argument='Orders'), None)
    """
    return read_custom_id(value.removeprefix(_ACTION)) if value.startswith(_ACTION) else None


def number_in(argument: str) -> int:
    """Return the id or count in an argument, 0 if it is not a number or larger than any that a database holds.

    >>> number_in("12"), number_in("twelve"), number_in("9" * 30)
    (12, 0, 0)
    """
    number = int(argument) if argument.isascii() and argument.isdecimal() else 0
    return number if number <= HIGHEST_ID else 0


def query_argument(query: str) -> str:
    """Return as much of a query as fits into a `custom_id`, on one line; empty for a blank query."""
    return " ".join(query.split())[:QUERY_LIMIT].rstrip()


@dataclass(frozen=True, slots=True)
class ClickedMessage:
    """The message under which somebody clicked, or from which they opened a form.

    `components` are its buttons and menus as Discord describes them, and `content` the line above its embed.
    """

    id: int
    is_ephemeral: bool
    components: tuple[Json, ...] = ()
    content: str = ""

    def argument_of(self, verb: str) -> str:
        """Return the argument of the first button or menu with a verb, "" if the message has none."""
        return read_custom_id(self.id_of((verb,))).argument

    def id_of(self, verbs: Collection[str]) -> str:
        """Return the `custom_id` of the first button or menu with one of some verbs, "" if the message has none."""
        for row in self.components:
            for component in row.get("components", ()):
                component_id: str = component.get("custom_id", "")
                if read_custom_id(component_id).verb in verbs:
                    return component_id
        return ""


@dataclass(frozen=True, slots=True)
class Click:
    """A click on a button, or a choice in a menu with the values that were chosen."""

    verb: str
    argument: str
    values: tuple[str, ...] = ()
    message: ClickedMessage = field(default_factory=lambda: ClickedMessage(0, is_ephemeral=False))

    @property
    def custom_id(self) -> str:
        """Return the id of the button or menu."""
        return custom_id(self.verb, self.argument)

    @property
    def number(self) -> int:
        """Return the argument as an id or a count, 0 if it is not a number."""
        return number_in(self.argument)

    @property
    def value(self) -> str:
        """Return the choice in a menu that allows one choice."""
        return self.values[0] if self.values else ""
