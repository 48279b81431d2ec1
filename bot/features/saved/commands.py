"""`/saved`, saving an entry, and removing it again."""

from bot.chat import notices, send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.saved import cards
from bot.features.terms.cards import gone
from bot.storage.saved import MOST_SAVED


@slash_command()
async def saved(interaction: Interaction) -> None:
    """Show the terms that you saved for yourself."""
    await send.defer_reply(interaction)
    await send.reply(interaction, await _page(interaction, 0), ephemeral=True)


async def _save(interaction: Interaction, click: Click) -> None:
    """Save an entry: from an answer, in a message of its own."""
    server = await server_of(interaction)
    entry = server.glossary.follow(click.argument)
    if entry is None:
        await send.reply(interaction, gone(), ephemeral=True)
        return
    await send.defer_reply(interaction)
    is_shared = server.shared.get(entry.id) is not None
    services, user_id = interaction.client.services, interaction.user.id
    if await services.saved.save(user_id, None if is_shared else interaction.server_id, entry.id):
        card = cards.is_saved(entry)
    else:
        text = f"You have saved {MOST_SAVED} terms, and there is room for no more. `/saved` can remove some."
        card = notices.refusal("Your list is full", text)
    await send.reply(interaction, card, ephemeral=True)


async def _unsave(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await _remove(interaction, click.argument)
    entry = (await server_of(interaction)).glossary.follow(click.argument)
    await send.replace(interaction, gone() if entry is None else cards.is_removed(entry))


async def _unsave_listed(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await _remove(interaction, click.value)
    await send.replace(interaction, await _page(interaction, click.number))


async def _remove(interaction: Interaction, entry_id: str) -> None:
    """Remove an entry, also under the ids that it had before it was renamed."""
    saved, user_id, guild_id = interaction.client.services.saved, interaction.user.id, interaction.server_id
    glossary = (await server_of(interaction)).glossary
    entry = glossary.follow(entry_id)
    same = [one for one in await saved.ids(user_id, guild_id) if entry is not None and glossary.follow(one) == entry]
    await saved.remove(user_id, guild_id, {entry_id, *same})


async def _turn(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _page(interaction, click.number))


async def _page(interaction: Interaction, number: int) -> Card:
    ids = await interaction.client.services.saved.ids(interaction.user.id, interaction.server_id)
    glossary = (await server_of(interaction)).glossary
    # An entry that was renamed may be saved under each of its ids.
    once = {glossary.follow(entry_id) or entry_id: entry_id for entry_id in ids}
    return cards.saved(glossary, list(once.values()), number)


FEATURE = Feature(
    commands=(saved,),
    clicks={
        verbs.SAVE: Route(_save, For.EVERYONE),
        verbs.UNSAVE: Route(_unsave, For.EVERYONE),
        verbs.UNSAVE_LISTED: Route(_unsave_listed, For.EVERYONE),
        verbs.TURN_SAVED: Route(_turn, For.EVERYONE),
    },
)
