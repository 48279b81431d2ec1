"""The cards of suggestions."""

from collections.abc import Sequence

from bot.chat.card import DONE, Button, Card, Component, Embed, Menu, Option, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, escape_query
from bot.chat.render import MAX_OPTIONS
from bot.features import verbs
from bot.storage.suggestions import MOST_OPEN, Suggestion

# How many characters of a list of suggestions are shown.
LIST_LIMIT = 3800


def thanks(term: str, number: int, *, in_server: bool) -> Card:
    """Say what happens to a suggestion, and how many the person has open now."""
    readers = "The moderators of this server" if in_server else "The operator of this bot"
    text = (
        f"“{escape_query(term)}” is saved. {readers} will read it and decide whether it becomes an entry; then "
        f"`/define` finds it. This is number {number} of the {MOST_OPEN} suggestions that you may have open here."
    )
    return Card(Embed("Thank you", text, DONE))


def suggestions(waiting: Sequence[Suggestion]) -> Card:
    """List open suggestions, the newest first, as many as fit, and let a moderator choose one."""
    if not waiting:
        text = "Nobody is waiting for a term. People suggest one when `/define` does not find it."
        return Card(Embed("Open suggestions", text))
    shown = _fitting(waiting[:MAX_OPTIONS])
    lines = [_line(suggestion) for suggestion in shown]
    if len(shown) < len(waiting):
        lines.append("Older ones show once these are closed.")
    options = tuple(Option(str(one.id), one.term, one.details) for one in shown)
    menu = Menu(custom_id(verbs.CHOOSE_SUGGESTION), "Decide on one of them", options)
    return Card(Embed("Open suggestions", "\n".join(lines)), (menu,))


def suggestion(shown: Suggestion, *, in_list: bool = False) -> Card:
    """Show one suggestion and what a moderator can do about it."""
    buttons: list[Component] = [
        Button("Approve", custom_id(verbs.APPROVE, shown.id), Style.SUCCESS),
        Button("Edit and approve", custom_id(verbs.EDIT_AND_APPROVE, shown.id)),
        Button("Decline", custom_id(verbs.DECLINE, shown.id), Style.DANGER),
    ]
    if in_list:
        buttons.append(Button("Back", custom_id(verbs.LIST_SUGGESTIONS)))
    return Card(Embed("Suggested term", _line(shown)), tuple(buttons))


def suggestion_closed() -> Card:
    """Say that a suggestion was closed meanwhile."""
    text = "Somebody has approved or declined it meanwhile, or the member had it deleted."
    return Card(Embed("That one was closed before", text))


def declined(closed: Suggestion, *, is_told: bool) -> Card:
    """Tell the moderator whether the member knows that their suggestion was declined."""
    told = "The member who suggested it was told."
    not_told = "The member who suggested it does not accept direct messages, so they were not told."
    return Card(Embed(f"Declined: {escape_query(closed.term)}", told if is_told else not_told))


def declined_message(closed: Suggestion, reason: str) -> Card:
    """Tell a member that their suggestion was declined, and why."""
    quote = f"\n> {escape(' '.join(reason.split()))}" if reason else ""
    text = f"You suggested **{escape(closed.term)}**. The moderators decided not to add it.{quote}"
    return Card(Embed("Not added to the glossary", text))


def _fitting(waiting: Sequence[Suggestion]) -> Sequence[Suggestion]:
    """Return the first suggestions that fit into a list."""
    room = LIST_LIMIT
    for number, suggestion in enumerate(waiting):
        room -= len(_line(suggestion)) + 1
        if room < 0:
            return waiting[:number]
    return waiting


def _line(suggestion: Suggestion) -> str:
    line = f"**{escape(suggestion.term)}** · <t:{suggestion.created_at}:R> · <@{suggestion.user_id}>"
    details = escape(" ".join(suggestion.details.split()))
    return f"{line}\n> {details}" if details else line
