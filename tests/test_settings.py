"""The settings: read from the environment and `.env`, validated once."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import SETTINGS, LogFormat, Settings, SettingsError, SyncCommands, read_settings

TOKEN = "MTIzNDU2.abc-def_ghi"
PASSWORD = "hunter2-is-secret"
Read = Callable[..., Settings]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read settings from an environment, and from a file with a text when there is one."""

    def reader(file: str | None = None, **environment: str) -> Settings:
        path = tmp_path / ".env"
        if file is not None:
            path.write_text(file, "utf-8")
        return read_settings({"GLOSSARY_PATH": str(tmp_path)} | environment, path)

    return reader


def test_every_setting_has_a_value_when_nothing_is_set(read: Read, tmp_path: Path) -> None:
    settings = read()
    assert settings.discord_token is None
    assert settings.discord_api_url == "https://discord.com/api/v10"
    assert str(settings.database_url) == "sqlite+aiosqlite:///var/glossary.db"
    assert settings.glossary_path == tmp_path
    assert settings.home_guild_ids == frozenset()
    assert settings.sync_commands is SyncCommands.CHANGED
    assert settings.log_level == logging.INFO
    assert settings.log_format is LogFormat.TEXT
    assert settings.playground_port == 8765


def test_the_glossary_that_ships_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    assert read_settings({}, tmp_path / ".env").glossary_path == Path("data")


def test_the_environment_beats_the_file_and_the_file_beats_the_default(read: Read) -> None:
    file = f"DISCORD_TOKEN={TOKEN}\nLOG_LEVEL=ERROR\nLOG_FORMAT=json\n"
    settings = read(file, LOG_LEVEL="DEBUG")
    assert settings.discord_token == TOKEN
    assert settings.log_level == logging.DEBUG
    assert settings.log_format is LogFormat.JSON
    assert settings.sync_commands is SyncCommands.CHANGED


@pytest.mark.parametrize("name", sorted(SETTINGS.keys() - {"GLOSSARY_PATH"}))
def test_blank_means_unset(read: Read, name: str) -> None:
    assert read(**{name: ""}) == read()
    assert read(f"{name}=\n") == read()
    assert read(f"{name}=\n", **{name: ""}) == read()


def test_blank_in_the_environment_leaves_it_to_the_file(read: Read) -> None:
    assert read("LOG_LEVEL=ERROR\n", LOG_LEVEL="").log_level == logging.ERROR


@pytest.mark.parametrize("name", ["LOG_LEVEL", "LOG_FORMAT", "SYNC_COMMANDS", "DATABASE_URL", "DISCORD_API_URL"])
def test_white_space_is_blank(read: Read, name: str) -> None:
    assert read(**{name: "  "}) == read()


def test_white_space_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    assert read_settings({"GLOSSARY_PATH": "  "}, tmp_path / ".env").glossary_path == Path("data")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("DISCORD_TOKEN", f" {TOKEN}\n", TOKEN),
        ("DISCORD_API_URL", "http://localhost:8080/api/v10/", "http://localhost:8080/api/v10"),
        ("HOME_GUILD_IDS", "1, 2 3,,2", frozenset({1, 2, 3})),
        ("HOME_GUILD_IDS", "9223372036854775807", frozenset({(1 << 63) - 1})),
        ("SYNC_COMMANDS", "Always", SyncCommands.ALWAYS),
        ("SYNC_COMMANDS", "never", SyncCommands.NEVER),
        ("LOG_LEVEL", "warning", logging.WARNING),
        ("LOG_FORMAT", "JSON", LogFormat.JSON),
        ("PLAYGROUND_PORT", "0", 0),
        ("PLAYGROUND_PORT", "65535", 65535),
    ],
)
def test_a_value_is_read(read: Read, name: str, text: str, value: object) -> None:
    assert getattr(read(**{name: text}), name.lower()) == value


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("sqlite:///var/a.db", "sqlite+aiosqlite:///var/a.db"),
        ("sqlite:////srv/a.db", "sqlite+aiosqlite:////srv/a.db"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        (f"postgres://me:{PASSWORD}@db/bot", f"postgresql+asyncpg://me:{PASSWORD}@db/bot"),
        (
            f"postgresql://me:{PASSWORD}@db:5432/bot?ssl=require",
            f"postgresql+asyncpg://me:{PASSWORD}@db:5432/bot?ssl=require",
        ),
        ("postgresql+asyncpg://db/bot", "postgresql+asyncpg://db/bot"),
        ("postgresql://me:p@ss@w@db:5432/bot", "postgresql+asyncpg://me:p%40ss%40w@db:5432/bot"),
        ("postgresql://me:p%40ss@db/bot?sslmode=require", "postgresql+asyncpg://me:p%40ss@db/bot?sslmode=require"),
    ],
)
def test_a_database_is_talked_to_by_its_asynchronous_driver(read: Read, text: str, url: str) -> None:
    assert read(DATABASE_URL=text).database_url.render_as_string(hide_password=False) == url


WRONG = [
    ("DISCORD_API_URL", "discord.com"),
    ("DISCORD_API_URL", "ftp://discord.com"),
    ("DISCORD_API_URL", "https://"),
    ("DISCORD_API_URL", "https://discord.com/?a=b"),
    ("GLOSSARY_PATH", "/no/such/folder"),
    ("GLOSSARY_PATH", __file__),
    ("HOME_GUILD_IDS", "my server"),
    ("HOME_GUILD_IDS", "1, two"),
    ("HOME_GUILD_IDS", "0"),
    ("HOME_GUILD_IDS", "-1"),
    ("HOME_GUILD_IDS", "9223372036854775808"),
    ("SYNC_COMMANDS", "sometimes"),
    ("ANSWER_MENTIONS", "perhaps"),
    ("ANSWERS_PER_MINUTE", "-1"),
    ("ANSWERS_PER_MINUTE", "1.5"),
    ("LOG_LEVEL", "LOUD"),
    ("LOG_LEVEL", "10"),
    ("KEEP_MISSES_DAYS", "0"),
    ("KEEP_MISSES_DAYS", "forever"),
    ("KEEP_LEFT_SERVERS_DAYS", "3651"),
    ("LOG_FORMAT", "xml"),
    ("PLAYGROUND_PORT", "65536"),
    ("PLAYGROUND_PORT", "-1"),
    ("PLAYGROUND_PORT", "http"),
]
WRONG_SECRETS = [
    ("DISCORD_TOKEN", f"Bot {PASSWORD}"),
    ("DISCORD_TOKEN", f"{PASSWORD}\x07"),
    ("DATABASE_URL", PASSWORD),
    ("DATABASE_URL", f"mysql://me:{PASSWORD}@db/bot"),
    ("DATABASE_URL", f"postgresql+psycopg2://me:{PASSWORD}@db/bot"),
    ("DATABASE_URL", f"postgresql://me:{PASSWORD}@db"),
    ("DATABASE_URL", f"postgresql://me:{PASSWORD}@db:port/bot"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///:memory:"),
]


def problems_of(read: Read, file: str | None = None, **environment: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        read(file, **environment)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_a_wrong_value_is_told_with_its_name_the_value_and_what_is_accepted(read: Read, name: str, text: str) -> None:
    (problem,) = problems_of(read, **{name: text})
    assert problem == f"{name} is {text!r}; it takes {SETTINGS[name].accepted}."


@pytest.mark.parametrize(("name", "text"), WRONG_SECRETS)
def test_a_wrong_secret_is_told_by_its_name_and_never_shown(read: Read, name: str, text: str) -> None:
    (problem,) = problems_of(read, **{name: text})
    assert problem == f"{name} is not valid; it takes {SETTINGS[name].accepted}."
    assert PASSWORD not in problem


@pytest.mark.parametrize(("name", "words"), [("SYNC_COMMANDS", SyncCommands), ("LOG_FORMAT", LogFormat)])
def test_what_is_accepted_names_every_choice(name: str, words: type[SyncCommands] | type[LogFormat]) -> None:
    assert all(word in SETTINGS[name].accepted for word in words)


def test_every_field_can_be_set_and_every_setting_is_a_field() -> None:
    assert {name.lower() for name in SETTINGS} == set(Settings.__struct_fields__)


def test_everything_that_is_wrong_is_told_at_once(read: Read) -> None:
    wrong = dict([*WRONG, *WRONG_SECRETS])
    problems = problems_of(read, **wrong)
    assert sorted(problem.split()[0] for problem in problems) == sorted(wrong) == sorted(SETTINGS)


def test_a_wrong_value_in_the_file_is_told_too(read: Read) -> None:
    (problem,) = problems_of(read, "LOG_LEVEL=LOUD\n")
    assert problem.startswith("LOG_LEVEL is 'LOUD'")


def test_no_secret_stands_in_the_error_or_in_what_led_to_it(read: Read) -> None:
    with pytest.raises(SettingsError) as caught:
        read(DATABASE_URL=f"postgresql://me:{PASSWORD}@db:port/bot")
    error: BaseException | None = caught.value
    while error is not None:
        assert PASSWORD not in repr(error)
        error = error.__cause__ or error.__context__


def test_a_path_that_is_too_long_is_told(read: Read) -> None:
    (problem,) = problems_of(read, GLOSSARY_PATH="x" * 5000)
    assert problem.startswith("GLOSSARY_PATH")


def test_a_file_that_is_no_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"# caf\xe9\nLOG_LEVEL=INFO\n")
    with pytest.raises(SettingsError):
        read_settings({"GLOSSARY_PATH": str(tmp_path)}, tmp_path / ".env")


def test_a_byte_order_mark_in_the_file_is_fine(read: Read) -> None:
    assert read(f"\ufeffDISCORD_TOKEN={TOKEN}\n").discord_token == TOKEN


def test_a_password_with_an_at_sign_is_not_shown_in_any_address(read: Read) -> None:
    (problem,) = problems_of(read, DISCORD_API_URL=f"https://me:a@{PASSWORD}@discord.com/?a=b")
    assert PASSWORD not in problem
    url = read(DATABASE_URL=f"postgresql://me:a@{PASSWORD}@db/bot").database_url
    assert (url.password, url.host) == (f"a@{PASSWORD}", "db")


def test_settings_can_be_shown_without_their_secrets(read: Read) -> None:
    settings = read(DISCORD_TOKEN=TOKEN, DATABASE_URL=f"postgresql://me:{PASSWORD}@db/bot")
    assert PASSWORD not in repr(settings)
    assert TOKEN not in repr(settings)
