"""`/map`, the map of an entry, and switching a map between dark and light."""

import asyncio

from discord import app_commands

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import is_ephemeral, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.maps.cards import map_card
from bot.features.maps.neighbourhood import Neighbourhood
from bot.features.maps.subject import Subject
from bot.features.terms.cards import gone, not_found
from bot.features.terms.categories import CategoryName, category_named, complete_category, no_topic
from bot.features.terms.ownership import show
from bot.features.terms.snapshots import SnapshotCache
from bot.features.terms.term_option import Term, complete_term, look_up
from bot.glossary.glossary import Glossary

# Pictures have about 50 kB each.
_pictures: SnapshotCache[bytes] = SnapshotCache(100)


@slash_command("map")
@app_commands.describe(
    term="The term to put in the middle",
    category="The topic to show; without a term and a topic, those with the most links are shown",
    hide="Show the answer only to you",
)
async def show_map(
    interaction: Interaction,
    term: Term | None = None,
    category: CategoryName | None = None,
    hide: bool | None = None,
) -> None:
    """Show a map of the terms around a term, or of a topic."""
    server = await server_of(interaction)
    found = _subject(interaction, server.glossary, term, category)
    if isinstance(found, Card):
        await send.reply(interaction, found, ephemeral=True)
        return
    ephemeral = is_ephemeral(interaction, server.settings, hide=hide)
    asked_by = None if ephemeral else interaction.user.id
    card = await _card(server.glossary, found, asked_by=asked_by)
    await send.reply(interaction, card, ephemeral=ephemeral)


show_map.autocomplete("term")(complete_term)
show_map.autocomplete("category")(complete_category)


def _subject(interaction: Interaction, glossary: Glossary, term: str | None, category: str | None) -> Subject | Card:
    """Return what somebody wants a map of, or the card that says that it is not there."""
    if term is not None:
        named, found = look_up(glossary, term)
        interaction.client.services.usage.count(found, named, interaction.server_id, interaction.user.id)
        entries = glossary.entries_of(found.answers)
        return Subject.of(entries[0]) if entries else not_found(glossary, named, found)
    if category is not None:
        chosen = category_named(glossary, category)
        return no_topic(category) if chosen is None else Subject.of(chosen)
    return Subject()


async def _open(interaction: Interaction, click: Click) -> None:
    """Show the map of an entry below its answer, so that the answer stays."""
    glossary = (await server_of(interaction)).glossary
    await send.reply(interaction, await _card(glossary, Subject(click.argument)), ephemeral=True)


async def _turn(interaction: Interaction, click: Click) -> None:
    subject, is_light = Subject.read(click.argument)
    glossary = (await server_of(interaction)).glossary
    shown, picture = await _shown(glossary, subject, is_light=is_light)

    def make_card(asked_by: int | None) -> Card:
        if shown is None:
            return gone()
        return map_card(glossary, subject, shown, picture, is_light=is_light, asked_by=asked_by)

    await show(interaction, click, make_card)


async def _card(glossary: Glossary, subject: Subject, *, asked_by: int | None = None) -> Card:
    shown, picture = await _shown(glossary, subject, is_light=False)
    return gone() if shown is None else map_card(glossary, subject, shown, picture, asked_by=asked_by)


async def _shown(glossary: Glossary, subject: Subject, *, is_light: bool) -> tuple[Neighbourhood | None, bytes]:
    """Return what is on a map and its picture, from memory if it was drawn before."""
    # Thousands of own entries take a while, in which nobody else should have to wait.
    shown = await asyncio.to_thread(subject.neighbourhood, glossary)
    if shown is None:
        return None, b""
    key = subject.page_id(is_light=is_light)
    picture = _pictures.find(glossary, key)
    if picture is None:
        picture = await asyncio.to_thread(_draw, glossary, shown, is_light=is_light)
        _pictures.keep(glossary, key, picture)
    return shown, picture


def _draw(glossary: Glossary, shown: Neighbourhood, *, is_light: bool) -> bytes:
    # Pillow and rustworkx take memory, so they are imported only when somebody wants a map.
    from bot.features.maps.picture import DARK, LIGHT, draw  # noqa: PLC0415

    categories = [glossary.category_of(entry) for entry in shown.entries]
    return draw(shown, categories, LIGHT if is_light else DARK)


FEATURE = Feature(
    commands=(show_map,),
    clicks={
        verbs.OPEN_MAP: Route(_open, For.EVERYONE),
        verbs.TURN_MAP: Route(_turn, For.EVERYONE),
    },
)
