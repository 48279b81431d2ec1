"""Following docs/contributing.md step by step ends with a feature that passes the checks, and no step can be left out.

Each test copies the project, applies the code in the guide to the copy, and runs the checks there.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sysconfig.get_path("scripts"))
GUIDE = (ROOT / "docs" / "contributing.md").read_text("utf-8")
FOLDERS = ("bot", "data", "docs", "tests")
FILES = ("README.md", "pyproject.toml", ".env.example")
FEATURE = "bot/features/hello"
STEPS = (1, 2, 3, 4, 5)
LINT_IMPORTS = (BIN / "lint-imports", "--no-cache")
# The code of a step stands below the path of its file.
CODE = re.compile(r"`(?P<path>[\w./]+)`[^`\n]*:\n\n```(?P<language>python|diff)\n(?P<text>.*?)```", re.DOTALL)

pytestmark = pytest.mark.slow


class Code(NamedTuple):
    """Code in the guide: a new file as Python, or a change of a file as a diff."""

    path: str
    language: str
    text: str

    def apply(self, folder: Path) -> None:
        """Write the new file, or make the change where its context stands, which must be in one place only."""
        file = folder / self.path
        if self.language == "python":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, "utf-8")
            return
        lines = self.text.splitlines(keepends=True)
        before = "".join(line[1:] or "\n" for line in lines if not line.startswith("+"))
        after = "".join(line[1:] or "\n" for line in lines if not line.startswith("-"))
        content = file.read_text("utf-8")
        assert content.count(before) == 1, f"{self.path} has other lines than the guide:\n{before}"
        file.write_text(content.replace(before, after), "utf-8")


def code_below(heading: str) -> list[Code]:
    """The code between a heading of the guide and the next heading of any kind."""
    _, found, rest = GUIDE.partition(f"\n{heading}")
    assert found, f"the guide has no heading {heading!r}"
    section = re.split(r"\n##+ ", rest)[0]
    return [Code(**code.groupdict()) for code in CODE.finditer(section)]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def take_steps(folder: Path, steps: Iterable[int]) -> None:
    """Take some of the five steps."""
    for step in steps:
        for code in code_below(f"### {step}. "):
            code.apply(folder)


def add_button_and_form(folder: Path) -> None:
    """Do what the guide says after the five steps."""
    for heading in ("## Add a button", "## Add a form"):
        for code in code_below(heading):
            code.apply(folder)


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder and keep what it prints."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def run_tests(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run some of the tests of a folder."""
    return run(folder, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


def assert_passed(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr


def assert_failed(done: subprocess.CompletedProcess[str], why: str) -> None:
    assert done.returncode == 1, done.stdout + done.stderr
    assert why in done.stdout


def test_every_step_has_code() -> None:
    for step in STEPS:
        assert code_below(f"### {step}. ")
    assert GUIDE.count("\n### ") == len(STEPS)
    fences = GUIDE.count("```python\n") + GUIDE.count("```diff\n")
    assert fences == len(list(CODE.finditer(GUIDE)))


def test_the_import_contracts_are_broken_until_they_name_the_feature(copy: Path) -> None:
    take_steps(copy, (1, 2, 3))
    assert_failed(run(copy, *LINT_IMPORTS), "bot.features.hello")
    take_steps(copy, (4,))
    assert_passed(run(copy, *LINT_IMPORTS))


def test_without_step_4_there_is_no_such_command(copy: Path) -> None:
    take_steps(copy, (1, 2, 3, 5))
    assert_failed(run_tests(copy, "tests/features/hello"), "hello")


def test_without_step_5_the_documentation_is_incomplete(copy: Path) -> None:
    take_steps(copy, (1, 2, 3, 4))
    assert_failed(run_tests(copy, "tests/test_docs.py", "-k", "slash_command"), "'/hello'")


def test_the_finished_feature_passes_the_checks(copy: Path) -> None:
    take_steps(copy, STEPS)
    assert_passed(run(copy, *LINT_IMPORTS))
    add_button_and_form(copy)
    documented = "tests/test_docs.py::test_the_readme_lists_every_slash_command_with_its_options_and_no_other"
    verbs = "tests/chat/test_components.py"
    assert_passed(run_tests(copy, "tests/features/hello", "tests/test_disclaimer.py", documented, verbs))
    assert_passed(run(copy, *LINT_IMPORTS))
    for check in (("check", "--no-cache"), ("format", "--check", "--no-cache")):
        assert_passed(run(copy, BIN / "ruff", *check, FEATURE, "bot/features/dispatch.py", "tests/features/hello"))
