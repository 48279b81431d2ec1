"""Questions in messages, as people in the simulated Discord ask them."""

from typing import Any

import discord
import pytest

from bot.chat.limits import AnswerLimit
from tests.world import DISCLAIMER, World, reply, shown, title


def answers(world: World) -> list[discord.Message]:
    """The bot's messages in the channel, oldest first."""
    assert world.bot.user is not None
    return [message for message in world.channel.history() if message.author.id == world.bot.user.id]


def call(world: World) -> str:
    """The bot, mentioned."""
    assert world.bot.user is not None
    return f"<@{world.bot.user.id}>"


async def test_a_mention_is_answered_with_a_reply_that_pings_nobody(world: World) -> None:
    asked = await world.member.send(world.channel, f"{call(world)} what is leverage?")
    (answer,) = answers(world)
    assert title(answer) == "leverage"
    assert answer.embeds[-1].footer.text == DISCLAIMER
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id
    sent = world.env.http_requests[-1].json
    assert isinstance(sent, dict)
    assert sent["allowed_mentions"]["parse"] == []
    assert not sent["allowed_mentions"].get("replied_user")


async def test_a_direct_message_needs_no_mention(world: World) -> None:
    await world.stranger.send_dm("api port")
    message = world.stranger.dm_channel.last_message
    assert message is not None
    assert title(message) == "API socket"


@pytest.mark.parametrize("text", ["what is leverage?", "{call} @everyone what is leverage?"])
async def test_what_asks_the_bot_nothing_gets_no_answer(world: World, text: str) -> None:
    sender = world.moderator if "everyone" in text else world.member
    await sender.send(world.channel, text.format(call=call(world)))
    assert answers(world) == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [("{call}", "Five things to try"), ("{call} thanks", "You’re welcome!"), ("hey {call}", "Hello!")],
)
async def test_a_bare_mention_and_small_talk_get_a_friendly_reply(world: World, text: str, answer: str) -> None:
    await world.member.send(world.channel, text.format(call=call(world)))
    assert [title(message) for message in answers(world)] == [answer]


async def test_small_talk_in_a_direct_message_gets_a_friendly_reply(world: World) -> None:
    await world.stranger.send_dm("thank you!")
    message = world.stranger.dm_channel.last_message
    assert message is not None
    assert title(message) == "You’re welcome!"


async def test_a_pasted_block_of_code_is_read_if_the_rest_asks_about_nothing(world: World) -> None:
    await world.member.send(world.channel, f"{call(world)} what is this?\n```py\nleverage\n```")
    await world.member.send(world.channel, f"{call(world)} what is an API socket?\n```py\nleverage = 3\n```")
    assert [title(message) for message in answers(world)] == ["leverage", "API socket"]


async def test_other_bots_get_no_answer(world: World) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{call(world)} what is leverage?")
    assert answers(world) == []


async def test_a_question_without_an_answer_is_told_so(world: World) -> None:
    await world.member.send(world.channel, f"{call(world)} how do I bake bread")
    (answer,) = answers(world)
    assert title(answer) == "Not found"


async def test_an_edited_question_gets_its_answer_edited(world: World) -> None:
    asked = await world.member.send(world.channel, f"{call(world)} what is leverage?")
    await world.member.edit(asked, f"{call(world)} what is an API socket?")
    (answer,) = answers(world)
    assert title(answer) == "API socket"


async def test_an_edit_that_adds_the_mention_is_answered(world: World) -> None:
    asked = await world.member.send(world.channel, "what is leverage?")
    assert answers(world) == []
    await world.member.edit(asked, f"{call(world)} what is leverage?")
    (answer,) = answers(world)
    assert title(answer) == "leverage"


async def test_a_deleted_question_takes_its_answer_along(world: World) -> None:
    asked = await world.member.send(world.channel, f"{call(world)} what is leverage?")
    await world.member.delete(asked)
    assert answers(world) == []


async def test_a_reply_to_an_answer_asks_on(world: World) -> None:
    await world.member.send(world.channel, f"{call(world)} what is leverage?")
    await world.member.send(world.channel, "and an API socket?", reply_to=answers(world)[0])
    assert [title(answer) for answer in answers(world)] == ["leverage", "API socket"]


async def test_a_reply_that_asks_nothing_is_left_alone(world: World) -> None:
    await world.member.send(world.channel, f"{call(world)} what is leverage?")
    await world.member.send(world.channel, "lovely, thanks a lot", reply_to=answers(world)[0])
    assert len(answers(world)) == 1


async def test_too_many_questions_are_left_without_an_answer(world: World) -> None:
    world.bot.limit = AnswerLimit(2)
    for _ in range(3):
        await world.member.send(world.channel, f"{call(world)} what is leverage?")
    assert len(answers(world)) == 2


def sent_messages(world: World) -> list[dict[str, Any]]:
    """What the bot tried to post, oldest first."""
    posts = [one for one in world.env.http_requests if one.method == "POST" and one.path.endswith("/messages")]
    return [one.json for one in posts if isinstance(one.json, dict)]


async def noted(world: World) -> str:
    """What moderators see in the settings."""
    return shown(reply(await world.moderator.slash(world.channel, "glossary settings")))


async def test_without_the_right_to_read_history_the_answer_comes_without_a_reference(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=160002)
    await world.member.send(world.channel, f"{call(world)} what is leverage?")
    (answer,) = answers(world)
    assert title(answer) == "leverage"
    assert answer.reference is None
    assert "*Read Message History*" in await noted(world)


async def test_without_the_right_to_embed_the_answer_comes_as_plain_text(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await world.member.send(world.channel, f"{call(world)} what is leverage?")
    (answer,) = answers(world)
    assert not answer.embeds
    assert "**leverage**\nMore exposure than money." in answer.content
    assert answer.content.endswith(f"-# {DISCLAIMER}")
    assert sent_messages(world)[-1]["allowed_mentions"]["parse"] == []
    assert "*Embed Links*" in await noted(world)
    await world.member.send(world.channel, f"{call(world)} what is leverage?")
    assert "⚠️" not in await noted(world)


async def test_without_both_rights_the_answer_comes_as_plain_text_without_a_reference(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=160002)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await world.member.send(world.channel, f"{call(world)} what is leverage?")
    (answer,) = answers(world)
    assert "**leverage**" in answer.content
    assert answer.reference is None


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, 50013, "may not write there"),
        (403, 50001, "may not see the channel"),
        (400, 50083, "the thread is archived"),
        (400, 160005, "the thread is locked"),
        (400, 200000, "AutoMod blocked the answer"),
    ],
)
async def test_where_nothing_can_be_answered_the_log_and_the_moderators_know_why(
    world: World, caplog: pytest.LogCaptureFixture, status: int, code: int, reason: str
) -> None:
    caplog.set_level("INFO")
    world.env.inject_error("POST", "/channels/*/messages", status=status, code=code, times=None)
    await world.member.send(world.channel, f"{call(world)} what is leverage?")
    assert answers(world) == []
    assert "was left without an answer" in caplog.text
    assert reason in caplog.text
    assert "Traceback" not in caplog.text
    assert f"The last mention in <#{world.channel.id}>" in await noted(world)
    assert reason in await noted(world)


async def test_a_thread_belongs_to_the_channel_that_it_is_in_and_is_looked_up_once(world: World) -> None:
    other = world.guild.create_text_channel("elsewhere")
    await world.services.servers.change_settings(world.guild.id, channels=(world.channel.id,))
    for channel in (world.channel, other):
        world.env.backend.create_thread(channel.id, name="talk", owner_id=world.member.id)
    threads = [*world.channel.threads, *other.threads]
    for thread in threads:
        for _ in range(2):
            await world.member.send(thread, f"{call(world)} what is leverage?")
    assert [len(thread.history()) for thread in threads] == [4, 2]
    asked = [one.path for one in world.env.http_requests if one.method == "GET" and one.path.startswith("/channels/")]
    assert sorted(asked) == sorted(f"/channels/{one.id}" for one in threads)
