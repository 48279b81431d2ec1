"""What moderators type and click to export and import own entries."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Sequence

import discord
import msgspec
from discord import app_commands

from bot.chat import send
from bot.chat.card import Attachment, Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.downloads import DownloadError, download
from bot.chat.forms import Form, FormKind, Submission, Upload
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, require_moderator
from bot.chat.router import Feature, For, FormRoute, Route
from bot.features import verbs
from bot.features.entries import cards as entry_cards
from bot.features.transfers import cards
from bot.glossary.exchange.files import (
    ENCODINGS,
    IMPORT_BYTES,
    WRITERS,
    ExchangeError,
    Row,
    read_file,
)
from bot.glossary.exchange.plan import Plan, plan_import
from bot.glossary.exchange.template import template
from bot.glossary.model import Entry
from bot.glossary.own import table_of
from bot.servers.changes import Changed, ImportEntries, OutOfDate, Refused
from bot.servers.server import Server

_ENDINGS = tuple(f".{ending}" for ending in WRITERS)
IMPORT = FormKind(
    verbs.IMPORT_FORM,
    (Upload("file", "File", _ENDINGS, f"{', '.join(_ENDINGS)}, at most {IMPORT_BYTES // 2**20} MB"),),
)


class GuessedFile(msgspec.Struct, frozen=True):
    """A file whose encoding was guessed or chosen, kept so that it can be read in another one; `sample` is a line."""

    name: str
    content: bytes
    encoding: str
    sample: str


class ImportDraft(msgspec.Struct, frozen=True, tag="import"):
    """What a dry run would import, and the last change of the server that it was made on."""

    entries: tuple[Entry, ...]
    latest: int
    file: GuessedFile | None = None


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
    for ending, write in WRITERS.items() if entries else ():
        files.append(Attachment(f"entries.{ending}", await asyncio.to_thread(write, entries)))
    await send.reply(interaction, cards.exported(len(entries), files), ephemeral=True)


@slash_command("import")
@app_commands.describe(file="A TOML, CSV or JSON file. Leave it out for templates and a form to upload it with")
async def import_entries(interaction: Interaction, file: discord.Attachment | None = None) -> None:
    """Add and change many of this server's own entries at once; shows a preview first."""
    if await require_moderator(interaction) is None:
        return
    if file is None:
        templates = [Attachment(f"template.{ending}", template(ending)) for ending in WRITERS]
        await send.reply(interaction, cards.how_to_import(templates), ephemeral=True)
        return
    await send.defer_reply(interaction)
    await send.reply(interaction, await _dry_run(interaction, file.filename, file.size, file.read), ephemeral=True)


async def _open_form(interaction: Interaction, _: Click) -> None:
    await send.open_form(interaction, Form(IMPORT, "Import entries"))


async def _submit(interaction: Interaction, submission: Submission) -> None:
    """Show what importing the uploaded file would do. Discord lets people choose files with the right endings only."""
    await send.defer_reply(interaction)
    file = submission.files["file"]
    if file.name.lower().endswith(_ENDINGS):
        read = functools.partial(download, interaction.client, file.url)
        card = await _dry_run(interaction, file.name, file.size, read)
    else:
        card = cards.unreadable(
            f"{file.name} is none of {', '.join(_ENDINGS)}; from a spreadsheet, save it as CSV UTF-8"
        )
    await send.reply(interaction, card, ephemeral=True)


async def _dry_run(interaction: Interaction, name: str, size: int, read: Callable[[], Awaitable[bytes]]) -> Card:
    """Read an uploaded file and return what importing it would do, or why it cannot be read."""
    if size > IMPORT_BYTES:
        return cards.unreadable(f"The file has {size / 2**20:.1f} MB; {IMPORT_BYTES // 2**20} MB is the most")
    try:
        content = await read()
    except (discord.HTTPException, DownloadError):
        return cards.unreadable("Discord did not hand the file over; upload it again")
    return await _read(interaction, name, content)


async def _read(interaction: Interaction, name: str, content: bytes, encoding: str = "", *, draft_id: int = 0) -> Card:
    """Return what importing a file would do, or why it cannot be read; without an `encoding`, guess it if need be.

    If it cannot be read in a chosen encoding, another one can be chosen for the draft that keeps it.
    """
    try:
        rows, text = await asyncio.to_thread(read_file, name, content, encoding)
    except ExchangeError as error:
        card = cards.unreadable(str(error))
        return cards.with_encoding_menu(card, draft_id) if draft_id else card
    guessed = GuessedFile(name, content, text.guessed, text.sample) if text.guessed else None
    return await _planned(interaction, rows, guessed)


async def _planned(
    interaction: Interaction, rows: Sequence[Row], file: GuessedFile | None = None, *, is_again: bool = False
) -> Card:
    """Plan an import on what the server has now, save the plan as a draft, and return its card."""
    services, guild_id = interaction.client.services, moderated_server_id(interaction)
    server = await services.servers.of(guild_id)
    plan = await asyncio.to_thread(_plan, rows, server)
    draft = ImportDraft((*plan.added, *(after for _, after in plan.changed)), server.last_change_id, file)
    draft_id = await services.drafts.keep(guild_id, interaction.user.id, draft)
    card = await asyncio.to_thread(cards.dry_run, plan, draft_id, is_again=is_again)
    return card if file is None else cards.with_encoding(card, file.encoding, file.sample, draft_id)


def _plan(rows: Sequence[Row], server: Server) -> Plan:
    return plan_import(rows, server.own_by_id(), server.shared.pack)


async def _choose_encoding(interaction: Interaction, click: Click) -> None:
    """Read the file of a dry run again, in the encoding that the moderator chose."""
    await send.defer_edit(interaction)
    services, user_id = interaction.client.services, interaction.user.id
    draft = await services.drafts.get(click.number, moderated_server_id(interaction), user_id, ImportDraft)
    if draft is None or draft.file is None or click.value not in ENCODINGS:
        await send.replace(interaction, entry_cards.draft_gone())
        return
    card = await _read(interaction, draft.file.name, draft.file.content, click.value, draft_id=click.number)
    await send.replace(interaction, card)


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
            card = await _planned(interaction, rows, draft.file, is_again=True)
        case Refused(faults):
            card = entry_cards.not_changed(faults)
        case _:
            raise AssertionError(f"an import cannot come to {outcome}")
    await send.replace(interaction, card)


FEATURE = Feature(
    glossary_commands=(export_entries, import_entries),
    clicks={
        verbs.UPLOAD: Route(_open_form, For.MODERATORS),
        verbs.IMPORT_DRAFT: Route(_import, For.MODERATORS),
        verbs.CHOOSE_ENCODING: Route(_choose_encoding, For.MODERATORS),
    },
    forms=(FormRoute(IMPORT, _submit, For.MODERATORS),),
)
