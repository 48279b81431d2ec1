"""`/glossary misses`: what people asked for and did not find, and what moderators make of it."""

from typing import TYPE_CHECKING

import discord

from bot.commands import entries
from bot.commands.handlers import ClickHandlers, FormHandlers
from bot.commands.rights import guild_of, is_alone, moderated, server_id
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.replies import entry_cards, missing_cards, send
from bot.replies.actions import Action, Pick, Verb, number
from bot.replies.card import Card
from bot.replies.forms import Filled, Form, Purpose
from bot.storage.misses import Miss

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

MOST_PROPOSED = 10


async def show(interaction: "Interaction") -> None:
    """Show what was missed most in the server."""
    if (guild_id := await moderated(interaction)) is not None:
        await send.think(interaction)
        await send.reply(interaction, await _page(interaction, guild_id, 0), ephemeral=True)


async def _page(interaction: "Interaction", guild_id: int, offset: int) -> Card:
    # What was counted since the last flush is to be seen as well.
    await interaction.client.usage.flush()
    listed = await interaction.client.usage.misses.most_frequent(guild_id, missing_cards.PAGE + 1, offset)
    return missing_cards.misses(listed[: missing_cards.PAGE], offset, has_more=len(listed) > missing_cards.PAGE)


async def _turn(interaction: "Interaction", clicked: Action | Pick) -> None:
    await send.wait(interaction)
    await send.replace(interaction, await _page(interaction, guild_of(interaction), number(clicked.argument)))


async def _choose(interaction: "Interaction", clicked: Action | Pick) -> None:
    await send.wait(interaction)
    guild_id = guild_of(interaction)
    await interaction.client.usage.flush()
    miss = await interaction.client.usage.misses.get(guild_id, clicked.chosen[0])
    if miss is None:
        await send.replace(interaction, missing_cards.miss_gone())
        return
    glossary = (await interaction.client.servers.of(guild_id)).glossary
    found = [entry for entry_id in miss.found_instead if (entry := glossary.get(entry_id))]
    await send.replace(interaction, missing_cards.miss(miss, found, _proposed(miss, glossary, found)))


def _proposed(miss: Miss, glossary: Glossary, found_instead: list[Entry]) -> list[Entry]:
    """Return the entries that a miss may be another name of: what was found instead, then the closest."""
    hits = [*glossary.find(miss.query).hits, *glossary.ask(miss.query).hits]
    close = [entry for hit in hits if (entry := glossary.get(hit.name.entry_id))]
    return list(dict.fromkeys([*found_instead, *close]))[:MOST_PROPOSED]


async def _add(interaction: "Interaction", clicked: Action | Pick) -> None:
    await entries.add(interaction, name=clicked.argument)


async def _make_alias(interaction: "Interaction", clicked: Action | Pick) -> None:
    await send.wait(interaction)
    await entries.give_name(
        interaction, clicked.chosen[0], clicked.argument, lambda card: send.replace(interaction, card)
    )


async def _ask_of_what(interaction: "Interaction", clicked: Action | Pick) -> None:
    form = Form(Purpose.ALIAS_OF, clicked.argument, title=f"{clicked.argument} is another name for …")
    await send.form(interaction, form)


async def _make_alias_of(interaction: "Interaction", filled: Filled) -> None:
    await send.think(interaction)
    server = await interaction.client.servers.of(guild_of(interaction))
    if (entry := entries.named(server, filled.values["term"])) is None:
        card = entry_cards.no_such_entry(server.glossary, filled.values["term"])
        await send.reply(interaction, card, ephemeral=True)
        return
    await entries.give_name(
        interaction, entry.id, filled.argument, lambda card: send.reply(interaction, card, ephemeral=True)
    )


async def _dismiss(interaction: "Interaction", clicked: Action | Pick) -> None:
    await send.wait(interaction)
    guild_id = guild_of(interaction)
    await interaction.client.usage.misses.dismiss(guild_id, clicked.argument)
    await send.replace(interaction, await _page(interaction, guild_id, 0))


async def _none_of_these(interaction: "Interaction", clicked: Action | Pick) -> None:
    """Count a miss for whoever finds that none of the choices fits."""
    interaction.client.usage.count_missed(clicked.argument, server_id(interaction), interaction.user.id)
    card = missing_cards.none_of_these(clicked.argument)
    if is_alone(interaction):
        await send.replace(interaction, card)
    else:
        await send.reply(interaction, card, ephemeral=True)


ACTIONS: ClickHandlers = {
    Verb.NONE_OF_THESE: _none_of_these,
    Verb.MISSES: _turn,
    Verb.MISS: _choose,
    Verb.MISS_ADD: _add,
    Verb.MISS_ALIAS: _make_alias,
    Verb.MISS_ALIAS_OF: _ask_of_what,
    Verb.MISS_DISMISS: _dismiss,
}
FORMS: FormHandlers = {Purpose.ALIAS_OF: _make_alias_of}
