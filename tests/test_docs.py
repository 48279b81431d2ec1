"""Every command, option, setting and exit code is documented, and the documents name nothing that does not exist."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import discord
import pytest
from discord import app_commands

from bot.cli import main
from bot.exits import ExitCode
from bot.settings import SETTINGS
from tests.world import World

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "contributing.md").read_text("utf-8")
DOCUMENTS = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
TOP_FOLDERS = ("bot", "data", "docs", "tests", "benchmarks", "requirements")
# What the guide for a new command makes, what only the installed package has, and a placeholder.
NOT_THERE = re.compile(r"/hello/|^bot/data$|NNNN")


def documented(pattern: str, text: str = README) -> set[str]:
    """What a pattern finds in the first column of the tables."""
    return set(re.findall(rf"^\| {pattern} \|", text, re.MULTILINE))


async def test_the_readme_lists_every_slash_command_with_its_options_and_no_other(world: World) -> None:
    usages = set()
    for command in world.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            options = [f"[{one.display_name}]" if not one.required else one.display_name for one in command.parameters]
            usages.add(" ".join([f"/{command.qualified_name}", *options]))
    assert documented("`(/[^`]+)`") == usages


async def test_the_readme_names_every_command_in_the_menu_of_a_message(world: World) -> None:
    for command in world.bot.tree.get_commands(type=discord.AppCommandType.message):
        assert f"*{command.name}*" in README


def test_the_readme_lists_every_command_of_the_command_line_and_no_other() -> None:
    assert isinstance(main, click.Group)
    assert documented("`python -m bot ([a-z]+)[^`]*`") == set(main.commands)


def test_the_readme_names_every_option_of_the_command_line() -> None:
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        (row,) = re.findall(rf"^\| `python -m bot {name}.*", README, re.MULTILINE)
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[0] in row


def test_the_readme_and_the_example_list_every_setting_with_its_default_and_no_other() -> None:
    defaults = {name: setting.default for name, setting in SETTINGS.items()}
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? ?\|", README, re.MULTILINE)
    assert dict(rows) == defaults
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    assert dict(line.split("=", 1) for line in lines if line and not line.startswith("#")) == defaults


def test_no_other_module_reads_the_environment() -> None:
    readers = [path for path in (ROOT / "bot").rglob("*.py") if re.search(r"environ|getenv", path.read_text("utf-8"))]
    assert {path.relative_to(ROOT).as_posix() for path in readers} == {"bot/cli.py", "bot/settings.py"}


def test_every_exit_code_is_documented_and_no_other() -> None:
    operating = (ROOT / "docs" / "operating.md").read_text("utf-8")
    assert documented(r"(\d) \| [^|]+ \|[^|]*", operating) == {str(code.value) for code in ExitCode}


def test_every_runtime_dependency_is_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    declared = re.search(r"\ndependencies = \[(.*?)\n\]\n.*?optional-dependencies\](.*?)\n\n", project, re.DOTALL)
    assert declared is not None
    names = re.findall(r'"([A-Za-z0-9._-]+(?:\[\w+\])?)', declared[1] + declared[2])
    assert len(names) >= 12
    for name in names:
        assert f"| {name.removesuffix('[asyncio]')} " in explained


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_link_is_dead(document: Path) -> None:
    for target in re.findall(r"\]\(([^):]+)\)", document.read_text("utf-8")):
        name, _, anchor = target.partition("#")
        path = document.parent / name if name else document
        assert path.exists(), target
        if anchor:
            assert anchor in anchors(path), target


def anchors(document: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document: Path) -> None:
    for name in re.findall(rf"`((?:{'|'.join(TOP_FOLDERS)})/[^`\s]*)`", document.read_text("utf-8")):
        assert NOT_THERE.search(name) or (ROOT / name).exists(), name


def test_the_layout_names_everything_in_the_top_folder_of_the_code() -> None:
    layout = GUIDE.partition("## The layout")[2].partition("data/")[0]
    named = set(re.findall(r"\w+\.py|\w+/", layout))
    for path in (ROOT / "bot").iterdir():
        if path.suffix == ".py" and path.name != "__init__.py":
            assert path.name in named
        if (path / "__init__.py").exists():
            assert f"{path.name}/" in named


def test_the_guide_follows_a_define_through_functions_that_exist() -> None:
    steps = re.findall(r"^\d+\. `(\S+\.py)`, `([\w.]+)`:", GUIDE, re.MULTILINE)
    assert len(steps) == 10
    for path, function in steps:
        assert function in set(definitions(ROOT / path)), f"{path} has no {function}"


def test_the_vocabulary_names_classes_that_exist() -> None:
    names = {name for path in (ROOT / "bot").rglob("*.py") for name in definitions(path)}
    vocabulary = (ROOT / "docs" / "vocabulary.md").read_text("utf-8")
    named = re.findall(r"\(`([A-Z]\w*[a-z](?:\.\w+)?)`\)", vocabulary)
    assert len(named) >= 20
    assert set(named) <= names


def definitions(path: Path) -> Iterator[str]:
    """The names of the classes, methods and functions of a module, methods as "Class.method"."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{node.name}.{part.name}"
