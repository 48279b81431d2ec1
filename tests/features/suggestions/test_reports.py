"""Saying that an entry is wrong, and what becomes of it, as people in the simulated Discord see it."""

from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.storage.suggestions import MOST_OPEN
from tests.features.moderating import add, defined, edit, listed_suggestions
from tests.features.suggestions.test_suggestions import MENU, told
from tests.world import World, form_fields, part, parts, reply, shown, submit, title

WRONG = "Wrong or out of date?"


async def report(world: World, term: str, details: str, by: MemberActor | None = None) -> ResponseMessage:
    """A member says what is wrong with an entry; the answer."""
    who = by or world.member
    form = await who.click(await defined(world, term, who), label=WRONG)
    return reply(await who.submit_modal(form, {"details": details}))


async def chosen(world: World) -> ResponseMessage:
    """The list after a moderator has chosen the first of it."""
    message = await listed_suggestions(world)
    await world.moderator.select(message, [part(message, MENU)["options"][0]["value"]], custom_id=MENU)
    return message


async def test_a_report_about_a_shared_entry_reaches_the_moderators_of_the_home_servers(world: World) -> None:
    thanks = await report(world, "leverage", "It is *not* that.")
    assert thanks.ephemeral
    assert "The people who look after the shared glossary will read" in shown(thanks)
    assert "You will be told what they decide." in shown(thanks)
    message = await chosen(world)
    report_shown, entry = message.embeds
    assert report_shown.title == "Reported entry"
    assert "🚩 **leverage** · <t:" in str(report_shown.description)
    assert "> It is \\*not\\* that." in str(report_shown.description)
    assert "It is corrected in the data files." in str(report_shown.description)
    assert entry.title == "leverage"
    labels = ["Still right", "Edit", "Retire", "It is corrected", "Decline", "Back"]
    assert [one["label"] for one in parts(message)] == labels


async def test_the_form_asks_for_a_correction_and_does_not_say_that_the_entry_is_wrong(world: World) -> None:
    form = await world.member.click(await defined(world, "leverage", world.member), label=WRONG)
    assert form.modal is not None
    assert form.modal["title"] == "Correction: leverage"


async def test_a_report_from_another_server_reaches_them_and_nobody_in_that_server(world: World) -> None:
    moderator, channel = world.another_server()
    form = await moderator.click(reply(await moderator.slash(channel, "define", term="leverage")), label=WRONG)
    await moderator.submit_modal(form, {"details": "No."})
    assert "**leverage**" in shown(await listed_suggestions(world))
    theirs = reply(await moderator.slash(channel, "glossary suggestions"))
    assert "leverage" not in shown(theirs)


async def test_a_corrected_entry_is_told_to_the_person_who_reported_it(world: World) -> None:
    await report(world, "leverage", "No.")
    message = await chosen(world)
    await world.moderator.click(message, label="It is corrected")
    assert title(message) == "Corrected"
    assert told(world.member) == ["Entry corrected"]
    assert "Nobody is waiting" in shown(await listed_suggestions(world))


async def test_a_declined_report_says_why(world: World) -> None:
    await report(world, "leverage", "No.")
    form = await world.moderator.click(await chosen(world), label="Decline")
    await world.moderator.submit_modal(form, {"reason": "It is right."})
    (sent,) = world.member.user.dm_channel.history()
    assert "The moderators decided to leave it as it is.\n> It is right." in shown(sent)


async def test_an_own_entry_is_edited_from_its_report_which_closes_it(world: World) -> None:
    await add(world)
    assert "The moderators of this server will read" in shown(await report(world, "pip spread", "It is wider."))
    message = await chosen(world)
    form = await world.moderator.click(message, label="Edit")
    assert form_fields(form)["name"]["value"] == "pip spread"
    await submit(world.moderator, form, {"definition": "What the broker keeps."})
    assert "What the broker keeps." in shown(await defined(world, "pip spread"))
    assert "Nobody is waiting" in shown(await listed_suggestions(world))
    assert told(world.member) == ["Entry corrected"]


async def test_reports_are_posted_in_the_channel_for_suggestions(world: World) -> None:
    await world.services.servers.change_settings(world.guild.id, suggestions_channel=world.channel.id)
    await report(world, "leverage", "No.")
    posted = world.channel.history()[-1]
    assert title(posted) == "Reported entry"


async def test_one_person_can_have_a_limited_number_of_open_reports(world: World) -> None:
    for number in range(MOST_OPEN):
        await report(world, "leverage", f"No, for reason {number}.")
    assert title(await report(world, "leverage", "No.")) == "Enough for now"


async def test_an_entry_that_is_gone_cannot_be_reported(world: World) -> None:
    await add(world)
    shown_before = await defined(world, "pip spread")
    await world.moderator.slash(world.channel, "glossary remove", term="pip spread")
    assert title(reply(await world.member.click(shown_before, label=WRONG))) == "This entry is gone"


async def test_a_report_follows_an_entry_that_is_renamed_before_or_after_it(world: World) -> None:
    await add(world)
    form = await world.member.click(await defined(world, "pip spread"), label=WRONG)
    shown_before = await defined(world, "pip spread")
    await edit(world, "pip spread", name="pip gap")
    await world.member.submit_modal(form, {"details": "No."})
    message = await chosen(world)
    assert message.embeds[1].title == "pip gap"
    form = await world.member.click(shown_before, label=WRONG)
    await world.member.submit_modal(form, {"details": "No again."})
    await edit(world, "pip gap", name="pip width")
    message = await chosen(world)
    assert message.embeds[1].title == "pip width"
    await submit(world.moderator, await world.moderator.click(message, label="Edit"), {"definition": "Right at last."})
    assert told(world.member) == ["Entry corrected"]
    assert "Right at last." in shown(await defined(world, "pip width"))


async def test_a_report_is_refused_if_suggestions_were_turned_off_meanwhile(world: World) -> None:
    form = await world.member.click(await defined(world, "leverage"), label=WRONG)
    await world.services.servers.change_settings(world.guild.id, take_suggestions=False)
    refused = reply(await world.member.submit_modal(form, {"details": "No."}))
    assert title(refused) == "No suggestions here"
    (file,) = refused.attachments
    assert b"No." in await file.read()
    assert "Nobody is waiting" in shown(await listed_suggestions(world))


async def test_a_reported_entry_that_is_still_right_is_noted_and_the_member_is_told(world: World) -> None:
    await report(world, "leverage", "No.")
    message = await chosen(world)
    await world.moderator.click(message, label="Still right")
    assert title(message) == "Still right"
    assert "The member who suggested it was told." in shown(message)
    assert told(world.member) == ["Entry checked"]
    assert "Nobody is waiting" in shown(await listed_suggestions(world))
    assert "Export checks (1)" in str(parts(reply(await world.moderator.slash(world.channel, "glossary review"))))
    await world.moderator.click(message, label="Back")
    assert title(message) == "Open suggestions"


async def test_a_reported_own_entry_is_retired_which_closes_the_report(world: World) -> None:
    await add(world)
    await report(world, "pip spread", "It is gone.")
    form = await world.moderator.click(await chosen(world), label="Retire")
    await world.moderator.submit_modal(form, {"superseded_by": ""})
    assert title(await defined(world, "pip spread")) == "Not found"
    assert told(world.member) == ["Entry corrected"]
    assert "Nobody is waiting" in shown(await listed_suggestions(world))


async def test_a_reported_shared_entry_that_is_retired_here_stays_reported(world: World) -> None:
    await report(world, "leverage", "It is gone.")
    form = await world.moderator.click(await chosen(world), label="Retire")
    await world.moderator.submit_modal(form, {"superseded_by": ""})
    assert "Retired" in shown(await defined(world, "leverage"))
    assert "leverage" in shown(await listed_suggestions(world))
