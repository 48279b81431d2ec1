"""What moderators type and click to export and import own entries."""

import asyncio
from collections.abc import Sequence

import discord
import msgspec
from discord import app_commands

from bot.chat import send
from bot.chat.card import Attachment, Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, require_moderator
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.entries import cards as entry_cards
from bot.features.transfers import cards
from bot.glossary.exchange.files import (
    IMPORT_BYTES,
    ExchangeError,
    Row,
    read_rows,
    write_csv,
    write_json,
    write_toml,
)
from bot.glossary.exchange.plan import Plan, plan_import
from bot.glossary.model import Entry
from bot.glossary.own import table_of
from bot.servers.changes import Changed, ImportEntries, OutOfDate, Refused
from bot.servers.server import Server

_WRITERS = (("toml", write_toml), ("csv", write_csv), ("json", write_json))


class ImportDraft(msgspec.Struct, frozen=True, tag="import"):
    """What a dry run would import, and the last change of the server that it was made on."""

    entries: tuple[Entry, ...]
    latest: int


@slash_command("export")
async def export_entries(interaction: Interaction) -> None:
    """Get this server's own entries as TOML, CSV and JSON."""
    guild_id = await require_moderator(interaction)
    if guild_id is None:
        return
    await send.defer_reply(interaction)
    own_entries = (await interaction.client.services.servers.of(guild_id)).own_entries
    entries = [own_entries[entry_id].entry for entry_id in sorted(own_entries)]
    files: list[Attachment] = []
    for ending, write in _WRITERS if entries else ():
        files.append(Attachment(f"entries.{ending}", await asyncio.to_thread(write, entries)))
    await send.reply(interaction, cards.exported(len(entries), files), ephemeral=True)


@slash_command("import")
@app_commands.describe(file="A TOML, CSV or JSON file, as /glossary export or a spreadsheet saves it")
async def import_entries(interaction: Interaction, file: discord.Attachment) -> None:
    """Add and change many of this server's own entries at once; shows a preview first."""
    if await require_moderator(interaction) is None:
        return
    await send.defer_reply(interaction)
    await send.reply(interaction, await _dry_run(interaction, file), ephemeral=True)


async def _dry_run(interaction: Interaction, file: discord.Attachment) -> Card:
    """Read a file and return what importing it would do, or why it cannot be read."""
    if file.size > IMPORT_BYTES:
        size, limit = file.size / 2**20, IMPORT_BYTES // 2**20
        return cards.unreadable(f"The file has {size:.1f} MB; {limit} MB is the most")
    try:
        rows = await asyncio.to_thread(read_rows, file.filename, await file.read())
    except ExchangeError as error:
        return cards.unreadable(str(error))
    except discord.HTTPException:
        return cards.unreadable("Discord did not hand the file over; upload it again")
    return await _planned(interaction, rows)


async def _planned(interaction: Interaction, rows: Sequence[Row], *, is_again: bool = False) -> Card:
    """Plan an import on what the server has now, save the plan as a draft, and return its card."""
    services, guild_id = interaction.client.services, moderated_server_id(interaction)
    server = await services.servers.of(guild_id)
    plan = await asyncio.to_thread(_plan, rows, server)
    draft = ImportDraft((*plan.added, *(after for _, after in plan.changed)), server.last_change_id)
    draft_id = await services.drafts.keep(guild_id, interaction.user.id, draft)
    return cards.dry_run(plan, draft_id, is_again=is_again)


def _plan(rows: Sequence[Row], server: Server) -> Plan:
    own = {entry_id: versioned.entry for entry_id, versioned in server.own_entries.items()}
    return plan_import(rows, own, server.shared.pack)


async def _import(interaction: Interaction, click: Click) -> None:
    """Import what the dry run has shown, or show a new dry run if the server's entries were changed since."""
    await send.defer_edit(interaction)
    services, user_id = interaction.client.services, interaction.user.id
    guild_id = moderated_server_id(interaction)
    draft = await services.drafts.get(click.number, guild_id, user_id, ImportDraft)
    if draft is None:
        await send.replace(interaction, entry_cards.draft_gone())
        return
    outcome = await services.servers.apply(guild_id, user_id, ImportEntries(draft.entries, draft.latest))
    match outcome:
        case Changed(change_id):
            await services.drafts.discard(click.number, user_id)
            card = cards.imported(len(draft.entries), change_id)
        case OutOfDate():
            await services.drafts.discard(click.number, user_id)
            rows = [Row(entry.name, table_of(entry)) for entry in draft.entries]
            card = await _planned(interaction, rows, is_again=True)
        case Refused(faults):
            card = entry_cards.not_changed(faults)
        case _:
            raise AssertionError(f"an import cannot come to {outcome}")
    await send.replace(interaction, card)


FEATURE = Feature(
    glossary_commands=(export_entries, import_entries),
    clicks={verbs.IMPORT_DRAFT: Route(_import, For.MODERATORS)},
)
