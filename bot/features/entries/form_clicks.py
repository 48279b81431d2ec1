"""What comes of the forms of an entry: it is saved, or kept as a draft that the moderator can go on with."""

import msgspec

from bot.chat import notices, send
from bot.chat.card import Card
from bot.chat.components import Click, ClickedMessage
from bot.chat.forms import Submission
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, server_of
from bot.chat.router import For, FormRoute, Route
from bot.features import verbs
from bot.features.entries import approval, cards, saving
from bot.features.entries.forms import (
    ENTRY,
    MORE,
    EntryDraft,
    Subject,
    entry_form,
    is_taken_over,
    more_form,
    read_subject,
    values_of,
)
from bot.servers.server import Server


async def _submit(interaction: Interaction, submission: Submission) -> None:
    """Save what was filled in, together with what the draft that it continues holds of the other form.

    The answer replaces what was said about a draft before, which is outdated. The message of a suggestion stays until
    it says what was decided.
    """
    subject = read_subject(submission.argument)
    message = submission.message
    if message is not None and (subject.suggestion_id or subject.draft_id):
        await send.defer_edit(interaction)
    else:
        await send.defer_reply(interaction)
    # A draft may be gone by now; what was filled in is saved, or kept, all the same.
    draft = (await _draft(interaction, subject.draft_id) if subject.draft_id else None) or EntryDraft(subject, {})
    card = await save_and_announce(interaction, _filled_in(draft, subject, submission), message)
    if message is not None and subject.draft_id and not subject.suggestion_id:
        await send.replace(interaction, card)
    else:
        await send.reply(interaction, card, ephemeral=True)


def _filled_in(draft: EntryDraft, subject: Subject, submission: Submission) -> EntryDraft:
    """Return a draft with what was filled in now."""
    values = draft.values | submission.values
    takes_over = is_taken_over(submission.values) if submission.verb == verbs.ENTRY_FORM else None
    if takes_over is False and not subject.entry_id:
        # The moderator gives a new entry another name. If they left the name, they are asked again.
        subject = msgspec.structs.replace(subject, version=0)
    return EntryDraft(subject, values, draft.replaces if takes_over else "")


async def save_and_announce(interaction: Interaction, form: EntryDraft, message: ClickedMessage | None) -> Card:
    """Save what was filled in and return the card that says what came of it.

    If it answers a suggestion, `message` is the one that shows the suggestion; it then says what was decided, and the
    member is told.
    """
    guild_id = moderated_server_id(interaction)
    result = await saving.save(interaction.client.services, guild_id, interaction.user.id, form)
    match result:
        case saving.Saved(change_id, server, shown, suggestion):
            told = await approval.announce(interaction, server.glossary, shown, suggestion, message)
            text = f"Members of this server see it now.{told}{cards.related_but_missing(server.glossary, shown)}"
            card = cards.saved(change_id, text, server.glossary, shown)
            update = server.update_of(shown.id)
            return cards.with_update(card, update) if update else card
        case saving.SavedBefore(server, shown, suggestion):
            told = await approval.announce(interaction, server.glossary, shown, suggestion, message)
            return cards.saved_before(server.glossary, shown, told)
        case saving.Rejected(name, faults, draft_id):
            return cards.rejected(name, faults, draft_id)
        case saving.TwoVersions(theirs, yours, draft_id):
            return cards.two_versions(theirs, yours, draft_id)
        case saving.Duplicate(existing, yours, draft_id):
            return cards.duplicate(existing, yours, draft_id)
        case saving.NameOfShared(shared, yours, draft_id):
            return cards.name_of_shared(shared, yours, draft_id)


async def _add_named(interaction: Interaction, click: Click) -> None:
    """Open the form of a new entry with the name filled in that somebody looked for."""
    await send.open_form(interaction, entry_form(Subject(), ENTRY.blank(name=click.argument)))


async def _edit_draft(interaction: Interaction, click: Click) -> None:
    draft = await _shown_draft(interaction, click)
    if draft is not None:
        server = await server_of(interaction)
        taken_from = server.own_entry(draft.replaces) or server.shared.get(draft.replaces)
        await send.open_form(interaction, entry_form(draft.subject, _known(draft, server), taken_from))


async def _more_of_draft(interaction: Interaction, click: Click) -> None:
    """Open the form with the other fields of an entry that is not saved yet."""
    draft = await _shown_draft(interaction, click)
    if draft is not None:
        server = await server_of(interaction)
        await send.open_form(interaction, more_form(draft.subject, _known(draft, server), server))


async def _more_fields(interaction: Interaction, click: Click) -> None:
    """Open the form with the other fields of a saved entry."""
    server = await server_of(interaction)
    entry = server.editable_entry(click.argument)
    if entry is None:
        await send.reply(interaction, cards.no_such_entry(server.glossary, click.argument), ephemeral=True)
        return
    subject = Subject(entry.id, server.version(entry.id))
    await send.open_form(interaction, more_form(subject, values_of(entry), server))


def _known(draft: EntryDraft, server: Server) -> dict[str, str]:
    """Return the values of both forms: what was filled in, otherwise those of the entry that a draft is about."""
    entry = server.editable_entry(draft.subject.entry_id)
    saved = values_of(entry) if entry else ENTRY.blank() | MORE.blank()
    return {field: draft.values.get(field, text) for field, text in saved.items()}


async def _save_draft(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    draft = await _shown_draft(interaction, click)
    if draft is not None:
        card = await save_and_announce(interaction, draft, click.message)
        await send.replace(interaction, card)


async def _discard_draft(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await interaction.client.services.drafts.discard(click.number, interaction.user.id)
    await send.replace(interaction, cards.discarded())


async def _cancel(interaction: Interaction, _: Click) -> None:
    """Close a question that has saved nothing yet."""
    await send.replace(interaction, notices.cancelled())


async def _shown_draft(interaction: Interaction, click: Click) -> EntryDraft | None:
    """Return the draft of a button; say so and return `None` if it no longer exists."""
    draft = await _draft(interaction, click.number)
    if draft is None:
        await send.reply(interaction, cards.draft_gone(), ephemeral=True)
    return draft


async def _draft(interaction: Interaction, draft_id: int) -> EntryDraft | None:
    """Return a draft of the moderator, `None` if it no longer exists."""
    drafts = interaction.client.services.drafts
    draft = await drafts.get(draft_id, moderated_server_id(interaction), interaction.user.id, EntryDraft)
    if draft is None:
        return None
    return msgspec.structs.replace(draft, subject=msgspec.structs.replace(draft.subject, draft_id=draft_id))


CLICKS = {
    verbs.EDIT_DRAFT: Route(_edit_draft, For.MODERATORS),
    verbs.SAVE_DRAFT: Route(_save_draft, For.MODERATORS),
    verbs.MORE_FIELDS: Route(_more_fields, For.MODERATORS),
    verbs.MORE_OF_DRAFT: Route(_more_of_draft, For.MODERATORS),
    verbs.DISCARD_DRAFT: Route(_discard_draft, For.MODERATORS),
    verbs.ADD_NAMED: Route(_add_named, For.MODERATORS),
    verbs.CANCEL: Route(_cancel, For.EVERYONE),
}
FORMS = (FormRoute(ENTRY, _submit, For.MODERATORS), FormRoute(MORE, _submit, For.MODERATORS))
