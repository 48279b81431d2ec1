"""Suggesting a term or a correction, and what moderators type and click to decide on them."""

import logging
from collections.abc import Iterable, Sequence

import discord

from bot.chat import notices, send
from bot.chat.card import Attachment, Card
from bot.chat.commands import slash_command
from bot.chat.components import Click, number_in
from bot.chat.errors import UNREACHABLE
from bot.chat.forms import Field, Form, FormKind, Submission
from bot.chat.interaction import Interaction
from bot.chat.render import MAX_OPTIONS
from bot.chat.rights import queues_of, require_moderator, require_suggestions_accepted, server_of
from bot.chat.router import Feature, For, FormRoute, Route
from bot.features import verbs
from bot.features.entries import approval
from bot.features.entries.form_clicks import save_and_announce
from bot.features.entries.forms import ENTRY, EntryDraft, Subject, entry_form, values_of
from bot.features.review.cards import subject_of
from bot.features.suggestions import cards
from bot.features.terms.cards import gone
from bot.glossary.text import squash
from bot.storage.database import DatabaseUnavailable
from bot.storage.ids import HOME_SERVERS, NO_SERVER
from bot.storage.suggestions import MOST_OPEN, Status, Suggestion

# One more than a list has room for, to know whether there are more.
MAX_READ = MAX_OPTIONS + 1
SUGGEST = FormKind(
    verbs.SUGGEST_FORM,
    (
        Field("term", "The term", 60, is_required=True),
        Field("details", "What should it say? Where did you meet it?", 500, is_long=True),
    ),
)
REPORT = FormKind(
    verbs.REPORT_FORM,
    (
        Field(
            "details",
            "What is wrong, and how do you know?",
            500,
            is_long=True,
            is_required=True,
            hint="A link to the documentation helps most",
        ),
    ),
)
DECLINE = FormKind(
    verbs.DECLINE_FORM, (Field("reason", "Why? The member who suggested it is told", 500, is_long=True),)
)

_log = logging.getLogger(__name__)


@slash_command("suggestions")
async def show_suggestions(interaction: Interaction) -> None:
    """List the terms and corrections that members suggest."""
    if await require_moderator(interaction) is not None:
        await send.defer_reply(interaction)
        await send.reply(interaction, await _waiting(interaction, ""), ephemeral=True)


async def _open_form(interaction: Interaction, click: Click) -> None:
    """Open the form for suggesting a term, unless the server does not accept suggestions."""
    if await require_suggestions_accepted(interaction):
        form = Form(SUGGEST, "Suggest this term", values=SUGGEST.blank(term=click.argument))
        await send.open_form(interaction, form)


async def _suggest(interaction: Interaction, submission: Submission) -> None:
    """Save a suggestion, say what happens next, and show it to the moderators."""
    term, details = submission.values["term"], submission.values["details"]
    typed = SUGGEST.as_files(submission.values)
    if not squash(term):
        text = "A suggestion needs a term. Press *Suggest this term* again and fill it in."
        await send.reply(interaction, notices.with_typed(notices.refusal("No term", text), typed), ephemeral=True)
        return
    if not await require_suggestions_accepted(interaction, typed):
        return
    glossary = (await server_of(interaction)).glossary
    existing = glossary.named(term)
    if existing is not None:
        card = notices.with_typed(cards.exists_already(glossary, existing, term), typed)
        await send.reply(interaction, card, ephemeral=True)
        return
    await send.defer_reply(interaction)
    suggestions, user_id = interaction.client.services.suggestions, interaction.user.id
    guild_id = interaction.server_id or NO_SERVER
    count = await suggestions.count_open_by(user_id, guild_id) + 1
    suggestion = await suggestions.add(guild_id, user_id, term, details)
    if suggestion is None:
        await _refuse_more(interaction, typed)
        return
    await send.reply(interaction, cards.thanks(term, count, in_server=guild_id != NO_SERVER), ephemeral=True)
    await _post(interaction, suggestion, (interaction.server_id,))


async def _open_report(interaction: Interaction, click: Click) -> None:
    """Open the form that says what is wrong with an entry."""
    entry = (await server_of(interaction)).glossary.follow(click.argument)
    if entry is None:
        await send.reply(interaction, gone(), ephemeral=True)
    elif await require_suggestions_accepted(interaction):
        await send.open_form(interaction, Form(REPORT, f"Correction: {entry.name}", entry.id))


async def _report(interaction: Interaction, submission: Submission) -> None:
    """Save what is wrong with an entry, for those who can correct it.

    These are the moderators of the server for one of its own entries, and those of the home servers for a shared one.
    """
    server = await server_of(interaction)
    entry = server.glossary.follow(submission.argument)
    typed = REPORT.as_files(submission.values)
    if entry is None:
        await send.reply(interaction, notices.with_typed(gone(), typed), ephemeral=True)
        return
    if not await require_suggestions_accepted(interaction, typed):
        return
    await send.defer_reply(interaction)
    home_ids = interaction.client.services.settings.home_guild_ids
    is_shared = bool(home_ids) and not server.glossary.is_own(entry.id)
    guild_id = HOME_SERVERS if is_shared else interaction.server_id or NO_SERVER
    details = submission.values["details"]
    suggestions = interaction.client.services.suggestions
    report = await suggestions.add(guild_id, interaction.user.id, entry.name, details, entry_id=entry.id)
    if report is None:
        await _refuse_more(interaction, typed)
        return
    card = cards.report_thanks(entry, is_shared=is_shared, in_server=guild_id != NO_SERVER)
    await send.reply(interaction, card, ephemeral=True)
    await _post(interaction, report, home_ids if is_shared else (interaction.server_id,))


async def _refuse_more(interaction: Interaction, typed: Sequence[Attachment]) -> None:
    text = f"{MOST_OPEN} of your suggestions here are still open. Once one of them is dealt with, suggest this again."
    card = notices.with_typed(notices.refusal("Enough for now", text), typed)
    await send.reply(interaction, card, ephemeral=True)


async def _post(interaction: Interaction, suggestion: Suggestion, guild_ids: Iterable[int | None]) -> None:
    """Show a suggestion in the channels that the moderators of some servers have set, if they have.

    It is saved already, so a failure is nothing that its author has to know.
    """
    for guild_id in guild_ids:
        try:
            server = await interaction.client.services.servers.of(guild_id)
            channel_id = server.settings.suggestions_channel
            if channel_id is not None:
                card = cards.suggestion(suggestion, is_own=server.glossary.is_own(suggestion.entry_id))
                await send.post(interaction.client, channel_id, card)
        except (discord.HTTPException, DatabaseUnavailable, *UNREACHABLE) as error:
            _log.info("A suggestion could not be posted in its channel; `/glossary suggestions` lists it: %s", error)


async def _list(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _waiting(interaction, click.argument))


async def _waiting(interaction: Interaction, kind: str) -> Card:
    """List the open suggestions of a kind, "" for all."""
    are_reports = cards.ARE_REPORTS.get(kind)
    suggestions = interaction.client.services.suggestions
    waiting = await suggestions.open_in(queues_of(interaction), MAX_READ, are_reports=are_reports)
    return cards.suggestions(waiting, kind)


async def _choose(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    chosen = await _open_suggestion(interaction, number_in(click.value))
    if chosen is None:
        await send.replace(interaction, cards.suggestion_closed(cards.back_button(click.argument)))
        return
    server, back = await server_of(interaction), cards.back_button(click.argument)
    entry = server.glossary.follow(chosen.entry_id) if chosen.entry_id else None
    if entry is None:
        card = cards.suggestion(chosen, back=back)
    else:
        card = cards.report(chosen, server.glossary, entry, subject_of(server, entry, chosen.id), back)
    await send.replace(interaction, card)


async def _approve(interaction: Interaction, click: Click) -> None:
    """Make a suggestion an entry as it is; what is missing for that comes back as a draft."""
    await send.defer_edit(interaction)
    suggestion = await _open_suggestion(interaction, click.number)
    if suggestion is None:
        await _say_closed(interaction)
        return
    form = EntryDraft(Subject(suggestion_id=suggestion.id), _values(suggestion))
    card = await save_and_announce(interaction, form, click.message)
    await send.reply(interaction, card, ephemeral=True)


async def _edit_and_approve(interaction: Interaction, click: Click) -> None:
    suggestion = await _open_suggestion(interaction, click.number)
    if suggestion is None:
        await _say_closed(interaction)
        return
    await send.open_form(interaction, entry_form(Subject(suggestion_id=suggestion.id), _values(suggestion)))


async def _edit_reported(interaction: Interaction, click: Click) -> None:
    """Open the form of the own entry that a report is about; saving it closes the report."""
    report = await _open_suggestion(interaction, click.number)
    server = await server_of(interaction)
    reported = server.glossary.follow(report.entry_id) if report else None
    entry = server.editable_entry(reported.id) if reported else None
    if report is None or entry is None:
        await _say_closed(interaction)
        return
    subject = Subject(entry.id, server.version(entry.id), suggestion_id=report.id)
    await send.open_form(interaction, entry_form(subject, values_of(entry)))


async def _mark_fixed(interaction: Interaction, click: Click) -> None:
    """Close a report and tell the member that the entry was corrected."""
    await send.defer_edit(interaction)
    closed = await interaction.client.services.suggestions.close(click.number, queues_of(interaction), Status.DONE)
    if closed is None:
        await _say_closed(interaction)
        return
    card = approval.decided(closed, Status.DONE, interaction.user.id, in_list=click.message.is_ephemeral)
    await send.replace(interaction, card)
    await send.write_to(interaction.client, closed.user_id, approval.corrected_message(closed))


async def _ask_why(interaction: Interaction, click: Click) -> None:
    """Open the form for declining a suggestion."""
    suggestion = await _open_suggestion(interaction, click.number)
    if suggestion is None:
        await _say_closed(interaction)
        return
    await send.open_form(interaction, Form(DECLINE, f"Decline {suggestion.term}", str(suggestion.id)))


async def _decline(interaction: Interaction, submission: Submission) -> None:
    """Close a suggestion and tell the member why."""
    await send.defer_edit(interaction)
    suggestions = interaction.client.services.suggestions
    closed = await suggestions.close(number_in(submission.argument), queues_of(interaction), Status.DECLINED)
    if closed is None:
        await _say_closed(interaction, DECLINE.as_files(submission.values))
        return
    in_list = submission.message is not None and submission.message.is_ephemeral
    card = approval.decided(closed, Status.DECLINED, interaction.user.id, in_list=in_list)
    await send.replace(interaction, card)
    message = approval.declined_message(closed, submission.values["reason"])
    is_told = await send.write_to(interaction.client, closed.user_id, message)
    await send.reply(interaction, cards.declined(closed, is_told=is_told), ephemeral=True)


async def _open_suggestion(interaction: Interaction, suggestion_id: int) -> Suggestion | None:
    """Return a suggestion of the server if it is still open."""
    return await interaction.client.services.suggestions.get(suggestion_id, queues_of(interaction))


async def _say_closed(interaction: Interaction, typed: Sequence[Attachment] = ()) -> None:
    await send.reply(interaction, notices.with_typed(cards.suggestion_closed(), typed), ephemeral=True)


def _values(suggestion: Suggestion) -> dict[str, str]:
    """Return the form of an entry with what the member wrote filled in."""
    return ENTRY.blank(name=suggestion.term, definition=suggestion.details)


FEATURE = Feature(
    glossary_commands=(show_suggestions,),
    clicks={
        verbs.SUGGEST: Route(_open_form, For.EVERYONE),
        verbs.LIST_SUGGESTIONS: Route(_list, For.MODERATORS),
        verbs.CHOOSE_SUGGESTION: Route(_choose, For.MODERATORS),
        verbs.APPROVE: Route(_approve, For.MODERATORS),
        verbs.EDIT_AND_APPROVE: Route(_edit_and_approve, For.MODERATORS),
        verbs.DECLINE: Route(_ask_why, For.MODERATORS),
        verbs.REPORT: Route(_open_report, For.EVERYONE),
        verbs.EDIT_REPORTED: Route(_edit_reported, For.MODERATORS),
        verbs.MARK_FIXED: Route(_mark_fixed, For.MODERATORS),
    },
    forms=(
        FormRoute(SUGGEST, _suggest, For.EVERYONE),
        FormRoute(REPORT, _report, For.EVERYONE),
        FormRoute(DECLINE, _decline, For.MODERATORS),
    ),
)
