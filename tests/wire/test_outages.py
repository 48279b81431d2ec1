"""What people are told while the database or Discord is out of reach, and that the bot comes through it."""

import os
import re
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, func, select

from bot.storage.database import Database
from bot.storage.tables import lookups
from tests.databases import PostgresServer
from tests.process import BotProcess
from tests.wire.asking import add, defined, shown, title
from tests.wire.discord_server import DiscordServer, Fault
from tests.wire.payloads import APPLICATION_ID, BOT, GUILD_ID, message, slash

DEFINITION = "What the broker keeps."


@pytest.fixture
async def on_postgres(discord_server: DiscordServer, process: BotProcess, stoppable_url: URL) -> DiscordServer:
    """A Discord that the bot is connected to, with its data on a PostgreSQL server that may be stopped."""
    process.environment["DATABASE_URL"] = stoppable_url.render_as_string(hide_password=False)
    await process.start()
    await discord_server.connected()
    return discord_server


async def assert_nothing_is_lost(discord: DiscordServer) -> str:
    """See what people are told without a database, and return the error id that a moderator is given."""
    assert (await defined(discord, "leverage"))["title"] == "leverage"
    answer = await add(discord, "pip spread", DEFINITION)
    told = (await shown(answer))["embeds"][0]
    assert told["title"] == "The database is not available"
    typed = answer.calls[-1].files["typed.txt"].decode()
    assert "pip spread" in typed
    assert DEFINITION in typed
    return error_id(told["description"])


async def assert_everything_works(discord: DiscordServer) -> None:
    """See that what was refused before is accepted now."""
    assert (await title(await add(discord, "pip spread", DEFINITION))) == "Saved"
    assert (await defined(discord, "pip spread"))["description"].startswith(DEFINITION)
    assert (await title(await discord.interact(slash("privacy")))) == "What is stored"


def error_id(text: str) -> str:
    """Return the error id that a text tells."""
    found = re.search(r"error id `(\w+)`", text)
    assert found, text
    return found[1]


async def times_shown(url: URL) -> dict[str, int]:
    """Return how often each entry was shown, as it is written."""
    database = await Database.open(url)
    async with database.read() as connection:
        rows = await connection.execute(select(lookups.c.entry_id, func.sum(lookups.c.count)).group_by("entry_id"))
        found = {entry_id: int(times) for entry_id, times in rows}
    await database.close()
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
async def test_the_bot_comes_through_an_outage_of_postgres(
    on_postgres: DiscordServer,
    process: BotProcess,
    stoppable_server: PostgresServer,
    stoppable_url: URL,
    how: signal.Signals,
) -> None:
    discord = on_postgres
    assert (await defined(discord, "leverage"))["title"] == "leverage"
    stoppable_server.stop(how)
    first_id = await assert_nothing_is_lost(discord)
    privacy = (await shown(await discord.interact(slash("privacy"))))["embeds"][0]
    assert privacy["title"] == "The database is not available"
    stoppable_server.start()
    await assert_everything_works(discord)
    assert await process.stop() == 0
    assert await times_shown(stoppable_url) == {"leverage": 2, "pip-spread": 1}
    for one in (first_id, error_id(privacy["description"])):
        assert re.search(rf"ERROR .*error id {one}: The database cannot be (reached|used): ", process.log)
    assert "Traceback" not in process.log
    assert DEFINITION not in process.log


async def test_a_signal_ends_the_bot_while_postgres_is_down(
    on_postgres: DiscordServer, process: BotProcess, stoppable_server: PostgresServer
) -> None:
    await defined(on_postgres, "leverage")
    stoppable_server.stop()
    assert await process.stop() == 0
    assert "usage counts could not be written" in process.log
    assert "Traceback" not in process.log


async def test_a_signal_ends_the_bot_while_another_process_holds_up_writing(
    on_postgres: DiscordServer, process: BotProcess, stoppable_url: URL
) -> None:
    await defined(on_postgres, "leverage")
    other = await Database.open(stoppable_url)
    async with other.write():
        assert await process.stop() == 0
    await other.close()
    assert "usage counts could not be written" in process.log
    assert "Traceback" not in process.log


async def test_postgres_that_is_down_at_the_start_is_exit_code_4(
    process: BotProcess, stoppable_server: PostgresServer, stoppable_url: URL
) -> None:
    process.environment["DATABASE_URL"] = stoppable_url.render_as_string(hide_password=False)
    stoppable_server.stop()
    await process.start()
    assert await process.ended() == 4
    assert "DATABASE_URL" in process.log.splitlines()[-1]
    assert "Traceback" not in process.log


async def test_a_file_that_another_process_has_locked_loses_nothing(
    discord: DiscordServer, process: BotProcess, environment: dict[str, str]
) -> None:
    path = environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await assert_nothing_is_lost(discord)
        # Reading needs no lock.
        assert (await title(await discord.interact(slash("privacy")))) == "What is stored"
    await assert_everything_works(discord)
    assert await process.stop() == 0
    assert "Traceback" not in process.log


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux changes the limits of another process")
async def test_a_disk_that_fails_loses_nothing(discord: DiscordServer, process: BotProcess) -> None:
    _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, hard))
    assert await assert_nothing_is_lost(discord)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    await assert_everything_works(discord)
    assert await process.stop() == 0
    assert "Traceback" not in process.log


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk, and not in every container")
    yield folder
    unmount = ["umount", str(folder)]
    subprocess.run(unmount, check=True)


async def test_a_full_disk_loses_nothing(discord_server: DiscordServer, process: BotProcess, small_disk: Path) -> None:
    process.environment["DATABASE_URL"] = f"sqlite:///{small_disk}/glossary.db"
    await process.start()
    await discord_server.connected()
    rest = small_disk / "rest"
    with pytest.raises(OSError, match="No space left"):
        rest.write_bytes(bytes(3 << 20))
    assert await assert_nothing_is_lost(discord_server)
    rest.unlink()
    await assert_everything_works(discord_server)
    assert await process.stop() == 0
    assert "Traceback" not in process.log


async def test_an_answer_that_discord_does_not_accept_is_an_error_with_a_traceback(
    discord: DiscordServer, process: BotProcess
) -> None:
    discord.faults["POST /interactions"] = Fault(status=400, code=50035, message="Invalid Form Body")
    await discord.dispatch("INTERACTION_CREATE", slash("define", {"term": "leverage"}))
    failure = await process.says(r"ERROR .*Answering failed, error id (\w+)\.\nTraceback")
    await process.says(rf"The asker could not be told about error id {failure[1]}: 400 Bad Request.*Invalid Form Body")
    discord.faults.clear()
    assert (await defined(discord, "leverage"))["title"] == "leverage"


async def test_an_answer_that_discord_fails_to_take_is_a_warning(discord: DiscordServer, process: BotProcess) -> None:
    discord.faults["POST /channels"] = Fault(status=503, message="upstream connect error")
    asked = message(f"<@{APPLICATION_ID}> what is leverage?") | {"guild_id": GUILD_ID, "mentions": [BOT]}
    await discord.dispatch("MESSAGE_CREATE", asked)
    await process.says(r"WARNING .*Answering failed, error id \w+: 503 Service Unavailable.*upstream connect error")
    discord.faults.clear()
    assert (await defined(discord, "leverage"))["title"] == "leverage"
    assert await process.stop() == 0
    assert "Traceback" not in process.log


async def test_a_signal_ends_the_bot_while_discord_fails(discord: DiscordServer, process: BotProcess) -> None:
    discord.faults["POST /interactions"] = Fault(status=503)
    await discord.dispatch("INTERACTION_CREATE", slash("define", {"term": "leverage"}))
    await discord.until(lambda: any("callback" in call.path for call in discord.calls))
    assert await process.stop() == 0
    assert "Traceback" not in process.log
