"""The log channel shows each change once, with a button that reverts it for those who may."""

import logging

import discord
import pytest
from simcord.builders import ChannelHandle

from tests.features.moderating import DRAFT, add, defined, edit, listed_suggestions, many, suggest, upload
from tests.world import DISCLAIMER, World, reply, shown, title


@pytest.fixture
async def log(world: World) -> ChannelHandle:
    """The channel of the log."""
    channel = world.guild.create_text_channel("log")
    await world.services.servers.change_settings(world.guild.id, log_channel=channel.id)
    return channel


def last(channel: ChannelHandle) -> discord.Message:
    """The newest message in a channel."""
    return channel.history()[-1]


async def test_it_is_off_until_moderators_choose_a_channel(world: World) -> None:
    await add(world)
    assert not world.channel.history()
    message = reply(await world.moderator.slash(world.channel, "glossary settings"))
    await world.moderator.click(message, label="Posts")
    assert "⬜ **Log of changes**: off." in shown(message)
    await world.moderator.select(message, [world.channel], custom_id="pick:set-post-channel:log")
    assert f"✅ **Log of changes**: posts each change of this server's entries in <#{world.channel.id}>." in shown(
        message
    )
    await edit(world, "pip spread", definition="Something else.")
    assert len(world.channel.history()) == 1


async def test_each_kind_of_change_is_one_message(world: World, log: ChannelHandle) -> None:
    await add(world)
    await edit(world, "pip spread", definition="Something else.")
    await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="gearing")
    await world.moderator.slash(world.channel, "glossary remove", term="pip spread")
    await upload_and_import(world, many(3))
    await suggest(world, "slippage", "What is lost.")
    listed = await listed_suggestions(world)
    await world.moderator.select(listed, ["1"], custom_id="pick:suggestion:")
    await world.moderator.click(listed, label="Approve")
    await world.moderator.click(last(log), label="Revert #6")
    told = [shown(message).splitlines()[1] for message in log.history()]
    assert [line.partition(f"{world.moderator.mention} ")[2] for line in told] == [
        "added **pip spread**",
        "edited **pip spread**",
        "changed the names of **leverage**",
        "removed **pip spread**",
        "imported **term 0**, **term 1**, **term 2**",
        "approved the suggestion of **slippage**",
        "reverted #6: **slippage**",
    ]


async def upload_and_import(world: World, content: bytes) -> None:
    """Import a file."""
    planned = await upload(world, content)
    button = next(one for row in planned.components for one in row["components"] if one["label"].startswith("Import"))
    await world.moderator.click(planned, custom_id=button["custom_id"])


async def test_it_shows_what_changed_and_ends_with_the_disclaimer(world: World, log: ChannelHandle) -> None:
    await add(world)
    await edit(world, "pip spread", definition="What the broker keeps. It widens at night.")
    message = last(log)
    assert title(message) == "The glossary was changed"
    assert "definition: What the broker ~~keeps of each trade.~~ **keeps.** It widens at night." in shown(message)
    assert message.embeds[-1].footer.text == DISCLAIMER


async def test_a_large_change_comes_with_a_file(world: World, log: ChannelHandle) -> None:
    await upload_and_import(world, many(40))
    message = last(log)
    assert "imported 40 entries" in shown(message)
    (file,) = message.attachments
    assert (await file.read()).decode().count("Added: term") == 40


async def test_its_button_reverts_for_moderators_alone_and_once(world: World, log: ChannelHandle) -> None:
    await add(world)
    message = last(log)
    refused = reply(await world.member.click(message, label="Revert #1"))
    assert refused.ephemeral
    assert title(refused) == "Not allowed"
    assert title(await defined(world, DRAFT["name"])) == "pip spread"
    done = reply(await world.moderator.click(message, label="Revert #1"))
    assert done.ephemeral
    assert title(done) == "Reverted #1"
    assert "reverted already" in shown(reply(await world.moderator.click(message, label="Revert #1")))
    assert len(log.history()) == 2


async def test_what_comes_to_nothing_is_not_logged(world: World, log: ChannelHandle) -> None:
    await add(world)
    await add(world)
    await world.moderator.slash(world.channel, "glossary remove", term="leverage")
    assert len(log.history()) == 1


async def test_a_failure_is_in_the_servers_settings_and_in_the_log_and_spoils_no_change(
    world: World, log: ChannelHandle, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=2)
    caplog.set_level(logging.WARNING)
    assert title(await add(world), 0) == "Saved"
    assert "Change #1 of server" in caplog.text
    message = reply(await world.moderator.slash(world.channel, "glossary settings"))
    await world.moderator.click(message, label="Posts")
    assert "⚠️ The last one failed: in <#" in shown(message)
    assert "it may not write there" in shown(message)
    await edit(world, "pip spread", definition="Something else.")
    assert len(log.history()) == 1
    await world.moderator.click(message, label="All settings")
    await world.moderator.click(message, label="Posts")
    assert "failed" not in shown(message)
