"""Starting, stopping and failing, as a supervisor sees it."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.process import BotProcess
from tests.wire.asking import restart
from tests.wire.discord_server import TOKEN, DiscordServer, Fault
from tests.wire.payloads import slash


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_the_bot_in_order(
    process: BotProcess, discord_server: DiscordServer, number: signal.Signals
) -> None:
    await process.start()
    await discord_server.connected()
    assert await process.stop(number) == 0
    assert "Traceback" not in process.log


async def test_an_answer_in_flight_is_finished_before_the_end(
    process: BotProcess, discord_server: DiscordServer
) -> None:
    await process.start()
    await discord_server.connected()
    discord_server.faults["POST /interactions"] = Fault(seconds=1)
    await discord_server.dispatch("INTERACTION_CREATE", payload := slash("define", {"term": "leverage"}))
    await discord_server.until(lambda: any("callback" in call.path for call in discord_server.calls))
    assert await process.stop() == 0
    assert payload["token"] in {call.path.split("/")[3] for call in discord_server.calls if "callback" in call.path}
    assert "Answering failed" not in process.log


async def test_a_signal_ends_the_bot_in_an_outage(process: BotProcess, discord_server: DiscordServer) -> None:
    await process.start()
    await discord_server.connected()
    async with discord_server.outage():
        assert await process.stop() == 0
    assert "Traceback" not in process.log


async def test_a_signal_ends_the_bot_while_it_is_starting(process: BotProcess, discord_server: DiscordServer) -> None:
    discord_server.faults["GET /users/@me"] = Fault(status=500)
    await process.start()
    await discord_server.until(lambda: bool(discord_server.calls), 20)
    assert await process.stop() == 0


async def test_the_bot_comes_back_after_an_outage(process: BotProcess, discord_server: DiscordServer) -> None:
    await process.start()
    await discord_server.connected()
    async with discord_server.outage():
        discord_server.sessions.clear()
    await discord_server.connected(30)
    answer = await discord_server.interact(slash("define", {"term": "leverage"}))
    assert answer.type == 4


async def test_after_an_invalid_session_the_gateway_of_the_api_is_used(
    process: BotProcess, discord_server: DiscordServer
) -> None:
    await process.start()
    await discord_server.connected()
    discord_server.sessions.clear()
    await discord_server.drop_connections()
    await discord_server.connected(40)
    assert len(discord_server.identifies) == 2


async def fails(process: BotProcess, code: int, *words: str) -> None:
    """Start the bot and see it end with an exit code and a plain message."""
    await process.start()
    assert await process.ended() == code, process.log
    last = process.log.strip().splitlines()[-1]
    assert "Traceback" not in process.log
    for word in words:
        assert word in last
    assert TOKEN not in process.log


async def test_a_wrong_token_is_exit_code_5(process: BotProcess, discord_server: DiscordServer) -> None:
    discord_server.token = "another"
    await fails(process, 5, "DISCORD_TOKEN")


async def test_a_token_that_the_gateway_refuses_is_exit_code_5(
    process: BotProcess, discord_server: DiscordServer
) -> None:
    discord_server.close_after_identify = 4004
    await fails(process, 5, "DISCORD_TOKEN")


async def test_an_unreachable_api_is_exit_code_6(process: BotProcess, discord_server: DiscordServer) -> None:
    async with discord_server.outage():
        await fails(process, 6, "cannot be used", discord_server.api_url)


async def test_a_failing_api_is_exit_code_6(process: BotProcess, discord_server: DiscordServer) -> None:
    discord_server.faults["GET /users/@me"] = Fault(status=503)
    await fails(process, 6, "cannot be used", "503")


async def test_an_unreachable_gateway_is_exit_code_6(process: BotProcess, discord_server: DiscordServer) -> None:
    async with discord_server.outage(rest=False):
        await fails(process, 6, "gateway", discord_server.gateway_url)


async def test_a_gateway_that_turns_the_bot_away_is_exit_code_6(
    process: BotProcess, discord_server: DiscordServer
) -> None:
    discord_server.gateway_status = 503
    await fails(process, 6, "gateway")


@pytest.mark.parametrize("code", [4010, 4013, 4014])
async def test_a_gateway_that_refuses_what_the_bot_asks_for_is_exit_code_7(
    process: BotProcess, discord_server: DiscordServer, code: int
) -> None:
    discord_server.close_after_identify = code
    await fails(process, 7, "refuses")


async def test_no_token_is_exit_code_2(process: BotProcess) -> None:
    process.environment["DISCORD_TOKEN"] = ""
    await fails(process, 2, "DISCORD_TOKEN is not set", "playground")


async def test_a_missing_data_folder_is_exit_code_2(process: BotProcess) -> None:
    process.environment["GLOSSARY_PATH"] = "nowhere"
    await fails(process, 2, "GLOSSARY_PATH", "'nowhere'")


async def test_broken_data_without_an_earlier_revision_is_exit_code_3(process: BotProcess, data: Path) -> None:
    (data / "tws.toml").write_text("[category\n", "utf-8")
    await fails(process, 3, "tws.toml:1")


async def test_broken_data_with_an_earlier_revision_serves_that_revision(
    process: BotProcess, discord_server: DiscordServer, data: Path
) -> None:
    await process.start()
    await discord_server.connected()
    await process.stop()
    (data / "tws.toml").write_text("[category\n", "utf-8")
    await restart(discord_server, process)
    answer = await discord_server.interact(slash("define", {"term": "leverage"}))
    assert answer.data["embeds"][0]["title"] == "leverage"
    await process.stop()
    assert "tws.toml:1" in process.log
    assert "revision 1, the last good one, serves instead" in process.log


async def test_a_database_that_is_none_is_exit_code_4(process: BotProcess, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("no database at all, but long enough to look like one" * 10, "utf-8")
    process.environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/no.db"
    await fails(process, 4, "DATABASE_URL", "no.db")


async def test_the_log_holds_neither_the_token_nor_the_tokens_of_replies(
    process: BotProcess, discord_server: DiscordServer
) -> None:
    await process.start()
    await discord_server.connected()
    payload = slash("define", {"term": "leverage"})
    await discord_server.interact(payload)
    discord_server.faults["POST /interactions"] = Fault(status=400, code=50035)
    failing = slash("about")
    await discord_server.dispatch("INTERACTION_CREATE", failing)
    await discord_server.until(lambda: any(failing["token"] in call.path for call in discord_server.calls))
    await process.stop()
    assert "bot.chat.command_runner" in process.log
    assert TOKEN not in process.log
    assert payload["token"] not in process.log
    assert failing["token"] not in process.log


async def test_a_damaged_database_is_exit_code_4(
    process: BotProcess, discord_server: DiscordServer, tmp_path: Path
) -> None:
    await process.start()
    await discord_server.connected()
    await process.stop()
    with closing(sqlite3.connect(tmp_path / "var" / "glossary.db")) as database:
        database.execute("DROP TABLE lookups")
    await fails(process, 4, "database", "lookups")


async def test_a_locked_database_does_not_hold_up_the_end(
    process: BotProcess, discord_server: DiscordServer, tmp_path: Path
) -> None:
    await process.start()
    await discord_server.connected()
    await discord_server.interact(slash("define", {"term": "leverage"}))
    with closing(sqlite3.connect(tmp_path / "var" / "glossary.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await process.stop() == 0
    assert "usage counts could not be written" in process.log
    assert "Traceback" not in process.log
