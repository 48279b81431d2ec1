"""The cards of the leaderboard."""

from collections.abc import Sequence

from bot.chat.card import DONE, Button, Card, Component, Embed, Style
from bot.chat.components import custom_id
from bot.features import verbs
from bot.features.terms.cards import dismiss_button
from bot.storage.leaderboards import Place

MOST_SHOWN = 10
_MEDALS = ("🥇", "🥈", "🥉")


def leaderboard(places: Sequence[Place], *, asked_by: int | None) -> Card:
    """Show the first places, and let people join or leave. `asked_by` is who may dismiss it."""
    lines = [_line(number, place) for number, place in enumerate(places)] or ["Nobody is on it yet."]
    note = "*Right answers in `/quiz play` count from the day you join. Only those who join are on it.*"
    buttons: list[Component] = [
        Button("Join", custom_id(verbs.JOIN_LEADERBOARD), Style.PRIMARY),
        Button("Leave", custom_id(verbs.LEAVE_LEADERBOARD)),
        Button("My statistics", custom_id(verbs.SHOW_QUIZ_STATS), emoji="📈"),
    ]
    if asked_by is not None:
        buttons.append(dismiss_button(asked_by))
    return Card(Embed("Leaderboard of this server", "\n".join([*lines, "", note])), tuple(buttons))


def joined() -> Card:
    """Say that somebody is on the leaderboard now."""
    text = "From now on, your answers in `/quiz play` count here, and members see how many are right."
    leave = Button("Leave", custom_id(verbs.LEAVE_LEADERBOARD))
    return Card(Embed("You are on the leaderboard", text, DONE), (leave,))


def left() -> Card:
    """Say that somebody is no longer on the leaderboard."""
    text = "Your place and its counts are deleted. What you have learned stays; only you see it, with `/quiz stats`."
    return Card(Embed("You are not on the leaderboard", text, DONE))


def _line(number: int, place: Place) -> str:
    medal = _MEDALS[number] if number < len(_MEDALS) else f"{number + 1}\\."
    return f"{medal} <@{place.user_id}>: **{place.answered_right:,}** right of {place.answered:,}"
