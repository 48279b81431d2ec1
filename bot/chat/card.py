"""Cards: what a reply shows, as plain data. `render.py` turns them into Discord's JSON."""

import enum
from dataclasses import dataclass
from typing import Any, NamedTuple

# One colour for each meaning; entries have the colour of their category.
NEUTRAL, WRONG, DONE = 0x4A5568, 0xC53030, 0x2F855A

Json = dict[str, Any]


class Rendered(Json):
    """A part of a card that is Discord's JSON already. It is shared between replies, so nobody may change it."""


class Field(NamedTuple):
    """A heading inside an embed and the text under it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Embed:
    """The box that a reply consists of. `header` is the small line above the title, which links to `url`."""

    title: str
    text: str = ""
    colour: int = NEUTRAL
    header: str = ""
    url: str = ""
    fields: tuple[Field, ...] = ()
    image: str = ""

    def __len__(self) -> int:
        """Return how many characters count towards Discord's limit for all embeds of a message."""
        in_fields = sum(len(field.name) + len(field.value) for field in self.fields)
        return len(self.title) + len(self.text) + len(self.header) + in_fields


class Style(enum.IntEnum):
    """The colour of a button: https://docs.discord.com/developers/components/reference#button-button-styles."""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4


@dataclass(frozen=True, slots=True)
class Button:
    """A button; a click on it comes back with its `custom_id`."""

    label: str
    custom_id: str
    style: Style = Style.SECONDARY
    emoji: str = ""
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens a web page."""

    label: str
    url: str


class Option(NamedTuple):
    """One choice in a menu."""

    value: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of up to 25 options that allows one choice."""

    custom_id: str
    placeholder: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ChannelMenu:
    """A menu of the server's channels. `chosen` is selected when it appears; choosing none is allowed."""

    custom_id: str
    placeholder: str
    channel_types: tuple[int, ...]
    chosen: tuple[int, ...] = ()
    max_values: int = 1


@dataclass(frozen=True, slots=True)
class RoleMenu:
    """A menu of the server's roles. `chosen` is selected when it appears; choosing none is allowed."""

    custom_id: str
    placeholder: str
    chosen: tuple[int, ...] = ()


Component = Button | LinkButton | Menu | ChannelMenu | RoleMenu


class Attachment(NamedTuple):
    """A file that goes with a card. An embed shows a picture whose `image` is `attachment://` and the name.

    `description` says what a picture shows, for people who do not see it.
    """

    name: str
    content: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A reply: an embed, the buttons and menus under it, a line above it, more embeds, and files.

    `pings` is the one person whom a mention in `content` pings.
    """

    embed: Embed | Rendered
    components: tuple[Component | Rendered, ...] = ()
    content: str = ""
    attachments: tuple[Attachment, ...] = ()
    more: tuple[Embed | Rendered, ...] = ()
    pings: int | None = None
