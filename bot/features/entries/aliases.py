"""Giving an entry another name in one server."""

from bot.chat.card import Card
from bot.chat.interaction import Interaction
from bot.chat.markdown import escape_query
from bot.chat.rights import moderated_server_id
from bot.features.entries import cards
from bot.servers.changes import AddAliases, Changed, Refused


async def give_aliases(interaction: Interaction, entry_id: str, aliases: tuple[str, ...]) -> tuple[Card, bool]:
    """Give an entry other names; return the card that says so or why not, and whether they are saved."""
    servers = interaction.client.services.servers
    guild_id = moderated_server_id(interaction)
    outcome = await servers.apply(guild_id, interaction.user.id, AddAliases(entry_id, aliases))
    match outcome:
        case Changed(change_id):
            entry = (await servers.of(guild_id)).glossary.get(entry_id)
            name = entry.name if entry else entry_id
            names = ", ".join(f"**{escape_query(alias)}**" for alias in aliases)
            return cards.saved(change_id, f"**{escape_query(name)}** is also found as {names} in this server."), True
        case Refused(faults):
            return cards.not_changed(faults), False
        case _:
            raise AssertionError(f"adding an alias cannot come to {outcome}")
