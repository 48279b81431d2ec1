"""`/ask`, as people in the simulated Discord see it."""

from pathlib import Path

import pytest

from bot.chat.limits import AnswerLimit
from tests.world import World, parts, reply, shown, title


async def test_a_question_that_names_a_term_is_about_that_term(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question="what is an api sokcet?"))
    assert not message.ephemeral
    assert title(message) == "API socket"
    assert message.content == "-# “what is an api sokcet?”"


async def test_a_question_in_plain_words_is_answered_or_met_with_the_closest_entries(world: World) -> None:
    question = "who may connect without being asked by a pop-up?"
    message = reply(await world.member.slash(world.channel, "ask", question=question))
    assert title(message) in {"trusted IPs", "Closest matches"}
    assert title(message) == "trusted IPs" or "trusted IPs" in [one.get("label") for one in parts(message)]
    assert message.content == "-# “who may connect without being asked by a pop-up?”"


async def test_a_comparison_shows_both_entries_in_one_card_with_a_button_for_each(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question="trusted IPs vs API socket"))
    assert not message.ephemeral
    assert title(message) == "trusted IPs vs API socket"
    assert "**trusted IPs**" in shown(message)
    assert "**API socket**" in shown(message)
    assert len(shown(message)) <= 800
    opened = reply(await world.moderator.click(message, label="API socket"))
    assert opened.ephemeral
    assert title(opened) == "API socket"


async def test_both_entries_of_a_comparison_count_as_looked_up(world: World) -> None:
    await world.member.slash(world.channel, "ask", question="trusted IPs vs API socket")
    await world.services.usage.lookups.flush()
    await world.services.usage.lookups.load()
    assert {"trusted-ips", "api-socket"} <= set(world.services.usage.lookups.favourites)


async def test_mentions_and_emoji_are_no_part_of_the_question(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question="<@123> what is <:blob:456> leverage?"))
    assert title(message) == "leverage"
    assert "123" not in shown(message)


@pytest.mark.parametrize("character", ["\0", "\u202e", "\ud83d"])
async def test_control_characters_are_no_part_of_the_question(world: World, character: str) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question=f"what {character} is leverage?"))
    assert title(message) == "leverage"
    assert message.content == "-# “what is leverage?”"


async def test_an_answer_can_be_hidden(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question="what is leverage", hide=True))
    assert message.ephemeral
    assert title(message) == "leverage"


@pytest.mark.parametrize("question", ["how do I bake sourdough bread?", "the of and"])
async def test_what_has_no_answer_is_said_so_to_the_asker_alone(world: World, question: str) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question=question))
    assert message.ephemeral
    assert title(message) == "Not found"
    assert "Try the name of a term, or fewer words." in shown(message)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("thanks!", "You’re welcome!"),
        ("good bot", "You’re welcome!"),
        ("hi there", "Hello!"),
        ("help", "Five things to try"),
        ("🎉", "🙂"),
        ("<:party:42>", "Five things to try"),
    ],
)
async def test_small_talk_gets_a_friendly_reply(world: World, said: str, answer: str) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question=said))
    assert message.ephemeral
    assert title(message) == answer


async def test_a_word_in_very_many_names_is_met_with_a_few_of_them(world: World, data: Path) -> None:
    message = '[[message]]\ncode = {}\nkind = "error"\ntitle = "Soup {}"\ndefinition = "It boils over."\n'
    file = data / "tws.toml"
    added = "".join(message.format(code, code) for code in range(6000, 6060))
    file.write_text(file.read_text("utf-8") + added, "utf-8")
    await world.services.catalogue.reload()
    answered = reply(await world.member.slash(world.channel, "ask", question="why do I get this error"))
    assert title(answered) == "Closest matches"
    assert len([one for one in parts(answered) if one.get("label", "").startswith("Error")]) <= 5


async def test_a_question_that_asks_for_advice_is_told_that_there_is_none_and_is_no_miss(
    world: World, data: Path
) -> None:
    file = data / "glossary.toml"
    lines = 'advice = "I explain *words*."\nadvice_phrases = ["should i buy"]\n'
    file.write_text(file.read_text("utf-8") + lines, "utf-8")
    await world.services.catalogue.reload()
    message = reply(await world.member.slash(world.channel, "ask", question="Should I buy pizza?"))
    assert message.ephemeral
    assert title(message) == "No advice"
    assert r"I explain \*words\*." in shown(message)
    assert not parts(message)
    assert "Nothing is missing" in shown(reply(await world.moderator.slash(world.channel, "glossary misses")))


async def test_help_names_the_commands(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question="what can you do?"))
    named = "/define /ask /topics /random /search /map /compare /about /privacy".split()
    for command in (*named, "Explain terms"):
        assert command in shown(message)


async def test_an_entry_that_is_called_like_small_talk_is_shown(world: World, data: Path) -> None:
    file = data / "tws.toml"
    file.write_text(file.read_text("utf-8") + '[[term]]\nname = "help"\ndefinition = "A menu of TWS."\n', "utf-8")
    await world.services.catalogue.reload()
    assert title(reply(await world.member.slash(world.channel, "ask", question="Help!"))) == "help"


async def test_a_message_is_answered_for_its_author_in_the_channel(world: World) -> None:
    asked = await world.member.send(world.channel, "what is an api socket?")
    message = reply(await world.moderator.context_menu(world.channel, "Answer this", asked))
    assert not message.ephemeral
    assert title(message) == "API socket"
    assert message.content == f"-# “what is an api socket?”\nFor {world.member.mention}:"
    await world.moderator.click(message, label="Dismiss")
    assert world.channel.history() == [asked]


async def test_a_question_below_a_long_block_of_code_is_read(world: World) -> None:
    code = "print('hello')\n" * 40
    asked = await world.member.send(world.channel, f"```py\n{code}```\nwhat is an api socket?")
    message = reply(await world.moderator.context_menu(world.channel, "Answer this", asked))
    assert message.content == f"-# “what is an api socket?”\nFor {world.member.mention}:"


async def test_a_log_in_a_block_of_code_is_part_of_the_question(world: World, data: Path) -> None:
    file = data / "tws.toml"
    message = '[[message]]\ncode = 502\nkind = "error"\ntitle = "No connection"\ndefinition = "Nothing listens."\n'
    file.write_text(file.read_text("utf-8") + message, "utf-8")
    await world.services.catalogue.reload()
    log = "```\n09:30:01 Error 502, reqId -1: Couldn't connect to TWS.\n```"
    asked = await world.member.send(world.channel, f"any idea what happened here?\n{log}")
    answer = reply(await world.moderator.context_menu(world.channel, "Answer this", asked))
    assert "Error 502" in title(answer)


async def test_a_message_without_an_answer_is_met_with_that_privately(world: World) -> None:
    asked = await world.member.send(world.channel, "how do I bake sourdough bread?")
    message = reply(await world.moderator.context_menu(world.channel, "Answer this", asked))
    assert message.ephemeral
    assert title(message) == "Not found"
    assert world.member.mention not in message.content


async def test_a_question_can_be_answered_for_somebody(world: World) -> None:
    options = {"question": "what is leverage", "for": world.moderator}
    message = reply(await world.member.slash(world.channel, "ask", **options))
    assert message.content == f"-# “what is leverage”\nFor {world.moderator.mention}:"


async def test_a_person_who_asks_too_often_is_told_how_long_to_wait_and_others_are_not(world: World) -> None:
    world.bot.limit = AnswerLimit(2)
    for _ in range(2):
        assert title(reply(await world.member.slash(world.channel, "define", term="leverage"))) == "leverage"
    message = reply(await world.member.slash(world.channel, "ask", question="leverage"))
    assert message.ephemeral
    assert "You can ask again in 30 seconds." in shown(message)
    assert await world.member.autocomplete(world.channel, "define", "term", "lev") != []
    assert title(reply(await world.moderator.slash(world.channel, "define", term="leverage"))) == "leverage"


async def test_somebody_who_has_to_wait_for_a_second_is_not_told_seconds(world: World) -> None:
    world.bot.limit = AnswerLimit(60, clock=lambda: 0.0)
    for _ in range(60):
        world.bot.limit.seconds_to_wait(world.member.id)
    message = reply(await world.member.slash(world.channel, "ask", question="leverage"))
    assert "You can ask again in 1 second." in shown(message)
