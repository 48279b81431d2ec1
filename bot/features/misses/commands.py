"""What moderators type and click to deal with misses, and the button *None of these*."""

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.forms import Field, Form, FormKind, Submission
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, require_moderator
from bot.chat.router import Feature, For, FormRoute, Route
from bot.features import verbs
from bot.features.entries import cards as entry_cards
from bot.features.entries.aliases import give_alias
from bot.features.entries.forms import ENTRY, Subject, entry_form
from bot.features.misses import cards
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.storage.misses import Miss

MAX_PROPOSED = 10
ALIAS_OF = FormKind(verbs.ALIAS_OF_FORM, (Field("term", "The term that it is another name for", 80, is_required=True),))


@slash_command("misses")
async def show_misses(interaction: Interaction) -> None:
    """List what people asked for and did not find."""
    if await require_moderator(interaction) is not None:
        await send.defer_reply(interaction)
        await send.reply(interaction, await _page(interaction, 0), ephemeral=True)


async def _page(interaction: Interaction, offset: int) -> Card:
    usage = interaction.client.services.usage
    await usage.flush()  # to list what was counted a moment ago as well
    listed = await usage.misses.most_frequent(moderated_server_id(interaction), cards.PAGE + 1, offset)
    return cards.misses(listed[: cards.PAGE], offset, has_more=len(listed) > cards.PAGE)


async def _turn_page(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _page(interaction, click.number))


async def _choose(interaction: Interaction, click: Click) -> None:
    """Show one miss."""
    await send.defer_edit(interaction)
    services, guild_id = interaction.client.services, moderated_server_id(interaction)
    await services.usage.flush()
    miss = await services.usage.misses.get(guild_id, click.value)
    if miss is None:
        await send.replace(interaction, cards.miss_gone())
        return
    glossary = (await services.servers.of(guild_id)).glossary
    found = [entry for entry_id in miss.found_instead if (entry := glossary.get(entry_id))]
    await send.replace(interaction, cards.miss(miss, found, _proposed(miss, glossary, found)))


def _proposed(miss: Miss, glossary: Glossary, found_instead: list[Entry]) -> list[Entry]:
    """Return the entries that a miss may be another name of: what was found instead, then the closest."""
    hits = [*glossary.find(miss.query).hits, *glossary.ask(miss.query).hits]
    return list(dict.fromkeys([*found_instead, *glossary.entries_of(hits)]))[:MAX_PROPOSED]


async def _add(interaction: Interaction, click: Click) -> None:
    await send.open_form(interaction, entry_form(Subject(), ENTRY.blank(name=click.argument)))


async def _make_alias(interaction: Interaction, click: Click) -> None:
    """Make a miss another name of the chosen entry."""
    await send.defer_edit(interaction)
    await send.replace(interaction, await give_alias(interaction, click.value, click.argument))


async def _ask_for_term(interaction: Interaction, click: Click) -> None:
    await send.open_form(interaction, Form(ALIAS_OF, f"{click.argument} is another name for …", click.argument))


async def _make_alias_of_term(interaction: Interaction, submission: Submission) -> None:
    """Make a miss another name of the entry that a moderator typed."""
    await send.defer_reply(interaction)
    term = submission.values["term"]
    server = await interaction.client.services.servers.of(moderated_server_id(interaction))
    entry = server.entry_named(term)
    if entry is None:
        card = entry_cards.no_such_entry(server.glossary, term)
    else:
        card = await give_alias(interaction, entry.id, submission.argument)
    await send.reply(interaction, card, ephemeral=True)


async def _dismiss(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    misses = interaction.client.services.usage.misses
    await misses.dismiss(moderated_server_id(interaction), click.argument)
    await send.replace(interaction, await _page(interaction, 0))


async def _none_of_these(interaction: Interaction, click: Click) -> None:
    """Count a miss for a person for whom none of the offered entries fits."""
    usage = interaction.client.services.usage
    usage.count_missed(click.argument, interaction.server_id, interaction.user.id)
    card = cards.none_of_these(click.argument)
    if click.message.is_ephemeral:
        await send.replace(interaction, card)
    else:
        await send.reply(interaction, card, ephemeral=True)


FEATURE = Feature(
    glossary_commands=(show_misses,),
    clicks={
        verbs.NONE_OF_THESE: Route(_none_of_these, For.EVERYONE),
        verbs.LIST_MISSES: Route(_turn_page, For.MODERATORS),
        verbs.CHOOSE_MISS: Route(_choose, For.MODERATORS),
        verbs.ADD_MISS: Route(_add, For.MODERATORS),
        verbs.MAKE_ALIAS: Route(_make_alias, For.MODERATORS),
        verbs.ALIAS_OF: Route(_ask_for_term, For.MODERATORS),
        verbs.DISMISS_MISS: Route(_dismiss, For.MODERATORS),
    },
    forms=(FormRoute(ALIAS_OF, _make_alias_of_term, For.MODERATORS),),
)
