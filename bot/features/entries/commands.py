"""What moderators type and click to change their server's own entries."""

import msgspec
from discord import app_commands

from bot.chat import notices, send
from bot.chat.card import Card
from bot.chat.commands import Group, message_command, slash_command
from bot.chat.components import Click, ClickedMessage
from bot.chat.forms import Submission
from bot.chat.interaction import Interaction
from bot.chat.markdown import escape_query
from bot.chat.messages import Message
from bot.chat.rights import moderated_server_id, require_moderator
from bot.chat.router import Feature, For, FormRoute, Route
from bot.features import verbs
from bot.features.entries import approval, cards, saving
from bot.features.entries.aliases import give_alias
from bot.features.entries.forms import ENTRY, EntryDraft, Subject, entry_form, read_subject, values_of
from bot.features.terms.term_option import Term, complete_term
from bot.glossary.model import Entry
from bot.servers.changes import Changed, Refused, RemoveAlias, RemoveEntry
from bot.servers.server import Server

Alias = app_commands.Range[str, 1, 80]


@slash_command()
async def add(interaction: Interaction) -> None:
    """Add an entry for this server."""
    await _open_new_form(interaction)


@message_command("Add to glossary", for_moderators=True)
async def add_from_message(interaction: Interaction, message: Message) -> None:
    """Add an entry, starting from what a message says."""
    await _open_new_form(interaction, definition=message.content)


@slash_command()
@app_commands.describe(term="The entry to edit; a shared one is copied for this server")
async def edit(interaction: Interaction, term: Term) -> None:
    """Edit an entry for this server."""
    named = await _named(interaction, term)
    if named is not None:
        server, shown = named
        entry = server.editable_entry(shown.id) or shown
        subject = Subject(entry.id, server.version(entry.id))
        await send.open_form(interaction, entry_form(subject, values_of(entry)))


@slash_command()
@app_commands.describe(term="The entry to remove; if it replaced a shared one, that one shows again")
async def remove(interaction: Interaction, term: Term) -> None:
    """Remove one of this server's own entries."""
    named = await _named(interaction, term)
    if named is None:
        return
    server, entry = named
    own = server.own_entry(entry.id)
    if own is None:
        await send.reply(interaction, cards.not_own(entry), ephemeral=True)
        return
    await send.defer_reply(interaction)
    servers = interaction.client.services.servers
    outcome = await servers.apply(moderated_server_id(interaction), interaction.user.id, RemoveEntry(entry.id))
    match outcome:
        case Changed(change_id):
            card = cards.removed(entry, change_id, was=own, shared=server.shared.get(entry.id))
        case Refused(faults):
            card = cards.not_changed(faults)
        case _:
            raise AssertionError(f"removing an entry cannot come to {outcome}")
    await send.reply(interaction, card, ephemeral=True)


@slash_command(name="add")
@app_commands.describe(term="The term that gets another name", alias="The other name")
async def add_alias(interaction: Interaction, term: Term, alias: Alias) -> None:
    """Give a term another name in this server."""
    named = await _named(interaction, term)
    if named is not None:
        await send.defer_reply(interaction)
        await send.reply(interaction, await give_alias(interaction, named[1].id, alias), ephemeral=True)


@slash_command(name="remove")
@app_commands.describe(
    term="The term that loses a name", alias="The name to remove; only names that this server added can be removed"
)
async def remove_alias(interaction: Interaction, term: Term, alias: Alias) -> None:
    """Remove a name that this server gave a term."""
    named = await _named(interaction, term)
    if named is None:
        return
    entry = named[1]
    await send.defer_reply(interaction)
    change = RemoveAlias(entry.id, entry.name, alias)
    servers = interaction.client.services.servers
    outcome = await servers.apply(moderated_server_id(interaction), interaction.user.id, change)
    match outcome:
        case Changed(change_id):
            text = f"**{escape_query(entry.name)}** is no longer called **{escape_query(alias)}**."
            card = cards.saved(change_id, text)
        case Refused(faults):
            card = cards.not_changed(faults)
        case _:
            raise AssertionError(f"removing an alias cannot come to {outcome}")
    await send.reply(interaction, card, ephemeral=True)


for command in (edit, remove, add_alias, remove_alias):
    command.autocomplete("term")(complete_term)


async def _open_new_form(interaction: Interaction, *, definition: str = "") -> None:
    if await require_moderator(interaction) is not None:
        await send.open_form(interaction, entry_form(Subject(), ENTRY.blank(definition=definition)))


async def _named(interaction: Interaction, term: str) -> tuple[Server, Entry] | None:
    """Return the server and the entry that a term names in it.

    Refuse and return `None` if the person does not moderate the server, or if the term names no entry.
    """
    guild_id = await require_moderator(interaction)
    if guild_id is None:
        return None
    server = await interaction.client.services.servers.of(guild_id)
    entry = server.entry_named(term)
    if entry is None:
        await send.reply(interaction, cards.no_such_entry(server.glossary, term), ephemeral=True)
        return None
    return server, entry


async def _submit(interaction: Interaction, submission: Submission) -> None:
    """Save a filled-in form.

    The answer replaces what was said about a draft before, which is outdated. The message of a suggestion stays until
    it says what was decided.
    """
    subject = read_subject(submission.argument)
    message = submission.message
    if message is not None and (subject.suggestion_id or subject.draft_id):
        await send.defer_edit(interaction)
    else:
        await send.defer_reply(interaction)
    card = await save_and_announce(interaction, EntryDraft(subject, submission.values), message)
    if message is not None and subject.draft_id and not subject.suggestion_id:
        await send.replace(interaction, card)
    else:
        await send.reply(interaction, card, ephemeral=True)


async def save_and_announce(interaction: Interaction, form: EntryDraft, message: ClickedMessage | None) -> Card:
    """Save what was filled in and return the card that says what came of it.

    If it answers a suggestion, `message` is the one that shows the suggestion; it then says what was decided, and the
    member is told.
    """
    guild_id = moderated_server_id(interaction)
    result = await saving.save(interaction.client.services, guild_id, interaction.user.id, form)
    match result:
        case saving.Saved(change_id, server, shown, suggestion):
            told = await approval.announce(interaction, server.glossary, shown, suggestion, message)
            return cards.saved(change_id, f"Members of this server see it now.{told}", server.glossary, shown)
        case saving.SavedBefore(server, shown, suggestion):
            told = await approval.announce(interaction, server.glossary, shown, suggestion, message)
            return cards.saved_before(server.glossary, shown, told)
        case saving.Rejected(name, faults, draft_id):
            return cards.rejected(name, faults, draft_id)
        case saving.TwoVersions(theirs, yours, draft_id):
            return cards.two_versions(theirs, yours, draft_id)
        case saving.Duplicate(existing, yours, draft_id):
            return cards.duplicate(existing, yours, draft_id)
        case saving.NameOfShared(shared, yours, draft_id):
            return cards.name_of_shared(shared, yours, draft_id)


async def _edit_draft(interaction: Interaction, click: Click) -> None:
    draft = await _draft(interaction, click)
    if draft is not None:
        await send.open_form(interaction, entry_form(draft.subject, draft.values))


async def _save_draft(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    draft = await _draft(interaction, click)
    if draft is not None:
        card = await save_and_announce(interaction, draft, click.message)
        await send.replace(interaction, card)


async def _discard_draft(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await interaction.client.services.drafts.discard(click.number, interaction.user.id)
    await send.replace(interaction, cards.discarded())


async def _cancel(interaction: Interaction, _: Click) -> None:
    """Close a question of which nothing is stored yet."""
    await send.replace(interaction, notices.cancelled())


async def _draft(interaction: Interaction, click: Click) -> EntryDraft | None:
    """Return the draft of a button; say so and return `None` if it no longer exists."""
    drafts = interaction.client.services.drafts
    guild_id = moderated_server_id(interaction)
    draft = await drafts.get(click.number, guild_id, interaction.user.id, EntryDraft)
    if draft is None:
        await send.reply(interaction, cards.draft_gone(), ephemeral=True)
        return None
    return msgspec.structs.replace(draft, subject=msgspec.structs.replace(draft.subject, draft_id=click.number))


_ALIAS_COMMANDS = Group("alias", "Other names for a term", (add_alias, remove_alias))
FEATURE = Feature(
    commands=(add_from_message,),
    glossary_commands=(_ALIAS_COMMANDS, add, edit, remove),
    clicks={
        verbs.EDIT_DRAFT: Route(_edit_draft, For.MODERATORS),
        verbs.SAVE_DRAFT: Route(_save_draft, For.MODERATORS),
        verbs.DISCARD_DRAFT: Route(_discard_draft, For.MODERATORS),
        verbs.CANCEL: Route(_cancel, For.EVERYONE),
    },
    forms=(FormRoute(ENTRY, _submit, For.MODERATORS),),
)
