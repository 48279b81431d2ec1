"""`/glossary export` and `import`: a server's own entries as files."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
import msgspec

from bot.commands.handlers import ClickHandlers
from bot.commands.rights import guild_of, moderated
from bot.commands.saving import answering_misses
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
from bot.replies import entry_cards, send, transfer_cards
from bot.replies.actions import Action, Pick, Verb, number
from bot.replies.card import Attachment, Card
from bot.server_view import RefusedChange, Server
from bot.storage.own_entries import Item, Kind

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]


class ImportDraft(msgspec.Struct, frozen=True, tag="import"):
    """What a dry run would import, and the last change of the server that it was made on."""

    entries: tuple[Entry, ...]
    latest: int


class StalePlanError(Exception):
    """The server's entries were changed since the dry run was shown."""


async def export_entries(interaction: "Interaction") -> None:
    """Send the server's own entries as files."""
    if (guild_id := await moderated(interaction)) is None:
        return
    await send.think(interaction)
    own = (await interaction.client.servers.of(guild_id)).own
    entries = [own[entry_id].entry for entry_id in sorted(own)]
    writers = (("toml", write_toml), ("csv", write_csv), ("json", write_json))
    files = [
        Attachment(f"entries.{ending}", await asyncio.to_thread(write, entries)) for ending, write in writers if entries
    ]
    await send.reply(interaction, transfer_cards.exported(len(entries), files), ephemeral=True)


async def import_entries(interaction: "Interaction", file: discord.Attachment) -> None:
    """Read a file and show what importing it would do; nothing is changed yet."""
    if (guild_id := await moderated(interaction)) is None:
        return
    await send.think(interaction)
    await send.reply(interaction, await _dry_run(interaction, guild_id, file), ephemeral=True)


async def _dry_run(interaction: "Interaction", guild_id: int, file: discord.Attachment) -> Card:
    if file.size > IMPORT_BYTES:
        return transfer_cards.unreadable(
            f"The file has {file.size / 2**20:.1f} MB; {IMPORT_BYTES // 2**20} MB is the most"
        )
    try:
        rows = await asyncio.to_thread(read_rows, file.filename, await file.read())
    except ExchangeError as error:
        return transfer_cards.unreadable(str(error))
    except discord.HTTPException:
        return transfer_cards.unreadable("Discord did not hand the file over; upload it again")
    return await _shown_plan(interaction, guild_id, rows)


async def _shown_plan(interaction: "Interaction", guild_id: int, rows: Sequence[Row], *, is_anew: bool = False) -> Card:
    """Plan the import on what the server has now, keep the rows as a draft, and show the plan."""
    server = await interaction.client.servers.of(guild_id)
    plan = await asyncio.to_thread(_plan, rows, server)
    draft = ImportDraft((*plan.added, *(after for _, after in plan.changed)), server.latest)
    draft_id = await interaction.client.drafts.keep(guild_id, interaction.user.id, draft)
    return transfer_cards.dry_run(plan, draft_id, is_anew=is_anew)


async def _import(interaction: "Interaction", clicked: Action | Pick) -> None:
    """Do what the dry run has shown, or show a new one where the server's entries were changed since."""
    client, guild_id, user_id = interaction.client, guild_of(interaction), interaction.user.id
    await send.wait(interaction)
    draft_id = number(clicked.argument)
    draft = await client.drafts.get(draft_id, guild_id, user_id, ImportDraft)
    if draft is None:
        await send.replace(interaction, entry_cards.draft_gone())
        return

    def decide(server: Server) -> list[Item]:
        if server.latest != draft.latest:
            raise StalePlanError
        return [Item(entry.id, server.own_entry(entry.id), entry) for entry in draft.entries]

    names = [name for entry in draft.entries for name in (entry.name, *entry.aliases)]
    try:
        change_id = await client.servers.change(
            guild_id, user_id, Kind.IMPORT, decide, also=[answering_misses(interaction, names)]
        )
    except StalePlanError:
        rows = [Row(entry.name, table_of(entry)) for entry in draft.entries]
        await client.drafts.discard(draft_id, user_id)
        await send.replace(interaction, await _shown_plan(interaction, guild_id, rows, is_anew=True))
    except RefusedChange as refused:
        await send.replace(interaction, entry_cards.not_changed(refused.faults))
    else:
        await client.drafts.discard(draft_id, user_id)
        await send.replace(interaction, transfer_cards.imported(len(draft.entries), change_id))


def _plan(rows: Sequence[Row], server: Server) -> Plan:
    own = {entry_id: versioned.entry for entry_id, versioned in server.own.items()}
    return plan_import(rows, own, server.shared.pack)


ACTIONS: ClickHandlers = {Verb.IMPORT_DRAFT: _import}
