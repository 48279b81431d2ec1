"""Questions in messages, as people in the simulated Discord ask them."""

import discord
import pytest

from bot.chat.limits import AnswerLimit
from tests.world import DISCLAIMER, World, title


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
    ("text", "answer"), [("{call}", "What I can do"), ("{call} thanks", "You’re welcome!"), ("hey {call}", "Hello!")]
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
    assert title(answer) == "No answer found"


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


async def test_where_the_bot_may_not_write_nothing_breaks(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await world.member.send(world.channel, f"{call(world)} what is leverage?")
    assert answers(world) == []
    await world.member.send(world.channel, f"{call(world)} what is leverage?")
    assert len(answers(world)) == 1
