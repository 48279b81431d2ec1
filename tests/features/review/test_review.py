"""`/glossary review`, as moderators see it."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from tests.features.moderating import add, defined, edit, save
from tests.world import World, parts, reply, shown, title


async def review(world: World) -> ResponseMessage:
    """The entries to be reviewed that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary review"))


@pytest.fixture
def data(data: Path) -> Path:
    """The data folder, with many more entries, each reviewed on another day."""
    terms = (
        f'[[term]]\nname = "number {n:02}"\ndefinition = "One of many."\nreviewed = 20{20 + n // 4}-01-{n + 1:02}\n'
        for n in range(28)
    )
    with (data / "tws.toml").open("a", encoding="utf-8") as file:
        file.writelines(terms)
    return data


async def test_entries_never_reviewed_come_first_and_then_those_reviewed_longest_ago(world: World) -> None:
    message = await review(world)
    assert message.ephemeral
    lines = [line for line in shown(message).splitlines() if line.startswith("•")]
    assert len(lines) == 10
    assert lines[2] == "• **trusted IPs** · never · [source](https://example.com/trusted)"
    assert lines[3] == "• **number 00** · 1 January 2020"
    assert "Not checked for a year: **27** of 31 entries." in shown(message)


async def test_its_pages_turn(world: World) -> None:
    message = await review(world)
    seen = shown(message)
    for _ in range(3):
        await world.moderator.click(message, label="Newer")
    assert "number 27" in shown(message)
    assert [one["label"] for one in parts(message) if one["type"] == 2] == ["Older", "Home"]
    for _ in range(3):
        await world.moderator.click(message, label="Older")
    assert shown(message) == seen


async def test_an_old_page_does_not_turn_for_somebody_who_lost_the_right(world: World) -> None:
    message = await review(world)
    world.demote_moderator()
    assert title(reply(await world.moderator.click(message, label="Newer"))) == "Not allowed"


async def opened(world: World, entry_id: str) -> ResponseMessage:
    """The list after the moderator has opened an entry of it."""
    message = await review(world)
    await world.moderator.select(message, [entry_id], custom_id="pick:check:do:review:0")
    return message


async def test_an_entry_opens_with_its_sources_and_leads_back(world: World) -> None:
    message = await opened(world, "trusted-ips")
    asked, entry = message.embeds
    assert asked.title == "Is it still right?"
    assert "Last checked: **never**" in str(asked.description)
    assert "https://example.com/trusted" in str(entry.description)
    await world.moderator.click(message, label="Back")
    assert title(message) == "To be checked again"


async def test_a_shared_entry_that_is_still_right_goes_to_the_end_and_into_a_file_for_maintainers(
    world: World, data: Path
) -> None:
    message = await opened(world, "trusted-ips")
    again = await opened(world, "trusted-ips")
    for clicked in (message, again):  # a second moderator is as good as a second click
        await world.moderator.click(clicked, label="Still right")
        assert title(clicked) == "Still right"
    await world.moderator.click(message, label="Back")
    assert "trusted IPs" not in shown(message)
    today = dt.datetime.now(dt.UTC).date()
    export = reply(await world.moderator.click(message, label="Export checks (1)"))
    (file,) = export.attachments
    assert tomllib.loads((await file.read()).decode()) == {"reviewed": {"trusted IPs": today}}
    text = (data / "tws.toml").read_text("utf-8")
    (data / "tws.toml").write_text(
        text.replace('name = "trusted IPs"', f'name = "trusted IPs"\nreviewed = {today}'), "utf-8"
    )
    await world.services.catalogue.reload()
    assert "Export checks" not in str(parts(await review(world)))
    assert title(reply(await world.moderator.click(message, label="Export checks (1)"))) == "Nothing to export"
    assert (await world.services.servers.of(world.guild.id)).last_change_id == 0


async def test_checks_of_other_servers_are_theirs_alone(world: World) -> None:
    moderator, channel = world.another_server()
    message = reply(await moderator.slash(channel, "glossary review"))
    await moderator.select(message, ["trusted-ips"], custom_id="pick:check:do:review:0")
    await moderator.click(message, label="Still right")
    assert "**trusted IPs** · never" in shown(await review(world))
    assert "Export checks (1)" in str(parts(reply(await moderator.slash(channel, "glossary review"))))


async def test_the_day_of_an_own_entry_is_set_at_once_and_can_be_reverted(world: World) -> None:
    await add(world)
    entry = (await world.services.servers.of(world.guild.id)).own_entry("pip-spread")
    assert entry is not None
    assert entry.reviewed is None
    message = reply(await world.moderator.slash(world.channel, "glossary home"))
    await world.moderator.click(message, label="Own entries (1)")
    await world.moderator.select(message, ["pip-spread"], custom_id="pick:check:do:own-entries:0")
    await world.moderator.click(message, label="Still right")
    own = (await world.services.servers.of(world.guild.id)).own_entry("pip-spread")
    assert own is not None
    assert own.reviewed == dt.datetime.now(dt.UTC).date()
    await world.moderator.click(message, label="Revert")
    assert (await world.services.servers.of(world.guild.id)).own_entry("pip-spread") == entry
    await world.moderator.click(message, label="Back")
    assert title(message) == "Own entries"


async def test_an_own_entry_that_somebody_changed_meanwhile_is_shown_again_first(world: World) -> None:
    await add(world)
    message = reply(await world.moderator.slash(world.channel, "glossary home"))
    await world.moderator.click(message, label="Own entries (1)")
    await world.moderator.select(message, ["pip-spread"], custom_id="pick:check:do:own-entries:0")
    await edit(world, "pip spread", definition="Something else.")
    await world.moderator.click(message, label="Still right")
    asked, entry = message.embeds
    assert "Somebody has changed this entry" in str(asked.description)
    assert entry.description == "Something else."


async def test_an_own_entry_is_due_a_year_after_its_last_change(world: World) -> None:
    await add(world)
    lines = shown(await review(world))
    assert "pip spread" not in lines
    assert "of 32 entries" in lines


async def retired(world: World, entry_id: str, instead: str) -> ResponseMessage:
    """What a moderator is told who retires an entry."""
    message = await opened(world, entry_id)
    form = await world.moderator.click(message, label="Retire")
    result = await world.moderator.submit_modal(form, {"superseded_by": instead})
    return reply(result) if result.followups or result.response else message


async def test_a_shared_entry_is_retired_by_a_copy_that_says_so_in_this_server_alone(world: World) -> None:
    message = await retired(world, "trusted-ips", "")
    assert title(message, 0) == "Saved"
    assert "🗄️ **Retired.**" in shown(await defined(world, "trusted IPs"))
    moderator, channel = world.another_server()
    assert "Retired" not in shown(reply(await moderator.slash(channel, "define", term="trusted IPs")))
    await world.moderator.click(message, label="Revert")
    assert "Retired" not in shown(await defined(world, "trusted IPs"))


async def test_a_retired_entry_may_name_the_one_to_read_instead(world: World) -> None:
    await retired(world, "trusted-ips", "api port")
    assert "🗄️ **Superseded by API socket.**" in shown(await defined(world, "trusted IPs"))


async def retired_own(world: World, instead: str) -> ResponseMessage:
    """What a moderator is told who retires the own entry from the list of own entries."""
    message = reply(await world.moderator.slash(world.channel, "glossary home"))
    await world.moderator.click(message, label="Own entries (1)")
    await world.moderator.select(message, ["pip-spread"], custom_id="pick:check:do:own-entries:0")
    form = await world.moderator.click(message, label="Retire")
    await world.moderator.submit_modal(form, {"superseded_by": instead})
    return message


async def test_an_own_entry_is_removed_or_names_its_successor(world: World) -> None:
    await add(world)
    assert title(await retired_own(world, "leverage"), 0) == "Saved"
    assert "Superseded by leverage" in shown(await defined(world, "pip spread"))
    message = await retired_own(world, "")
    assert title(message) == "Removed"
    assert title(await defined(world, "pip spread")) == "Not found"
    await world.moderator.click(message, label="Revert")
    assert "Superseded by leverage" in shown(await defined(world, "pip spread"))


async def test_a_copy_that_somebody_made_of_a_shared_entry_meanwhile_is_not_removed_unseen(world: World) -> None:
    message = await opened(world, "trusted-ips")
    form = await world.moderator.click(message, label="Retire")
    await edit(world, "trusted IPs", definition="Our own words.")
    await world.moderator.submit_modal(form, {"superseded_by": ""})
    assert title(message) == "Nothing was changed"
    assert "Our own words." in shown(await defined(world, "trusted IPs"))


@pytest.mark.parametrize("instead", ["", "leverage"])
async def test_an_own_entry_that_somebody_changed_meanwhile_is_not_retired_unseen(world: World, instead: str) -> None:
    await add(world)
    message = reply(await world.moderator.slash(world.channel, "glossary home"))
    await world.moderator.click(message, label="Own entries (1)")
    await world.moderator.select(message, ["pip-spread"], custom_id="pick:check:do:own-entries:0")
    form = await world.moderator.click(message, label="Retire")
    await edit(world, "pip spread", definition="Something else.")
    await world.moderator.submit_modal(form, {"superseded_by": instead})
    assert title(message) == "Nothing was changed"
    assert [instead.encode() in await file.read() for file in message.attachments] == [True] * bool(instead)
    assert "Something else." in shown(await defined(world, "pip spread"))


@pytest.mark.parametrize(("instead", "said"), [("nonsense", "No such entry"), ("Trusted IPs", "Nothing was changed")])
async def test_a_successor_that_is_none_is_refused_and_given_back(world: World, instead: str, said: str) -> None:
    refused = await retired(world, "trusted-ips", instead)
    assert title(refused) == said
    (file,) = refused.attachments
    assert instead.encode() in await file.read()
    assert (await world.services.servers.of(world.guild.id)).last_change_id == 0


async def test_a_shared_entry_is_edited_from_its_check_as_a_copy(world: World) -> None:
    form = await world.moderator.click(await opened(world, "trusted-ips"), label="Edit")
    await save(world.moderator, form, definition="Our own words.")
    assert "Our own words." in shown(await defined(world, "trusted IPs"))


@pytest.mark.parametrize("label", ["Still right", "Edit", "Retire"])
async def test_nothing_happens_for_somebody_who_lost_the_right_meanwhile(world: World, label: str) -> None:
    message = await opened(world, "trusted-ips")
    world.demote_moderator()
    assert title(reply(await world.moderator.click(message, label=label))) == "Not allowed"
