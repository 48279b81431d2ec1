"""The card of a server's settings, with the components that change them."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.chat.card import Button, Card, ChannelMenu, Embed, RoleMenu
from bot.chat.components import custom_id
from bot.chat.refused_mentions import RefusedMention
from bot.features import verbs
from bot.storage.server_settings import ServerSettings

ON, OFF = "on", "off"
MAX_CHANNELS = 25
# https://docs.discord.com/developers/resources/channel#channel-object-channel-types
_TEXT, _VOICE, _ANNOUNCEMENT, _FORUM = 0, 2, 5, 15
_WHERE_PEOPLE_WRITE = (_TEXT, _ANNOUNCEMENT, _FORUM, _VOICE)
WHERE_BOTS_POST = (_TEXT, _ANNOUNCEMENT)
_NOTHING_MISSING: Mapping[int, str] = MappingProxyType({})
_HINT = (
    "Discord decides who sees the moderators' commands: under *Server Settings, Integrations*, show them to the "
    "moderators' role as well."
)


def settings(
    now: ServerSettings,
    refused: RefusedMention | None = None,
    missing: Mapping[int, str] = _NOTHING_MISSING,
    *,
    bot_answers_mentions: bool,
) -> Card:
    """Show whether each setting is on, and what it does, above the components that change them.

    `refused` is the last mention that could not be answered in full, `missing` has the permissions that the bot lacks
    in the chosen channels. Mentions are answered only if both the server and the operator of the bot want that.
    """
    answers_mentions = now.answer_mentions and bot_answers_mentions
    has_posts = any(channel is not None for channel in (now.daily_channel, now.digest_channel, now.log_channel))
    lines = [
        f"{_state(is_on=answers_mentions)} **Mentions**: {_mentions(now, bot_answers_mentions=bot_answers_mentions)}",
        *([f"⚠️ The last mention in <#{refused.channel_id}>: {refused.reason}."] if refused else []),
        f"{_state(is_on=now.hide_replies)} **Hidden replies**: {_replies(now)}",
        f"{_state(is_on=bool(now.channels))} **Only some channels**: {_channels(now)}",
        f"{_state(is_on=now.take_suggestions)} **Suggestions**: {_suggestions(now)}",
        f"{_state(is_on=now.moderator_role is not None)} **Moderators' role**: {_moderators(now)}",
        f"{_state(is_on=has_posts)} **Posts**: {_posts(now)}",
        *(f"⚠️ The bot may not write in <#{one}>. It lacks *{names}* there." for one, names in missing.items()),
        "",
        _HINT,
    ]
    components = (
        _switch(verbs.SET_MENTIONS, "mentions", is_on=now.answer_mentions),
        _switch(verbs.SET_HIDDEN, "hidden replies", is_on=now.hide_replies),
        _switch(verbs.SET_SUGGESTIONS, "suggestions", is_on=now.take_suggestions),
        Button("Posts", custom_id(verbs.SHOW_POSTS), emoji="📅"),
        ChannelMenu(
            custom_id(verbs.SET_CHANNELS),
            "Answer in every channel",
            _WHERE_PEOPLE_WRITE,
            now.channels,
            MAX_CHANNELS,
        ),
        ChannelMenu(
            custom_id(verbs.SET_SUGGESTIONS_CHANNEL),
            "No channel for suggestions",
            WHERE_BOTS_POST,
            known(now.suggestions_channel),
        ),
        RoleMenu(custom_id(verbs.SET_MODERATOR_ROLE), "No role for moderators", known(now.moderator_role)),
    )
    return Card(Embed("Settings of this server", "\n".join(lines)), components)


def _state(*, is_on: bool) -> str:
    return "✅" if is_on else "⬜"


def _mentions(now: ServerSettings, *, bot_answers_mentions: bool) -> str:
    if not bot_answers_mentions:
        return "Not answered; the operator of the bot has turned that off for every server."
    return f"{'Answered' if now.answer_mentions else 'Not answered'} when somebody mentions the bot in a channel."


def _replies(now: ServerSettings) -> str:
    return "Shown to the asker alone." if now.hide_replies else "Shown to everyone, unless `hide` is chosen."


def _channels(now: ServerSettings) -> str:
    if not now.channels:
        return "Answers in every channel."
    channels = ", ".join(f"<#{channel}>" for channel in now.channels)
    return f"Answers in {channels}; elsewhere to the asker alone."


def _suggestions(now: ServerSettings) -> str:
    if not now.take_suggestions:
        return "Not accepted."
    place = f", and posted in <#{now.suggestions_channel}>" if now.suggestions_channel else ""
    return f"Accepted, listed by `/glossary suggestions`{place}."


def _moderators(now: ServerSettings) -> str:
    if now.moderator_role is None:
        return "Members who may manage the server."
    return f"Members who may manage the server, and <@&{now.moderator_role}>."


def _posts(now: ServerSettings) -> str:
    channels = {
        "a daily term": now.daily_channel,
        "a weekly digest": now.digest_channel,
        "a log of changes": now.log_channel,
    }
    chosen = [f"{what} in <#{channel}>" for what, channel in channels.items() if channel is not None]
    return f"The bot posts {', '.join(chosen) or 'nothing by itself'}."


def _switch(verb: str, what: str, *, is_on: bool) -> Button:
    """Return the button that turns a setting off or on; its argument is what it sets."""
    state = OFF if is_on else ON
    return Button(f"Turn {what} {state}", custom_id(verb, state))


def known(one: int | None) -> tuple[int, ...]:
    """Return what a menu has chosen when it appears, given the id that is set."""
    return () if one is None else (one,)
