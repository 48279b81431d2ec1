"""The bot to compare with: discord.py as its tutorial uses it, with the same answer to everything."""

import os
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

# 875 characters. An average card of the shared glossary has 1,060 (November 2026).
TEXT = "A constant answer, as long as the average entry of the glossary is with its notes and its related terms. " * 8
CARD = discord.Embed(title="A constant answer", description=TEXT.strip(), colour=0x2B6CB0, url="https://example.com")
CARD.set_footer(text="For education only.")
CHOICES = [app_commands.Choice(name=f"Choice {number}", value=f"choice-{number}") for number in range(10)]

Interaction = discord.Interaction[commands.Bot]


class Menu(discord.ui.View):
    """A menu that works after a restart, and always answers the same."""

    def __init__(self) -> None:
        """Make the menu one that never expires."""
        super().__init__(timeout=None)

    @discord.ui.select(
        custom_id="menu",
        options=[discord.SelectOption(label=choice.name, value=str(choice.value)) for choice in CHOICES],
    )
    async def choose(self, interaction: Interaction, _: discord.ui.Select[Any]) -> None:
        """Answer a choice."""
        await interaction.response.edit_message(embed=CARD)


class BareBot(commands.Bot):
    """discord.py's bot with one view that stays."""

    async def setup_hook(self) -> None:
        """Register the view, and send the commands to Discord."""
        self.add_view(Menu())
        await self.tree.sync()


bot = BareBot(command_prefix="!", intents=discord.Intents.default())


@bot.tree.command()
async def define(interaction: Interaction, term: str, hide: bool = False) -> None:  # noqa: ARG001
    """Answer with the constant card."""
    await interaction.response.send_message(embed=CARD, ephemeral=hide)


@define.autocomplete("term")
async def complete(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:  # noqa: ARG001
    """Offer the constant choices."""
    return CHOICES


@bot.tree.command()
async def menu(interaction: Interaction) -> None:
    """Show the card with the menu."""
    await interaction.response.send_message(embed=CARD, view=Menu(), ephemeral=True)


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    bot.run(os.environ["DISCORD_TOKEN"])
