"""What was changed, and reverting it, as moderators see it."""

import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from tests.features.moderating import add, defined, edit, many, upload
from tests.world import World, part, parts, reply, shown, title


async def history(world: World, **options: str) -> ResponseMessage:
    """The history that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary history", **options))


async def test_without_changes_it_says_so(world: World) -> None:
    message = await history(world)
    assert message.ephemeral
    assert "Nothing was changed yet." in shown(message)
    assert parts(message) == []


async def test_a_change_is_listed_with_who_when_and_what_was_before_and_after(world: World) -> None:
    await add(world)
    await edit(world, "pip spread", definition="It is something else now.")
    text = shown(await history(world))
    assert "**#2** · <t:" in text
    assert f"{world.moderator.mention} edited **pip spread**" in text
    assert (
        "definition: ~~What the broker keeps of each trade.~~ It ~~widens at night.~~ **is something else now.**"
        in text
    )
    assert f"{world.moderator.mention} added **pip spread**" in text


async def test_the_first_edit_of_a_shared_entry_is_compared_with_the_shared_text(world: World) -> None:
    await edit(world, "leverage", definition="More exposure than own money.")
    text = shown(await history(world))
    assert "changed the shared entry **leverage**" in text
    assert "> definition: More exposure than **own** money." in text


async def test_a_change_of_several_entries_says_which_words_are_of_which_entry(world: World) -> None:
    rows = b"name,definition\nleverage,Borrowed.\nfee,What is paid.\n"
    await world.moderator.click(await upload(world, rows), label="Import 2 entries")
    text = shown(await history(world))
    assert "• Added: fee\n> new: What is paid." in text
    assert "• Changed: leverage\n> " in text
    assert "• " not in shown(await history(world, term="fee"))


async def test_reverting_is_itself_a_change_that_can_be_reverted(world: World) -> None:
    await add(world)
    done = reply(await world.moderator.click(await history(world), label="Revert #1"))
    assert title(done) == "Reverted #1"
    assert "is not in the glossary" in shown(await defined(world, "pip spread"))
    again = reply(await world.moderator.click(await history(world), label="Revert #2"))
    assert title(again) == "Reverted #2"
    assert "What the broker keeps" in shown(await defined(world, "pip spread"))
    twice = reply(await world.moderator.click(done, label="Revert"))
    assert "reverted already" in shown(twice)


async def test_a_change_that_later_ones_touched_is_reverted_only_after_asking(world: World) -> None:
    await add(world)
    await edit(world, "pip spread", definition="The second text.")
    asked = reply(await world.moderator.click(await history(world), label="Revert #1"))
    assert title(asked) == "Changed again since"
    assert "• Removed: pip spread\n> gone: The second text." in shown(asked)
    assert "The second text." in shown(await defined(world, "pip spread"))
    done = reply(await world.moderator.click(asked, label="Revert anyway"))
    assert title(done) == "Reverted #1"
    assert "is not in the glossary" in shown(await defined(world, "pip spread"))
    reply(await world.moderator.click(done, label="Revert"))
    assert "The second text." in shown(await defined(world, "pip spread"))


async def test_reverting_shows_what_it_put_back(world: World) -> None:
    await add(world)
    await edit(world, "pip spread", definition="What the broker takes of each trade. It widens at night.")
    done = reply(await world.moderator.click(await history(world), label="Revert #2"))
    assert "• Changed: pip spread\n> definition: What the broker ~~takes~~ **keeps** of each trade." in shown(done)


async def test_reverting_the_copy_of_a_shared_entry_shows_that_its_text_is_back(world: World) -> None:
    await edit(world, "leverage", definition="More exposure than own money.")
    done = reply(await world.moderator.click(await history(world), label="Revert #1"))
    assert "• Changed: leverage\n> definition: More exposure than ~~own~~ money." in shown(done)


async def test_a_name_given_to_a_shared_entry_is_told_as_a_name(world: World) -> None:
    await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="gearing")
    assert "> also called: **gearing**" in shown(await history(world))


async def test_what_a_revertedimport_put_back_is_in_a_file_if_it_is_much(world: World) -> None:
    await world.moderator.click(await upload(world, many(30)), label="Import 30 entries")
    done = reply(await world.moderator.click(await history(world), label="Revert #1"))
    assert "The attached file has all 30 in full." in shown(done)
    (file,) = done.attachments
    assert "Removed: term 29\n  gone: Number 29 of many." in (await file.read()).decode()


async def test_a_revert_that_was_not_meant_is_cancelled(world: World) -> None:
    await add(world)
    await edit(world, "pip spread", definition="The second text.")
    asked = reply(await world.moderator.click(await history(world), label="Revert #1"))
    await world.moderator.click(asked, label="Cancel")
    assert title(asked) == "Cancelled"
    assert "The second text." in shown(await defined(world, "pip spread"))


async def test_what_changed_after_asking_is_asked_about_again(world: World, second_moderator: MemberActor) -> None:
    await add(world)
    await edit(world, "pip spread", definition="The second text.")
    asked = reply(await world.moderator.click(await history(world), label="Revert #1"))
    await edit(world, "pip spread", by=second_moderator, definition="The third text.")
    again = reply(await world.moderator.click(asked, label="Revert anyway"))
    assert title(again) == "Changed again since"
    assert "The third text." in shown(await defined(world, "pip spread"))


async def test_a_revertedentry_whose_name_was_taken_meanwhile_is_refused(world: World) -> None:
    await add(world, aliases="markup")
    await world.moderator.slash(world.channel, "glossary remove", term="pip spread")
    await add(world, name="markup")
    refused = reply(await world.moderator.click(await history(world), label="Revert #2"))
    assert "“markup”" in shown(refused)
    assert "is not in the glossary" in shown(await defined(world, "pip spread"))


async def test_it_pages_to_older_changes_and_back(world: World) -> None:
    for number in range(12):
        await add(world, name=f"term number {number}")
    message = await history(world)
    assert [one["label"] for one in parts(message)][:5] == [f"Revert #{number}" for number in (12, 11, 10, 9, 8)]
    await world.moderator.click(message, label="Older")
    await world.moderator.click(message, label="Older")
    assert [one["label"] for one in parts(message)] == ["Revert #2", "Revert #1", "Newest"]
    await world.moderator.click(message, label="Newest")
    assert part(message, "do:revert:12")


async def test_the_changes_of_one_entry_are_listed_alone_also_when_it_is_gone(world: World) -> None:
    await add(world)
    await add(world, name="another")
    await world.moderator.slash(world.channel, "glossary remove", term="another")
    text = shown(await history(world, term="another"))
    assert "**another**" in text
    assert "pip spread" not in text


async def test_an_entry_is_called_by_its_name_on_every_page_and_a_removed_one_by_its_id_on_later_pages(
    world: World,
) -> None:
    await add(world)
    for number in range(6):
        await edit(world, "pip spread", definition=f"Text number {number}.")
    message = await history(world, term="pip spread")
    assert title(message) == "History of pip spread"
    await world.moderator.click(message, label="Older")
    assert title(message) == "History of pip spread"
    await world.moderator.slash(world.channel, "glossary remove", term="pip spread")
    message = await history(world, term="Pip Spread")
    assert title(message) == "History of Pip Spread"
    await world.moderator.click(message, label="Older")
    assert title(message) == "History of pip-spread"


async def test_another_servers_changes_are_neither_shown_nor_reverted(world: World) -> None:
    await add(world)
    stranger, channel = world.another_server()
    form = await stranger.slash(channel, "glossary add")
    saved = reply(await stranger.submit_modal(form, {"name": "mine", "definition": "Something of ours."}))
    theirs = reply(await stranger.slash(channel, "glossary history"))
    assert "pip spread" not in shown(theirs)
    assert part(saved, "do:revert:")["custom_id"] == "do:revert:2"
    assert await world.services.servers.items_of(stranger.guild.id, 1) == ()


@pytest.mark.parametrize("label", ["Revert #12", "Older"])
async def test_old_buttons_do_nothing_for_who_lost_the_right(world: World, label: str) -> None:
    for number in range(12):
        await add(world, name=f"term number {number}")
    message = await history(world)
    world.demote_moderator()
    assert title(reply(await world.moderator.click(message, label=label))) == "Not allowed"
    assert (await world.services.servers.of(world.guild.id)).last_change_id == 12


async def test_the_history_of_one_entry_tells_what_an_import_made_of_it(world: World) -> None:
    await world.moderator.click(await upload(world, many(10)), label="Import 10 entries")
    message = await history(world, term="term 7")
    assert title(message) == "History of term 7"
    assert "imported **term 7** and 9 more" in shown(message)
    assert "new: Number 7 of many." in shown(message)
    assert "Number 8" not in shown(message)


async def test_without_changes_of_an_entry_it_says_so(world: World) -> None:
    await add(world)
    message = await history(world, term="leverage")
    assert title(message) == "History of leverage"
    assert "Nothing about it was changed in this server yet." in shown(message)


async def test_signs_alone_name_no_entry_and_list_no_changes(world: World) -> None:
    await add(world)
    assert "Nothing about it was changed" in shown(await history(world, term="!!!"))
