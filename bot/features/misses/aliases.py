"""Making what people miss another name of an entry, after showing what that would do."""

import asyncio

import msgspec

from bot.chat import notices, send
from bot.chat.card import Card
from bot.chat.components import Click
from bot.chat.forms import Field, Form, FormKind, Submission
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, server_of
from bot.features import verbs
from bot.features.entries import approval
from bot.features.entries import cards as entry_cards
from bot.features.entries.aliases import give_aliases
from bot.features.misses import cards
from bot.features.terms.cards import gone
from bot.glossary.search.same_question import other_wordings
from bot.servers.changes import AddAliases, Refused
from bot.servers.trials import effect_of
from bot.storage.counts import today
from bot.storage.suggestions import Status

# How many wordings of a miss become names at most.
MOST_ALIASES = 5
# How many of the most frequent misses are searched to show what an alias would do; that takes a second.
MOST_TRIED = 1_000
ALIAS_OF = FormKind(verbs.ALIAS_OF_FORM, (Field("term", "The term that it is another name for", 80, is_required=True),))


class AliasDraft(msgspec.Struct, frozen=True, tag="aliases"):
    """Names that a moderator has not confirmed yet, and the misses and suggestions that they answer."""

    entry_id: str
    aliases: tuple[str, ...]
    queries: tuple[str, ...]
    suggestion_ids: tuple[int, ...]


async def propose(interaction: Interaction, click: Click) -> None:
    """Show what making a miss another name of the chosen entry would do."""
    await send.defer_edit(interaction)
    await send.replace(interaction, await _proposal(interaction, click.value, click.argument))


async def ask_for_term(interaction: Interaction, click: Click) -> None:
    """Ask for the entry that a miss is another name of."""
    await send.open_form(interaction, Form(ALIAS_OF, f"{click.argument} is another name for …", click.argument))


async def propose_term(interaction: Interaction, submission: Submission) -> None:
    """Show what making a miss another name of the entry that a moderator typed would do."""
    await send.defer_reply(interaction)
    term = submission.values["term"]
    server = await server_of(interaction)
    entry = server.entry_named(term)
    if entry is None:
        card = notices.with_typed(
            entry_cards.no_such_entry(server.glossary, term), ALIAS_OF.as_files(submission.values)
        )
    else:
        card = await _proposal(interaction, entry.id, submission.argument)
    await send.reply(interaction, card, ephemeral=True)


async def _proposal(interaction: Interaction, entry_id: str, query: str) -> Card:
    """Keep the names of an entry as a draft, and say what they would do."""
    services, guild_id = interaction.client.services, moderated_server_id(interaction)
    server = await server_of(interaction)
    entry = server.glossary.get(entry_id)
    missing = await services.missing.with_wording(guild_id, query)
    if entry is None or missing is None:
        return gone() if entry is None else cards.miss_gone()
    names = (query, *other_wordings(missing.queries))[:MOST_ALIASES]
    missed = await services.usage.misses.most_frequent(guild_id, MOST_TRIED, since=today() - cards.DAYS)
    effect = await asyncio.to_thread(effect_of, server, AddAliases(entry_id, names), missed)
    if isinstance(effect, Refused):
        return entry_cards.not_changed(effect.faults)
    suggestion_ids = tuple(one.id for one in missing.suggestions)
    draft = AliasDraft(entry_id, names, missing.queries, suggestion_ids)
    draft_id = await services.drafts.keep(guild_id, interaction.user.id, draft)
    return cards.aliases(entry, names, effect, draft_id)


async def save(interaction: Interaction, click: Click) -> None:
    """Save the names that a moderator confirms, and answer the misses and suggestions that they are for."""
    await send.defer_edit(interaction)
    services, guild_id = interaction.client.services, moderated_server_id(interaction)
    draft = await services.drafts.get(click.number, guild_id, interaction.user.id, AliasDraft)
    if draft is None:
        await send.replace(interaction, entry_cards.draft_gone())
        return
    card, is_saved = await give_aliases(interaction, draft.entry_id, draft.aliases)
    if is_saved:
        await services.usage.misses.answer(guild_id, draft.queries)
        await services.drafts.discard(click.number, interaction.user.id)
        card = cards.aliases_saved(card, await _approve(interaction, draft))
    await send.replace(interaction, card)


async def _approve(interaction: Interaction, draft: AliasDraft) -> str:
    """Approve the suggestions of a term that has an entry now, and return what to say about that."""
    glossary = (await server_of(interaction)).glossary
    entry = glossary.get(draft.entry_id)
    told = ""
    for suggestion_id in draft.suggestion_ids:
        suggestions, guild_id = interaction.client.services.suggestions, moderated_server_id(interaction)
        closed = await suggestions.close(suggestion_id, (guild_id,), Status.DONE)
        if closed is not None and entry is not None:
            told = await approval.announce(interaction, glossary, entry, closed, None)
    return told
