"""`/glossary history` and `rollback`: what was changed, and taking it back."""

from typing import TYPE_CHECKING

import discord

from bot.commands.entries import named
from bot.commands.handlers import ClickHandlers
from bot.commands.rights import guild_of, may_change_shared_data, moderated
from bot.glossary.text import slug
from bot.replies import cards, entry_cards, history_cards, send
from bot.replies.actions import Action, Pick, Verb, number
from bot.replies.card import Card
from bot.server_view import OvertakenChange, RefusedChange

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

# So many changes are on a page: a row of buttons holds five.
PAGE = 5


async def show(interaction: "Interaction", term: str | None) -> None:
    """Show the newest changes of the server, or of one entry."""
    if (guild_id := await moderated(interaction)) is None:
        return
    await send.think(interaction)
    entry_id = name = ""
    if term is not None:
        server = await interaction.client.servers.of(guild_id)
        entry = named(server, term)
        # What was removed is found by the id that its name makes.
        entry_id = entry.id if entry else slug(term)
        name = entry.name if entry else term
    await send.reply(interaction, await _page(interaction, guild_id, entry_id, name), ephemeral=True)


async def _page(interaction: "Interaction", guild_id: int, entry_id: str, name: str, before: int | None = None) -> Card:
    changes = await interaction.client.servers.history(
        guild_id, limit=PAGE + 1, entry_id=entry_id or None, before=before
    )
    return history_cards.history(
        changes[:PAGE], entry_id, name, has_older=len(changes) > PAGE, is_newest=before is None
    )


async def _turn(interaction: "Interaction", clicked: Action | Pick) -> None:
    """Turn to another page; the argument is "before:entry", where 0 stands for the newest and "" for all entries."""
    await send.wait(interaction)
    before, _, entry_id = clicked.argument.partition(":")
    guild_id = guild_of(interaction)
    entry = (await interaction.client.servers.of(guild_id)).glossary.get(entry_id)
    name = entry.name if entry else entry_id  # of what was removed, the id is all that a button has room for
    await send.replace(interaction, await _page(interaction, guild_id, entry_id, name, number(before) or None))


async def _revert(interaction: "Interaction", clicked: Action | Pick) -> None:
    """Take a change back; the argument is its id, and after a colon the last change that may be lost with it."""
    await send.think(interaction)
    change, _, despite = clicked.argument.partition(":")
    change_id = number(change)
    try:
        done = await interaction.client.servers.revert(
            guild_of(interaction),
            interaction.user.id,
            change_id,
            despite=number(despite) or None,
        )
    except RefusedChange as refused:
        card = entry_cards.not_changed(refused.faults)
    except OvertakenChange as overtaken:
        card = history_cards.overtaken(change_id, overtaken.names, overtaken.latest)
    else:
        (reverting,) = await interaction.client.servers.history(guild_of(interaction), limit=1, before=done + 1)
        card = history_cards.reverted(change_id, reverting)
    await send.reply(interaction, card, ephemeral=True)


async def show_revisions(interaction: "Interaction") -> None:
    """Show the revisions of the shared data to whoever may change it."""
    await send.think(interaction)
    if await may_change_shared_data(interaction):
        await send.reply(interaction, await _revisions(interaction), ephemeral=True)


async def _revisions(interaction: "Interaction") -> Card:
    catalogue = interaction.client.catalogue
    return history_cards.revisions(await catalogue.history(), catalogue.revision.number)


async def _choose_revision(interaction: "Interaction", clicked: Action | Pick) -> None:
    """Show what returning to a revision would change, before it is done."""
    await send.wait(interaction)
    if not await may_change_shared_data(interaction):
        return
    revision = number(clicked.chosen[0])
    changes = await interaction.client.catalogue.changes_to(revision)
    card = history_cards.revision_gone() if changes is None else history_cards.confirm_rollback(revision, changes)
    await send.replace(interaction, card)


async def _roll_back(interaction: "Interaction", clicked: Action | Pick) -> None:
    await send.wait(interaction)
    if not await may_change_shared_data(interaction):
        return
    revision = number(clicked.argument)
    done = await interaction.client.catalogue.roll_back(revision, interaction.user.id)
    await send.replace(interaction, history_cards.revision_gone() if done is None else cards.reloaded(done, revision))


async def _show_revisions_again(interaction: "Interaction", _: Action | Pick) -> None:
    await send.wait(interaction)
    if await may_change_shared_data(interaction):
        await send.replace(interaction, await _revisions(interaction))


ACTIONS: ClickHandlers = {
    Verb.HISTORY: _turn,
    Verb.REVERT: _revert,
    Verb.REVISIONS: _show_revisions_again,
    Verb.ROLLBACK: _choose_revision,
    Verb.CONFIRM_ROLLBACK: _roll_back,
}
