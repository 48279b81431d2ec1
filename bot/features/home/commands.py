"""`/glossary home`, and turning the pages of the own entries."""

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, place_of_checks, queues_of, require_moderator, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.home import cards
from bot.glossary.review import is_due
from bot.schedule import utc_now


@slash_command("home")
async def show_home(interaction: Interaction) -> None:
    """Start here: see what there is to do, and open each list."""
    if await require_moderator(interaction) is not None:
        await send.defer_reply(interaction)
        await send.reply(interaction, await _home(interaction), ephemeral=True)


async def _return_home(interaction: Interaction, _: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _home(interaction))


async def _home(interaction: Interaction) -> Card:
    services, guild_id = interaction.client.services, moderated_server_id(interaction)
    await services.usage.flush()  # to count the misses of a moment ago as well
    server = await server_of(interaction)
    suggested = await services.suggestions.count_open(queues_of(interaction))
    today = utc_now().date()
    reviewed = await services.reviews.oldest_first(server, guild_id, place_of_checks(interaction))
    waiting = cards.Waiting(
        suggestions=suggested.terms,
        misses=len(await services.missing.of(guild_id)),
        reports=suggested.reports,
        own_entries=len(server.own_entries),
        updates=len(server.updates()),
        due=sum(is_due(one.day, today) for one in reviewed),
    )
    return cards.home(waiting)


async def _list_own_entries(interaction: Interaction, click: Click) -> None:
    """Show a page of the server's own entries, by name."""
    server = await server_of(interaction)
    entries = [
        (versioned.entry, seen)
        for entry_id, versioned in server.own_entries.items()
        if (seen := server.glossary.get(entry_id))
    ]
    entries.sort(key=lambda pair: pair[0].name.casefold())
    await send.replace(interaction, cards.own_entries(entries, click.number))


FEATURE = Feature(
    glossary_commands=(show_home,),
    clicks={
        verbs.HOME: Route(_return_home, For.MODERATORS),
        verbs.LIST_OWN: Route(_list_own_entries, For.MODERATORS),
    },
)
