"""Every command, setting and exit code is documented, and no link in the documents is dead."""

import re
from pathlib import Path

import click
import pytest
from discord import app_commands

from bot.cli import main
from bot.exits import ExitCode
from bot.settings import SETTINGS
from tests.world import World

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


async def test_every_slash_command_is_in_the_readme(world: World) -> None:
    for command in world.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            options = [f"[{one.name}]" if not one.required else one.name for one in command.parameters]
            assert f"`{' '.join(['/' + command.qualified_name, *options])}`" in README


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    assert isinstance(main, click.Group)
    for name in main.commands:
        assert f"`python -m bot {name}" in README


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_in_the_readme_and_the_example_with_its_default(setting: str) -> None:
    default = SETTINGS[setting].default
    assert re.search(rf"^\| `{setting}` \| {f'`{default}`' if default else ''} ?\|", README, re.MULTILINE)
    assert f"\n{setting}={default}\n" in (ROOT / ".env.example").read_text("utf-8")


def test_every_exit_code_is_documented() -> None:
    operating = (ROOT / "docs" / "operating.md").read_text("utf-8")
    for code in ExitCode:
        assert f"\n| {code.value} | " in operating


def test_every_runtime_dependency_is_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    declared = re.search(r"\ndependencies = \[(.*?)\n\]\n.*?optional-dependencies\](.*?)\n\n", project, re.DOTALL)
    assert declared is not None
    names = re.findall(r'"([A-Za-z0-9._-]+(?:\[\w+\])?)', declared[1] + declared[2])
    assert len(names) >= 12
    for name in names:
        assert f"| {name.removesuffix('[asyncio]')} " in explained


def test_no_link_in_the_documents_is_dead() -> None:
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
