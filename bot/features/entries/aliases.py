"""Giving an entry another name in one server."""

from bot.chat.card import Card
from bot.chat.interaction import Interaction
from bot.chat.markdown import escape_query
from bot.chat.rights import moderated_server_id
from bot.features.entries import cards
from bot.servers.changes import AddAlias, Changed, Refused


async def give_alias(interaction: Interaction, entry_id: str, alias: str) -> Card:
    """Give an entry another name, and return the card that says so or why not."""
    servers = interaction.client.services.servers
    guild_id = moderated_server_id(interaction)
    outcome = await servers.apply(guild_id, interaction.user.id, AddAlias(entry_id, alias))
    match outcome:
        case Changed(change_id):
            entry = (await servers.of(guild_id)).glossary.get(entry_id)
            name = entry.name if entry else entry_id
            text = f"**{escape_query(name)}** is also found as **{escape_query(alias)}** in this server."
            return cards.saved(change_id, text)
        case Refused(faults):
            return cards.not_changed(faults)
        case _:
            raise AssertionError(f"adding an alias cannot come to {outcome}")
