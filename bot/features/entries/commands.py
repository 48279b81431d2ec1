"""What moderators type and click to change their server's own entries."""

from discord import app_commands

from bot.chat import send
from bot.chat.commands import Group, message_command, slash_command
from bot.chat.interaction import Interaction
from bot.chat.markdown import escape_query
from bot.chat.messages import Message
from bot.chat.rights import moderated_server_id, require_moderator
from bot.chat.router import Feature
from bot.features.entries import cards, form_clicks
from bot.features.entries.aliases import give_aliases
from bot.features.entries.forms import ENTRY, Subject, entry_form, more_form, values_of
from bot.features.entries.removable import complete_alias, complete_own, complete_with_aliases
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
@app_commands.describe(
    term="The entry to edit; a shared one is copied for this server",
    more="True to edit its category, related terms, example and sources",
)
async def edit(interaction: Interaction, term: Term, more: bool = False) -> None:
    """Edit an entry for this server."""
    named = await _named(interaction, term, can_add=True)
    if named is not None:
        server, shown = named
        entry = server.editable_entry(shown.id) or shown
        subject = Subject(entry.id, server.version(entry.id))
        values = values_of(entry)
        form = more_form(subject, values, server) if more else entry_form(subject, values)
        await send.open_form(interaction, form)


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
        card, _ = await give_aliases(interaction, named[1].id, (alias,))
        await send.reply(interaction, card, ephemeral=True)


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


for command in (edit, add_alias):
    command.autocomplete("term")(complete_term)
remove.autocomplete("term")(complete_own)
remove_alias.autocomplete("term")(complete_with_aliases)
remove_alias.complete_beside("alias", complete_alias)


async def _open_new_form(interaction: Interaction, *, definition: str = "") -> None:
    if await require_moderator(interaction) is not None:
        await send.open_form(interaction, entry_form(Subject(), ENTRY.blank(definition=definition)))


async def _named(interaction: Interaction, term: str, *, can_add: bool = False) -> tuple[Server, Entry] | None:
    """Return the server and the entry that a term names in it. With `can_add`, offer to add one that is unknown.

    Refuse and return `None` if the person does not moderate the server, or if the term names no entry.
    """
    guild_id = await require_moderator(interaction)
    if guild_id is None:
        return None
    server = await interaction.client.services.servers.of(guild_id)
    entry = server.entry_named(term)
    if entry is None:
        await send.reply(interaction, cards.no_such_entry(server.glossary, term, can_add=can_add), ephemeral=True)
        return None
    return server, entry


_ALIAS_COMMANDS = Group("alias", "Other names for a term", (add_alias, remove_alias))
FEATURE = Feature(
    commands=(add_from_message,),
    glossary_commands=(_ALIAS_COMMANDS, add, edit, remove),
    clicks=form_clicks.CLICKS,
    forms=form_clicks.FORMS,
)
