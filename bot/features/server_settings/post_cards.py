"""The cards for what the bot posts by itself: where, when, and what keeps it from posting."""

import datetime as dt
from calendar import day_name
from collections.abc import Iterator, Mapping, Sequence

from bot.chat import notices
from bot.chat.card import Button, Card, ChannelMenu, Component, Embed, Menu, Option, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, escape_query
from bot.features import verbs
from bot.features.posts.cards import LABELS
from bot.features.server_settings.cards import WHERE_BOTS_POST, known
from bot.features.server_settings.time_zones import COMMON
from bot.schedule import zone_called
from bot.storage.posts import PostKind, Problem
from bot.storage.server_settings import ServerSettings

# The setting that holds the channel of each kind of post.
CHANNELS: Mapping[PostKind, str] = {
    PostKind.DAILY_TERM: "daily_channel",
    PostKind.DIGEST: "digest_channel",
    PostKind.LOG: "log_channel",
}
_WHAT = {
    PostKind.DAILY_TERM: "another term each day",
    PostKind.DIGEST: "the figures of the week",
    PostKind.LOG: "each change of this server's entries",
}
_HOURS = range(24)


def posts(now: ServerSettings, upcoming: Mapping[PostKind, dt.datetime], problems: Mapping[PostKind, Problem]) -> Card:
    """Show what is posted where, and when next, above the menus that choose the channels."""
    lines = [_line(kind, now, upcoming.get(kind), problems.get(kind)) for kind in CHANNELS]
    text = "\n".join([*lines, "", f"The daily term and the digest come at {_time(now)}."])
    return Card(Embed("What the bot posts by itself", text), tuple(_components(now, problems)))


def post_time(now: ServerSettings, moment: dt.datetime) -> Card:
    """Show at what time things are posted, with menus that change it; `moment` is the time now."""
    clock = moment.astimezone(zone_called(now.time_zone))
    text = (
        f"Posts come at {_time(now)}, where it is {clock:%H:%M} now. The weekly digest comes on "
        f"{day_name[now.digest_weekday]}s. When clocks are put forward or back, they keep to the local time."
    )
    components = (
        Menu(
            custom_id(verbs.SET_POST_HOUR),
            f"Hour: {_hour(now.post_hour)}",
            tuple(Option(str(hour), _hour(hour)) for hour in _HOURS),
        ),
        Menu(
            custom_id(verbs.SET_DIGEST_DAY),
            f"Day of the digest: {day_name[now.digest_weekday]}",
            tuple(Option(str(number), name) for number, name in enumerate(day_name)),
        ),
        Menu(
            custom_id(verbs.SET_TIME_ZONE),
            f"Time zone: {now.time_zone}",
            tuple(Option(zone, zone.replace("_", " ")) for zone in COMMON),
        ),
        Button("Another time zone", custom_id(verbs.ASK_TIME_ZONE)),
        Button("Back", custom_id(verbs.SHOW_POSTS), emoji="↩️"),
    )
    return Card(Embed("When the bot posts", text), components)


def no_such_zone(typed: str, closest: Sequence[str]) -> Card:
    """Say that a text names no time zone, and which ones come close."""
    text = (
        f"“{escape_query(typed)}” is not the name of one time zone. Names look like `Europe/Berlin`. "
        f"Closest: {escape(', '.join(closest))}."
    )
    return notices.refusal("No such time zone", text)


def _line(kind: PostKind, now: ServerSettings, next_one: dt.datetime | None, problem: Problem | None) -> str:
    channel_id = getattr(now, CHANNELS[kind])
    label = f"**{LABELS[kind]}**"
    if channel_id is None:
        return f"⬜ {label}: off. Posts {_WHAT[kind]}."
    if problem is not None and problem.is_paused:
        return f"⚠️ {label}: paused. In <#{problem.channel_id}>, {problem.reason}."
    line = f"✅ {label}: posts {_WHAT[kind]} in <#{channel_id}>"
    line += f"; next <t:{int(next_one.timestamp())}:f>." if next_one else "."
    return line if problem is None else f"{line}\n⚠️ The last one failed: in <#{problem.channel_id}>, {problem.reason}."


def _components(now: ServerSettings, problems: Mapping[PostKind, Problem]) -> Iterator[Component]:
    for kind, field in CHANNELS.items():
        menu_id, placeholder = custom_id(verbs.SET_POST_CHANNEL, kind), f"No {LABELS[kind].lower()}"
        yield ChannelMenu(menu_id, placeholder, WHERE_BOTS_POST, known(getattr(now, field)))
    yield Button("Change the time", custom_id(verbs.SHOW_POST_TIME), emoji="🕘")
    for kind, problem in problems.items():
        if problem.is_paused:
            label = f"Resume the {LABELS[kind].lower()}"
            yield Button(label, custom_id(verbs.RESUME_POST, kind), Style.SUCCESS)
    yield Button("All settings", custom_id(verbs.SHOW_SETTINGS), emoji="↩️")


def _time(now: ServerSettings) -> str:
    return f"{_hour(now.post_hour)}, {escape(now.time_zone)}"


def _hour(hour: int) -> str:
    return f"{hour:02}:00"
