"""What has been kept for long enough is deleted, also after a standstill, and one failure stops nothing else."""

import asyncio
import logging

import pytest
from sqlalchemy import update

from bot.storage.retention import Retention
from bot.storage.tables import drafts, left_servers, misses, server_settings
from bot.upkeep import background_work, delete_expired, follow, repeat
from tests.features.moderating import add, defined, listed_misses
from tests.features.posts.posting import NINE
from tests.world import World, shown, title

LEFT = 5


async def test_old_misses_and_drafts_are_deleted_and_new_ones_stay(world: World) -> None:
    for term in ("pizza", "pasta"):
        await world.member.slash(world.channel, "define", term=term)
    await add(world, aliases="leverage")
    await listed_misses(world)
    async with world.services.database.write() as connection:
        await connection.execute(update(misses).where(misses.c.query == "pizza").values(day=misses.c.day - 91))
        await connection.execute(update(drafts).values(created_at=drafts.c.created_at - 8 * 86_400))
    await delete_expired(world.bot)
    listed = shown(await listed_misses(world))
    assert "pasta" in listed
    assert "pizza" not in listed
    assert not await world.services.retention.stored_about(world.moderator.id)


async def leave(world: World) -> None:
    """Store something about a server that the bot is not in, next to the one that it is in."""
    await add(world)
    await world.services.servers.change_settings(LEFT, hide_replies=True)
    await delete_expired(world.bot)


async def age(world: World, days: int) -> None:
    """Let a number of days go by since servers were left."""
    async with world.services.database.write() as connection:
        await connection.execute(update(left_servers).values(left_at=left_servers.c.left_at - days * 86_400))


async def test_a_server_that_was_left_is_deleted_when_its_time_has_come_and_no_other(world: World) -> None:
    await leave(world)
    await age(world, 29)
    await delete_expired(world.bot)
    assert (await world.services.servers.of(LEFT)).settings.hide_replies
    await age(world, 2)
    await delete_expired(world.bot)
    assert not (await world.services.servers.of(LEFT)).settings.hide_replies
    assert await world.services.retention.servers() == {world.guild.id}
    assert title(await defined(world, "pip spread")) == "pip spread"


async def test_a_server_that_the_bot_is_back_in_keeps_its_data(world: World) -> None:
    await leave(world)
    await age(world, 29)
    world.env.create_guild(id=LEFT)
    await delete_expired(world.bot)
    await age(world, 40)
    await delete_expired(world.bot)
    assert (await world.services.servers.of(LEFT)).settings.hide_replies


async def test_when_discord_cannot_say_where_the_bot_is_nothing_is_noted_and_the_rest_is_done(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.services.servers.change_settings(LEFT, hide_replies=True)
    await world.member.slash(world.channel, "define", term="pizza")
    await listed_misses(world)
    async with world.services.database.write() as connection:
        await connection.execute(update(misses).values(day=misses.c.day - 91))
    world.env.inject_error("GET", "/users/@me/guilds", status=403)
    caplog.set_level(logging.WARNING)
    await delete_expired(world.bot)
    assert "Deleting the data of servers left failed and is tried again later" in caplog.text
    assert "Nothing is missing" in shown(await listed_misses(world))
    assert await world.services.retention.expire_left(0) == ()


async def test_a_bot_that_runs_notices_that_a_server_was_forgotten(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    database = world.services.database
    await add(world)
    following = asyncio.create_task(repeat("Following", 0, lambda: follow(world.services)))
    async with asyncio.timeout(10):
        assert title(await defined(world, "pip spread")) == "pip spread"
        await Retention(database).forget_server(world.guild.id)
        while title(await defined(world, "pip spread")) == "pip spread":
            assert not following.done()
        async with database.write() as connection:
            await connection.run_sync(server_settings.drop)
        while "Following failed and is tried again later" not in caplog.text:
            await world.services.retention.stored_about(world.member.id)
        async with database.write() as connection:
            await connection.run_sync(server_settings.create)
    assert not following.done()
    following.cancel()


async def test_what_is_due_by_the_clock_is_posted_as_soon_as_the_bot_is_connected(world: World) -> None:
    await world.services.servers.change_settings(world.guild.id, daily_channel=world.channel.id)
    work = [asyncio.create_task(one) for one in background_work(world.bot, lambda: NINE)]
    async with asyncio.timeout(10):
        while not world.channel.history():
            await world.services.retention.stored_about(world.member.id)
    for task in work:
        task.cancel()
    await asyncio.wait(work)
