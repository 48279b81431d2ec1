"""Which glossary is served when no folder is set."""

from pathlib import Path

import pytest

from bot.packaged import default_glossary
from bot.settings import SettingsError, read_settings

ROOT = Path(__file__).parents[1]


def test_the_data_of_the_current_folder_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    assert default_glossary() == Path("data")


def test_the_glossary_that_comes_with_the_bot_is_served_from_any_other_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert default_glossary() == ROOT / "data"
    assert read_settings({"GLOSSARY_PATH": ""}, tmp_path / ".env").glossary_path == ROOT / "data"


def test_a_folder_that_is_set_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match="GLOSSARY_PATH is 'data'"):
        read_settings({"GLOSSARY_PATH": "data"}, tmp_path / ".env")
