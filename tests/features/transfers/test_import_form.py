"""A moderator gets templates, fills one in and uploads it in a form."""

from urllib.parse import urlsplit

import pytest
from simcord.backend.cdn import CDN_BASE
from simcord.results import ResponseMessage

from bot.glossary.exchange.files import IMPORT_BYTES
from tests.features.moderating import add, defined
from tests.world import World, form_fields, reply, shown, title

ROWS = b"name,definition\npip spread,What the broker keeps of each trade.\n"


@pytest.fixture(autouse=True)
def _files_of_the_simulated_discord(world: World) -> None:
    world.bot.file_hosts |= {str(urlsplit(CDN_BASE).hostname)}


async def help_with_importing(world: World) -> ResponseMessage:
    """What a moderator gets who uses the command without a file."""
    return reply(await world.moderator.slash(world.channel, "glossary import"))


async def uploaded(world: World, name: str, content: bytes) -> ResponseMessage:
    """The answer to a file that a moderator uploads in the form."""
    form = await world.moderator.click(await help_with_importing(world), label="Upload a file")
    return reply(await world.moderator.submit_modal(form, {"file": (name, content)}))


@pytest.mark.parametrize("number", range(3))
async def test_a_template_can_be_imported_as_it_is(world: World, number: int) -> None:
    message = await help_with_importing(world)
    assert message.ephemeral
    names = [one.filename for one in message.attachments]
    assert names == ["template.csv", "template.toml", "template.json"]
    dry_run = await uploaded(world, names[number], await message.attachments[number].read())
    assert "**1** added, **0** changed, **0** unchanged, **0** rejected" in shown(dry_run)
    await world.moderator.click(dry_run, label="Import 1 entry")
    assert "Put your own entry here." in shown(await defined(world, "example term"))


async def test_the_form_takes_one_file_of_the_right_kind(world: World) -> None:
    form = await world.moderator.click(await help_with_importing(world), label="Upload a file")
    field = form_fields(form)["file"]
    assert (field["required"], field["file_types"]) == (True, [".csv", ".toml", ".json"])
    assert form.modal is not None
    assert form.modal["components"][0]["description"] == ".csv, .toml, .json, at most 2 MB"


async def test_an_uploaded_file_is_shown_before_it_is_imported(world: World) -> None:
    dry_run = await uploaded(world, "Entries.CSV", ROWS)
    assert dry_run.ephemeral
    assert title(dry_run) == "Nothing is imported yet"
    await world.moderator.click(dry_run, label="Import 1 entry")
    assert "What the broker keeps" in shown(await defined(world, "pip spread"))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("entries.xlsx", ROWS, "entries.xlsx is none of .csv, .toml, .json; from a spreadsheet, save it as CSV UTF-8"),
        ("entries.csv", b"x" * (IMPORT_BYTES + 1), "2 MB is the most"),
        ("entries.csv", b"nonsense", "has no column “name”"),
    ],
)
async def test_what_cannot_be_imported_says_why_and_another_file_can_be_uploaded(
    world: World, name: str, content: bytes, reason: str
) -> None:
    refused = await uploaded(world, name, content)
    assert title(refused) == "Not imported"
    assert reason in shown(refused)
    form = await world.moderator.click(refused, label="Upload another file")
    dry_run = reply(await world.moderator.submit_modal(form, {"file": ("entries.csv", ROWS)}))
    assert title(dry_run) == "Nothing is imported yet"


async def test_a_file_that_discord_does_not_hand_over_is_not_imported(world: World) -> None:
    world.bot.file_hosts = frozenset()
    assert "Discord did not hand the file over" in shown(await uploaded(world, "entries.csv", ROWS))


async def test_somebody_who_moderates_no_longer_imports_nothing(world: World) -> None:
    form = await world.moderator.click(await help_with_importing(world), label="Upload a file")
    await add(world)
    world.demote_moderator()
    refused = reply(await world.moderator.submit_modal(form, {"file": ("entries.csv", ROWS)}))
    assert title(refused) == "Not allowed"
