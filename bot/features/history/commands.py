"""What moderators type and click to see the history of own entries and to revert changes."""

import asyncio

from discord import app_commands

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click, number_in
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, require_moderator, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.entries import cards as entry_cards
from bot.features.history import cards
from bot.features.terms.term_option import Term, complete_term
from bot.glossary.text import slug
from bot.servers.changes import Changed, Overtaken, Refused, RevertChange

# How many changes are on a page: a row of buttons holds five.
PAGE = 5


@slash_command("history")
@app_commands.describe(term="Only the changes of one entry")
async def show_history(interaction: Interaction, term: Term | None = None) -> None:
    """Show what was changed in this server's entries, and revert it."""
    if await require_moderator(interaction) is None:
        return
    await send.defer_reply(interaction)
    entry_id = ""
    if term is not None:
        entry = (await server_of(interaction)).entry_named(term)
        # A removed entry is looked up by the id that its name makes. Signs alone make none, and find nothing.
        entry_id = entry.id if entry else slug(term) or term
    await send.reply(interaction, await _page(interaction, entry_id, typed=term), ephemeral=True)


show_history.autocomplete("term")(complete_term)


async def _page(
    interaction: Interaction, entry_id: str, *, typed: str | None = None, before: int | None = None
) -> Card:
    """Return a page of the history, of one entry unless its id is empty, starting before a change.

    A removed entry is called what the moderator typed. A button has room for its id only, so later pages show that.
    """
    servers, guild_id = interaction.client.services.servers, moderated_server_id(interaction)
    server = await servers.of(guild_id)
    entry = server.glossary.get(entry_id)
    name = entry.name if entry else typed or entry_id
    changes = await servers.history(guild_id, limit=PAGE + 1, entry_id=entry_id or None, before=before)
    has_older = len(changes) > PAGE
    return cards.history(changes[:PAGE], server.shared, entry_id, name, has_older=has_older, is_newest=before is None)


async def _turn_page(interaction: Interaction, click: Click) -> None:
    """Turn to another page; the argument is "before:entry", where 0 is the newest page and "" all entries."""
    await send.defer_edit(interaction)
    before, _, entry_id = click.argument.partition(":")
    await send.replace(interaction, await _page(interaction, entry_id, before=number_in(before) or None))


async def _revert(interaction: Interaction, click: Click) -> None:
    """Revert a change; the argument is its id, and after a colon the last change that may be lost with it."""
    await send.defer_reply(interaction)
    servers, guild_id = interaction.client.services.servers, moderated_server_id(interaction)
    change, _, despite = click.argument.partition(":")
    change_id = number_in(change)
    done = await servers.items_of(guild_id, change_id)
    revert = RevertChange(change_id, done, number_in(despite) or None)
    outcome = await servers.apply(guild_id, interaction.user.id, revert)
    shared = (await servers.of(guild_id)).shared
    match outcome:
        case Changed(reverting_id):
            recorded = await servers.recorded(guild_id, reverting_id)
            put_back = await servers.items_of(guild_id, reverting_id)
            card = await asyncio.to_thread(cards.reverted, change_id, recorded, put_back, shared)
        case Refused(faults):
            card = entry_cards.not_changed(faults)
        case Overtaken(items, last_change_id):
            card = await asyncio.to_thread(cards.overtaken, change_id, items, last_change_id, shared)
        case _:
            raise AssertionError(f"reverting a change cannot come to {outcome}")
    await send.reply(interaction, card, ephemeral=True)


FEATURE = Feature(
    glossary_commands=(show_history,),
    clicks={
        verbs.TURN_HISTORY: Route(_turn_page, For.MODERATORS),
        verbs.REVERT: Route(_revert, For.MODERATORS),
    },
)
