"""Log lines: no secrets in them, and no tracebacks for a network that is down."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import aiohttp
import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.logs import configure_logs
from bot.settings import LogFormat

SECRET = "MTIzNDU2Nzg5.GaBcDe.f-g_h"
PASSWORD = "hunter2"
REPLY_TOKEN = "aW50ZXJhY3Rpb246MTIz.x-y_z~0"
FORMATS = pytest.mark.parametrize("log_format", list(LogFormat))
Log = Callable[[LogFormat], logging.Logger]


@pytest.fixture(autouse=True)
def root() -> Iterator[None]:
    """Give back the root logger as it was."""
    before = logging.root.handlers[:], logging.root.level
    logging.root.handlers[:] = []
    yield
    logging.root.handlers[:] = before[0]
    logging.root.setLevel(before[1])


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """Return the lines that were logged since the last call."""

    def written() -> list[str]:
        out, err = capsys.readouterr()
        assert out == ""
        return err.removesuffix("\n").split("\n") if err else []

    return written


Lines = Callable[[], list[str]]


def configure(log_format: LogFormat, level: int = logging.INFO, *secrets: str) -> None:
    configure_logs(level, log_format, secrets or (SECRET, PASSWORD, ""))


def raised(error: Exception) -> Exception:
    """Return the error with a traceback."""
    try:
        raise error
    except type(error):
        return error


def http_error(text: str) -> discord.HTTPException:
    """Return the error that Discord's answer of this text is raised as."""

    class Answer:
        status = 503
        reason = "Service Unavailable"

    answer: Any = Answer()  # all that it reads of the answer
    return discord.HTTPException(answer, text)


@FORMATS
def test_a_secret_in_a_message_or_its_arguments_is_blotted_out(log_format: LogFormat, lines: Lines) -> None:
    configure(log_format)
    logging.getLogger("bot").warning("token %s of %r", SECRET, {"password": PASSWORD})
    logging.getLogger(f"bot.{SECRET}").warning("%s%s", SECRET, PASSWORD)
    written = "\n".join(lines())
    assert SECRET not in written
    assert PASSWORD not in written
    assert written.count("[secret]") == 5


@FORMATS
def test_a_secret_in_a_traceback_is_blotted_out(log_format: LogFormat, lines: Lines) -> None:
    configure(log_format)
    error = ValueError(f"bad token {SECRET}")
    error.__cause__ = KeyError(PASSWORD)
    logging.getLogger("bot").error("it failed", exc_info=raised(error))
    written = "\n".join(lines())
    assert SECRET not in written
    assert PASSWORD not in written
    assert "Traceback" in written
    assert "KeyError: '[secret]'" in written
    assert "ValueError: bad token [secret]" in written


@FORMATS
@pytest.mark.parametrize(
    "path",
    [
        f"/interactions/123/{REPLY_TOKEN}/callback",
        f"/webhooks/123/{REPLY_TOKEN}",
        f"https://discord.com/api/v10/webhooks/123/{REPLY_TOKEN}/messages/@original?wait=true",
    ],
)
def test_the_token_of_a_reply_is_blotted_out(log_format: LogFormat, path: str, lines: Lines) -> None:
    configure(log_format)
    logging.getLogger("discord.http").info("PATCH %s has returned 200", path)
    logging.getLogger("bot").error("at %s", path, exc_info=raised(RuntimeError(path)))
    written = "\n".join(lines())
    assert REPLY_TOKEN not in written
    assert "aW50" not in written
    assert written.count("/123/[token]") >= 3


@FORMATS
def test_what_follows_the_token_of_a_reply_is_kept(log_format: LogFormat, lines: Lines) -> None:
    configure(log_format)
    logging.getLogger("discord.http").info(
        "POST /interactions/1/%s/callback failed, /channels/2/messages/3", REPLY_TOKEN
    )
    assert "POST /interactions/1/[token]/callback failed, /channels/2/messages/3" in lines()[0]


@pytest.mark.parametrize("secret", ['pa"ss', "pa\\ss", "pa\tss"])
def test_a_secret_that_json_writes_otherwise_is_blotted_out(secret: str, lines: Lines) -> None:
    configure(LogFormat.JSON, logging.INFO, secret)
    logging.getLogger("bot").warning("password %s", secret)
    assert json.loads(lines()[0])["message"] == "password [secret]"


@pytest.mark.parametrize("secret", ["message", '"', ":"])
def test_a_secret_that_is_part_of_json_breaks_no_line(secret: str, lines: Lines) -> None:
    configure(LogFormat.JSON, logging.INFO, secret)
    logging.getLogger("bot").warning("hello")
    assert json.loads(lines()[0])["message"] == "hello"


@FORMATS
def test_without_secrets_nothing_is_blotted_out(log_format: LogFormat, lines: Lines) -> None:
    configure_logs(logging.INFO, log_format, ["", ""])
    logging.getLogger("bot").warning("hello")
    written = lines()
    assert "hello" in written[0]
    assert "[secret]" not in written[0]


NETWORK_ERRORS = [
    ConnectionResetError(104, "Connection reset by peer"),
    OSError("no route"),
    TimeoutError("took too long"),
    aiohttp.ClientConnectionError("cannot connect"),
    http_error("upstream connect error"),
]


@FORMATS
@pytest.mark.parametrize("error", NETWORK_ERRORS, ids=lambda error: type(error).__name__)
def test_a_network_error_of_discord_is_a_warning_of_one_line(
    log_format: LogFormat, error: Exception, lines: Lines
) -> None:
    configure(log_format)
    logging.getLogger("discord.client").error("Attempting a reconnect in %.2fs", 1.5, exc_info=error)
    (line,) = lines()
    assert "Attempting a reconnect in 1.50s" in line
    assert f"({type(error).__name__}: {error})" in line
    assert "WARNING" in line
    assert "ERROR" not in line
    assert "raceback" not in line


def test_a_network_error_of_several_lines_is_one_line(lines: Lines) -> None:
    configure(LogFormat.TEXT)
    error = http_error("Invalid Form Body\nIn content: too long")
    logging.getLogger("discord.client").error("Failed", exc_info=error)
    assert len(lines()) == 1


@FORMATS
def test_a_network_error_of_our_own_keeps_its_traceback(log_format: LogFormat, lines: Lines) -> None:
    configure(log_format)
    logging.getLogger("bot.storage").error("cannot write", exc_info=OSError("disk full"))
    written = "\n".join(lines())
    assert "OSError: disk full" in written
    assert "ERROR" in written


@FORMATS
def test_another_error_of_discord_keeps_its_traceback(log_format: LogFormat, lines: Lines) -> None:
    configure(log_format)
    logging.getLogger("discord.client").error("Ignoring exception in on_ready", exc_info=raised(ValueError("wrong")))
    written = "\n".join(lines())
    assert "Traceback" in written
    assert "ValueError: wrong" in written


@FORMATS
def test_the_token_of_a_reply_in_a_network_error_is_blotted_out(log_format: LogFormat, lines: Lines) -> None:
    configure(log_format)
    error = OSError(f"POST /webhooks/1/{REPLY_TOKEN} with {SECRET}")
    logging.getLogger("discord.http").error("Failed", exc_info=error)
    (line,) = lines()
    assert "/webhooks/1/[token] with [secret]" in line


@FORMATS
@pytest.mark.parametrize(
    "message",
    [
        "Guilds intent seems to be disabled. This may cause state related issues.",
        "Privileged message content intent is missing, commands may not work as expected.",
        "PyNaCl is not installed, voice will NOT be supported",
    ],
)
def test_what_discord_warns_of_and_is_intended_is_dropped(log_format: LogFormat, message: str, lines: Lines) -> None:
    configure(log_format)
    logging.getLogger("discord.client").warning(message)
    assert lines() == []
    logging.getLogger("bot").warning(message)
    assert len(lines()) == 1


@FORMATS
def test_lines_below_the_level_are_dropped(log_format: LogFormat, lines: Lines) -> None:
    configure(log_format, logging.WARNING, SECRET)
    logging.getLogger("bot").info("quiet")
    logging.getLogger("bot").warning("loud")
    (line,) = lines()
    assert "loud" in line


def test_migrations_that_went_well_are_not_told(lines: Lines) -> None:
    configure(LogFormat.TEXT, logging.DEBUG, SECRET)
    logging.getLogger("alembic.runtime.migration").info("Running upgrade")
    assert lines() == []


def test_configuring_again_does_not_write_lines_twice(lines: Lines) -> None:
    configure(LogFormat.TEXT)
    configure(LogFormat.JSON)
    logging.getLogger("bot").info("once")
    (line,) = lines()
    assert json.loads(line)["message"] == "once"


def test_a_text_line_tells_the_level_the_logger_and_the_message(lines: Lines) -> None:
    configure(LogFormat.TEXT)
    logging.getLogger("bot.run").info("ready with %d entries", 3)
    assert lines()[0].endswith(" INFO    bot.run: ready with 3 entries")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(message=st.text(), argument=st.text(), failure=st.none() | st.text())
def test_a_json_line_parses_whatever_is_logged(lines: Lines, message: str, argument: str, failure: str | None) -> None:
    configure(LogFormat.JSON)
    error = None if failure is None else ValueError(failure)
    logging.getLogger("bot").warning("%s %s", message, argument, exc_info=error)
    written = "\n".join(lines())
    read = json.loads(written)
    assert read.keys() == {"time", "level", "logger", "message"} | ({"traceback"} if error else set())
    assert (read["level"], read["logger"], read["message"]) == ("WARNING", "bot", f"{message} {argument}")
    assert read["time"].endswith("+00:00")
