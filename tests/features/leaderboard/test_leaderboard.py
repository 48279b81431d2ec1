"""The leaderboard of a server: nobody is on it who did not join, and leaving takes one click."""

from bot.storage.quiz_rounds import Round
from tests.world import World, part, parts, reply, shown, title


async def answered(world: World, user_id: int, *, right: bool) -> None:
    """Somebody answers a question in the server."""
    message = reply(await world.member.slash(world.channel, "quiz play", rounds=1))
    clicked = next(one["custom_id"] for one in parts(message) if "quiz-answer" in one.get("custom_id", ""))
    stored = await world.services.quiz_rounds.get(int(clicked.split(":")[2]))
    assert stored is not None
    theirs = await world.services.quiz_rounds.start(world.guild.id, user_id, Round("", stored.round.questions))
    question = theirs.round.questions[0]
    choice = question.right if right else (question.right + 1) % len(question.choices)
    await world.services.quiz_rounds.answer(theirs.id, user_id, 0, choice)


async def test_it_lists_those_who_joined_and_counts_from_then_on(world: World) -> None:
    member, moderator = world.member.id, world.moderator.id
    await answered(world, member, right=True)
    board = reply(await world.member.slash(world.channel, "leaderboard"))
    assert "Nobody is on it yet." in shown(board)
    joined = reply(await world.member.click(board, label="Join"))
    assert joined.ephemeral
    assert title(joined) == "You are on the leaderboard"
    reply(await world.moderator.click(board, label="Join"))
    await answered(world, member, right=False)
    for _ in range(2):
        await answered(world, moderator, right=True)
    await answered(world, world.stranger.id, right=True)
    board = reply(await world.member.slash(world.channel, "leaderboard"))
    assert f"🥇 <@{moderator}>: **2** right of 2\n🥈 <@{member}>: **0** right of 1" in shown(board)
    assert str(world.stranger.id) not in shown(board)
    assert board.content == ""


async def test_joining_twice_keeps_the_count_and_leaving_deletes_it(world: World) -> None:
    board = reply(await world.member.slash(world.channel, "leaderboard"))
    await world.member.click(board, label="Join")
    await answered(world, world.member.id, right=True)
    await world.member.click(board, label="Join")
    assert "**1** right of 1" in shown(reply(await world.member.slash(world.channel, "leaderboard")))
    left = reply(await world.member.click(board, label="Leave"))
    assert title(left) == "You are not on the leaderboard"
    assert "Nobody is on it yet." in shown(reply(await world.member.slash(world.channel, "leaderboard")))


async def test_each_server_has_its_own_and_direct_messages_have_none(world: World) -> None:
    board = reply(await world.member.slash(world.channel, "leaderboard"))
    await world.member.click(board, label="Join")
    olga, elsewhere = world.another_server()
    assert "Nobody is on it yet." in shown(reply(await olga.slash(elsewhere, "leaderboard")))
    assert title(reply(await world.stranger.slash("leaderboard"))) == "Only in servers"


async def test_it_can_be_hidden_and_dismissed(world: World) -> None:
    assert reply(await world.member.slash(world.channel, "leaderboard", hide=True)).ephemeral
    board = reply(await world.member.slash(world.channel, "leaderboard"))
    assert not board.ephemeral
    assert part(board, "dismiss")["custom_id"] == f"dismiss:{world.member.id}"
