"""The cards that belong to no feature: refusals, failures, and clicks that come too late."""

import math
from collections.abc import Sequence
from dataclasses import replace

from bot.chat.card import WRONG, Attachment, Card, Embed
from bot.glossary.text import counted

_GIVEN_BACK = "What you typed is in the attached file, so that you can copy it."


def refusal(title: str, text: str) -> Card:
    """Say that something is not possible and what to do instead; `text` is the bot's own Markdown."""
    return Card(Embed(title, text, WRONG))


def failure(error_id: str, contact: str) -> Card:
    """Say that answering failed, and whom to tell the error id."""
    text = f"Please try again. If it keeps happening, tell {contact} the error id `{error_id}`; the log explains it."
    return Card(Embed("Something went wrong", text, WRONG))


def database_unavailable(error_id: str, contact: str) -> Card:
    """Say that the database cannot be reached right now, and whom to tell the error id."""
    text = (
        "The bot cannot reach its database right now, so nothing was changed. Please try again in a minute. If it "
        f"keeps happening, tell {contact} the error id `{error_id}`; the log explains it."
    )
    return Card(Embed("The database is not available", text, WRONG))


def cancelled() -> Card:
    """Say that a question was answered with *Cancel*."""
    return Card(Embed("Cancelled", "Nothing was changed."))


def with_typed(card: Card, typed: Sequence[Attachment]) -> Card:
    """Return a card that gives back what the person typed into a form."""
    return replace(card, content=_GIVEN_BACK, attachments=tuple(typed)) if typed else card


def outdated() -> Card:
    """Say that a button or command belongs to another version of the bot."""
    text = (
        "It belongs to another version of this bot. Please ask again with `/define`; commands refresh within minutes."
    )
    return Card(Embed("That no longer works", text))


def too_many(seconds: float) -> Card:
    """Say how long to wait for the next answer."""
    text = f"You have asked a lot in a short time. You can ask again in {counted(math.ceil(seconds), 'second')}."
    return Card(Embed("One moment, please", text))
