"""`pip install` installs the whole bot: the code, the glossary and the migrations, and nothing else."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sysconfig.get_path("scripts"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("built")
    # With the build backend that is installed here, there is nothing to download.
    options = ("--offline", "--no-build-isolation", "--python", sys.executable, "--out-dir", str(folder))
    subprocess.run([BIN / "uv", "build", "--quiet", *options, str(ROOT)], check=True)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel was installed into, without its dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    [wheel] = built.glob("*.whl")
    options = ("--offline", "--no-deps", "--python", sys.executable, "--target", str(folder))
    subprocess.run([BIN / "uv", "pip", "install", "--quiet", *options, str(wheel)], check=True)
    return folder


def call(installed: Path, folder: Path, *arguments: str) -> str:
    """Call the installed bot's console script in a folder, and return what it prints."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    script = [sys.executable, str(installed / "bin" / "ibkr-glossary-bot")]
    done = subprocess.run(
        [*script, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def shipped(folder: str) -> set[str]:
    """Return the files of a folder of the checkout, without what Python compiled."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in files}


def test_the_wheel_holds_the_code_the_glossary_and_the_migrations_and_nothing_else(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == shipped("bot") | {f"bot/{name}" for name in shipped("data")}
    assert {"bot/data/glossary.toml", "bot/data/category.schema.json"} <= names
    assert {"bot/storage/migrations/env.py", "bot/storage/migrations/script.py.mako"} <= names
    assert any(name.startswith("bot/storage/migrations/versions/") for name in names)


def test_the_source_archive_holds_what_the_tests_need(built: Path) -> None:
    [archive] = built.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert shipped("bot") | shipped("data") | shipped("tests") <= names
    assert {"README.md", "LICENSE", "pyproject.toml", ".env.example"} <= names
    assert not any("__pycache__" in name for name in names)


def test_an_installed_bot_finds_its_glossary_from_any_folder(installed: Path, tmp_path: Path) -> None:
    assert "trusted IPs" in call(installed, tmp_path, "ask", "trusted", "IPs")
    assert f"{installed / 'bot' / 'data'}: " in call(installed, tmp_path, "check").replace("\n", "")


def test_an_installed_bot_prefers_the_glossary_of_the_current_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in shipped("data"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    assert call(installed, tmp_path, "check").rstrip().splitlines()[-1].startswith("data: ")


def test_an_installed_bot_creates_its_database(installed: Path, tmp_path: Path) -> None:
    call(installed, tmp_path, "forget", "--user", "1")
    assert (tmp_path / "var" / "glossary.db").is_file()
