"""What a filled-in form comes to: an entry that is saved, or a draft with the reason why not."""

from contextlib import suppress
from dataclasses import dataclass

import msgspec

from bot.features.entries.forms import EntryDraft, Subject, entry_from_form
from bot.glossary.checks import Fault
from bot.glossary.model import Entry
from bot.servers.changes import Changed, Conflict, Refused, SaveEntry, SuggestionGone
from bot.servers.server import Server
from bot.services import Services
from bot.storage.database import DatabaseUnavailable
from bot.storage.suggestions import Suggestion

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


Result = Saved | Rejected | TwoVersions


async def save(services: Services, guild_id: int, user_id: int, subject: Subject, values: dict[str, str]) -> Result:
    """Save a filled-in form, or keep what was typed as a draft and return what stands in the way."""

    async def keep_draft(about: Subject) -> int:
        return await _keep_draft(services, guild_id, user_id, EntryDraft(about, values))

    server = await services.servers.of(guild_id)
    entry, faults = entry_from_form(values, server, subject)
    if entry is None:
        return Rejected(values["name"], faults, await keep_draft(subject))
    outcome = await services.servers.apply(guild_id, user_id, _change(server, subject, entry))
    match outcome:
        case Changed(change_id, suggestion):
            if subject.draft_id:
                # The entry is saved. A draft that stays is deleted after a week.
                with suppress(DatabaseUnavailable):
                    await services.drafts.discard(subject.draft_id, user_id)
            now = await services.servers.of(guild_id)
            return Saved(change_id, now, now.glossary.get(entry.id) or entry, suggestion)
        case Refused(faults):
            return Rejected(values["name"], faults, await keep_draft(subject))
        case Conflict(current):
            renewed = msgspec.structs.replace(subject, version=current.version if current else 0)
            return TwoVersions(current.entry if current else None, entry, await keep_draft(renewed))
        case SuggestionGone():
            without = msgspec.structs.replace(subject, suggestion_id=0)
            return Rejected(values["name"], (_SUGGESTION_GONE,), await keep_draft(without))
        case _:
            raise AssertionError(f"saving an entry cannot come to {outcome}")


def _change(server: Server, subject: Subject, entry: Entry) -> SaveEntry:
    is_renamed = subject.entry_id not in {"", entry.id}
    is_own = subject.entry_id in server.own_entries
    return SaveEntry(
        entry,
        expected_version=subject.version,
        replaces=subject.entry_id if is_renamed and is_own else None,
        closes_suggestion=subject.suggestion_id or None,
    )


async def _keep_draft(services: Services, guild_id: int, user_id: int, draft: EntryDraft) -> int:
    """Keep what was typed as a draft, which replaces the one that the form continued, and return its id."""
    draft_id = await services.drafts.keep(guild_id, user_id, draft)
    if draft.subject.draft_id:
        await services.drafts.discard(draft.subject.draft_id, user_id)
    return draft_id
