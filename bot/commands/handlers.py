"""What answers the clicks and forms of one capability: the types of the tables that `clicks.py` puts together."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

import discord

from bot.replies.actions import Action, Pick, Verb
from bot.replies.forms import Filled, Purpose

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

ClickHandlers = Mapping[Verb, Callable[["Interaction", Action | Pick], Awaitable[None]]]
FormHandlers = Mapping[Purpose, Callable[["Interaction", Filled], Awaitable[None]]]
