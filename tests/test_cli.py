"""The command line, as somebody in a shell uses it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
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


def test_ask_says_what_is_not_there(shell: CliRunner) -> None:
    result = call(shell, "ask", "pizza")
    assert result.exit_code == 1
    assert "No answer found" in result.output
    assert DISCLAIMER in result.output


def test_check_lists_warnings_and_sizes(shell: CliRunner) -> None:
    result = call(shell, "check")
    assert result.exit_code == 0
    assert "tws.toml:15: warning: trusted IPs: related 'security' is no entry" in result.output
    assert "3 entries, 1 warnings" in result.output


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
