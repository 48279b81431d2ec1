"""The cards that belong to no feature: refusals, failures, and clicks that come too late."""

import math

from bot.chat.card import WRONG, Card, Embed


def refusal(title: str, text: str) -> Card:
    """Say that something is not possible and what to do instead; `text` is the bot's own Markdown."""
    return Card(Embed(title, text, WRONG))


def failure(error_id: str) -> Card:
    """Say that answering failed."""
    text = f"Please try again. If it keeps happening, tell a moderator the error id `{error_id}`; the log explains it."
    return Card(Embed("Something went wrong", text, WRONG))


def database_unavailable(error_id: str) -> Card:
    """Say that the database cannot be reached right now."""
    text = (
        "The bot cannot reach its database right now, so nothing was changed. Please try again in a minute. If it "
        f"keeps happening, tell a moderator the error id `{error_id}`; the log explains it."
    )
    return Card(Embed("The database is not available", text, WRONG))


def outdated() -> Card:
    """Say that a button or command belongs to another version of the bot."""
    text = (
        "It belongs to another version of this bot. Please ask again with `/define`; commands refresh within minutes."
    )
    return Card(Embed("That no longer works", text))


def too_many(seconds: float) -> Card:
    """Say how long to wait for the next answer."""
    text = f"You have asked a lot in a short time. You can ask again in {math.ceil(seconds)} seconds."
    return Card(Embed("One moment, please", text))
