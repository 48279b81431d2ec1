"""The buttons and menus of moderators, and of everyone's data: what each is for stands in its `custom_id`."""

import enum
import re
from collections.abc import Iterable
from typing import Any, Self

import discord
from discord.ui.select import BaseSelect

from bot.replies.components import LABEL_LIMIT, MOST_OPTIONS, OPTION_LIMIT, Component
from bot.replies.markdown import shorten


class Verb(enum.StrEnum):
    """What a button or menu does; what it does it to is its argument."""

    # For everyone.
    NONE_OF_THESE = "none-of-these"
    FORGET_ME = "forget-me"
    # Entries: drafts that could not be saved, and undoing.
    EDIT_DRAFT = "edit-draft"
    SAVE_DRAFT = "save-draft"
    DISCARD_DRAFT = "discard-draft"
    IMPORT_DRAFT = "import-draft"
    HISTORY = "history"
    REVERT = "revert"
    REVISIONS = "revisions"
    ROLLBACK = "rollback"
    CONFIRM_ROLLBACK = "confirm-rollback"
    # What is missing.
    MISSES = "misses"
    MISS = "miss"
    MISS_ADD = "miss-add"
    MISS_ALIAS = "miss-alias"
    MISS_ALIAS_OF = "miss-alias-of"
    MISS_DISMISS = "miss-dismiss"
    SUGGESTIONS = "suggestions"
    SUGGESTION = "suggestion"
    APPROVE = "approve"
    EDIT_AND_APPROVE = "edit-approve"
    DECLINE = "decline"
    # Everything else.
    REVIEW = "review"
    SET_MENTIONS = "set-mentions"
    SET_HIDDEN = "set-hidden"
    SET_SUGGESTIONS = "set-suggestions"
    SET_CHANNELS = "set-channels"
    SET_SUGGESTIONS_CHANNEL = "set-suggestions-channel"
    SET_ROLE = "set-role"


# Everything else is for moderators.
FOR_EVERYONE = frozenset({Verb.NONE_OF_THESE, Verb.FORGET_ME})
# For those who may change the shared data, who need not moderate the server; their handlers check that.
FOR_SHARED_DATA = frozenset({Verb.REVISIONS, Verb.ROLLBACK, Verb.CONFIRM_ROLLBACK})
_TEMPLATE = rf"do:(?P<verb>{'|'.join(Verb)}):(?P<argument>.*)"
_MENU_TEMPLATE = _TEMPLATE.replace("do:", "pick:", 1)


class Action(Component[discord.ui.Button[Any]], template=_TEMPLATE):
    """A button that does something to something."""

    def __init__(
        self,
        verb: Verb,
        argument: object = "",
        *,
        label: str,
        emoji: str | None = None,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        """Label the button with what it does."""
        self.verb, self.argument = verb, str(argument)
        self.chosen: tuple[str, ...] = ()
        super().__init__(
            discord.ui.Button(
                label=shorten(label, LABEL_LIMIT),
                emoji=emoji,
                style=style,
                custom_id=f"do:{verb}:{argument}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button again from its id."""
        return cls(Verb(match["verb"]), match["argument"], label=getattr(item, "label", None) or match["verb"])


class Pick(Component[BaseSelect[Any]], template=_MENU_TEMPLATE):
    """A menu whose choice does something to something."""

    def __init__(self, verb: Verb, argument: object = "", *, menu: BaseSelect[Any]) -> None:
        """Wrap a menu of options, channels or roles."""
        self.verb, self.argument = verb, str(argument)
        self.chosen: tuple[str, ...] = ()
        menu.custom_id = f"pick:{verb}:{argument}"
        super().__init__(menu)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the menu again around the one that was used."""
        assert isinstance(item, BaseSelect)  # noqa: S101 - only a menu carries this id
        menu = cls(Verb(match["verb"]), match["argument"], menu=item)
        data: Any = interaction.data
        menu.chosen = tuple(map(str, data.get("values", ())))
        return menu


def number(text: str) -> int:
    """Read an id or a count from an argument, 0 for what is none."""
    return int(text) if text.isdecimal() else 0


def option(value: object, label: str, description: str = "") -> discord.SelectOption:
    """Make an option of a menu, of which only as much is shown as fits."""
    shown = shorten(" ".join(description.split()), OPTION_LIMIT) or None
    return discord.SelectOption(label=shorten(label, OPTION_LIMIT), value=str(value), description=shown)


def options_menu(placeholder: str, options: Iterable[discord.SelectOption]) -> discord.ui.Select[Any]:
    """Make a menu of up to 25 options, of which one is chosen."""
    return discord.ui.Select(placeholder=placeholder, options=list(options)[:MOST_OPTIONS])
