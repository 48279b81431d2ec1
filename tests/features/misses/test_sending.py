"""Sending a whole question to the moderators: only if the asker wants to, and until it is dealt with."""

from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.storage.questions import MOST_SENT
from tests.features.moderating import defined, listed_misses
from tests.world import World, form_fields, part, parts, reply, shown, title

SEND = "Send my question to moderators"
LONG = "why does my screen flicker whenever I draw the volume profile of a whole year of five second bars in one go"


async def form_of(message: ResponseMessage, by: MemberActor) -> InteractionResult:
    """The form behind the button."""
    return await by.click(message, label=SEND)


async def sent(world: World, question: str, by: MemberActor | None = None) -> ResponseMessage:
    """What somebody is told who asks and sends the question as it is."""
    who = by or world.member
    form = await form_of(reply(await who.slash(world.channel, "ask", question=question)), who)
    return reply(await who.submit_modal(form, {"question": str(form_fields(form)["question"]["value"])}))


async def opened(world: World, query: str) -> ResponseMessage:
    """The miss as a moderator sees it."""
    message = await listed_misses(world)
    await world.moderator.select(message, [query], custom_id="pick:miss:")
    return message


async def test_nothing_is_sent_before_the_asker_has_seen_it_whole(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question=LONG))
    form = await form_of(message, world.member)
    assert form_fields(form)["question"]["value"] == LONG
    assert await world.services.questions.of(world.guild.id) == ()


async def test_a_question_stands_with_its_miss_and_its_name(world: World) -> None:
    thanks = await sent(world, LONG)
    assert thanks.ephemeral
    assert "90 days at the latest" in shown(thanks)
    message = await listed_misses(world)
    assert "✉️ 1" in shown(message)
    (option,) = part(message, "pick:miss:")["options"]
    message = await opened(world, option["value"])
    assert f"> {LONG} · <@{world.member.id}>" in shown(message)
    assert not message.message.mentions


async def test_none_of_these_offers_to_send_the_question_too(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="beverage"))
    await world.member.click(message, label="None of these")
    form = await form_of(message, world.member)
    await world.member.submit_modal(form, {"question": "I mean a beverage, with *ice*."})
    lines = shown(await opened(world, "beverage with ice"))
    assert "> I mean a beverage, with \\*ice\\*. ·" in lines


async def test_sending_the_same_twice_keeps_it_once(world: World) -> None:
    await sent(world, "what is pizza")
    await sent(world, "what is pizza")
    assert len(await world.services.questions.of(world.guild.id)) == 1


async def test_one_person_can_send_only_so_many(world: World) -> None:
    for number in range(MOST_SENT):
        await sent(world, f"pizza {number} please")
    refused = await sent(world, "pizza 99 please")
    assert title(refused) == "Enough for now"
    (file,) = refused.attachments
    assert b"pizza 99 please" in await file.read()
    assert title(await sent(world, "pizza 99 please", by=world.moderator)) == "Sent"


async def test_only_the_asker_can_send_what_everybody_sees(world: World) -> None:
    assert world.bot.user is not None
    await world.member.send(world.channel, f"{world.bot.user.mention} pizza")
    answer = world.channel.history()[-1]
    assert title(reply(await world.moderator.click(answer, label=SEND))) == "Not your question"
    assert (await world.member.click(answer, label=SEND)).modal is not None


async def test_it_goes_with_the_miss_and_with_the_person(world: World) -> None:
    await sent(world, "what is pizza")
    await sent(world, "what is pasta")
    await world.moderator.click(await opened(world, "pizza"), label="Dismiss")
    assert [one.query for one in await world.services.questions.of(world.guild.id)] == ["pasta"]
    privacy = reply(await world.member.slash(world.channel, "privacy"))
    assert "• 1 question sent to moderators" in shown(privacy)
    await world.member.click(privacy, label="Delete what is stored about me")
    await world.member.click(privacy, label="Yes, delete it")
    assert await world.services.questions.of(world.guild.id) == ()
    assert world.services.usage.last_question(world.member.id) == ""


async def test_where_suggestions_are_turned_off_no_question_is_taken(world: World) -> None:
    message = await defined(world, "pizza")
    form = await form_of(message, world.member)
    await world.services.servers.change_settings(world.guild.id, take_suggestions=False)
    assert title(reply(await world.member.click(message, label=SEND))) == "No suggestions here"
    refused = reply(await world.member.submit_modal(form, {"question": "What is pizza?"}))
    (file,) = refused.attachments
    assert b"What is pizza?" in await file.read()


async def test_a_question_without_words_is_given_back(world: World) -> None:
    form = await form_of(await defined(world, "pizza"), world.member)
    refused = reply(await world.member.submit_modal(form, {"question": "???"}))
    assert title(refused) == "No question"
    assert refused.attachments


async def test_in_direct_messages_the_operator_reads_it(world: World) -> None:
    message = reply(await world.stranger.slash("define", term="pizza"))
    form = await world.stranger.click(message, label=SEND)
    thanks = reply(await world.stranger.submit_modal(form, {"question": "What is pizza?"}))
    assert "The operator of this bot" in shown(thanks)


async def test_an_empty_question_offers_nothing(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="   "))
    assert not [one for one in parts(message) if one.get("label") == SEND]
