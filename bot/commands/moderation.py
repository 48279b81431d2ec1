"""`/glossary …`: what moderators do with the data; each command hands over to the module of its concern."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.commands import entries, history, misses, review, server_settings, stats, suggestions, transfers
from bot.commands.rights import may_change_shared_data, server_of
from bot.glossary.pack import PackError
from bot.replies import cards, send
from bot.replies.errors import answering

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

Term = app_commands.Range[str, 1, 300]
Alias = app_commands.Range[str, 1, 80]
Days = app_commands.Range[int, 1, stats.MOST_DAYS]


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class Moderation(
    commands.GroupCog,
    group_name="glossary",
    group_description="For moderators: manage the glossary",
):
    """Managing the glossary."""

    alias = app_commands.Group(name="alias", description="Other names for a term")

    def __init__(self) -> None:
        """Make the message command, which a cog does not make by itself."""
        self.add_from_message = app_commands.ContextMenu(
            name="Add to glossary",
            callback=self._add_from_message,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        )
        self.add_from_message.default_permissions = discord.Permissions(manage_guild=True)

    @app_commands.command()
    async def add(self, interaction: "Interaction") -> None:
        """Add an entry of this server's own."""
        await entries.add(interaction)

    async def _add_from_message(self, interaction: "Interaction", message: discord.Message) -> None:
        """Add an entry, starting from what a message says."""
        await entries.add(interaction, definition=message.content)

    @app_commands.command()
    @app_commands.describe(term="The entry to edit; a shared one becomes this server's own")
    async def edit(self, interaction: "Interaction", term: Term) -> None:
        """Edit an entry for this server."""
        await entries.edit(interaction, term)

    @app_commands.command()
    @app_commands.describe(term="Which of this server's own entries to remove; a shared one shows again in its place")
    async def remove(self, interaction: "Interaction", term: Term) -> None:
        """Remove one of this server's own entries."""
        await entries.remove(interaction, term)

    @alias.command(name="add")
    @app_commands.describe(term="The term that gets another name", alias="The other name")
    async def add_alias(self, interaction: "Interaction", term: Term, alias: Alias) -> None:
        """Give a term another name in this server."""
        await entries.add_alias(interaction, term, alias)

    @alias.command(name="remove")
    @app_commands.describe(term="The term that loses a name", alias="The name; only those given by this server can go")
    async def remove_alias(self, interaction: "Interaction", term: Term, alias: Alias) -> None:
        """Take away another name that this server gave a term."""
        await entries.remove_alias(interaction, term, alias)

    @app_commands.command(name="history")
    @app_commands.describe(term="Only the changes of one entry")
    async def show_history(self, interaction: "Interaction", term: Term | None = None) -> None:
        """Show what was changed in this server's entries, and revert it."""
        await history.show(interaction, term)

    @app_commands.command(name="misses")
    async def show_misses(self, interaction: "Interaction") -> None:
        """Show what people asked for and did not find."""
        await misses.show(interaction)

    @app_commands.command(name="suggestions")
    async def show_suggestions(self, interaction: "Interaction") -> None:
        """Show which terms members of this server suggest."""
        await suggestions.show(interaction)

    @app_commands.command(name="stats")
    @app_commands.describe(days="How many days back, 30 if left out")
    async def show_stats(self, interaction: "Interaction", days: Days = stats.DAYS) -> None:
        """Show how the glossary is used in this server."""
        await stats.show(interaction, days)

    @app_commands.command(name="export")
    async def export_entries(self, interaction: "Interaction") -> None:
        """Get this server's own entries as TOML, CSV and JSON."""
        await transfers.export_entries(interaction)

    @app_commands.command(name="import")
    @app_commands.describe(file="A TOML, CSV or JSON file, as /glossary export or a spreadsheet saves it")
    async def import_entries(self, interaction: "Interaction", file: discord.Attachment) -> None:
        """Add and change many of this server's own entries at once; shows first what would happen."""
        await transfers.import_entries(interaction, file)

    @app_commands.command(name="settings")
    async def show_settings(self, interaction: "Interaction") -> None:
        """Show and change how the bot behaves in this server."""
        await server_settings.show(interaction)

    @app_commands.command(name="review")
    async def show_review(self, interaction: "Interaction") -> None:
        """Show the shared entries that nobody has checked for longest."""
        await review.show(interaction)

    @app_commands.command()
    async def reload(self, interaction: "Interaction") -> None:
        """Read the shared data files again and put them live."""
        # Who owns the application is asked of Discord, which may take longer than it waits for an answer.
        await send.think(interaction)
        if not await may_change_shared_data(interaction):
            return
        try:
            done = await interaction.client.catalogue.reload(interaction.user.id)
        except PackError as error:
            await send.reply(interaction, cards.not_reloaded(error.problems), ephemeral=True)
            return
        await send.reply(interaction, cards.reloaded(done), ephemeral=True)

    @app_commands.command()
    async def rollback(self, interaction: "Interaction") -> None:
        """Show the revisions of the shared data, and return to an earlier one."""
        await history.show_revisions(interaction)

    @edit.autocomplete("term")
    @remove.autocomplete("term")
    @add_alias.autocomplete("term")
    @remove_alias.autocomplete("term")
    @show_history.autocomplete("term")
    async def complete_term(self, interaction: "Interaction", typed: str) -> list[app_commands.Choice[str]]:
        """Offer names while somebody types."""
        async with answering(interaction):
            glossary = (await server_of(interaction)).glossary
            names = glossary.complete(typed)
            await send.choices(interaction, [(glossary.label(name), name.entry_id) for name in names])
        return []  # they are sent already, so that a failure to send them is handled like any other
