"""Suggesting a term and what moderators do with it, as people in the simulated Discord see it."""

from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.replies.markdown import escape
from bot.storage.suggestions import MOST_OPEN
from tests.world import World, part, parts, reply, shown, title

HOSTILE = "*bold* <@&1> [a](https://b.c)"


async def suggest(world: World, term: str, details: str = "", by: MemberActor | None = None) -> ResponseMessage:
    """Somebody misses a term in the channel and suggests it; the answer."""
    who = by or world.member
    missed = reply(await who.slash(world.channel, "define", term=term))
    form = await who.click(missed, label="Suggest this term")
    return reply(await who.submit_modal(form, {"term": term, "details": details}))


async def listed(world: World) -> ResponseMessage:
    """The list that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary suggestions"))


def fields(form: InteractionResult) -> dict[str, dict[str, object]]:
    """The fields of a form by their id."""
    assert form.modal is not None
    return {one["component"]["custom_id"]: one["component"] for one in form.modal["components"]}


async def test_a_missed_term_is_suggested_listed_and_marked_as_done(world: World) -> None:
    thanks = await suggest(world, "pizza", "Round.\nSeen in the manual.")
    assert thanks.ephemeral
    assert title(thanks) == "Thank you"
    assert "“pizza” is kept. The moderators of this server will read it" in shown(thanks)
    message = await listed(world)
    assert message.ephemeral
    assert "**pizza** · <t:" in shown(message)
    assert f":R> · {world.member.mention}\n> Round. Seen in the manual." in shown(message)
    (option,) = part(message, "suggestion-menu:done")["options"]
    assert (option["label"], option["description"]) == ("pizza", "Round. Seen in the manual.")
    await world.moderator.select(message, [option["value"]], custom_id="suggestion-menu:done")
    assert "Marked as done: **pizza**\n\nNobody is waiting" in shown(message)
    assert parts(message) == []
    assert "Nobody is waiting for a term." in shown(await listed(world))


async def test_one_is_declined_and_the_rest_stays_with_the_newest_first(world: World) -> None:
    for term in ("pizza", "pasta", "risotto"):
        await suggest(world, term)
    message = await listed(world)
    options = part(message, "suggestion-menu:declined")["options"]
    assert [option["label"] for option in options] == ["risotto", "pasta", "pizza"]
    await world.moderator.select(message, [options[1]["value"]], custom_id="suggestion-menu:declined")
    assert "Marked as declined: **pasta**" in shown(message)
    assert [option["label"] for option in part(message, "suggestion-menu:done")["options"]] == ["risotto", "pizza"]


async def test_one_that_another_moderator_has_closed_is_said_to_be_closed(world: World) -> None:
    await suggest(world, "pizza")
    first, second = await listed(world), await listed(world)
    (option,) = part(first, "suggestion-menu:done")["options"]
    await world.moderator.select(first, [option["value"]], custom_id="suggestion-menu:done")
    await world.moderator.select(second, [option["value"]], custom_id="suggestion-menu:declined")
    assert "That one was closed before." in shown(second)


async def test_close_matches_can_be_turned_down_with_a_suggestion(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="beverage"))
    assert [one["label"] for one in parts(message)] == ["leverage", "Suggest this term"]
    assert part(message, "suggest:")["custom_id"] == "suggest:beverage"


async def test_the_form_starts_with_what_was_asked_for_cut_to_what_fits(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="  Pizza\t" + "x" * 200))
    assert part(message, "suggest:")["custom_id"] == "suggest:Pizza " + "x" * 74
    form = await world.member.click(message, label="Suggest this term")
    assert fields(form)["term"]["value"] == "Pizza " + "x" * 54
    assert fields(form)["details"]["required"] is False


async def test_a_term_can_be_corrected_but_not_be_blank(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="pizzza"))
    form = await world.member.click(message, label="Suggest this term")
    assert title(reply(await world.member.submit_modal(form, {"term": "   "}))) == "No term"
    form = await world.member.click(message, label="Suggest this term")
    assert "“pizza” is kept" in shown(reply(await world.member.submit_modal(form, {"term": " pizza "})))
    assert "**pizza** ·" in shown(await listed(world))


async def test_nothing_at_all_cannot_be_suggested(world: World) -> None:
    assert parts(reply(await world.member.slash(world.channel, "define", term="   "))) == []


async def test_nothing_that_is_suggested_formats_links_or_pings(world: World) -> None:
    thanks = await suggest(world, HOSTILE, f"{HOSTILE}\n# @everyone")
    assert f"“{escape(HOSTILE)}”" in shown(thanks)
    message = await listed(world)
    assert f"**{escape(HOSTILE)}** ·" in shown(message)
    assert f"> {escape(HOSTILE)} \\# \\@everyone" in shown(message)
    assert not message.message.mentions
    assert not message.message.role_mentions


async def test_one_person_has_so_many_open_suggestions_in_a_server_and_no_more(world: World) -> None:
    for number in range(MOST_OPEN):
        assert f"number {number + 1} of the {MOST_OPEN}" in shown(await suggest(world, f"pizza {'x' * number}"))
    refused = await suggest(world, "one too many")
    assert refused.ephemeral
    assert title(refused) == "Enough for now"
    assert title(await suggest(world, "not mine", by=world.moderator)) == "Thank you"
    message = await listed(world)
    assert "one too many" not in shown(message)
    oldest = part(message, "suggestion-menu:done")["options"][-1]["value"]
    await world.moderator.select(message, [oldest], custom_id="suggestion-menu:done")
    assert title(await suggest(world, "one too many")) == "Thank you"


async def test_a_member_whom_the_server_shows_the_list_is_still_refused(world: World) -> None:
    await suggest(world, "pizza")
    (command,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "glossary"]
    world.guild.set_command_permissions(command, {world.member: True})
    message = reply(await world.member.slash(world.channel, "glossary suggestions"))
    assert message.ephemeral
    assert title(message) == "Not allowed"
    assert "pizza" not in shown(message)


async def test_a_list_from_before_somebody_lost_the_right_closes_nothing(world: World) -> None:
    await suggest(world, "pizza")
    message = await listed(world)
    (option,) = part(message, "suggestion-menu:done")["options"]
    (role,) = [one for name, one in world.guild.roles.items() if name == "Moderators"]
    world.env.backend.remove_member_role(world.guild.id, world.moderator.id, role.id)
    refused = reply(await world.moderator.select(message, [option["value"]], custom_id="suggestion-menu:done"))
    assert title(refused) == "Not allowed"
    assert len(await world.bot.suggestions.open_in(world.guild.id, 5)) == 1


async def test_a_suggestion_in_direct_messages_goes_to_whoever_runs_the_bot(world: World) -> None:
    missed = reply(await world.stranger.slash("define", term="pizza"))
    form = await world.stranger.click(missed, label="Suggest this term")
    thanks = reply(await world.stranger.submit_modal(form, {"term": "pizza"}))
    assert "Whoever runs this bot will read it" in shown(thanks)
    assert [one.term for one in await world.bot.suggestions.open_in(0, 5)] == ["pizza"]
    assert "Nobody is waiting" in shown(await listed(world))


async def test_forms_leave_nothing_behind_in_memory(world: World) -> None:
    await suggest(world, "pizza")
    message = reply(await world.member.slash(world.channel, "define", term="pasta"))
    await world.member.click(message, label="Suggest this term")  # and never sends it
    store = world.bot._connection._view_store
    assert not store._modals
    assert not store._views
