"""What a filled-in form comes to: an entry that is saved, or a draft with the reason why not."""

from contextlib import suppress
from dataclasses import dataclass

import msgspec

from bot.features.entries.filled_in import entry_from_form
from bot.features.entries.forms import EntryDraft
from bot.glossary.checks import Fault
from bot.glossary.model import Entry
from bot.servers.changes import (
    AlreadyThere,
    Changed,
    Conflict,
    Refused,
    SaveEntry,
    SuggestionGone,
    TakesName,
    Unchanged,
)
from bot.servers.server import Server
from bot.servers.servers import Outcome
from bot.services import Services
from bot.storage.database import DatabaseUnavailable
from bot.storage.suggestions import Status, Suggestion

_SUGGESTION_GONE = Fault(
    "", "the suggestion was closed by somebody else meanwhile; save once more to keep the entry all the same"
)


@dataclass(frozen=True, slots=True)
class Saved:
    """The entry is saved. `shown` is how members see it on `server`; `suggestion` is the one that it answers."""

    change_id: int
    server: Server
    shown: Entry
    suggestion: Suggestion | None


@dataclass(frozen=True, slots=True)
class SavedBefore:
    """The entry was saved exactly like this before; `suggestion` is the one that is closed with that."""

    server: Server
    shown: Entry
    suggestion: Suggestion | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """The form needs corrections; what was typed is kept as a draft."""

    name: str
    faults: tuple[Fault, ...]
    draft_id: int


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """Somebody else has changed the entry meanwhile, or removed it (`theirs` is `None`)."""

    theirs: Entry | None
    yours: Entry
    draft_id: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A new entry has the name of an own entry."""

    existing: Entry
    yours: Entry
    draft_id: int


@dataclass(frozen=True, slots=True)
class NameOfShared:
    """A new entry has a name of a shared entry, which it would replace or take the name from."""

    shared: Entry
    yours: Entry
    draft_id: int


Result = Saved | SavedBefore | Rejected | TwoVersions | Duplicate | NameOfShared


async def save(services: Services, guild_id: int, user_id: int, form: EntryDraft) -> Result:
    """Save a filled-in form, or keep what was typed as a draft and return what stands in the way."""
    server = await services.servers.of(guild_id)
    entry, faults = entry_from_form(form.values, server, form.subject)
    if entry is None:
        draft_id = await _keep_draft(services, guild_id, user_id, form)
        return Rejected(_name(form, server), faults, draft_id)
    outcome = await services.servers.apply(guild_id, user_id, _change(server, form, entry))
    match outcome:
        case Changed(change_id, suggestion):
            if form.subject.draft_id:
                # The entry is saved. A draft that stays is deleted after a week.
                with suppress(DatabaseUnavailable):
                    await services.drafts.discard(form.subject.draft_id, user_id)
            now = await services.servers.of(guild_id)
            return Saved(change_id, now, now.glossary.get(entry.id) or entry, suggestion)
        case Unchanged():
            closed = await services.suggestions.close(form.subject.suggestion_id, (guild_id,), Status.DONE)
            return SavedBefore(server, server.glossary.get(entry.id) or entry, closed)
        case _:
            draft = _draft_after(outcome, form, server, entry)
            return _in_the_way(outcome, entry, await _keep_draft(services, guild_id, user_id, draft))


def _draft_after(outcome: Outcome, form: EntryDraft, server: Server, entry: Entry) -> EntryDraft:
    """Return the draft of a form that was not saved. Saving it again counts as having seen what was in the way."""
    renew = msgspec.structs.replace
    match outcome:
        case AlreadyThere(current):
            return renew(form, subject=renew(form.subject, version=current.version), replaces=entry.id)
        case TakesName(shared):
            version = server.version(form.subject.entry_id or entry.id)
            return renew(form, subject=renew(form.subject, version=version), replaces=shared.id)
        case Conflict(current_or_none):
            version = current_or_none.version if current_or_none else 0
            return renew(form, subject=renew(form.subject, version=version))
        case SuggestionGone():
            return renew(form, subject=renew(form.subject, suggestion_id=0))
        case _:
            return form


def _in_the_way(outcome: Outcome, entry: Entry, draft_id: int) -> Rejected | TwoVersions | Duplicate | NameOfShared:
    """Return why an entry was not saved, with the draft that keeps it."""
    match outcome:
        case AlreadyThere(current):
            return Duplicate(current.entry, entry, draft_id)
        case TakesName(shared):
            return NameOfShared(shared, entry, draft_id)
        case Conflict(current_or_none):
            return TwoVersions(current_or_none.entry if current_or_none else None, entry, draft_id)
        case Refused(faults):
            return Rejected(entry.name, faults, draft_id)
        case SuggestionGone():
            return Rejected(entry.name, (_SUGGESTION_GONE,), draft_id)
        case _:
            raise AssertionError(f"saving an entry cannot come to {outcome}")


def _change(server: Server, form: EntryDraft, entry: Entry) -> SaveEntry:
    subject = form.subject
    is_renamed = subject.entry_id not in {"", entry.id}
    is_own = subject.entry_id in server.own_entries
    return SaveEntry(
        entry,
        expected_version=subject.version,
        replaces=subject.entry_id if is_renamed and is_own else None,
        closes_suggestion=subject.suggestion_id or None,
        seen=frozenset(filter(None, (subject.entry_id, form.replaces))),
    )


def _name(form: EntryDraft, server: Server) -> str:
    """Return the name that was filled in. The form with the other fields of an entry does not hold it."""
    entry = server.editable_entry(form.subject.entry_id)
    return form.values.get("name", entry.name if entry else "")


async def _keep_draft(services: Services, guild_id: int, user_id: int, draft: EntryDraft) -> int:
    """Keep what was typed as a draft, which replaces the one that the form continued, and return its id."""
    draft_id = await services.drafts.keep(guild_id, user_id, draft)
    if draft.subject.draft_id:
        await services.drafts.discard(draft.subject.draft_id, user_id)
    return draft_id
