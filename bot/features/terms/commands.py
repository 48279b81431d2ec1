"""What is typed and clicked to see one entry."""

from typing import Protocol

from discord import app_commands

from bot.chat import notices, send
from bot.chat.card import Card
from bot.chat.commands import Choice, slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.markdown import without_markup
from bot.chat.rights import is_ephemeral, is_moderator, is_open_here, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.terms import cards
from bot.features.terms.snapshots import SnapshotCache
from bot.features.terms.term_option import Term, choices
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.names import Outcome

# People type the same first letters again and again.
_completed: SnapshotCache[list[Choice]] = SnapshotCache(1000)


class EntryCard(Protocol):
    """A function that shows an entry one way or another."""

    def __call__(self, glossary: Glossary, shown: Entry, *, asked_by: int | None, query: str | None) -> Card:
        """Make the card."""


@slash_command()
@app_commands.describe(term="What to explain; typos are forgiven", hide="Show the answer only to you")
async def define(interaction: Interaction, term: Term, hide: bool | None = None) -> None:
    """Explain a term."""
    await _show(interaction, term, cards.entry, hide=hide)


@slash_command()
@app_commands.describe(term="The term to start from", hide="Show the answer only to you")
async def related(interaction: Interaction, term: Term, hide: bool | None = None) -> None:
    """Show the terms around a term."""
    await _show(interaction, term, cards.related, hide=hide)


@define.autocomplete("term")
@related.autocomplete("term")
async def complete_term(interaction: Interaction, typed: str) -> list[Choice]:
    """Offer the names of entries, the most asked for first when nothing is typed."""
    glossary = (await server_of(interaction)).glossary
    if not typed.strip():
        favourites = interaction.client.services.usage.lookups.favourites
        return choices(glossary, glossary.complete("", favourites))
    return _completed.get(glossary, typed, lambda: choices(glossary, glossary.complete(typed)))


async def _show(interaction: Interaction, term: str, make_card: EntryCard, *, hide: bool | None) -> None:
    """Show the entry that a term names, or offer the closest ones to the asker alone."""
    server = await server_of(interaction)
    glossary = server.glossary
    term = without_markup(term)
    found = glossary.look_up(term)
    entry = glossary.get(found.hits[0].name.entry_id) if found.is_answer else None
    if entry is None:
        card, ephemeral = cards.not_found(glossary, term, found), True
    else:
        ephemeral = is_ephemeral(interaction, server.settings, hide=hide)
        asked_by = None if ephemeral else interaction.user.id
        query = term if found.outcome is Outcome.SURE else None
        card = make_card(glossary, entry, asked_by=asked_by, query=query)
    interaction.client.services.usage.count(found, term, interaction.server_id, interaction.user.id)
    await send.reply(interaction, card, ephemeral=ephemeral)


async def _open_from_button(interaction: Interaction, click: Click) -> None:
    await _open(interaction, click, click.argument)


async def _open_from_menu(interaction: Interaction, click: Click) -> None:
    await _open(interaction, click, click.value)


async def _open(interaction: Interaction, click: Click, entry_id: str) -> None:
    """Open an entry: in place if only the asker sees the message, otherwise in a reply that only they see."""
    glossary = (await server_of(interaction)).glossary
    entry = glossary.get(entry_id)
    if entry is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
        return
    interaction.client.services.usage.count_shown(entry.id, interaction.server_id, interaction.user.id)
    card = cards.entry(glossary, entry)
    if click.message.is_ephemeral:
        await send.replace(interaction, card)
    else:
        await send.reply(interaction, card, ephemeral=True)


async def _share(interaction: Interaction, click: Click) -> None:
    """Post an entry, which only the asker sees, for everyone."""
    server = await server_of(interaction)
    entry = server.glossary.get(click.argument)
    if entry is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
        return
    if not is_open_here(interaction, server.settings):
        text = "In this channel, the moderators want the bot to answer each person privately."
        await send.reply(interaction, notices.refusal("Not here", text), ephemeral=True)
        return
    user = interaction.user
    card = cards.entry(server.glossary, entry, asked_by=user.id, shared_by=user.mention)
    await send.reply(interaction, card, ephemeral=False)


async def _dismiss(interaction: Interaction, click: Click) -> None:
    """Delete a public reply."""
    if await _may_dismiss(interaction, click.number):
        await send.delete_clicked(interaction)
        return
    text = "Only the person who asked, or a moderator, can dismiss this answer."
    await send.reply(interaction, notices.refusal("Not yours to dismiss", text), ephemeral=True)


async def _may_dismiss(interaction: Interaction, asked_by: int) -> bool:
    if interaction.user.id == asked_by or interaction.permissions.manage_messages:
        return True
    return is_moderator(interaction, (await server_of(interaction)).settings)


FEATURE = Feature(
    commands=(define, related),
    clicks={
        verbs.OPEN: Route(_open_from_button, For.EVERYONE),
        verbs.OPEN_FROM_MENU: Route(_open_from_menu, For.EVERYONE),
        verbs.SHARE: Route(_share, For.EVERYONE),
        verbs.DISMISS: Route(_dismiss, For.EVERYONE),
    },
)
