"""Retiring an entry: an own one is removed, a shared one gets a copy that says so; either may name its successor."""

from bot.chat import notices, send
from bot.chat.card import Card
from bot.chat.components import Click
from bot.chat.forms import Field, Form, FormKind, Submission
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, queues_of, server_of
from bot.features import verbs
from bot.features.entries import approval
from bot.features.entries import cards as entry_cards
from bot.features.entries.forms import Subject, read_subject
from bot.features.review import cards
from bot.features.terms.cards import gone
from bot.glossary.model import Entry
from bot.glossary.own import own_entry, table_of
from bot.servers.changes import Changed, Conflict, Refused, RemoveEntry, SaveEntry, Unchanged
from bot.servers.server import Server
from bot.servers.servers import Outcome
from bot.storage.suggestions import Status

RETIRE = FormKind(
    verbs.RETIRE_FORM,
    (Field("superseded_by", "The entry to read instead, if there is one", 80, hint="Leave it empty if there is none"),),
)


async def open_form(interaction: Interaction, click: Click) -> None:
    """Ask which entry is to be read instead."""
    entry = (await server_of(interaction)).glossary.get(read_subject(click.argument).entry_id)
    if entry is None:
        await send.reply(interaction, gone(), ephemeral=True)
    else:
        await send.open_form(interaction, Form(RETIRE, f"Retire {entry.name}", click.argument))


async def retire(interaction: Interaction, submission: Submission) -> None:
    """Retire an entry, and answer the report about an own one that it was opened from."""
    subject, name = read_subject(submission.argument), submission.values["superseded_by"]
    typed = RETIRE.as_files(submission.values)
    server = await server_of(interaction)
    entry = server.glossary.get(subject.entry_id)
    successor = server.entry_named(name) if name else None
    refused = _refusal(server, entry, successor, name)
    if entry is None or refused is not None:
        await send.reply(interaction, notices.with_typed(refused or gone(), typed), ephemeral=True)
        return
    await send.defer_edit(interaction)
    change = _change(server, entry, successor, subject)
    outcome = await _made(interaction, change)
    card = await _card(interaction, server, entry, successor, outcome)
    if not isinstance(outcome, Changed):
        card = notices.with_typed(card, typed)
    elif subject.version and subject.suggestion_id:
        await _close_report(interaction, subject)
    back_id = submission.message.id_of(cards.LISTS) if submission.message else ""
    await send.replace(interaction, cards.with_back(card, back_id))


def _refusal(server: Server, entry: Entry | None, successor: Entry | None, name: str) -> Card | None:
    """Return why an entry cannot be retired so, `None` if it can."""
    if entry is None:
        return gone()
    if name and successor is None:
        return entry_cards.no_such_entry(server.glossary, name)
    return cards.supersedes_itself(entry) if successor == entry else None


def _change(
    server: Server, entry: Entry, successor: Entry | None, subject: Subject
) -> SaveEntry | RemoveEntry | Refused | Conflict:
    """Return the change that retires an entry in a server, as the moderator has seen it there."""
    is_own = server.glossary.is_own(entry.id)
    if is_own != bool(subject.version):
        return Conflict(server.own_entries.get(entry.id))
    if is_own and successor is None:
        return RemoveEntry(entry.id, expected_version=subject.version)
    marked = {"superseded_by": successor.name} if successor else {"retired": True}
    base = (server.own_entry(entry.id) if is_own else None) or entry
    copy, faults = own_entry(table_of(base) | marked, server.shared.pack.category_names)
    if copy is None:
        return Refused(faults)
    # A shared entry to which the server gave names has a version, which nobody has seen.
    version = subject.version or server.version(entry.id)
    return SaveEntry(copy, expected_version=version, seen=frozenset({entry.id}))


async def _made(interaction: Interaction, change: SaveEntry | RemoveEntry | Refused | Conflict) -> Outcome:
    if isinstance(change, Refused | Conflict):
        return change
    servers = interaction.client.services.servers
    return await servers.apply(moderated_server_id(interaction), interaction.user.id, change)


async def _card(
    interaction: Interaction, server: Server, entry: Entry, successor: Entry | None, outcome: Outcome
) -> Card:
    """Say what came of retiring an entry; `server` is as it was before."""
    match outcome:
        case Changed(change_id):
            now = (await server_of(interaction)).glossary
            is_own = server.glossary.is_own(entry.id)
            if is_own and successor is None:
                return entry_cards.removed(entry, change_id, was=entry, shared=server.shared.get(entry.id))
            text = cards.retired_text(entry, successor, is_own=is_own)
            return entry_cards.saved(change_id, text, now, now.get(entry.id))
        case Unchanged() | Conflict():
            return notices.refusal("Nothing was changed", "Somebody else was faster. Open the entry again to see it.")
        case Refused(faults):
            return entry_cards.not_changed(faults)
        case _:
            raise AssertionError(f"retiring an entry cannot come to {outcome}")


async def _close_report(interaction: Interaction, subject: Subject) -> None:
    """Close the report about an own entry that is retired now, and tell the member."""
    suggestions = interaction.client.services.suggestions
    closed = await suggestions.close(subject.suggestion_id, queues_of(interaction), Status.DONE)
    if closed is not None:
        await send.write_to(interaction.client, closed.user_id, approval.corrected_message(closed))
