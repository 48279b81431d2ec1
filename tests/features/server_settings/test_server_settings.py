"""The settings of a server, as moderators change them and members notice."""

import dataclasses

import discord
import msgspec
import pytest
from simcord.results import ResponseMessage

from bot.storage.server_settings import ServerSettings
from tests.features.moderating import defined
from tests.world import World, part, parts, reply, shown, title


async def settings(world: World) -> ResponseMessage:
    """The settings that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary settings"))


async def mentioned(world: World, question: str = "leverage?") -> bool:
    """Whether a question to the bot in the channel is answered."""
    assert world.bot.user is not None
    before = len(world.channel.history())
    await world.member.send(world.channel, f"{world.bot.user.mention} {question}")
    return len(world.channel.history()) == before + 2


async def test_they_are_shown_as_they_are(world: World) -> None:
    message = await settings(world)
    assert message.ephemeral
    assert "✅ **Mentions**: Answered" in shown(message)
    assert "⬜ **Hidden replies**: Shown to everyone" in shown(message)
    assert "⬜ **Only some channels**: Answers in every channel." in shown(message)
    assert "✅ **Suggestions**: Accepted" in shown(message)
    assert "⬜ **Moderators' role**: Members who may manage the server." in shown(message)
    assert "⚠️" not in shown(message)


@pytest.mark.parametrize("menu", ["pick:set-channels:", "pick:set-suggestions-channel:"])
async def test_a_channel_that_the_bot_may_not_write_to_is_marked_when_it_is_chosen(world: World, menu: str) -> None:
    silent = discord.PermissionOverwrite(send_messages=False, embed_links=False)
    closed = world.guild.create_text_channel("closed", overwrites={world.guild.default_role: silent})
    message = await settings(world)
    await world.moderator.select(message, [closed], custom_id=menu)
    warning = f"⚠️ The bot may not write in <#{closed.id}>. It lacks *Send Messages, Embed Links* there."
    assert warning in shown(message)
    assert warning in shown(await settings(world))
    await world.moderator.select(message, [world.channel], custom_id=menu)
    assert "⚠️" not in shown(message)


async def test_it_says_when_the_operator_has_turned_mentions_off(world: World) -> None:
    off = msgspec.structs.replace(world.services.settings, answer_mentions=False)
    world.bot.services = dataclasses.replace(world.services, settings=off)
    assert "Not answered; the operator of the bot has turned that off" in shown(await settings(world))


async def test_mentions_are_answered_or_not(world: World) -> None:
    assert await mentioned(world)
    message = await settings(world)
    await world.moderator.click(message, label="Turn mentions off")
    assert "⬜ **Mentions**: Not answered" in shown(message)
    assert not await mentioned(world)
    await world.moderator.click(message, label="Turn mentions on")
    assert await mentioned(world)


async def test_replies_are_hidden_unless_somebody_chooses_otherwise(world: World) -> None:
    assert not (await defined(world, "leverage")).ephemeral
    await world.moderator.click(await settings(world), label="Turn hidden replies on")
    assert (await defined(world, "leverage")).ephemeral
    asked = reply(await world.member.slash(world.channel, "ask", question="leverage"))
    assert asked.ephemeral
    assert not reply(await world.member.slash(world.channel, "define", term="leverage", hide=False)).ephemeral


async def test_outside_its_channels_the_bot_answers_the_asker_alone_and_no_mention(world: World) -> None:
    elsewhere = world.guild.create_text_channel("elsewhere")
    message = await settings(world)
    await world.moderator.select(message, [elsewhere], custom_id="pick:set-channels:")
    assert f"Answers in <#{elsewhere.id}>" in shown(message)
    assert (await defined(world, "leverage")).ephemeral
    hidden = reply(await world.member.slash(world.channel, "define", term="leverage", hide=False))
    assert hidden.ephemeral
    assert not await mentioned(world)
    assert not reply(await world.member.slash(elsewhere, "define", term="leverage")).ephemeral
    await world.moderator.select(message, [], custom_id="pick:set-channels:")
    assert not (await defined(world, "leverage")).ephemeral


async def test_an_answer_is_not_shared_outside_the_channels(world: World) -> None:
    elsewhere = world.guild.create_text_channel("elsewhere")
    await world.services.servers.change_settings(world.guild.id, channels=(elsewhere.id,))
    message = await defined(world, "leverage")
    refused = reply(await world.member.click(message, label="Share"))
    assert refused.ephemeral
    assert title(refused) == "Not here"
    assert world.channel.last_message is None


async def test_a_thread_counts_for_its_channel(world: World) -> None:
    await world.services.servers.change_settings(world.guild.id, channels=(world.channel.id,))
    await world.bot.http.start_thread_without_message(
        world.channel.id, name="a question", auto_archive_duration=1440, type=discord.ChannelType.public_thread.value
    )
    (thread,) = world.channel.threads
    assert not reply(await world.member.slash(thread, "define", term="leverage")).ephemeral


async def test_members_with_the_moderator_role_moderate_but_cannot_change_that_role(world: World) -> None:
    helpers = world.guild.create_role("Helpers")
    helper = world.guild.add_member(world.env.create_user("helga"), roles=[helpers])
    (glossary,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "glossary"]
    world.guild.set_command_permissions(glossary, {helper: True})
    assert title(reply(await helper.slash(world.channel, "glossary history"))) == "Not allowed"
    message = await settings(world)
    await world.moderator.select(message, [helpers], custom_id="pick:set-role:")
    assert f"<@&{helpers.id}>" in shown(message)
    assert not message.message.role_mentions
    assert title(reply(await helper.slash(world.channel, "glossary history"))) == "History"
    theirs = reply(await helper.slash(world.channel, "glossary settings"))
    await helper.click(theirs, label="Turn mentions off")
    assert "Not answered" in shown(theirs)
    refused = reply(await helper.select(theirs, [], custom_id="pick:set-role:"))
    assert title(refused) == "Not allowed"
    await world.moderator.select(message, [], custom_id="pick:set-role:")
    assert title(reply(await helper.click(theirs, label="Turn mentions on"))) == "Not allowed"


async def test_an_old_button_sets_what_it_says_and_nothing_else(world: World) -> None:
    old, new = await settings(world), await settings(world)
    await world.moderator.click(new, label="Turn mentions off")
    await world.moderator.click(new, label="Turn hidden replies on")
    await world.moderator.click(old, label="Turn mentions off")
    now = (await world.services.servers.of(world.guild.id)).settings
    assert (now.answer_mentions, now.hide_replies) == (False, True)


async def test_what_is_set_is_preselected(world: World) -> None:
    wishes = world.guild.create_text_channel("wishes")
    message = await settings(world)
    await world.moderator.select(message, [wishes], custom_id="pick:set-suggestions-channel:")
    assert f"posted in <#{wishes.id}>" in shown(message)
    (chosen,) = part(message, "pick:set-suggestions-channel:")["default_values"]
    assert (int(chosen["id"]), chosen["type"]) == (wishes.id, "channel")


async def test_settings_are_those_of_one_server(world: World) -> None:
    stranger, channel = world.another_server()
    await world.moderator.click(await settings(world), label="Turn hidden replies on")
    assert not reply(await stranger.slash(channel, "define", term="leverage")).ephemeral


@pytest.mark.parametrize("number", range(7))
async def test_old_components_change_nothing_for_somebody_who_lost_the_right(world: World, number: int) -> None:
    before = ServerSettings(
        answer_mentions=False, channels=(world.channel.id,), suggestions_channel=world.channel.id, moderator_role=1
    )
    await world.services.servers.change_settings(world.guild.id, **msgspec.structs.asdict(before))
    message = await settings(world)
    component = parts(message)[number]
    world.demote_moderator()
    if component["type"] == discord.ComponentType.button.value:
        result = await world.moderator.click(message, custom_id=component["custom_id"])
    else:
        result = await world.moderator.select(message, [], custom_id=component["custom_id"])
    assert title(reply(result)) == "Not allowed"
    assert (await world.services.servers.of(world.guild.id)).settings == before
