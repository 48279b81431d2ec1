"""`/privacy`, and its buttons."""

from bot.chat import send
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.privacy import cards


@slash_command()
async def privacy(interaction: Interaction) -> None:
    """Show what this bot stores, and delete what it stores about you."""
    await send.defer_reply(interaction)
    services = interaction.client.services
    stored = await services.retention.stored_about(interaction.user.id)
    await send.reply(interaction, cards.privacy(stored, services.settings), ephemeral=True)


async def _forget(interaction: Interaction, click: Click) -> None:
    """Ask for confirmation, then delete what is stored about the person."""
    await send.defer_edit(interaction)
    services, user_id = interaction.client.services, interaction.user.id
    if click.argument == cards.YES:
        services.usage.misses.forget_person(user_id)
        card = cards.forgotten(await services.retention.forget_person(user_id))
    else:
        card = cards.confirm(await services.retention.stored_about(user_id))
    await send.replace(interaction, card)


FEATURE = Feature(commands=(privacy,), clicks={verbs.FORGET_ME: Route(_forget, For.EVERYONE)})
