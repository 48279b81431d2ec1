"""What moderators choose about the bot's own posts: where, at what hour, and in which time zone."""

import pytest
from simcord.results import ResponseMessage

from bot.chat.refused_mentions import reason_of
from bot.storage.posts import PostKind, Problem
from tests.world import World, parts, reply, shown, title


async def opened(world: World, label: str = "Posts") -> ResponseMessage:
    """The settings, after a click on a button."""
    message = reply(await world.moderator.slash(world.channel, "glossary settings"))
    await world.moderator.click(message, label="Posts")
    if label != "Posts":
        await world.moderator.click(message, label=label)
    return message


async def typed_zone(world: World, zone: str) -> ResponseMessage:
    """Type a time zone into the form; what the bot shows then."""
    message = await opened(world, "Change the time")
    form = await world.moderator.click(message, label="Another time zone")
    return reply(await world.moderator.submit_modal(form, {"zone": zone}))


async def test_everything_is_off_until_a_channel_is_chosen(world: World) -> None:
    settings = reply(await world.moderator.slash(world.channel, "glossary settings"))
    assert "The bot posts nothing by itself." in shown(settings)
    message = await opened(world)
    assert "⬜ **Daily term**: off." in shown(message)
    assert "09:00, UTC" in shown(message)


async def test_a_channel_is_chosen_and_taken_back(world: World) -> None:
    message = await opened(world)
    await world.moderator.select(message, [world.channel], custom_id="pick:set-post-channel:daily")
    assert f"in <#{world.channel.id}>; next <t:" in shown(message)
    await world.moderator.click(message, label="All settings")
    assert f"The bot posts a daily term in <#{world.channel.id}>." in shown(message)
    message = await opened(world)
    await world.moderator.select(message, [], custom_id="pick:set-post-channel:daily")
    assert "⬜ **Daily term**: off." in shown(message)


async def test_the_hour_and_the_time_zone_are_chosen(world: World) -> None:
    message = await opened(world, "Change the time")
    await world.moderator.select(message, ["18"], custom_id="pick:set-post-hour:")
    await world.moderator.select(message, ["Asia/Tokyo"], custom_id="pick:set-time-zone:")
    assert "18:00, Asia/Tokyo" in shown(message)
    await world.moderator.click(message, label="Back")
    assert title(message) == "What the bot posts by itself"
    assert "18:00, Asia/Tokyo" in shown(message)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Australia/Lord_Howe", "Australia/Lord\\_Howe"),
        ("europe/berlin", "Europe/Berlin"),
        ("new york", "America/New\\_York"),
        (" Lord Howe ", "Australia/Lord\\_Howe"),
        ("utc", "UTC"),
    ],
)
async def test_any_time_zone_can_be_typed(world: World, typed: str, zone: str) -> None:
    assert f"09:00, {zone}," in shown(await typed_zone(world, typed))


@pytest.mark.parametrize("typed", ["Europe/Berlim", "../../etc/passwd", "Moon"])
async def test_what_is_no_time_zone_is_refused_and_given_back(world: World, typed: str) -> None:
    refused = await typed_zone(world, typed)
    assert title(refused) == "No such time zone"
    assert [file.filename for file in refused.attachments] == ["typed.txt"]
    assert (await world.services.servers.of(world.guild.id)).settings.time_zone == "UTC"


async def test_a_typo_in_a_time_zone_shows_the_right_name(world: World) -> None:
    assert "Europe/Berlin" in shown(await typed_zone(world, "Europe/Berlim")).partition("Closest")[2]


@pytest.mark.parametrize("label", ["Posts", "Change the time"])
async def test_members_cannot_use_what_moderators_have_opened(world: World, label: str) -> None:
    message = await opened(world, label)
    world.demote_moderator()
    for component in parts(message):
        if component["type"] == 2:
            result = await world.moderator.click(message, custom_id=component["custom_id"])
        else:
            chosen = [component["options"][0]["value"]] if "options" in component else []
            result = await world.moderator.select(message, chosen, custom_id=component["custom_id"])
        assert title(reply(result)) == "Not allowed"


async def test_the_fullest_screen_fits_a_phone_and_the_rows_of_a_message(world: World) -> None:
    channel_id = world.channel.id
    channels = {"daily_channel": channel_id, "digest_channel": channel_id, "log_channel": channel_id}
    zone = "America/Argentina/ComodRivadavia"
    await world.services.servers.change_settings(world.guild.id, time_zone=zone, **channels)
    for kind in PostKind:
        problem = Problem(channel_id, reason_of(50013), is_paused=kind is not PostKind.LOG)
        await world.services.posts.note_problem(world.guild.id, kind, problem)
    message = await opened(world)
    assert len(message.components) <= 5
    assert len(shown(message)) <= 620
    assert len(shown(await opened(world, "Change the time"))) <= 620
