"""The card of a server's settings, with what changes them."""

from collections.abc import Iterable

import discord

from bot.replies import cards
from bot.replies.actions import Action, Pick, Verb
from bot.replies.card import Card
from bot.storage.server_settings import ServerSettings

ON, OFF = "on", "off"
MOST_CHANNELS = 25
_WHERE_PEOPLE_WRITE = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
]
_WHERE_BOTS_POST = [discord.ChannelType.text, discord.ChannelType.news]


def settings(now: ServerSettings, *, bot_answers_mentions: bool) -> Card:
    """Show the settings as they are, each with what it does, above what changes them.

    Mentions are answered where the server wants that and whoever runs the bot does as well.
    """
    channels = ", ".join(f"<#{channel}>" for channel in now.channels)
    parts = (
        ("Mentions", _mentions(now, bot_answers_mentions=bot_answers_mentions)),
        ("Replies", "Shown to the asker alone." if now.hide_replies else "Shown to everyone, unless `hide` is chosen."),
        (
            "Channels",
            f"Answers in {channels}; elsewhere to the asker alone." if channels else "Answers in every channel.",
        ),
        ("Suggestions", _suggestions(now)),
        (
            "Moderators",
            f"Whoever may manage the server, and <@&{now.moderator_role}>."
            if now.moderator_role
            else "Whoever may manage the server.",
        ),
    )
    embed = discord.Embed(title="Settings of this server", colour=cards.NEUTRAL)
    embed.description = "\n".join(f"**{name}**: {text}" for name, text in parts) + (
        "\n\nWho sees the commands of moderators is set in Discord, under *Server Settings, Integrations*: show them "
        "to the moderators' role there as well."
    )
    items = (
        _switch(Verb.SET_MENTIONS, "mentions", is_on=now.answer_mentions),
        _switch(Verb.SET_HIDDEN, "hidden replies", is_on=now.hide_replies),
        _switch(Verb.SET_SUGGESTIONS, "suggestions", is_on=now.take_suggestions),
        Pick(Verb.SET_CHANNELS, menu=_channels("Answer in every channel", now.channels, MOST_CHANNELS)),
        Pick(Verb.SET_SUGGESTIONS_CHANNEL, menu=_channels("No channel for suggestions", [now.suggestions_channel], 1)),
        Pick(
            Verb.SET_ROLE,
            menu=discord.ui.RoleSelect(
                placeholder="No role for moderators",
                min_values=0,
                default_values=_chosen(discord.SelectDefaultValueType.role, [now.moderator_role]),
            ),
        ),
    )
    return Card(embed, items)


def _mentions(now: ServerSettings, *, bot_answers_mentions: bool) -> str:
    if not bot_answers_mentions:
        return "Not answered; whoever runs the bot has turned that off for every server."
    return f"{'Answered' if now.answer_mentions else 'Not answered'} where somebody writes to the bot in a channel."


def _suggestions(now: ServerSettings) -> str:
    if not now.take_suggestions:
        return "Not taken."
    place = f", and posted in <#{now.suggestions_channel}>" if now.suggestions_channel else ""
    return f"Taken, listed by `/glossary suggestions`{place}."


def _switch(verb: Verb, what: str, *, is_on: bool) -> Action:
    return Action(verb, OFF if is_on else ON, label=f"Turn {what} {OFF if is_on else ON}")


def _channels(placeholder: str, chosen: Iterable[int | None], most: int) -> discord.ui.ChannelSelect:  # type: ignore[type-arg] # of no view in particular
    return discord.ui.ChannelSelect(
        channel_types=_WHERE_PEOPLE_WRITE if most > 1 else _WHERE_BOTS_POST,
        placeholder=placeholder,
        min_values=0,
        max_values=most,
        default_values=_chosen(discord.SelectDefaultValueType.channel, chosen),
    )


def _chosen(kind: discord.SelectDefaultValueType, ids: Iterable[int | None]) -> list[discord.SelectDefaultValue]:
    """Return what a menu starts with; discord.py sends ids as they are, and Discord's are strings."""
    return [discord.SelectDefaultValue(id=str(one), type=kind) for one in ids if one]  # type: ignore[arg-type] # see above
