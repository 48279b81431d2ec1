"""What is due is posted once, and a channel that forbids it pauses it and is told about once."""

import logging

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from simcord.results import ResponseMessage

from bot.upkeep import post_due
from tests.features.posts.posting import NINE, ONE_DAY, posted_at
from tests.world import DISCLAIMER, World, reply, shown, title

_NOWHERE = ConnectionKey(
    "discord.com", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
)


async def shown_posts(world: World) -> ResponseMessage:
    """What the moderator sees about posts in the settings."""
    message = reply(await world.moderator.slash(world.channel, "glossary settings"))
    await world.moderator.click(message, label="Posts")
    return message


async def set_daily(world: World, **more: object) -> None:
    await world.services.servers.change_settings(world.guild.id, daily_channel=world.channel.id, **more)


async def test_it_is_posted_when_its_hour_comes_and_once_a_day(world: World) -> None:
    await set_daily(world)
    assert not await posted_at(world, NINE - ONE_DAY / 24)
    (message,) = await posted_at(world, NINE)
    assert message.content == "📅 **Term of the day**"
    assert not await posted_at(world, NINE)
    assert not await posted_at(world, NINE + ONE_DAY / 2)
    assert len(await posted_at(world, NINE + ONE_DAY)) == 1


async def test_terms_do_not_come_again_before_all_were_shown(world: World) -> None:
    await set_daily(world)
    messages = [message for day in range(3) for message in await posted_at(world, NINE + day * ONE_DAY)]
    assert {title(message) for message in messages} == {"trusted IPs", "API socket", "leverage"}


async def test_a_click_on_it_opens_a_private_copy_and_leaves_it_as_it_is(world: World) -> None:
    await set_daily(world)
    messages = [message for day in range(3) for message in await posted_at(world, NINE + day * ONE_DAY)]
    (message,) = [one for one in messages if title(one) == "trusted IPs"]
    opened = reply(await world.member.click(message, label="Code"))
    assert opened.ephemeral
    assert 'print("hello")' in shown(opened)
    buttons = repr(message.components)
    assert "Code" in buttons
    assert "Share" not in buttons
    assert "Dismiss" not in buttons


async def test_only_the_process_with_the_shard_of_the_server_posts(world: World) -> None:
    await set_daily(world)
    world.bot.shard_count = 2**40  # so the server is in a shard that another process has
    assert not await posted_at(world, NINE)
    world.bot.shard_count = 1
    assert len(await posted_at(world, NINE)) == 1


@pytest.mark.parametrize(("status", "code", "reason"), [(403, 50001, "may not see"), (404, 10003, "is gone")])
async def test_a_channel_that_refuses_pauses_it_and_moderators_are_told_once(
    world: World, caplog: pytest.LogCaptureFixture, status: int, code: int, reason: str
) -> None:
    wishes = world.guild.create_text_channel("wishes")
    await set_daily(world, suggestions_channel=wishes.id)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=status, code=code)
    caplog.set_level(logging.WARNING)
    assert not await posted_at(world, NINE)
    assert "Posting the daily term in server" in caplog.text
    (told,) = wishes.history()
    assert "could not post the daily term" in shown(told)
    assert reason in shown(told)
    assert not await posted_at(world, NINE + ONE_DAY)
    assert len(wishes.history()) == 1
    message = await shown_posts(world)
    assert "⚠️ **Daily term**: paused" in shown(message)
    assert reason in shown(message)
    await world.moderator.click(message, label="Resume the daily term")
    assert "✅ **Daily term**" in shown(message)
    assert len(await posted_at(world, NINE + ONE_DAY)) == 1


async def test_choosing_another_channel_resumes_it_too(world: World) -> None:
    await set_daily(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=2)
    await posted_at(world, NINE)
    message = await shown_posts(world)
    news = world.guild.create_text_channel("news")
    await world.moderator.select(message, [news], custom_id="pick:set-post-channel:daily")
    assert f"✅ **Daily term**: posts another term each day in <#{news.id}>; next <t:" in shown(message)
    await post_due(world.bot, NINE + ONE_DAY)
    assert len(news.history()) == 1


async def test_after_an_outage_it_is_left_out_and_not_paused(world: World) -> None:
    """Nobody knows whether Discord has posted it, so it is not sent again."""
    await set_daily(world)
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=0)
    await posted_at(world, NINE)
    assert not await posted_at(world, NINE)
    message = await shown_posts(world)
    assert "The last one failed" in shown(message)
    assert len(await posted_at(world, NINE + ONE_DAY)) == 1
    assert "The last one failed" not in shown(await shown_posts(world))


async def test_what_has_certainly_not_left_this_machine_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_daily(world)

    async def unreachable(*_: object, **__: object) -> None:
        raise aiohttp.ClientConnectorError(_NOWHERE, OSError("no route"))

    with monkeypatch.context() as patched:
        patched.setattr(world.bot.http, "request", unreachable)
        assert not await posted_at(world, NINE)
    assert len(await posted_at(world, NINE)) == 1


async def test_it_is_plain_text_where_the_bot_may_not_embed(world: World) -> None:
    await set_daily(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    (message,) = await posted_at(world, NINE)
    assert not message.embeds
    assert message.content.startswith("📅 **Term of the day**")
    assert message.content.endswith(DISCLAIMER)
