"""What moderators type and click when shared entries have changed since their server made its own from them."""

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, require_moderator, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.entries import cards as entry_cards
from bot.features.updates import cards
from bot.servers.changes import Changed, OutOfDate, Refused
from bot.servers.updates import DecideOnUpdate


@slash_command("updates")
async def show_updates(interaction: Interaction) -> None:
    """List the shared entries that changed since this server made its own version of them."""
    if await require_moderator(interaction) is not None:
        await send.defer_reply(interaction)
        waiting = (await server_of(interaction)).updates()
        await send.reply(interaction, cards.updates(waiting), ephemeral=True)


async def _list(interaction: Interaction, _: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, cards.updates((await server_of(interaction)).updates()))


async def _choose(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _compared(interaction, click.value))


async def _compare(interaction: Interaction, click: Click) -> None:
    """Show an update below the message that says that there is one."""
    await send.defer_reply(interaction)
    await send.reply(interaction, await _compared(interaction, click.argument), ephemeral=True)


async def _compared(interaction: Interaction, entry_id: str, *, is_again: bool = False) -> Card:
    found = (await server_of(interaction)).update_of(entry_id)
    return cards.update(found, is_again=is_again) if found else cards.decided()


async def _decide(interaction: Interaction, click: Click) -> None:
    """Take an update or keep the own entry; the argument is "fingerprint:entry"."""
    await send.defer_edit(interaction)
    fingerprint, _, entry_id = click.argument.partition(":")
    servers, guild_id = interaction.client.services.servers, moderated_server_id(interaction)
    seen = (await servers.of(guild_id)).update_of(entry_id)
    takes = click.verb == verbs.TAKE_UPDATE
    decision = DecideOnUpdate(entry_id, fingerprint, takes)
    outcome = await servers.apply(guild_id, interaction.user.id, decision)
    match outcome:
        case Changed(change_id) if seen is not None:
            has_more = bool((await servers.of(guild_id)).updates())
            done = cards.taken(seen, change_id, has_more=has_more) if takes else cards.kept(seen, has_more=has_more)
            await send.replace(interaction, done)
        case Changed() | OutOfDate():
            await send.replace(interaction, await _compared(interaction, entry_id, is_again=True))
        case Refused(faults):
            await send.reply(interaction, entry_cards.not_changed(faults), ephemeral=True)
        case _:
            raise AssertionError(f"deciding on an update cannot come to {outcome}")


FEATURE = Feature(
    glossary_commands=(show_updates,),
    clicks={
        verbs.LIST_UPDATES: Route(_list, For.MODERATORS),
        verbs.CHOOSE_UPDATE: Route(_choose, For.MODERATORS),
        verbs.COMPARE_UPDATE: Route(_compare, For.MODERATORS),
        verbs.TAKE_UPDATE: Route(_decide, For.MODERATORS),
        verbs.KEEP_OWN: Route(_decide, For.MODERATORS),
    },
)
