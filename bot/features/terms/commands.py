"""What is typed and clicked to see one entry."""

from typing import Protocol

from discord import app_commands

from bot.chat import notices, send
from bot.chat.card import Card
from bot.chat.commands import Choice, Person, slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction, User
from bot.chat.rights import is_ephemeral, is_moderator, is_open_here, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.terms import cards
from bot.features.terms.entry_card import NO_WAY, entry_card, only_candidate
from bot.features.terms.ownership import asker_of, belongs_to
from bot.features.terms.paging import Way
from bot.features.terms.term_option import Term, choices, completed, look_up
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.names import Found, Outcome
from bot.glossary.text import squash


class EntryCard(Protocol):
    """A function that shows an entry one way or another."""

    def __call__(self, glossary: Glossary, shown: Entry, *, asked_by: int | None, lead: str) -> Card:
        """Make the card."""


@slash_command()
@app_commands.describe(
    term="What to explain; typos are forgiven", hide="Show the answer only to you", addressee=cards.FOR_SOMEBODY
)
@app_commands.rename(addressee="for")
async def define(
    interaction: Interaction, term: Term, hide: bool | None = None, addressee: Person | None = None
) -> None:
    """Explain a term."""
    if not squash(term):
        await _offer_most_asked(interaction)
        return
    await _show(interaction, term, entry_card, hide=hide, addressee=addressee)


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
    return completed(glossary, typed)


async def _offer_most_asked(interaction: Interaction) -> None:
    """Offer the entries that people ask for most."""
    glossary = (await server_of(interaction)).glossary
    names = glossary.complete("", interaction.client.services.usage.lookups.favourites)
    entries = [entry for name in names if (entry := glossary.get(name.entry_id))]
    await send.reply(interaction, cards.most_asked(list(dict.fromkeys(entries))), ephemeral=True)


async def _show(
    interaction: Interaction,
    term: str,
    make_card: EntryCard,
    *,
    hide: bool | None,
    addressee: User | None = None,
) -> None:
    """Show the entry that a term names, or offer the closest ones to the asker alone."""
    server = await server_of(interaction)
    glossary = server.glossary
    term, found = look_up(glossary, term)
    entry = next(iter(glossary.entries_of(found.answers)), None)
    if entry is None:
        card, ephemeral = _closest(glossary, term, found), True
    else:
        ephemeral = is_ephemeral(interaction, server.settings, hide=hide)
        asked_by = None if ephemeral else interaction.user.id
        card = make_card(glossary, entry, asked_by=asked_by, lead=_lead(found, term, entry))
        if addressee is not None and not ephemeral:
            card = cards.for_somebody(card, addressee.id)
    interaction.client.services.usage.count(found, term, interaction.server_id, interaction.user.id)
    await send.reply(interaction, card, ephemeral=ephemeral)
    update = None if entry is None else server.update_of(entry.id)
    if update is not None and is_moderator(interaction, server.settings):
        await send.reply(interaction, cards.has_update(update.shared), ephemeral=True)


def _closest(glossary: Glossary, term: str, found: Found) -> Card:
    """Show the entry that comes close if it is the only one, and otherwise a list."""
    entries = glossary.entries_of(found.hits)
    if len(entries) == 1 and not found.unknown_codes:
        return only_candidate(glossary, entries[0], term)
    return cards.not_found(glossary, term, found)


def _lead(found: Found, term: str, entry: Entry) -> str:
    """Return what stands above an entry: what the quoted text says, that it has a typo, or that it is another name."""
    because = cards.because(entry, term)
    if because:
        return because
    if found.outcome is Outcome.SURE:
        return cards.closest_match(term)
    name = found.hits[0].name
    return cards.other_name(name.text, entry) if name.is_alias and entry.message is None else ""


async def _open_from_list(interaction: Interaction, click: Click) -> None:
    """Open an entry below the list, so that the list stays."""
    await _open(interaction, click, click.value or click.argument, in_place=False)


async def _open_from_menu(interaction: Interaction, click: Click) -> None:
    await _open(interaction, click, click.value, back_to=click.argument, way=Way.of(click))


async def _open_listed(interaction: Interaction, click: Click) -> None:
    await _open(interaction, click, click.value, way=Way(click.argument))


async def _go_back(interaction: Interaction, click: Click) -> None:
    await _open(interaction, click, click.argument, way=Way.of(click))


async def _open(
    interaction: Interaction,
    click: Click,
    entry_id: str,
    *,
    in_place: bool = True,
    back_to: str = "",
    way: Way = NO_WAY,
) -> None:
    """Open an entry, in place of a message that is the clicker's own or in one that only the clicker sees."""
    glossary = (await server_of(interaction)).glossary
    entry = glossary.follow(entry_id)
    if entry is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
        return
    interaction.client.services.usage.count_shown(entry.id, interaction.server_id, interaction.user.id)
    if in_place and belongs_to(interaction, click):
        question = cards.question_above(click.message.content)
        card = entry_card(glossary, entry, asked_by=asker_of(click), lead=question, back_to=back_to, way=way)
        await send.replace(interaction, card)
    else:
        await send.reply(interaction, entry_card(glossary, entry), ephemeral=True)


async def _unfold(interaction: Interaction, click: Click) -> None:
    """Show or hide a section: in the answer itself for the person who asked, in a private copy for others."""
    glossary = (await server_of(interaction)).glossary
    letters, _, entry_id = click.argument.partition(":")
    entry = glossary.follow(entry_id)
    if entry is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
        return
    if belongs_to(interaction, click):
        back_to, way = click.message.argument_of(verbs.BACK), Way.of(click)
        card = entry_card(glossary, entry, asked_by=asker_of(click), unfolded=letters, back_to=back_to, way=way)
        await send.replace(interaction, card, keep_content=True)
    else:
        await send.reply(interaction, entry_card(glossary, entry, unfolded=letters), ephemeral=True)


async def _share(interaction: Interaction, click: Click) -> None:
    """Post an entry, which only the asker sees, for everyone, once."""
    server = await server_of(interaction)
    entry = server.glossary.follow(click.argument)
    if entry is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
        return
    if not is_open_here(interaction, server.settings):
        text = "In this channel, the moderators want the bot to answer each person privately."
        await send.reply(interaction, notices.refusal("Not here", text), ephemeral=True)
        return
    user = interaction.user
    card = entry_card(server.glossary, entry, asked_by=user.id, lead=f"Shared by {user.mention}")
    await send.disable(interaction, click, "Shared")
    if await interaction.client.services.shares.claim(click.message.id, entry.id):
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
        verbs.OPEN: Route(_open_from_list, For.EVERYONE),
        verbs.OPEN_FROM_LIST: Route(_open_from_list, For.EVERYONE),
        verbs.OPEN_LISTED: Route(_open_listed, For.EVERYONE),
        verbs.OPEN_FROM_MENU: Route(_open_from_menu, For.EVERYONE),
        verbs.BACK: Route(_go_back, For.EVERYONE),
        verbs.UNFOLD: Route(_unfold, For.EVERYONE),
        verbs.SHARE: Route(_share, For.EVERYONE),
        verbs.DISMISS: Route(_dismiss, For.EVERYONE),
    },
)
