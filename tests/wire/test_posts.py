"""What is due is posted by one of several processes, soon after they have started."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.server_settings import AllServerSettings
from tests.features.posts.posting import zone_at_noon
from tests.process import BotProcess
from tests.wire.discord_server import TOKEN, DiscordServer, Fault
from tests.wire.payloads import GUILD_ID, snowflake

PROCESSES = 3


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, environment: dict[str, str], tmp_path: Path) -> URL:
    """The address of an empty database."""
    if request.param == "sqlite":
        return read_settings(environment, tmp_path / "no.env").database_url
    empty: URL = request.getfixturevalue("stoppable_url")
    return empty


@pytest.fixture
async def channel_id(url: URL) -> str:
    """A channel that gets the daily term at midnight, so that it is due since then."""
    channel_id = snowflake()
    database = await Database.open(url)
    await AllServerSettings(database).set(
        int(GUILD_ID), daily_channel=int(channel_id), post_hour=0, time_zone=zone_at_noon()
    )
    await database.close()
    return channel_id


@pytest.fixture
async def processes(
    environment: dict[str, str], discord_server: DiscordServer, url: URL, tmp_path: Path
) -> AsyncIterator[list[BotProcess]]:
    """Processes of the bot on that database, not started yet."""
    wire = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": discord_server.api_url, "LOG_LEVEL": "DEBUG"}
    database = {"DATABASE_URL": url.render_as_string(hide_password=False), "HOME_GUILD_IDS": ""}
    bots = [BotProcess(environment | wire | database, tmp_path) for _ in range(PROCESSES)]
    yield bots
    for bot in bots:
        await bot.kill_if_running()


def posted(discord: DiscordServer, channel_id: str) -> int:
    """How often something was posted in a channel."""
    return sum(call.method == "POST" and call.path == f"/channels/{channel_id}/messages" for call in discord.calls)


def looked(discord: DiscordServer) -> int:
    """How often a process has asked where the bot is, which it does right after it first looks what is due."""
    return sum(call.path == "/users/@me/guilds" for call in discord.calls)


async def test_of_three_processes_one_posts_and_none_again_after_a_restart(
    discord_server: DiscordServer, processes: list[BotProcess], channel_id: str
) -> None:
    # While the first one posts, the others look as well.
    discord_server.faults["POST /channels"] = Fault(seconds=1)
    for starts in (PROCESSES, 2 * PROCESSES):
        discord_server.ready_after = starts  # so that all look at the same time
        for process in processes:
            await process.start()
        await discord_server.until(lambda: looked(discord_server) == discord_server.ready_after, 60)
        assert [await process.stop() for process in processes] == [0] * PROCESSES
        assert not any("Traceback" in process.log for process in processes)
    assert posted(discord_server, channel_id) == 1
    (message,) = discord_server.messages.values()
    assert message["content"] == "📅 **Term of the day**"


async def test_a_process_that_stops_while_it_posts_finishes_first(
    discord_server: DiscordServer, processes: list[BotProcess], channel_id: str
) -> None:
    discord_server.faults["POST /channels"] = Fault(seconds=1)
    await processes[0].start()
    await discord_server.until(lambda: posted(discord_server, channel_id) > 0, 40)
    assert await processes[0].stop() == 0
    assert len(discord_server.messages) == 1


async def test_a_process_that_is_killed_while_it_posts_leaves_the_day_out(
    discord_server: DiscordServer, processes: list[BotProcess], channel_id: str
) -> None:
    discord_server.faults["POST /channels"] = Fault(seconds=1)
    await processes[0].start()
    await discord_server.until(lambda: posted(discord_server, channel_id) > 0, 40)
    await processes[0].kill_if_running()
    before = looked(discord_server)
    await processes[1].start()
    await discord_server.until(lambda: looked(discord_server) > before, 60)
    assert await processes[1].stop() == 0
    assert posted(discord_server, channel_id) == 1
