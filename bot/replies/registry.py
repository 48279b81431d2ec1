"""Every kind of component, so that clicks on messages from before the last start find their way."""

from typing import Any

from bot.replies.actions import Action, Pick
from bot.replies.components import Component, Dismiss, EntryMenu, OpenEntry, Share, SuggestTerm

COMPONENTS: tuple[type[Component[Any]], ...] = (OpenEntry, EntryMenu, Share, Dismiss, SuggestTerm, Action, Pick)


def is_known(custom_id: str) -> bool:
    """Tell whether a component with this id is still made by this version of the bot."""
    return any(kind.__discord_ui_compiled_template__.fullmatch(custom_id) for kind in COMPONENTS)
