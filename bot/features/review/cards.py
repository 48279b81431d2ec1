"""The cards of checking entries again: the list, an entry with what can be done about it, and what came of it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.chat import notices
from bot.chat.card import DONE, Attachment, Button, Card, Component, Embed, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, escape_query
from bot.features import verbs
from bot.features.entries.cards import revert_button
from bot.features.entries.forms import Subject
from bot.features.home.cards import check_menu, home_button
from bot.features.terms.entry_card import entry_embed
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.review import is_due
from bot.glossary.text import counted
from bot.servers.reviews import Reviewed
from bot.servers.server import Server
from bot.storage.suggestions import Suggestion

# The lists from which an entry is opened to check it; a message with one of these leads back to it.
LISTS = (verbs.TURN_REVIEW, verbs.LIST_OWN, verbs.LIST_SUGGESTIONS)
# How many entries are on a page, so that it fits a phone.
PAGE = 10
OWN = "📖"


def review(oldest_first: Sequence[Reviewed], offset: int, today: dt.date, *, to_export: int) -> Card:
    """List entries with the day they were last compared with their sources, and let a moderator open one.

    `to_export` is the number of checks that the shared data does not have yet.
    """
    old = sum(is_due(one.day, today) for one in oldest_first)
    shown = oldest_first[offset : offset + PAGE]
    lines = ["There are no more entries."]
    if shown:
        heading = f"Not checked for a year: **{old:,}** of {counted(len(oldest_first), 'entry', 'entries')}."
        lines = [heading, "", *map(_line, shown)]
    components: list[Component] = []
    if shown:
        components.append(check_menu(_page_id(offset), [one.entry for one in shown]))
    if offset:
        components.append(Button("Older", _page_id(max(0, offset - PAGE))))
    if offset + PAGE < len(oldest_first):
        components.append(Button("Newer", _page_id(offset + PAGE)))
    if to_export:
        components.append(Button(f"Export checks ({to_export})", custom_id(verbs.EXPORT_CHECKS), emoji="📄"))
    components.append(home_button())
    return Card(Embed("To be checked again", "\n".join(lines)), tuple(components))


def check(glossary: Glossary, reviewed: Reviewed, subject: Subject, back_id: str, *, has_changed: bool = False) -> Card:
    """Show an entry with its sources and what can be done about it; `has_changed` since the moderator saw it."""
    sources = "Compare it with its sources." if reviewed.entry.sources else "It has no source."
    lines = [f"Last checked: **{_day(reviewed.day)}**. {sources}"]
    lines.append(f"- *Still right*: {'sets' if reviewed.is_own else 'notes'} today as the day of the check.")
    if reviewed.is_own:
        lines.append("- *Retire*: removes it, or names the entry that replaces it. You can revert it.")
    else:
        lines.append("- *Edit*, *Retire*: make a copy for this server. Other servers still see the shared entry.")
    if has_changed:
        lines.insert(0, "⚠️ Somebody has changed this entry since you opened it. This is what it says now.")
    buttons = (*check_buttons(subject), *_back(back_id))
    return Card(Embed("Is it still right?", "\n".join(lines)), buttons, more=(entry_embed(glossary, reviewed.entry),))


def subject_of(server: Server, entry: Entry, report_id: int = 0) -> Subject:
    """Return what the buttons of an entry are about. A shared entry has no version, even with names of the server's."""
    version = server.version(entry.id) if server.glossary.is_own(entry.id) else 0
    return Subject(entry.id, version, suggestion_id=report_id)


def check_buttons(subject: Subject) -> Iterator[Button]:
    """Yield the buttons for what can be done about an entry."""
    yield Button("Still right", custom_id(verbs.STILL_RIGHT, subject), Style.SUCCESS)
    # Saving the form of a report about an own entry closes the report; a copy of a shared entry corrects no shared one.
    if subject.suggestion_id and subject.version:
        yield Button("Edit", custom_id(verbs.EDIT_REPORTED, subject.suggestion_id), Style.PRIMARY)
    else:
        yield Button("Edit", custom_id(verbs.EDIT_CHECKED, subject), Style.PRIMARY)
    yield Button("Retire", custom_id(verbs.RETIRE, subject), Style.DANGER)


def still_right(entry: Entry, told: str, back_id: str, *, change_id: int | None = None, is_own: bool = True) -> Card:
    """Say that the day of a check is noted, and what the member was `told` who reported the entry.

    `change_id` is the change that set the day of an own entry, `None` if it was set already.
    """
    text = f"**{escape(entry.name)}** was checked today.{told}"
    if not is_own:
        text += " *Export checks* in `/glossary review` writes a file for the maintainers of the shared data."
    revert = () if change_id is None else (revert_button(change_id),)
    return Card(Embed("Still right", text, DONE), (*revert, *_back(back_id)))


def still_right_message(report: Suggestion) -> Card:
    """Tell a member that the entry that they reported was checked and is right."""
    text = f"You reported **{escape(report.term)}**. A moderator has checked it, and it is still right. Thank you."
    return Card(Embed("Entry checked", text))


def retired_text(entry: Entry, successor: Entry | None, *, is_own: bool) -> str:
    """Say how members see a retired entry from now on. An own one without a successor is removed instead."""
    name = f"**{escape(entry.name)}**"
    if successor is None:
        return f"{name} now says first that it is retired. Other servers still see the shared entry as it was."
    text = f"{name} now says first that **{escape(successor.name)}** supersedes it."
    return text if is_own else f"{text} Other servers still see the shared entry as it was."


def supersedes_itself(entry: Entry) -> Card:
    """Say that an entry cannot be replaced by itself."""
    text = f"**{escape_query(entry.name)}** is the entry itself. Name another one, or leave the field empty."
    return notices.refusal("Nothing was changed", text)


def exported(count: int, file: Attachment) -> Card:
    """Hand over the checks that the shared data does not have yet."""
    text = (
        f"The file has {counted(count, 'check')} for the people who look after the shared data. A check leaves it once "
        "the shared data has the same or a later day."
    )
    return Card(Embed("Checked entries", text, DONE), attachments=(file,))


def nothing_to_export() -> Card:
    """Say that the shared data has every check."""
    return Card(Embed("Nothing to export", "The shared data has the day of every check that was noted here."))


def with_back(card: Card, back_id: str) -> Card:
    """Return a card with the button back to the list."""
    return replace(card, components=(*card.components, *_back(back_id)))


def _back(back_id: str) -> tuple[Button, ...]:
    """Return the button that leads back; none where the message does not say to which list."""
    return (Button("Back", back_id),) if back_id else ()


def _page_id(offset: int) -> str:
    return custom_id(verbs.TURN_REVIEW, offset)


def _line(reviewed: Reviewed) -> str:
    entry = reviewed.entry
    source = f" · [source]({entry.sources[0]})" if entry.sources else ""
    own = f" {OWN}" if reviewed.is_own else ""
    return f"• **{escape(entry.title)}**{own} · {_day(reviewed.day)}{source}"


def _day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "never"
