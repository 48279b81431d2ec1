"""What moderators click to choose what the bot posts by itself, where and when."""

import asyncio
from typing import Any

from bot.chat import notices, send
from bot.chat.components import Click, number_in
from bot.chat.forms import Field, Form, FormKind, Submission
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, server_of
from bot.chat.router import For, FormRoute, Route
from bot.features import verbs
from bot.features.server_settings import post_cards
from bot.features.server_settings.time_zones import closest_zones, zone_named
from bot.schedule import utc_now
from bot.storage.posts import PostKind

TIME_ZONE = FormKind(verbs.TIME_ZONE_FORM, (Field("zone", "Time zone", 60, is_required=True, hint="Europe/Berlin"),))


async def _show(interaction: Interaction, _: Click) -> None:
    await send.defer_edit(interaction)
    await _replace_with_posts(interaction)


async def _set_channel(interaction: Interaction, click: Click) -> None:
    """Set where something is posted, or that it is not; what kept it from being posted before is forgotten."""
    kind = PostKind(click.argument)
    await send.defer_edit(interaction)
    channel = {post_cards.CHANNELS[kind]: number_in(click.value) or None}
    if kind is PostKind.LOG:
        await interaction.client.services.servers.change_settings(moderated_server_id(interaction), **channel)
    else:
        await _change_schedule(interaction, **channel)
    await interaction.client.services.posts.clear_problem(moderated_server_id(interaction), kind)
    await _replace_with_posts(interaction)


async def _resume(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    posts, guild_id = interaction.client.services.posts, moderated_server_id(interaction)
    await posts.clear_problem(guild_id, PostKind(click.argument))
    await _replace_with_posts(interaction)


async def _show_time(interaction: Interaction, _: Click) -> None:
    await send.replace(interaction, post_cards.post_time((await server_of(interaction)).settings, utc_now()))


async def _set_hour(interaction: Interaction, click: Click) -> None:
    await _change_time(interaction, post_hour=number_in(click.value))


async def _set_digest_day(interaction: Interaction, click: Click) -> None:
    await _change_time(interaction, digest_weekday=number_in(click.value))


async def _set_zone(interaction: Interaction, click: Click) -> None:
    await _change_time(interaction, time_zone=click.value)


async def _ask_zone(interaction: Interaction, _: Click) -> None:
    await send.open_form(interaction, Form(TIME_ZONE, "Another time zone"))


async def _set_typed_zone(interaction: Interaction, submission: Submission) -> None:
    typed = submission.values["zone"]
    zone = await asyncio.to_thread(zone_named, typed)
    if zone is None:
        card = post_cards.no_such_zone(typed, closest_zones(typed))
        await send.reply(interaction, notices.with_typed(card, TIME_ZONE.as_files(submission.values)), ephemeral=True)
        return
    await _change_time(interaction, time_zone=zone)


async def _change_time(interaction: Interaction, **values: Any) -> None:
    await send.defer_edit(interaction)
    await _change_schedule(interaction, **values)
    await send.replace(interaction, post_cards.post_time((await server_of(interaction)).settings, utc_now()))


async def _change_schedule(interaction: Interaction, **values: Any) -> None:
    """Change what is posted when. What was due before this moment is not made up for."""
    servers = interaction.client.services.servers
    await servers.change_settings(moderated_server_id(interaction), scheduled_at=int(utc_now().timestamp()), **values)


async def _replace_with_posts(interaction: Interaction) -> None:
    services, guild_id = interaction.client.services, moderated_server_id(interaction)
    settings = (await services.servers.of(guild_id)).settings
    upcoming = await services.timetable.upcoming(guild_id, settings, utc_now())
    problems = await services.posts.problems_of(guild_id)
    await send.replace(interaction, post_cards.posts(settings, upcoming, problems))


CLICKS = {
    verbs.SHOW_POSTS: Route(_show, For.MODERATORS),
    verbs.SET_POST_CHANNEL: Route(_set_channel, For.MODERATORS),
    verbs.RESUME_POST: Route(_resume, For.MODERATORS),
    verbs.SHOW_POST_TIME: Route(_show_time, For.MODERATORS),
    verbs.SET_POST_HOUR: Route(_set_hour, For.MODERATORS),
    verbs.SET_DIGEST_DAY: Route(_set_digest_day, For.MODERATORS),
    verbs.SET_TIME_ZONE: Route(_set_zone, For.MODERATORS),
    verbs.ASK_TIME_ZONE: Route(_ask_zone, For.MODERATORS),
}
FORMS = (FormRoute(TIME_ZONE, _set_typed_zone, For.MODERATORS),)
