"""Suggesting a term and what moderators do with it, as people in the simulated Discord see it."""

import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.chat.markdown import escape
from bot.storage.change_history import ChangeKind
from bot.storage.suggestions import MOST_OPEN
from tests.features.moderating import listed_suggestions, suggest
from tests.world import World, form_fields, part, parts, reply, shown, title

MENU = "pick:suggestion:"

HOSTILE = "*bold* <@&1> [a](https://b.c)"


async def chosen(world: World, term: str, by: MemberActor | None = None) -> ResponseMessage:
    """The list after a moderator has chosen one of it."""
    who = by or world.moderator
    message = reply(await who.slash(world.channel, "glossary suggestions"))
    (value,) = [one["value"] for one in part(message, MENU)["options"] if one["label"] == term]
    await who.select(message, [value], custom_id=MENU)
    return message


async def approved(world: World, suggestion_id: str) -> ResponseMessage:
    """The hidden answer to a moderator who approves a suggestion."""
    message = await listed_suggestions(world)
    await world.moderator.select(message, [suggestion_id], custom_id=MENU)
    (answer,) = (await world.moderator.click(message, label="Approve")).followups
    return answer


async def decline(world: World, message: ResponseMessage, reason: str = "") -> ResponseMessage:
    """The moderator declines the suggestion that a message shows; the hidden answer."""
    form = await world.moderator.click(message, label="Decline")
    (answer,) = (await world.moderator.submit_modal(form, {"reason": reason})).followups
    return answer


@pytest.mark.parametrize("character", ["\0", "\u202e", "\ud83d"])
async def test_characters_that_no_database_keeps_or_that_turn_a_line_are_left_out(world: World, character: str) -> None:
    await suggest(world, f"pip{character} spread", f"What the {character}broker keeps.")
    listed = shown(await listed_suggestions(world))
    assert "**pip spread**" in listed
    assert "What the broker keeps." in listed


def told(who: MemberActor) -> list[str]:
    """The titles of what somebody was written directly."""
    return [one.embeds[0].title or "" for one in who.user.dm_channel.history()]


async def test_a_missed_term_is_suggested_listed_and_approved_and_the_person_who_missed_it_is_told(
    world: World,
) -> None:
    thanks = await suggest(world, "pizza", "Round.\nSeen in the manual.")
    assert thanks.ephemeral
    assert title(thanks) == "Thank you"
    assert "“pizza” is saved. The moderators of this server will read it" in shown(thanks)
    message = await listed_suggestions(world)
    assert message.ephemeral
    assert "**pizza** · <t:" in shown(message)
    assert f":R> · {world.member.mention}\n> Round. Seen in the manual." in shown(message)
    (option,) = part(message, MENU)["options"]
    assert (option["label"], option["description"]) == ("pizza", "Round. Seen in the manual.")
    await world.moderator.select(message, [option["value"]], custom_id=MENU)
    (saved,) = (await world.moderator.click(message, label="Approve")).followups
    assert saved.ephemeral
    assert "was told" in (saved.embeds[0].description or "")
    assert title(message) == "Approved"
    assert told(world.member) == ["Added to the glossary"]
    found = reply(await world.member.slash(world.channel, "define", term="pizza"))
    assert "Round." in shown(found)
    assert "this server's own entry" in shown(found)
    await world.moderator.click(message, label="Other suggestions")
    assert "Nobody is waiting for a term." in shown(message)
    (change,) = await world.services.servers.history(world.guild.id, limit=5)
    assert change.kind is ChangeKind.APPROVE


async def test_what_is_no_entry_yet_comes_back_to_be_finished_and_closes_nothing(world: World) -> None:
    await suggest(world, "pizza")
    message = await chosen(world, "pizza")
    (refused,) = (await world.moderator.click(message, label="Approve")).followups
    assert title(refused) == "Not saved yet"
    assert len(await world.services.suggestions.open_in((world.guild.id,), 5)) == 1
    form = await world.moderator.click(refused, label="Continue editing")
    assert form_fields(form)["name"]["value"] == "pizza"
    result = await world.moderator.submit_modal(form, {"name": "pizza", "definition": "Flat and round, really."})
    assert [title(one, 0) for one in result.followups] == ["Saved"]
    assert await world.services.suggestions.open_in((world.guild.id,), 5) == ()
    assert told(world.member) == ["Added to the glossary"]


async def test_one_is_edited_and_approved(world: World) -> None:
    await suggest(world, "piza", "Round.")
    message = await chosen(world, "piza")
    form = await world.moderator.click(message, label="Edit and approve")
    assert {name: field.get("value") for name, field in form_fields(form).items()}["definition"] == "Round."
    await world.moderator.submit_modal(form, {"name": "pizza", "definition": "Flat and round, really."})
    assert title(message) == "Approved"
    assert title(reply(await world.member.slash(world.channel, "define", term="pizza"))) == "pizza"


async def test_one_is_declined_with_a_reason_and_the_rest_stays_with_the_newest_first(world: World) -> None:
    for term in ("pizza", "pasta", "risotto"):
        await suggest(world, term)
    options = part(await listed_suggestions(world), MENU)["options"]
    assert [option["label"] for option in options] == ["risotto", "pasta", "pizza"]
    message = await chosen(world, "pasta")
    answer = await decline(world, message, f"Too Italian. {HOSTILE}")
    assert "was told" in shown(answer)
    assert title(message) == "Declined"
    (direct,) = world.member.user.dm_channel.history()
    assert f"> Too Italian. {escape(HOSTILE)}" in shown(direct)
    assert [option["label"] for option in part(await listed_suggestions(world), MENU)["options"]] == [
        "risotto",
        "pizza",
    ]


async def test_code_in_a_reason_is_shown_as_code(world: World) -> None:
    await suggest(world, "pizza")
    await decline(world, await chosen(world, "pizza"), "We call it `pasta` here.")
    (direct,) = world.member.user.dm_channel.history()
    assert "> We call it `pasta` here." in shown(direct)


UNDELIVERED = [(403, 50007), (400, 50007), (400, 50033), (400, 40003), (500, 0)]


@pytest.mark.parametrize(("status", "code"), UNDELIVERED)
async def test_a_member_whom_no_direct_message_reaches_is_not_told_and_the_moderator_knows(
    world: World, status: int, code: int
) -> None:
    await suggest(world, "pizza")
    message = await chosen(world, "pizza")
    world.env.inject_error("POST", "/users/@me/channels", status=status, code=code, times=None)
    assert "could not be told" in shown(await decline(world, message))
    assert await world.services.suggestions.open_in((world.guild.id,), 5) == ()


@pytest.mark.parametrize(("status", "code"), UNDELIVERED)
async def test_a_direct_message_that_fails_leaves_a_saved_approval_saved_with_its_undo(
    world: World, status: int, code: int
) -> None:
    await suggest(world, "pizza", "Round and flat.")
    message = await chosen(world, "pizza")
    world.env.inject_error("POST", "/users/@me/channels", status=status, code=code, times=None)
    (saved,) = (await world.moderator.click(message, label="Approve")).followups
    assert title(saved, 0) == "Saved"
    assert "could not be told" in (saved.embeds[0].description or "")
    assert part(saved, "do:revert:")


async def test_a_message_that_is_gone_leaves_a_saved_approval_saved_with_its_undo(world: World) -> None:
    await suggest(world, "pizza", "Round and flat.")
    message = await chosen(world, "pizza")
    world.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=404, code=10008)
    (saved,) = (await world.moderator.click(message, label="Approve")).followups
    assert title(saved, 0) == "Saved"
    assert part(saved, "do:revert:")


async def test_one_that_another_moderator_has_closed_is_said_to_be_closed(
    world: World, second_moderator: MemberActor
) -> None:
    await suggest(world, "pizza", "Round and flat.")
    first, second = await chosen(world, "pizza"), await chosen(world, "pizza", by=second_moderator)
    third = await second_moderator.click(second, label="Decline")
    form = await second_moderator.click(second, label="Edit and approve")
    await world.moderator.click(first, label="Approve")
    (late,) = (await second_moderator.click(second, label="Approve")).followups
    assert title(late) == "Closed already"
    (late,) = (await second_moderator.submit_modal(third, {"reason": ""})).followups
    assert title(late) == "Closed already"
    typed = {"name": "pizza pie", "definition": "What I typed meanwhile."}
    (refused,) = (await second_moderator.submit_modal(form, typed)).followups
    assert "closed by somebody else" in shown(refused)
    saved = await second_moderator.click(refused, label="Continue editing")
    assert form_fields(saved)["definition"]["value"] == "What I typed meanwhile."


async def test_approving_a_term_that_is_shared_asks_before_it_replaces_it(world: World) -> None:
    """Somebody else may have added the term to the data files since it was suggested."""
    await world.services.suggestions.add(world.guild.id, world.member.id, "Leverage", "lol, who knows.")
    message = await chosen(world, "Leverage")
    (asked,) = (await world.moderator.click(message, label="Approve")).followups
    assert "replaces the shared entry **leverage**" in (asked.embeds[0].description or "")
    assert "More exposure than money." in shown(
        reply(await world.member.slash(world.channel, "define", term="leverage"))
    )
    await world.moderator.click(asked, label="Replace the shared entry")
    assert title(asked, 0) == "Saved"
    assert await world.services.suggestions.open_in((world.guild.id,), 5) == ()


async def test_a_term_that_exists_is_shown_to_who_suggests_it(world: World) -> None:
    missed = reply(await world.member.slash(world.channel, "define", term="pizza"))
    form = await world.member.click(missed, label="Suggest this term")
    told_so = reply(await world.member.submit_modal(form, {"term": "api PORT", "details": "lol"}))
    assert [embed.title for embed in told_so.embeds] == ["It exists already", "API socket"]
    assert await world.services.suggestions.open_in((world.guild.id,), 5) == ()
    report = await world.member.click(told_so, label="Wrong or out of date?")
    assert report.modal


async def test_approving_the_same_suggestion_of_two_members_closes_both(world: World) -> None:
    for who in (world.member, world.moderator):
        await world.services.suggestions.add(world.guild.id, who.id, "pizza", "Round and flat.")
    answers = [await approved(world, term_id) for term_id in ("1", "2")]
    answer = answers[1]
    assert title(answer, 0) == "Nothing was changed"
    assert "exactly like this" in (answer.embeds[0].description or "")
    assert await world.services.suggestions.open_in((world.guild.id,), 5) == ()


async def test_a_second_suggestion_of_an_approved_term_is_no_change_of_somebody_else(world: World) -> None:
    for details in ("Round and flat.", "Square and thick."):
        await world.services.suggestions.add(world.guild.id, world.member.id, "pizza", details)
    answers = [await approved(world, term_id) for term_id in ("1", "2")]
    answer = answers[1]
    assert title(answer, 0) == "This entry exists already"
    assert "Round and flat." in (answer.embeds[1].description or "")
    assert "Square and thick." in (answer.embeds[2].description or "")


async def test_suggestions_are_posted_in_the_channel_that_is_set_and_decided_there(world: World) -> None:
    channel = world.guild.create_text_channel("wishes")
    await world.services.servers.change_settings(world.guild.id, suggestions_channel=channel.id)
    await suggest(world, "pizza", "Round and flat.")
    (posted,) = channel.history()
    assert title(posted) == "Suggested term"
    await world.moderator.click(posted, label="Approve")
    (posted,) = channel.history()
    assert f"was approved by {world.moderator.mention}" in shown(posted)
    assert not posted.components
    assert title(reply(await world.member.slash(world.channel, "define", term="pizza"))) == "pizza"


async def test_a_channel_that_cannot_be_written_to_does_not_lose_the_suggestion(world: World) -> None:
    await world.services.servers.change_settings(world.guild.id, suggestions_channel=5)
    assert title(await suggest(world, "pizza")) == "Thank you"
    assert "**pizza**" in shown(await listed_suggestions(world))


async def test_suggestions_can_be_turned_off(world: World) -> None:
    missed = reply(await world.member.slash(world.channel, "define", term="pizza"))
    form = await world.member.click(missed, label="Suggest this term")
    await world.services.servers.change_settings(world.guild.id, take_suggestions=False)
    assert title(reply(await world.member.submit_modal(form, {"term": "pizza"}))) == "No suggestions here"
    assert title(reply(await world.member.click(missed, label="Suggest this term"))) == "No suggestions here"
    assert await world.services.suggestions.open_in((world.guild.id,), 5) == ()


async def test_close_matches_can_be_turned_down_with_a_suggestion(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="socket or ips pop-up"))
    assert title(message) == "Closest matches"
    assert {"None of these", "Suggest this term"} < {one.get("label") for one in parts(message)}
    assert part(message, "suggest:")["custom_id"] == "suggest:socket or ips pop-up"


async def test_the_form_starts_with_what_was_asked_for_cut_to_what_fits(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="  Pizza\t" + "x" * 200))
    assert part(message, "suggest:")["custom_id"] == "suggest:Pizza " + "x" * 74
    form = await world.member.click(message, label="Suggest this term")
    assert form_fields(form)["term"]["value"] == "Pizza " + "x" * 54
    assert form_fields(form)["details"]["required"] is False


async def test_a_term_can_be_corrected_but_not_be_blank(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="pizzza"))
    form = await world.member.click(message, label="Suggest this term")
    assert title(reply(await world.member.submit_modal(form, {"term": "   "}))) == "No term"
    form = await world.member.click(message, label="Suggest this term")
    assert "“pizza” is saved" in shown(reply(await world.member.submit_modal(form, {"term": " pizza "})))
    assert "**pizza** ·" in shown(await listed_suggestions(world))


async def test_nothing_at_all_cannot_be_suggested(world: World) -> None:
    offered = reply(await world.member.slash(world.channel, "define", term="   "))
    assert "Suggest this term" not in [one.get("label") for one in parts(offered)]


async def test_nothing_that_is_suggested_formats_links_or_pings(world: World) -> None:
    thanks = await suggest(world, HOSTILE, f"{HOSTILE}\n# @everyone")
    assert f"“{escape(HOSTILE)}”" in shown(thanks)
    message = await listed_suggestions(world)
    assert f"**{escape(HOSTILE)}** ·" in shown(message)
    assert f"> {escape(HOSTILE)} \\# \\@everyone" in shown(message)
    assert not message.message.mentions
    assert not message.message.role_mentions


async def test_one_person_can_have_a_limited_number_of_open_suggestions_in_a_server(world: World) -> None:
    for number in range(MOST_OPEN):
        assert f"number {number + 1} of the {MOST_OPEN}" in shown(await suggest(world, f"pizza {'x' * number}"))
    refused = await suggest(world, "one too many")
    assert refused.ephemeral
    assert title(refused) == "Enough for now"
    assert title(await suggest(world, "not mine", by=world.moderator)) == "Thank you"
    message = await listed_suggestions(world)
    assert "one too many" not in shown(message)
    oldest = part(message, MENU)["options"][-1]["label"]
    await decline(world, await chosen(world, oldest))
    assert title(await suggest(world, "one too many")) == "Thank you"


async def test_a_member_whom_the_server_shows_the_list_is_still_refused(world: World) -> None:
    await suggest(world, "pizza")
    (command,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "glossary"]
    world.guild.set_command_permissions(command, {world.member: True})
    message = reply(await world.member.slash(world.channel, "glossary suggestions"))
    assert message.ephemeral
    assert title(message) == "Not allowed"
    assert "pizza" not in shown(message)


@pytest.mark.parametrize("label", ["Approve", "Edit and approve", "Decline", "Back"])
async def test_what_was_shown_before_somebody_lost_the_right_decides_nothing(world: World, label: str) -> None:
    await suggest(world, "pizza", "Round and flat.")
    message = await chosen(world, "pizza")
    world.demote_moderator()
    assert title(reply(await world.moderator.click(message, label=label))) == "Not allowed"
    assert len(await world.services.suggestions.open_in((world.guild.id,), 5)) == 1


async def test_a_list_or_a_form_from_before_somebody_lost_the_right_decides_nothing(world: World) -> None:
    await suggest(world, "pizza", "Round and flat.")
    message = await listed_suggestions(world)
    (option,) = part(message, MENU)["options"]
    form = await world.moderator.click(await chosen(world, "pizza"), label="Decline")
    world.demote_moderator()
    refused = reply(await world.moderator.select(message, [option["value"]], custom_id=MENU))
    assert title(refused) == "Not allowed"
    assert title(reply(await world.moderator.submit_modal(form, {"reason": ""}))) == "Not allowed"
    assert len(await world.services.suggestions.open_in((world.guild.id,), 5)) == 1


async def test_a_member_decides_nothing_in_the_suggestions_channel(world: World) -> None:
    channel = world.guild.create_text_channel("wishes")
    await world.services.servers.change_settings(world.guild.id, suggestions_channel=channel.id)
    await suggest(world, "pizza", "Round and flat.")
    (posted,) = channel.history()
    for label in ("Approve", "Edit and approve", "Decline"):
        assert title(reply(await world.member.click(posted, label=label))) == "Not allowed"
    assert len(await world.services.suggestions.open_in((world.guild.id,), 5)) == 1


async def test_a_suggestion_in_direct_messages_goes_to_the_people_who_run_the_bot(world: World) -> None:
    missed = reply(await world.stranger.slash("define", term="pizza"))
    form = await world.stranger.click(missed, label="Suggest this term")
    thanks = reply(await world.stranger.submit_modal(form, {"term": "pizza"}))
    assert "The operator of this bot will read it" in shown(thanks)
    assert [one.term for one in await world.services.suggestions.open_in((0,), 5)] == ["pizza"]
    assert "Nobody is waiting" in shown(await listed_suggestions(world))


async def test_forms_leave_nothing_behind_in_memory(world: World) -> None:
    await suggest(world, "pizza")
    message = reply(await world.member.slash(world.channel, "define", term="pasta"))
    await world.member.click(message, label="Suggest this term")  # and never sends it
    store = world.bot._connection._view_store
    assert not store._modals
    assert not store._views
