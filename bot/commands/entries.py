"""`/glossary add`, `edit`, `remove` and `alias`: a server's own entries."""

from typing import TYPE_CHECKING

import discord
import msgspec

from bot.commands.entry_forms import Subject, entry_form, filled_in, values_of, with_alias
from bot.commands.rights import guild_of, moderated
from bot.commands.saving import Answer, answering_misses
from bot.glossary.checks import Fault
from bot.glossary.model import Entry
from bot.glossary.text import squash
from bot.replies import cards, entry_cards, send
from bot.server_view import RefusedChange, Server
from bot.storage.own_entries import Item, Kind

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]


async def add(interaction: "Interaction", *, name: str = "", definition: str = "") -> None:
    """Open the form of a new entry, filled in as far as it is known."""
    if await moderated(interaction) is not None:
        await send.form(interaction, entry_form(Subject(), values_of(name=name, definition=definition)))


async def edit(interaction: "Interaction", term: str) -> None:
    """Open the form of an entry."""
    if (found := await _named(interaction, term)) is not None:
        server, shown = found
        entry = server.entry(shown.id) or shown
        await send.form(interaction, entry_form(Subject(entry.id, server.version(entry.id)), filled_in(entry)))


async def remove(interaction: "Interaction", term: str) -> None:
    """Remove an own entry."""
    if (found := await _named(interaction, term)) is None:
        return
    server, entry = found
    if entry.id not in server.own:
        text = f"**{cards.said(entry.name)}** is a shared entry. `/glossary edit` makes it this server's own."
        await send.reply(interaction, cards.refusal("Not this server's own", text), ephemeral=True)
        return
    await send.think(interaction)
    try:
        change_id = await interaction.client.servers.remove(guild_of(interaction), interaction.user.id, entry.id)
    except RefusedChange as refused:
        await send.reply(interaction, entry_cards.not_changed(refused.faults), ephemeral=True)
        return
    card = entry_cards.removed(entry, change_id, own=server.own_entry(entry.id), shared=server.shared.get(entry.id))
    await send.reply(interaction, card, ephemeral=True)


async def add_alias(interaction: "Interaction", term: str, alias: str) -> None:
    """Give an entry another name."""
    if (found := await _named(interaction, term)) is not None:
        await send.think(interaction)
        await give_name(interaction, found[1].id, alias, lambda card: send.reply(interaction, card, ephemeral=True))


async def remove_alias(interaction: "Interaction", term: str, alias: str) -> None:
    """Take an own alias away from an entry."""
    if (found := await _named(interaction, term)) is None:
        return
    entry_id = found[1].id

    def decide(server: Server) -> list[Item]:
        own = server.own_entry(entry_id)
        kept = tuple(name for name in own.aliases if squash(name) != squash(alias)) if own else ()
        if own is None or kept == own.aliases:
            what = f"“{alias}” is no name that this server gave “{found[1].name}”"
            raise RefusedChange([Fault("aliases", what)])
        changed = msgspec.structs.replace(own, aliases=kept)
        return [Item(entry_id, own, changed if changed.definition or kept else None)]

    await send.think(interaction)
    try:
        change_id = await interaction.client.servers.change(
            guild_of(interaction), interaction.user.id, Kind.ALIAS, decide
        )
    except RefusedChange as refused:
        await send.reply(interaction, entry_cards.not_changed(refused.faults), ephemeral=True)
        return
    card = entry_cards.saved(change_id, f"**{cards.said(found[1].name)}** is no longer called **{cards.said(alias)}**.")
    await send.reply(interaction, card, ephemeral=True)


async def give_name(interaction: "Interaction", entry_id: str, alias: str, answer: Answer) -> None:
    """Give an entry, shared or own, another name in the server, and say so."""
    name = ""

    def decide(server: Server) -> list[Item]:
        nonlocal name
        shown = server.glossary.get(entry_id)
        if shown is None:
            raise RefusedChange([Fault("name", "the entry is gone")])
        name = shown.name
        if squash(alias) in {squash(one) for one in (shown.name, *shown.searched_names)}:
            raise RefusedChange([Fault("aliases", f"“{shown.name}” is called “{alias}” already")])
        before = server.own_entry(entry_id)
        after, faults = with_alias(server, before, shown, alias)
        if after is None:
            raise RefusedChange(faults)
        return [Item(entry_id, before, after)]

    try:
        change_id = await interaction.client.servers.change(
            guild_of(interaction),
            interaction.user.id,
            Kind.ALIAS,
            decide,
            also=[answering_misses(interaction, [alias])],
        )
    except RefusedChange as refused:
        await answer(entry_cards.not_changed(refused.faults))
        return
    text = f"**{cards.said(name)}** is also found as **{cards.said(alias)}** in this server."
    await answer(entry_cards.saved(change_id, text))


async def _named(interaction: "Interaction", term: str) -> tuple[Server, Entry] | None:
    """Return what the moderated server sees and the entry that a term names in it; say so and return `None` if none."""
    if (guild_id := await moderated(interaction)) is None:
        return None
    server = await interaction.client.servers.of(guild_id)
    entry = named(server, term)
    if entry is None:
        await send.reply(interaction, entry_cards.no_such_entry(server.glossary, term), ephemeral=True)
        return None
    return server, entry


def named(server: Server, term: str) -> Entry | None:
    """Return the entry that a term surely names, or whose id it is."""
    if (entry := server.glossary.get(term)) is not None:
        return entry
    found = server.glossary.find(term)
    return server.glossary.get(found.hits[0].name.entry_id) if found.is_answer else None
