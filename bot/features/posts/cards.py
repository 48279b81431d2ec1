"""What moderators are told about posts that fail."""

from bot.chat import notices
from bot.chat.card import Card
from bot.storage.posts import PostKind, Problem

LABELS = {PostKind.DAILY_TERM: "Daily term", PostKind.DIGEST: "Weekly digest", PostKind.LOG: "Log of changes"}


def named(kind: PostKind) -> str:
    """Return what a kind of post is called within a sentence."""
    return f"the {LABELS[kind].lower()}"


def paused(kind: PostKind, problem: Problem) -> Card:
    """Tell moderators that something is no longer posted, why, and how to go on."""
    text = (
        f"The bot could not post {named(kind)} in <#{problem.channel_id}>: {problem.reason}. It has stopped trying. "
        "Put that right, or choose another channel, under *Posts* in `/glossary settings`."
    )
    return notices.refusal("A post is paused", text)
