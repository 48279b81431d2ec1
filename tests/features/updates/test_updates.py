"""Shared entries that change after a server made its own from them."""

from pathlib import Path

import pytest
from simcord.results import ResponseMessage

from tests.features.moderating import add, defined, edit
from tests.world import World, form_fields, part, parts, reply, shown, title


@pytest.fixture
async def copied(world: World, data: Path) -> None:
    """The server has its own version of an entry, and the shared one has changed since."""
    await edit(world, "leverage", definition="Ours.", aliases="gearing")
    await change_shared(world, data, "More exposure than money.", "More exposure than your own money.")


async def change_shared(world: World, data: Path, old: str, new: str) -> None:
    """The data files change, and are reloaded."""
    file = data / "tws.toml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    await world.services.catalogue.reload()


async def updates(world: World) -> ResponseMessage:
    """The list that a moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary updates"))


async def compared(world: World) -> ResponseMessage:
    """The only update, opened from the list."""
    message = await updates(world)
    (option,) = part(message, "pick:update:")["options"]
    await world.moderator.select(message, [option["value"]], custom_id="pick:update:")
    return message


async def count(world: World) -> int:
    """How many updates wait for the moderators."""
    return len((await world.services.servers.of(world.guild.id)).updates())


async def test_without_a_change_there_is_no_update(world: World) -> None:
    await edit(world, "leverage", definition="Ours.")
    assert "No shared entry has changed" in shown(await updates(world))
    assert await count(world) == 0


@pytest.mark.usefixtures("copied")
async def test_an_update_is_listed_and_shown_word_by_word(world: World) -> None:
    listed = await updates(world)
    assert listed.ephemeral
    assert "1 shared entry has changed" in shown(listed)
    assert "> definition: More exposure than **your own** money." in shown(await compared(world))
    assert "Ours." in shown(await defined(world, "leverage"))


@pytest.mark.usefixtures("copied")
async def test_the_home_counts_updates_and_leads_to_them_and_back(world: World) -> None:
    message = reply(await world.moderator.slash(world.channel, "glossary home"))
    assert "Shared entries that changed since you made yours: **1**" in shown(message)
    await world.moderator.click(message, label="Updates (1)")
    assert title(message) == "Updates"
    await world.moderator.click(message, label="Home")
    assert title(message) == "Your glossary"


@pytest.mark.usefixtures("copied")
async def test_taking_it_shows_the_shared_entry_again_and_keeps_the_names_that_the_server_gave(world: World) -> None:
    message = await compared(world)
    await world.moderator.click(message, label="Take the new one")
    assert title(message) == "Taken"
    assert "your own money" in shown(await defined(world, "gearing"))
    assert await count(world) == 0
    history = shown(reply(await world.moderator.slash(world.channel, "glossary history")))
    assert "took the shared text of **leverage**" in history
    await world.moderator.click(message, custom_id=part(message, "do:revert:")["custom_id"])
    assert "Ours." in shown(await defined(world, "leverage"))
    assert await count(world) == 0


@pytest.mark.usefixtures("copied")
async def test_keeping_ones_own_lasts_until_the_shared_entry_changes_again(world: World, data: Path) -> None:
    message = await compared(world)
    await world.moderator.click(message, label="Keep mine")
    assert title(message) == "Kept"
    assert "Ours." in shown(await defined(world, "leverage"))
    assert await count(world) == 0
    await change_shared(world, data, "your own money", "the money of yours")
    assert "> definition: More exposure than ~~your own money.~~ **the money of yours.**" in shown(
        await compared(world)
    )


@pytest.mark.usefixtures("copied")
async def test_keeping_is_in_the_history_without_a_button_because_no_text_changed(world: World) -> None:
    await world.moderator.click(await compared(world), label="Keep mine")
    message = reply(await world.moderator.slash(world.channel, "glossary history"))
    assert f"{world.moderator.mention} kept this server's own **leverage**" in shown(message)
    assert [one["label"] for one in parts(message)] == ["Revert #1"]


@pytest.mark.usefixtures("copied")
async def test_keeping_does_not_disturb_somebody_who_is_editing(world: World) -> None:
    form = await world.moderator.slash(world.channel, "glossary edit", term="leverage")
    await world.moderator.click(await compared(world), label="Keep mine")
    values = {name: str(field.get("value") or "") for name, field in form_fields(form).items()}
    saved = reply(await world.moderator.submit_modal(form, values | {"definition": "Ours, edited."}))
    assert title(saved, 0) == "Saved"
    assert len(saved.embeds) == 2


@pytest.mark.usefixtures("copied")
@pytest.mark.parametrize("label", ["Take the new one", "Keep mine"])
async def test_what_changed_again_since_it_was_shown_is_shown_again(world: World, data: Path, label: str) -> None:
    message = await compared(world)
    await change_shared(world, data, "your own money", "nobody's money")
    await world.moderator.click(message, label=label)
    assert "It has changed again since you saw it." in shown(message)
    assert "**nobody's** money" in shown(message)
    assert "Ours." in shown(await defined(world, "leverage"))
    assert await count(world) == 1


@pytest.mark.usefixtures("copied")
async def test_a_second_click_says_that_it_is_decided(world: World) -> None:
    first, second = await compared(world), await compared(world)
    await world.moderator.click(first, label="Keep mine")
    await world.moderator.click(second, label="Keep mine")
    assert title(second) == "Nothing to decide here"
    assert len(await world.services.servers.history(world.guild.id, limit=5)) == 2


@pytest.mark.usefixtures("copied")
async def test_moderators_are_told_when_they_look_at_the_entry_and_members_are_not(world: World) -> None:
    answer = await world.moderator.slash(world.channel, "define", term="leverage")
    note = answer.followups[0]
    assert note.ephemeral
    assert title(note) == "There is an update"
    opened = reply(await world.moderator.click(note, label="See what changed"))
    assert "**your own**" in shown(opened)
    assert not (await world.member.slash(world.channel, "define", term="leverage")).followups


@pytest.mark.usefixtures("copied")
async def test_moderators_are_told_when_they_edit_the_entry(world: World) -> None:
    saved = await edit(world, "leverage", definition="Ours, still.")
    assert "has changed since this server made its own version" in str(saved.embeds[0].description)
    assert "**your own**" in shown(reply(await world.moderator.click(saved, label="See what changed")))


async def test_what_members_do_not_read_is_no_update(world: World, data: Path) -> None:
    await edit(world, "leverage", definition="Ours.")
    text = 'definition = "More exposure than money."'
    await change_shared(world, data, text, f'{text}\nkeywords = ["borrowing"]\nreviewed = 2026-01-02')
    assert await count(world) == 0


async def test_a_shared_entry_that_comes_after_an_own_one_of_its_name_is_an_update(world: World, data: Path) -> None:
    await add(world)
    text = '[[term]]\nname = "leverage"'
    await change_shared(world, data, text, f'[[term]]\nname = "pip spread"\ndefinition = "Theirs."\n\n{text}')
    message = await compared(world)
    assert "The glossary has an entry **pip spread** now." in shown(message)
    assert "> definition: ~~What the broker keeps" in shown(message)
    await world.moderator.click(message, label="Take the new one")
    assert "Theirs." in shown(await defined(world, "pip spread"))


async def test_an_update_is_known_after_a_restart(world: World, data: Path) -> None:
    await edit(world, "leverage", definition="Ours.")
    world.services.servers.forget(world.guild.id)
    await world.services.servers.note_servers_with_data()
    await change_shared(world, data, "More exposure than money.", "Changed.")
    assert await count(world) == 1


@pytest.mark.usefixtures("copied")
async def test_members_who_lost_the_right_decide_nothing(world: World) -> None:
    message = await compared(world)
    world.demote_moderator()
    refused = reply(await world.moderator.click(message, label="Take the new one"))
    assert title(refused) == "Not allowed"
    assert await count(world) == 1
