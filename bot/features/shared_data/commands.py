"""What people who may change the shared data type and click."""

import asyncio

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click, number_in
from bot.chat.interaction import Interaction
from bot.chat.rights import require_shared_data_rights
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.shared_data import cards
from bot.glossary.pack import PackError


@slash_command()
async def reload(interaction: Interaction) -> None:
    """Read the shared data files again and put them live."""
    await send.defer_reply(interaction)
    if not await require_shared_data_rights(interaction):
        return
    try:
        done = await interaction.client.services.catalogue.reload(interaction.user.id)
    except PackError as error:
        card = cards.not_reloaded(error.problems)
    else:
        card = await asyncio.to_thread(cards.reloaded, done)
    await send.reply(interaction, card, ephemeral=True)


@slash_command()
async def rollback(interaction: Interaction) -> None:
    """Show the revisions of the shared data, and return to an earlier one."""
    await send.defer_reply(interaction)
    if await require_shared_data_rights(interaction):
        await send.reply(interaction, await _revisions(interaction), ephemeral=True)


async def _revisions(interaction: Interaction) -> Card:
    catalogue = interaction.client.services.catalogue
    return cards.revisions(await catalogue.history(), catalogue.revision.number)


async def _list_revisions(interaction: Interaction, _: Click) -> None:
    await send.replace(interaction, await _revisions(interaction))


async def _choose_revision(interaction: Interaction, click: Click) -> None:
    """Show what returning to a revision would change, before it is done."""
    number = number_in(click.value)
    catalogue = interaction.client.services.catalogue
    then = await catalogue.pack_of(number)
    if then is None:
        card = cards.revision_gone()
    else:
        card = await asyncio.to_thread(cards.confirm_rollback, number, catalogue.revision.pack, then)
    await send.replace(interaction, card)


async def _roll_back(interaction: Interaction, click: Click) -> None:
    """Return to a revision."""
    number = click.number
    done = await interaction.client.services.catalogue.roll_back(number, interaction.user.id)
    if done is None:
        card = cards.revision_gone()
    else:
        card = await asyncio.to_thread(cards.reloaded, done, rolled_back_to=number)
    await send.replace(interaction, card)


FEATURE = Feature(
    glossary_commands=(reload, rollback),
    clicks={
        verbs.LIST_REVISIONS: Route(_list_revisions, For.SHARED_DATA),
        verbs.CHOOSE_REVISION: Route(_choose_revision, For.SHARED_DATA),
        verbs.ROLL_BACK: Route(_roll_back, For.SHARED_DATA),
    },
)
