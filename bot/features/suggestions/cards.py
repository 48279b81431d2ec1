"""The cards of suggestions."""

from collections.abc import Iterator, Sequence

from bot.chat.card import DONE, Button, Card, Component, Embed, Menu, Option, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, escape_query
from bot.chat.render import MAX_OPTIONS
from bot.features import verbs
from bot.features.entries.forms import Subject
from bot.features.home.cards import REPORTED_ENTRIES, SUGGESTED_TERMS, home_button
from bot.features.review.cards import check_buttons
from bot.features.terms.cards import report_button
from bot.features.terms.entry_card import entry_embed
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.storage.suggestions import MOST_OPEN, Suggestion

# How many characters of a list of suggestions are shown.
LIST_LIMIT = 3800
_SHARED = "This is a shared entry. It is corrected in the data files."
# Whether a list of one kind has the reports or the other suggestions.
ARE_REPORTS = {SUGGESTED_TERMS: False, REPORTED_ENTRIES: True}


def thanks(term: str, number: int, *, in_server: bool) -> Card:
    """Say what happens to a suggestion, and how many the person has open now."""
    text = (
        f"“{escape_query(term)}” is saved. {_readers(in_server=in_server)} will read it and decide whether it becomes "
        f"an entry; then `/define` finds it. This is number {number} of the {MOST_OPEN} suggestions that you may have "
        "open here."
    )
    return Card(Embed("Thank you", text, DONE))


def exists_already(glossary: Glossary, existing: Entry, term: str) -> Card:
    """Say that the glossary has a suggested term already, show it, and offer to report what is wrong with it."""
    text = (
        f"“{escape_query(term)}” is in the glossary already, so it was not suggested. If the entry is wrong or out of "
        "date, press the button and say why."
    )
    embed = Embed("It exists already", text)
    return Card(embed, (report_button(existing),), more=(entry_embed(glossary, existing),))


def report_thanks(entry: Entry, *, is_shared: bool, in_server: bool) -> Card:
    """Say who reads what somebody reported about an entry, and whether they answer; the operator has no way to."""
    readers = "The people who look after the shared glossary" if is_shared else _readers(in_server=in_server)
    text = f"{readers} will read what you wrote about **{escape(entry.name)}**."
    if in_server:
        text += " You will be told what they decide."
    return Card(Embed("Thank you", text, DONE))


def suggestions(waiting: Sequence[Suggestion], kind: str = "") -> Card:
    """List open suggestions of a kind, the newest first, as many as fit, and let a moderator choose one."""
    are_reports = ARE_REPORTS.get(kind, False)
    title = "Reports of wrong entries" if are_reports else "Open suggestions"
    if not waiting:
        text = "Nobody is waiting for a term. People suggest one when `/define` does not find it."
        if are_reports:
            text = "Nobody has reported an entry. People do so with *Wrong or out of date?* under an answer."
        return Card(Embed(title, text), (home_button(),))
    shown = _fitting(waiting[:MAX_OPTIONS])
    lines = [_line(suggestion) for suggestion in shown]
    if len(shown) < len(waiting):
        lines.append("Older ones show once these are closed.")
    options = tuple(Option(str(one.id), one.term, one.details) for one in shown)
    menu = Menu(custom_id(verbs.CHOOSE_SUGGESTION, kind), "Decide on one of them", options)
    return Card(Embed(title, "\n".join(lines)), (menu, home_button()))


def back_button(kind: str) -> Button:
    """Return the button that leads back to the list of a kind of suggestions."""
    return Button("Back", custom_id(verbs.LIST_SUGGESTIONS, kind))


def suggestion(shown: Suggestion, *, is_own: bool = False, back: Button | None = None) -> Card:
    """Show one suggestion and what a moderator can do about it, with the button back to the list that it is from.

    `is_own` if it is about one of the own entries.
    """
    buttons: list[Component] = list(_report_buttons(shown, is_own=is_own) if shown.entry_id else _term_buttons(shown))
    buttons.append(_decline_button(shown))
    if back is not None:
        buttons.append(back)
    text = _line(shown)
    if shown.entry_id and not is_own:
        text += f"\n\n{_SHARED}"
    return Card(Embed("Reported entry" if shown.entry_id else "Suggested term", text), tuple(buttons))


def _term_buttons(shown: Suggestion) -> Iterator[Component]:
    yield Button("Approve", custom_id(verbs.APPROVE, shown.id), Style.SUCCESS)
    yield Button("Edit and approve", custom_id(verbs.EDIT_AND_APPROVE, shown.id))


def _report_buttons(shown: Suggestion, *, is_own: bool) -> Iterator[Component]:
    if is_own:
        yield Button("Edit", custom_id(verbs.EDIT_REPORTED, shown.id), Style.PRIMARY)
    yield _corrected_button(shown)


def _corrected_button(shown: Suggestion) -> Button:
    return Button("It is corrected", custom_id(verbs.MARK_FIXED, shown.id))


def _decline_button(shown: Suggestion) -> Button:
    return Button("Decline", custom_id(verbs.DECLINE, shown.id), Style.DANGER)


def report(shown: Suggestion, glossary: Glossary, entry: Entry, subject: Subject, back: Button) -> Card:
    """Show a report beside the entry that it is about, and what can be done about the entry and the report."""
    text = _line(shown)
    if not subject.version:
        text += f"\n\n{_SHARED} *Edit* and *Retire* make a copy for this server only, and leave the report open."
    buttons = (*check_buttons(subject), _corrected_button(shown), _decline_button(shown), back)
    return Card(Embed("Reported entry", text), buttons, more=(entry_embed(glossary, entry),))


def suggestion_closed(*buttons: Button) -> Card:
    """Say that a suggestion was closed meanwhile."""
    text = "A moderator has approved or declined this suggestion, or the member has deleted it."
    return Card(Embed("Closed already", text), buttons)


def declined(closed: Suggestion, *, is_told: bool) -> Card:
    """Tell the moderator whether the member knows that their suggestion was declined."""
    told = "The member who suggested it was told."
    not_told = "The member who suggested it could not be told: the direct message was not delivered."
    return Card(Embed(f"Declined: {escape_query(closed.term)}", told if is_told else not_told))


def _readers(*, in_server: bool) -> str:
    return "The moderators of this server" if in_server else "The operator of this bot"


def _fitting(waiting: Sequence[Suggestion]) -> Sequence[Suggestion]:
    """Return the first suggestions that fit into a list."""
    room = LIST_LIMIT
    for number, suggestion in enumerate(waiting):
        room -= len(_line(suggestion)) + 1
        if room < 0:
            return waiting[:number]
    return waiting


def _line(suggestion: Suggestion) -> str:
    kind = "🚩 " if suggestion.entry_id else ""
    line = f"{kind}**{escape(suggestion.term)}** · <t:{suggestion.created_at}:R> · <@{suggestion.user_id}>"
    details = escape(" ".join(suggestion.details.split()))
    return f"{line}\n> {details}" if details else line
