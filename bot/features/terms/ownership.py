"""Whose message was clicked: it changes in place for the person who asked, and others get a private copy."""

from collections.abc import Callable

from bot.chat import send
from bot.chat.card import Card
from bot.chat.components import Click, number_in
from bot.chat.interaction import Interaction
from bot.features import verbs


def belongs_to(interaction: Interaction, click: Click) -> bool:
    """Tell whether a message is the clicker's own, so that it may change under their clicks."""
    return click.message.is_ephemeral or asker_of(click) == interaction.user.id


def asker_of(click: Click) -> int | None:
    """Return who asked for a public answer, which its *Dismiss* button knows."""
    return number_in(click.message.argument_of(verbs.DISMISS)) or None


async def show(interaction: Interaction, click: Click, make_card: Callable[[int | None], Card]) -> None:
    """Show a card in place of the clicked message if it is the clicker's own, and otherwise to the clicker alone.

    `make_card` is given who may dismiss the card; `None` if it is private.
    """
    if belongs_to(interaction, click):
        await send.replace(interaction, make_card(asker_of(click)))
    else:
        await send.reply(interaction, make_card(None), ephemeral=True)
