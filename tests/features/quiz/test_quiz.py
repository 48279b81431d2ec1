"""A quiz as people in the simulated Discord play it."""

import re
from pathlib import Path

import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage
from sqlalchemy import update

from bot.features.quiz.cards import LETTERS
from bot.services import open_services
from bot.settings import read_settings
from bot.storage.quiz_rounds import Round, StoredRound
from bot.storage.tables import quiz_progress
from tests.features.moderating import add
from tests.world import World, part, parts, reply, shown, title

# Codes that have nothing in common but their category.
CODES = {"error-9001", "error-9002", "error-9003", "error-9004"}
MESSAGES = """
[category]
name = "Messages"
description = "What a program is told"
emoji = "📟"
colour = "#718096"
order = 3

[[message]]
code = 9001
kind = "error"
title = "No connection"
definition = "Nobody listens at that address."

[[message]]
code = 9002
kind = "error"
title = "Order refused"
definition = "The account lacks the money that is needed."

[[message]]
code = 9003
kind = "error"
title = "Unknown instrument"
definition = "Several bonds fit what was asked for."

[[message]]
code = 9004
kind = "error"
title = "Password expired"
definition = "A login has to be renewed every few weeks."
"""


async def play(world: World, by: MemberActor | None = None, **options: object) -> ResponseMessage:
    """Somebody begins a round; its first question."""
    who = by or world.member
    return reply(await who.slash(world.channel, "quiz play", **({"category": "Trading"} | options)))


async def stored_round(world: World, message: ResponseMessage) -> StoredRound:
    """The round that a message shows."""
    clicked = next(one["custom_id"] for one in parts(message) if "quiz" in one.get("custom_id", ""))
    stored = await world.services.quiz_rounds.get(int(clicked.split(":")[2]))
    assert stored is not None
    return stored


async def answer(world: World, message: ResponseMessage, *, right: bool, by: MemberActor | None = None) -> str:
    """Answer the question that a message shows; the id of the button."""
    played = (await stored_round(world, message)).round
    question = played.questions[len(played.answers)]
    choice = next(number for number in range(len(question.choices)) if (number == question.right) == right)
    button = next(one["custom_id"] for one in parts(message) if one.get("custom_id", "").endswith(f":{choice}"))
    await (by or world.member).click(message, custom_id=button)
    return str(button)


async def finish(world: World, message: ResponseMessage, *, right: bool) -> Round:
    """Answer all questions and show the score; the round."""
    while True:
        await answer(world, message, right=right)
        stored = await stored_round(world, message)
        is_last = len(stored.round.answers) == len(stored.round.questions)
        await world.member.click(message, label="Score" if is_last else "Next")
        if is_last:
            return stored.round


async def test_a_round_asks_explains_and_ends_with_the_score(world: World) -> None:
    message = await play(world, rounds=3)
    assert "Question 1 of 3" in shown(message)
    assert len([one for one in parts(message) if "quiz-answer" in one.get("custom_id", "")]) == 4
    await answer(world, message, right=True)
    assert title(message) == "✅ Right"
    await world.member.click(message, label="Next")
    assert "Question 2 of 3 · 1 right" in shown(message)
    await answer(world, message, right=False)
    assert title(message) == "❌ Not quite"
    assert "You chose **" in shown(message)
    await world.member.click(message, label="Next")
    await answer(world, message, right=True)
    await world.member.click(message, label="Score")
    assert title(message) == "2 of 3 right"
    assert shown(message).count("\n- **") == 1


async def test_the_explanation_has_a_button_that_opens_the_entry(world: World) -> None:
    message = await play(world)
    asked = (await stored_round(world, message)).round.questions[0]
    await answer(world, message, right=True)
    assert f"**{asked.name}**: " in shown(message)
    opened = reply(await world.member.click(message, label=f"Open {asked.name}"))
    assert title(opened) == asked.name
    assert opened.ephemeral


async def test_long_choices_stand_above_lettered_buttons_and_short_ones_on_their_buttons(world: World) -> None:
    seen = set()
    for _ in range(12):
        message = await play(world, rounds=1)
        question = (await stored_round(world, message)).round.questions[0]
        labels = [one["label"] for one in parts(message) if "quiz-answer" in one.get("custom_id", "")]
        is_lettered = labels == list(LETTERS)
        assert is_lettered == ("What does" in title(message))
        assert is_lettered or set(labels) == {choice.text for choice in question.choices}
        seen.add(is_lettered)
    assert seen == {True, False}


async def test_nobody_else_answers_a_quiz_but_everybody_gets_one_of_their_own(world: World) -> None:
    message = await play(world)
    before = shown(message)
    button = next(one["custom_id"] for one in parts(message) if "quiz-answer" in one.get("custom_id", ""))
    (refusal,) = (await world.moderator.click(message, custom_id=button)).followups
    assert refusal.ephemeral
    assert title(refusal) == "This is somebody else's quiz"
    assert shown(message) == before
    assert (await stored_round(world, message)).round.answers == ()
    await world.moderator.click(refusal, label="Play my own")
    assert "Question 1 of 5" in shown(refusal)
    own = await stored_round(world, refusal)
    assert (own.user_id, own.round.scope) == (world.moderator.id, "Trading")


async def test_the_same_click_twice_counts_once(world: World) -> None:
    message = await play(world)
    first = await stored_round(world, message)
    for choice in (0, 0, 1):
        await world.services.quiz_rounds.answer(first.id, world.member.id, 0, choice)
    assert [one.choice for one in (await stored_round(world, message)).round.answers] == [0]
    button = next(one["custom_id"] for one in parts(message) if one.get("custom_id", "").endswith(":0:2"))
    await world.member.click(message, custom_id=button)
    assert title(message) in {"✅ Right", "❌ Not quite"}
    assert [one.choice for one in (await stored_round(world, message)).round.answers] == [0]
    learned = await world.services.quiz_progress.of(world.member.id, world.guild.id)
    assert [one.answered for one in learned.values()] == [1]


async def test_a_round_goes_on_in_another_process(world: World, environment: dict[str, str], tmp_path: Path) -> None:
    message = await play(world, rounds=2)
    stored = await stored_round(world, message)
    async with open_services(read_settings(environment, tmp_path / "no.env")) as other:
        assert await other.quiz_rounds.get(stored.id) == stored
        await other.quiz_rounds.answer(stored.id, world.member.id, 0, stored.round.questions[0].right)
    button = next(one["custom_id"] for one in parts(message) if one.get("custom_id", "").endswith(":0:1"))
    await world.member.click(message, custom_id=button)
    assert title(message) == "✅ Right"


async def test_play_again_starts_a_round_like_the_last_one(world: World) -> None:
    message = await play(world, rounds=2)
    first = await finish(world, message, right=True)
    assert "You knew all of them." in shown(message)
    await world.member.click(message, label="Play again")
    assert "Question 1 of 2" in shown(message)
    second = (await stored_round(world, message)).round
    assert second.scope == "Trading"
    # What is new comes before what was just learned.
    assert {one.entry_id for one in first.questions}.isdisjoint(one.entry_id for one in second.questions)


async def test_play_again_in_somebody_elses_message_starts_a_private_round(world: World) -> None:
    message = await play(world, rounds=1)
    await finish(world, message, right=True)
    private = reply(await world.moderator.click(message, label="Play again"))
    assert private.ephemeral
    assert "Question 1 of 1" in shown(private)
    assert title(message) == "1 of 1 right"


async def test_what_was_learned_under_an_old_name_stays_learned(world: World, data: Path) -> None:
    message = await play(world, rounds=6)
    await finish(world, message, right=True)
    text = (data / "trading.toml").read_text("utf-8")
    (data / "trading.toml").write_text(text.replace('"slippage"', '"slip"\naliases = ["slippage"]'), "utf-8")
    await world.services.catalogue.reload()
    stats = reply(await world.member.slash(world.channel, "quiz stats"))
    assert "**6** of 9 terms met" in shown(stats)


async def test_what_is_due_comes_first(world: World) -> None:
    message = await play(world, rounds=1)
    (asked,) = (await finish(world, message, right=True)).questions
    async with world.services.database.write() as connection:
        await connection.execute(update(quiz_progress).values(due_at=0))
    again = await play(world, rounds=1)
    assert (await stored_round(world, again)).round.questions[0].entry_id == asked.entry_id


async def test_the_first_round_asks_about_terms_and_the_codes_that_people_ask_for(world: World, data: Path) -> None:
    """Rare codes come after them, and like everything else from the second round on."""
    (data / "messages.toml").write_text(MESSAGES, "utf-8")
    await world.services.catalogue.reload()
    await world.member.slash(world.channel, "define", term="error 9001")
    await world.services.usage.flush()
    message = await play(world, category="Messages", rounds=1)
    assert (await stored_round(world, message)).round.questions[0].entry_id == "error-9001"
    everything = reply(await world.member.slash(world.channel, "quiz play", rounds=6))
    asked = {one.entry_id for one in (await stored_round(world, everything)).round.questions}
    assert len(asked) == 6
    assert asked & CODES <= {"error-9001"}
    await finish(world, message, right=True)
    rest = await stored_round(world, await play(world, category="Messages", rounds=3))
    assert {one.entry_id for one in rest.round.questions} == CODES - {"error-9001"}


async def test_a_public_quiz_can_be_dismissed_and_a_hidden_one_is_private(world: World) -> None:
    hidden = await play(world, hide=True)
    assert hidden.ephemeral
    message = await play(world)
    assert not message.ephemeral
    assert part(message, "dismiss")["custom_id"] == f"dismiss:{world.member.id}"
    await answer(world, message, right=True)
    assert part(message, "dismiss")["custom_id"] == f"dismiss:{world.member.id}"


async def test_it_works_in_direct_messages(world: World) -> None:
    message = reply(await world.stranger.slash("quiz play", rounds=1, category="Trading"))
    stored = await stored_round(world, message)
    right = stored.round.questions[0].right
    button = next(one["custom_id"] for one in parts(message) if one.get("custom_id", "").endswith(f":0:{right}"))
    await world.stranger.click(message, custom_id=button)
    assert title(message) == "✅ Right"


async def test_a_servers_own_entries_take_part_there_and_are_learned_there(world: World) -> None:
    await add(world)  # the only entry of its category
    message = await play(world, category="This server", rounds=3)
    assert "Question 1 of 1" in shown(message)
    stored = await stored_round(world, message)
    assert stored.round.questions[0].entry_id == "pip-spread"
    await finish(world, message, right=True)
    assert set(await world.services.quiz_progress.of(world.member.id, world.guild.id)) == {"pip-spread"}
    assert not await world.services.quiz_progress.of(world.member.id, 1)


async def test_a_round_survives_that_its_entry_is_gone(world: World, data: Path) -> None:
    message = await play(world)
    (data / "trading.toml").unlink()
    await world.services.catalogue.reload()
    await answer(world, message, right=True)
    assert "is no longer in the glossary" in shown(message)
    assert [one["label"] for one in parts(message)] == ["Next", "Dismiss"]


async def test_a_round_that_is_gone_offers_another(world: World) -> None:
    message = await play(world)
    await world.services.retention.forget_person(world.member.id)
    button = next(one["custom_id"] for one in parts(message) if "quiz-answer" in one.get("custom_id", ""))
    (gone,) = (await world.member.click(message, custom_id=button)).followups
    assert title(gone) == "This round is gone"
    await world.member.click(gone, label="Play a new round")
    assert "Question 1 of 5" in shown(gone)


async def test_a_topic_without_questions_and_an_unknown_one_are_said_to_be_so(world: World, data: Path) -> None:
    assert "There is no topic “pizza”." in shown(await play(world, category="pizza"))
    alone = '[category]\nname = "Alone"\ndescription = "d"\nemoji = "1️⃣"\ncolour = "#718096"\norder = 3\n'
    (data / "alone.toml").write_text(alone + '[[term]]\nname = "one"\ndefinition = "Too short."\n', "utf-8")
    await world.services.catalogue.reload()
    message = await play(world, category="Alone")
    assert "“Alone” has too few terms" in shown(message)


async def test_stats_tell_what_is_known_what_is_due_and_what_is_hard(world: World) -> None:
    assert "You have not answered any questions yet." in shown(
        reply(await world.member.slash(world.channel, "quiz stats"))
    )
    message = await play(world, rounds=2)
    await answer(world, message, right=False)
    hard = (await stored_round(world, message)).round.questions[0].name
    await world.member.click(message, label="Next")
    await answer(world, message, right=True)
    stats = reply(await world.member.slash(world.channel, "quiz stats"))
    assert stats.ephemeral
    assert "**2** answered, **1** right (50%)" in shown(stats)
    assert "**2** of 9 terms met" in shown(stats)
    assert re.search(rf"\*\*Hardest for you\*\*\n- \*\*{hard}\*\*", shown(stats))
    await world.member.click(stats, label="Play")
    assert "Question 1 of 5" in shown(stats)


@pytest.mark.parametrize("rounds", [1, 20])
async def test_a_round_has_no_more_questions_than_there_are(world: World, rounds: int) -> None:
    message = await play(world, rounds=rounds)
    assert f"Question 1 of {min(rounds, 6)}" in shown(message)
