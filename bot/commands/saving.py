"""What becomes of the filled-in form of an entry: it is saved, or kept as a draft with the reason."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord
import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commands.entry_forms import EntryDraft, Subject, entry_form, entry_of
from bot.commands.handlers import ClickHandlers, FormHandlers
from bot.commands.rights import guild_of, is_alone
from bot.glossary.checks import Fault
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.frames import asked
from bot.replies import entry_cards, missing_cards, send
from bot.replies.actions import Action, Pick, Verb, number
from bot.replies.card import Card
from bot.replies.forms import Filled, Purpose
from bot.server_view import ConflictingChange, RefusedChange, Server
from bot.storage.own_entries import Kind
from bot.storage.suggestions import Status, Suggestion, close_suggestion

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

Answer = Callable[[Card], Awaitable[None]]


class SuggestionClosedError(Exception):
    """Somebody else has closed the suggestion meanwhile."""


async def _submit(interaction: "Interaction", filled: Filled) -> None:
    subject = Subject.parse(filled.argument)
    if subject.draft_id and not subject.suggestion_id and interaction.message:
        # What was said about the draft does not stand any more.
        await send.wait(interaction)
        await save(interaction, subject, dict(filled.values), lambda card: send.replace(interaction, card))
        return
    # The message of a suggestion is to say what became of it.
    await (send.wait if subject.suggestion_id and interaction.message else send.think)(interaction)
    await save(interaction, subject, dict(filled.values), lambda card: send.reply(interaction, card, ephemeral=True))


async def save(interaction: "Interaction", subject: Subject, values: dict[str, str], answer: Answer) -> None:
    """Save a filled-in form, or keep what was typed as a draft and say what stands in the way.

    Where it answers a suggestion, the message that was clicked then says so, and whoever suggested it is told.
    """
    client, guild_id, user_id = interaction.client, guild_of(interaction), interaction.user.id
    server = await client.servers.of(guild_id)
    entry, faults = entry_of(values, server, subject)
    if entry is None:
        draft_id = await _keep_draft(interaction, subject, values)
        await answer(entry_cards.not_saved(values["name"], faults, draft_id))
        return
    try:
        change_id, suggestion = await _keep(interaction, server, subject, entry)
    except RefusedChange as refused:
        draft_id = await _keep_draft(interaction, subject, values)
        await answer(entry_cards.not_saved(values["name"], refused.faults, draft_id))
    except ConflictingChange as conflict:
        current = conflict.current
        renewed = msgspec.structs.replace(subject, version=current.version if current else 0)
        draft_id = await _keep_draft(interaction, renewed, values)
        theirs = current.entry if current else None
        await answer(entry_cards.conflict(theirs, entry, draft_id))
    except SuggestionClosedError:
        draft_id = await _keep_draft(interaction, msgspec.structs.replace(subject, suggestion_id=0), values)
        what = "the suggestion was closed by somebody else meanwhile; save once more to keep the entry all the same"
        await answer(entry_cards.not_saved(values["name"], [Fault("", what)], draft_id))
    else:
        if subject.draft_id:
            await client.drafts.discard(subject.draft_id, user_id)
        glossary = (await client.servers.of(guild_id)).glossary
        shown = glossary.get(entry.id) or entry
        text = "Members of this server see it now."
        if suggestion is not None:
            text += await _approved(interaction, suggestion, glossary, shown)
        await answer(entry_cards.saved(change_id, text, glossary, shown))


async def _approved(interaction: "Interaction", suggestion: Suggestion, glossary: Glossary, entry: Entry) -> str:
    """Show what became of a suggestion, tell whoever made it, and return whether that was possible."""
    if interaction.message is not None:
        outcome = missing_cards.outcome(suggestion, Status.DONE, interaction.user.id, in_list=is_alone(interaction))
        await send.replace(interaction, outcome)
    card = missing_cards.approved_for(suggestion, glossary, entry)
    told = await send.tell(interaction.client, suggestion.user_id, card)
    return " Whoever suggested it was told." if told else " Whoever suggested it takes no direct messages."


async def _keep(
    interaction: "Interaction", server: Server, subject: Subject, entry: Entry
) -> tuple[int, Suggestion | None]:
    """Save an entry, with all that belongs to it; return the id of the change and the suggestion that it answers."""
    guild_id = guild_of(interaction)
    is_renamed = subject.entry_id not in {"", entry.id}
    also = [answering_misses(interaction, [entry.name, *entry.aliases])]
    kind = Kind.EDIT if subject.version else Kind.ADD
    closed: Suggestion | None = None
    if subject.suggestion_id:
        kind = Kind.APPROVE

        async def close(connection: AsyncConnection) -> None:
            nonlocal closed
            closed = await close_suggestion(connection, subject.suggestion_id, guild_id, Status.DONE)
            if closed is None:
                raise SuggestionClosedError

        also.append(close)
    change_id = await interaction.client.servers.save(
        guild_id,
        interaction.user.id,
        kind,
        entry,
        seen=subject.version,
        instead_of=subject.entry_id if is_renamed and subject.entry_id in server.own else None,
        also=also,
    )
    return change_id, closed


def answering_misses(interaction: "Interaction", names: list[str]) -> Callable[[AsyncConnection], Awaitable[None]]:
    """Return what drops the misses that new names answer, in the transaction that adds them."""
    guild_id = guild_of(interaction)
    queries = list(dict.fromkeys(map(asked, names)))
    return lambda connection: interaction.client.usage.misses.answered(connection, guild_id, queries)


async def _keep_draft(interaction: "Interaction", subject: Subject, values: dict[str, str]) -> int:
    """Keep what was typed, in the stead of an earlier draft of the same, and return its id."""
    draft = EntryDraft(subject, values)
    draft_id = await interaction.client.drafts.keep(guild_of(interaction), interaction.user.id, draft)
    if subject.draft_id:
        await interaction.client.drafts.discard(subject.draft_id, interaction.user.id)
    return draft_id


async def _draft(interaction: "Interaction", draft_id: str) -> EntryDraft | None:
    """Return somebody's draft; say so when there is none."""
    draft = await interaction.client.drafts.get(
        number(draft_id), guild_of(interaction), interaction.user.id, EntryDraft
    )
    if draft is None:
        await send.reply(interaction, entry_cards.draft_gone(), ephemeral=True)
        return None
    return msgspec.structs.replace(draft, subject=msgspec.structs.replace(draft.subject, draft_id=number(draft_id)))


async def _edit_draft(interaction: "Interaction", clicked: Action | Pick) -> None:
    if (draft := await _draft(interaction, clicked.argument)) is not None:
        await send.form(interaction, entry_form(draft.subject, draft.values))


async def _save_draft(interaction: "Interaction", clicked: Action | Pick) -> None:
    await send.wait(interaction)
    if (draft := await _draft(interaction, clicked.argument)) is not None:
        await save(interaction, draft.subject, draft.values, lambda card: send.replace(interaction, card))


async def _discard_draft(interaction: "Interaction", clicked: Action | Pick) -> None:
    await send.wait(interaction)
    await interaction.client.drafts.discard(number(clicked.argument), interaction.user.id)
    await send.replace(interaction, entry_cards.discarded())


ACTIONS: ClickHandlers = {
    Verb.EDIT_DRAFT: _edit_draft,
    Verb.SAVE_DRAFT: _save_draft,
    Verb.DISCARD_DRAFT: _discard_draft,
}
FORMS: FormHandlers = {Purpose.ENTRY: _submit}
