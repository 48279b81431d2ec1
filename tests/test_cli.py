"""The command line, as somebody in a shell uses it."""

import asyncio
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import __version__
from bot.cli import main
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.server_settings import AllServerSettings
from bot.storage.suggestions import Suggestions
from tests.world import DISCLAIMER


@pytest.fixture
def shell(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    """A shell in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return CliRunner(env=environment)


def call(shell: CliRunner, *arguments: str) -> Result:
    """Call the command line."""
    return shell.invoke(main, arguments)


def test_ask_prints_the_entry_with_the_disclaimer(shell: CliRunner) -> None:
    result = call(shell, "ask", "trsuted", "ips")
    assert result.exit_code == 0
    for text in (
        "Addresses that may connect",
        "*Stars* stay stars",
        'print("hello")',
        "API socket · security",
        DISCLAIMER,
    ):
        assert text in result.output


@pytest.mark.parametrize("nothing", ["", "  "])
def test_ask_refuses_nothing(shell: CliRunner, nothing: str) -> None:
    result = call(shell, "ask", nothing)
    assert result.exit_code == 2
    assert "Ask for a term or in plain words" in result.output


def test_the_help_shows_whole_sentences(shell: CliRunner) -> None:
    result = call(shell, "--help")
    assert "..." not in result.output.partition("Commands:")[2]


def test_a_misspelt_setting_is_named_with_the_right_one(shell: CliRunner, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCRD_TOKEN=secret\nOTHER=1\n", "utf-8")
    result = call(shell, "ask", "trusted ips")
    assert "DISCRD_TOKEN is not a setting of the bot. Do you mean DISCORD_TOKEN?" in result.output
    assert "OTHER" not in result.output
    assert "secret" not in result.output


def test_ask_takes_a_line_of_a_log_with_a_minus_sign(shell: CliRunner) -> None:
    result = call(shell, "ask", "-1", "trusted", "ips")
    assert result.exit_code == 0
    assert "“-1 trusted ips”" in result.stdout


def test_ask_says_what_is_not_there(shell: CliRunner) -> None:
    result = call(shell, "ask", "pizza")
    assert result.exit_code == 1
    assert "Not found" in result.output
    assert DISCLAIMER in result.output


def test_ask_prints_the_address_of_the_table_for_an_unknown_code(shell: CliRunner, data: Path) -> None:
    file = data / "tws.toml"
    message = '[[message]]\ncode = 502\nkind = "error"\ntitle = "No connection"\ndefinition = "Nothing listens."\n'
    file.write_text(file.read_text("utf-8") + message, "utf-8")
    file = data / "glossary.toml"
    file.write_text(file.read_text("utf-8") + 'codes_table = "https://example.com/codes"\n', "utf-8")
    result = call(shell, "ask", "error", "777")
    assert result.exit_code == 1
    assert "No entry for 777" in result.output
    assert "https://example.com/codes" in result.output


def test_check_lists_warnings_and_sizes(shell: CliRunner) -> None:
    result = call(shell, "check")
    assert result.exit_code == 0
    assert "tws.toml:15: warning: trusted IPs: related 'security' is not an entry" in result.output
    assert "3 entries, 1 warning." in result.output


def test_check_of_a_broken_folder_lists_every_problem_and_fails(shell: CliRunner, data: Path) -> None:
    file = data / "tws.toml"
    file.write_text(file.read_text("utf-8").replace("order = 1", 'order = "one"\ncolor = 5'), "utf-8")
    result = call(shell, "check", str(data))
    assert result.exit_code == 1
    assert "tws.toml:7: error: [category]: `order` should be int, got text" in result.output
    assert "tws.toml:8: error: [category]: unknown field `color`" in result.output
    assert "2 to correct" in result.output


def test_check_of_a_folder_that_is_not_there_says_so(shell: CliRunner) -> None:
    result = call(shell, "check", "nowhere")
    assert result.exit_code == 1
    assert "nowhere:1: error: no such folder" in result.output


def test_wrong_settings_are_said_and_fail(shell: CliRunner) -> None:
    result = shell.invoke(main, ["ask", "x"], env={"LOG_LEVEL": "loud"})
    assert result.exit_code == 2
    assert "LOG_LEVEL is 'loud'; it takes DEBUG, INFO, WARNING or ERROR." in result.output


def test_run_without_a_token_says_what_to_do(shell: CliRunner) -> None:
    result = call(shell)
    assert result.exit_code == 2
    assert "DISCORD_TOKEN is not set" in result.output


def test_schema_writes_what_editors_need(shell: CliRunner, tmp_path: Path) -> None:
    result = call(shell, "schema", str(tmp_path))
    assert result.exit_code == 0
    assert (tmp_path / "category.schema.json").is_file()
    assert (tmp_path / "glossary.schema.json").is_file()


def stored(shell: CliRunner, guild_id: int, user_id: int) -> None:
    """Store something about a server and a person, as a bot does."""

    async def store() -> None:
        database = await Database.open(
            read_settings({name: value or "" for name, value in shell.env.items()}, Path("no.env")).database_url
        )
        await Suggestions(database).add(guild_id, user_id, "pizza", "")
        await AllServerSettings(database).set(guild_id, hide_replies=True)
        await database.close()

    asyncio.run(store())


def test_forget_deletes_what_is_stored_about_a_server_or_a_person(shell: CliRunner) -> None:
    stored(shell, 5, 7)
    stored(shell, 6, 7)
    result = call(shell, "forget", "--server", "5")
    assert (result.exit_code, result.output.split(".")[0]) == (0, "Deleted 2 rows about server 5")
    assert call(shell, "forget", "--server", "5").output.startswith("Deleted 0 rows")
    result = call(shell, "forget", "--user", "7")
    said = "Deleted about person 7: 1 suggestion of terms or corrections. Kept without their name: nothing.\n"
    assert result.output == said
    assert call(shell, "forget", "--server", "6").output.startswith("Deleted 1 row")


@pytest.mark.parametrize(
    "arguments", [(), ("--server", "1", "--user", "2"), ("--server", "0"), ("--user", "me"), ("--server", "9" * 20)]
)
def test_forget_without_exactly_one_id_deletes_nothing(shell: CliRunner, arguments: tuple[str, ...]) -> None:
    stored(shell, 1, 2)
    result = call(shell, "forget", *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert call(shell, "forget", "--server", "1").output.startswith("Deleted 2 rows")


def test_forget_says_that_an_id_is_none(shell: CliRunner) -> None:
    assert "'me' is not a valid id." in call(shell, "forget", "--user", "me").output


def test_forget_says_when_the_database_cannot_be_used(shell: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database", "utf-8")
    result = shell.invoke(main, ["forget", "--user", "1"], env={"DATABASE_URL": f"sqlite:///{tmp_path}/file"})
    assert result.exit_code == 4
    assert len(result.output.strip().splitlines()) == 1


def test_check_names_dead_links_and_the_entries_that_have_them(
    shell: CliRunner, data: Path, unused_tcp_port: int
) -> None:
    file = data / "tws.toml"
    address = f"http://127.0.0.1:{unused_tcp_port}/gone"
    file.write_text(file.read_text("utf-8").replace("https://example.com/trusted", f"{address}#part"), "utf-8")
    result = call(shell, "check", str(data), "--links")
    assert result.exit_code == 1
    assert f"{address}: it cannot be reached" in result.output
    assert "(trusted IPs)" in result.output
    assert "1 dead links." not in result.output
    assert "1 dead link." in result.output


def test_the_version_is_that_of_the_package(shell: CliRunner) -> None:
    assert call(shell, "--version").output == f"ibkr-glossary-bot {__version__}\n"


@pytest.mark.parametrize("command", [None, *main.commands])
def test_the_help_is_whole_sentences_without_ranges(shell: CliRunner, command: str | None) -> None:
    text = call(shell, *filter(None, (command, "--help"))).output
    described = re.findall(r"^  (?:-\S+(?:, -\S+)?(?: [A-Z]+)?|[a-z]+)  +(\S.*(?:\n {10,}\S.*)*)", text, re.MULTILINE)
    assert described
    assert all(one[0].isupper() and one.endswith(".") for one in described)
    assert "<=" not in text


def test_a_question_about_the_bot_itself_gets_the_help_of_the_terminal(shell: CliRunner) -> None:
    result = call(shell, "ask", "help")
    assert result.exit_code == 0
    assert "ask [OPTIONS] QUERY" in result.output


@pytest.mark.parametrize("query", ["", " "])
def test_an_empty_question_is_refused_with_an_example(shell: CliRunner, query: str) -> None:
    result = call(shell, "ask", query)
    assert result.exit_code == 2
    assert "such as: ask trusted IPs" in result.output


def test_an_answer_in_the_terminal_shows_nothing_to_press(shell: CliRunner) -> None:
    output = call(shell, "ask", "trusted IPs").output
    assert "[" not in output
    assert "Dismiss" not in output
