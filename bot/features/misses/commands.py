"""What moderators type and click to deal with misses, and the button *None of these*."""

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, require_moderator, server_of
from bot.chat.router import Feature, For, FormRoute, Route
from bot.features import verbs
from bot.features.entries import approval
from bot.features.entries.forms import ENTRY, Subject, entry_form
from bot.features.misses import cards
from bot.features.misses.aliases import ALIAS_OF, MOST_ALIASES, ask_for_term, propose, propose_term, save
from bot.features.misses.sending import QUESTION, open_form, send_question
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.same_question import other_wordings
from bot.servers.missing import Missing
from bot.storage.suggestions import Status

MAX_PROPOSED = 10


@slash_command("misses")
async def show_misses(interaction: Interaction) -> None:
    """List what people asked for and did not find."""
    if await require_moderator(interaction) is not None:
        await send.defer_reply(interaction)
        await send.reply(interaction, await _page(interaction, 0), ephemeral=True)


async def _page(interaction: Interaction, offset: int) -> Card:
    services = interaction.client.services
    await services.usage.flush()  # to list what was counted a moment ago as well
    return cards.misses(await services.missing.of(moderated_server_id(interaction)), offset)


async def _turn_page(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _page(interaction, click.number))


async def _choose(interaction: Interaction, click: Click) -> None:
    """Show one thing that people miss."""
    await send.defer_edit(interaction)
    await interaction.client.services.usage.flush()
    missing = await _missing(interaction, click.value)
    if missing is None:
        await send.replace(interaction, cards.miss_gone())
        return
    glossary = (await server_of(interaction)).glossary
    found = [entry for entry_id in missing.found_instead if (entry := glossary.get(entry_id))]
    await send.replace(interaction, cards.miss(missing, found, _proposed(missing.query, glossary, found)))


async def _missing(interaction: Interaction, query: str) -> Missing | None:
    """Return what people miss with a wording, `None` if it was answered or dismissed meanwhile."""
    return await interaction.client.services.missing.with_wording(moderated_server_id(interaction), query)


def _proposed(query: str, glossary: Glossary, found_instead: list[Entry]) -> list[Entry]:
    """Return the entries that a miss may be another name of: what was found instead, then the closest."""
    hits = [*glossary.find(query).hits, *glossary.ask(query).hits]
    return list(dict.fromkeys([*found_instead, *glossary.entries_of(hits)]))[:MAX_PROPOSED]


async def _add(interaction: Interaction, click: Click) -> None:
    """Open the form of a new entry with every wording filled in. Saving it approves the first suggestion of the term.

    The misses in these words, or with a typo, go when the entry is saved.
    """
    missing = await _missing(interaction, click.argument)
    suggestion = next(iter(missing.suggestions), None) if missing else None
    wordings = other_wordings(missing.queries) if missing else []
    values = ENTRY.blank(name=click.argument, aliases="\n".join(wordings[:MOST_ALIASES]))
    if suggestion:
        values["definition"] = suggestion.details
    subject = Subject(suggestion_id=suggestion.id if suggestion else 0)
    await send.open_form(interaction, entry_form(subject, values))


async def _dismiss(interaction: Interaction, click: Click) -> None:
    """Take every wording off the list, and decline the suggestions of the same term."""
    await send.defer_edit(interaction)
    missing = await _missing(interaction, click.argument)
    if missing is not None:
        services, guild_id = interaction.client.services, moderated_server_id(interaction)
        await services.usage.misses.dismiss(guild_id, missing.queries)
        for suggestion in missing.suggestions:
            closed = await services.suggestions.close(suggestion.id, (guild_id,), Status.DECLINED)
            if closed is not None:
                await send.write_to(interaction.client, closed.user_id, approval.declined_message(closed, ""))
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
        verbs.SEND_QUESTION: Route(open_form, For.EVERYONE),
        verbs.NONE_OF_THESE: Route(_none_of_these, For.EVERYONE),
        verbs.LIST_MISSES: Route(_turn_page, For.MODERATORS),
        verbs.CHOOSE_MISS: Route(_choose, For.MODERATORS),
        verbs.ADD_MISS: Route(_add, For.MODERATORS),
        verbs.MAKE_ALIAS: Route(propose, For.MODERATORS),
        verbs.ALIAS_OF: Route(ask_for_term, For.MODERATORS),
        verbs.SAVE_ALIASES: Route(save, For.MODERATORS),
        verbs.DISMISS_MISS: Route(_dismiss, For.MODERATORS),
    },
    forms=(
        FormRoute(ALIAS_OF, propose_term, For.MODERATORS),
        FormRoute(QUESTION, send_question, For.EVERYONE),
    ),
)
