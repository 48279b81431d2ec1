"""Reading `paths.toml`: each step is an entry, and every mistake is reported with its line."""

from pathlib import Path

import pytest

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry, LearningPath, Step
from bot.glossary.own import OWN_CATEGORY
from bot.glossary.pack import PackError, read_pack

GOOD = """[[path]]
name = "First connection"
description = "Connect  a program."
steps = [
  "API port: Is the door:  it has a number.",
  "trusted IPs: Let you in.",
]
"""


def problems(data: Path, text: str) -> list[str]:
    """What is wrong with a file of paths, without the folder."""
    (data / "paths.toml").write_text(text, "utf-8")
    with pytest.raises(PackError) as error:
        read_pack(data)
    return [str(problem).removeprefix(f"{data}/") for problem in error.value.problems]


def test_a_path_is_read_with_its_steps_in_order_by_name_or_alias(data: Path) -> None:
    (data / "paths.toml").write_text(GOOD, "utf-8")
    pack, _ = read_pack(data)
    assert pack.learning_paths == (
        LearningPath(
            id="first-connection",
            name="First connection",
            description="Connect a program.",
            steps=(Step("api-socket", "Is the door: it has a number."), Step("trusted-ips", "Let you in.")),
        ),
    )


def test_a_servers_own_entries_leave_the_paths_as_they_are(data: Path) -> None:
    (data / "paths.toml").write_text(GOOD, "utf-8")
    pack, _ = read_pack(data)
    own = Entry(id="own", name="own", category=OWN_CATEGORY.name, definition="Ours.")
    assert Glossary(pack).with_own([own], OWN_CATEGORY).pack.learning_paths == pack.learning_paths


def test_a_pack_without_paths_has_the_hash_that_it_had_before_there_were_paths(data: Path) -> None:
    pack, _ = read_pack(data)
    assert pack.learning_paths == ()
    before = pack.content_hash()
    (data / "paths.toml").write_text(GOOD, "utf-8")
    assert read_pack(data)[0].content_hash() != before


@pytest.mark.parametrize(
    ("replaced", "by", "expected"),
    [
        ('"API port: ', '"pizza: ', "paths.toml:4: First connection: step 'pizza' is not an entry"),
        ('"trusted IPs: ', '"API socket: ', "paths.toml:4: First connection: step 'API socket' comes twice"),
        (
            '"API port: Is the door:  it has a number."',
            '"API port"',
            "paths.toml:4: First connection: `steps` has an item that is not like “name: why it is a step”",
        ),
        ("description = ", "about = ", "paths.toml:1: First connection: `description` is missing"),
        ('"First connection"', '"!!!"', "paths.toml:2: !!!: '!!!' has no letter or digit"),
        ("[[path]]", "title = 1\n[[path]]", "paths.toml:1: unknown `title`; a file of paths has [[path]] tables alone"),
    ],
)
def test_a_mistake_is_reported_with_its_line(data: Path, replaced: str, by: str, expected: str) -> None:
    assert expected in problems(data, GOOD.replace(replaced, by))


def test_a_path_without_steps_and_a_name_that_comes_twice_are_reported(data: Path) -> None:
    empty = '[[path]]\nname = "Empty"\ndescription = "d"\nsteps = []\n'
    assert problems(data, GOOD + empty) == [
        "paths.toml:11: Empty: `steps` should be list of length >= 1",
    ]
    assert problems(data, GOOD + GOOD.replace("First connection", "first-connection")) == [
        f"paths.toml:9: first-connection: another path has this name already ({data}/paths.toml:1)"
    ]


@pytest.mark.parametrize("text", ["path = 5\n", "path = []\n"])
def test_a_file_without_paths_is_reported(data: Path, text: str) -> None:
    assert problems(data, text) == ["paths.toml:1: has no [[path]] tables"]


def test_something_else_than_a_table_is_reported(data: Path) -> None:
    assert problems(data, "path = [5]\n") == ["paths.toml:1: path 1: is not a [[path]] table"]


def test_a_category_may_have_that_file_name(data: Path) -> None:
    (data / "tws.toml").rename(data / "paths.toml")
    pack, _ = read_pack(data)
    assert pack.category_names == ("TWS",)


def test_paths_alone_make_no_glossary(data: Path) -> None:
    (data / "tws.toml").unlink()
    assert "paths.toml:4: First connection: step 'API port' is not an entry" in problems(data, GOOD)
