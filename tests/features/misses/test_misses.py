"""What people asked for and did not find, and what moderators make of it."""

import pytest
from simcord.results import ResponseMessage

from tests.features.moderating import DRAFT, add, defined, listed_misses, save, suggest
from tests.features.suggestions.test_suggestions import told
from tests.world import World, form_fields, part, parts, reply, shown, title

HOSTILE = "*bold* <@&1> @everyone"


async def chosen(world: World, query: str) -> ResponseMessage:
    """The list after the moderator has chosen one of it."""
    message = await listed_misses(world)
    await world.moderator.select(message, [query], custom_id="pick:miss:")
    return message


def proposed(message: ResponseMessage) -> list[str]:
    """What a miss may be made an alias of."""
    menus = [one for one in parts(message) if one.get("custom_id", "").startswith("pick:miss-alias:")]
    return [option["value"] for menu in menus for option in menu["options"]]


async def test_what_finds_nothing_is_counted_normalised_and_listed_with_the_most_frequent_first(world: World) -> None:
    for query in ("pizza", "What is a Pizza?", "pasta"):
        await world.member.slash(world.channel, "define", term=query)
    await world.moderator.slash(world.channel, "ask", question="pizza")
    message = await listed_misses(world)
    assert message.ephemeral
    assert "**pizza** · 3 times · last <t:" in shown(message)
    assert [one["value"] for one in part(message, "pick:miss:")["options"]] == ["pizza", "pasta"]
    assert str(world.member.id) not in shown(message)


async def test_what_is_found_or_asked_elsewhere_is_no_miss_of_this_server(world: World) -> None:
    await defined(world, "leverage")
    await world.stranger.slash("define", term="pizza")
    stranger, channel = world.another_server()
    await stranger.slash(channel, "define", term="pasta")
    assert "Nothing is missing" in shown(await listed_misses(world))
    assert "**pasta** · once" in shown(reply(await stranger.slash(channel, "glossary misses")))


async def test_small_talk_is_no_miss(world: World) -> None:
    assert world.bot.user is not None
    for said in ("thanks", "hi", "what is this?", "ok thank you", "good bot", "help", "🎉", ""):
        await world.member.send(world.channel, f"{world.bot.user.mention} {said}")
    assert "Nothing is missing" in shown(await listed_misses(world))


async def test_a_mention_that_finds_nothing_is_a_miss(world: World) -> None:
    assert world.bot.user is not None
    await world.member.send(world.channel, f"{world.bot.user.mention} pizza")
    assert "**pizza** · once" in shown(await listed_misses(world))


@pytest.mark.parametrize(("command", "option"), [("define", "term"), ("ask", "question")])
async def test_nobodys_id_and_no_address_is_among_the_misses(world: World, command: str, option: str) -> None:
    said = "pizza <@123456789012345678> <#99> <:blob:42> @123456789012345678 https://a.b/42 `<@77>` </define:88>"
    await world.member.slash(world.channel, command, **{option: said})
    assert "**pizza** · once" in shown(await listed_misses(world))


@pytest.mark.parametrize("command", ["define", "ask"])
async def test_turning_down_every_choice_is_a_miss_and_can_be_suggested(world: World, command: str) -> None:
    options = {"define": {"term": "beverage"}, "ask": {"question": "beverage"}}[command]
    message = reply(await world.member.slash(world.channel, command, **options))
    assert "Nothing is missing" in shown(await listed_misses(world))
    await world.member.click(message, label="None of these")
    assert title(message) == "Not found"
    assert part(message, "suggest:")["custom_id"] == "suggest:beverage"
    assert "**beverage** · once" in shown(await listed_misses(world))


async def test_choices_that_everybody_sees_can_be_turned_down_by_anybody_and_stay_for_the_others(world: World) -> None:
    assert world.bot.user is not None
    await world.member.send(world.channel, f"{world.bot.user.mention} beverage")
    answer = world.channel.history()[-1]
    said = reply(await world.moderator.click(answer, label="None of these"))
    assert said.ephemeral
    assert title(said) == "Not found"
    assert world.channel.history()[-1].content == "-# Closest match for “beverage”"
    assert "**beverage** · once" in shown(await listed_misses(world))


async def test_an_entry_is_added_and_takes_the_miss_off_the_list(world: World) -> None:
    await world.member.slash(world.channel, "define", term="what is a pip spread?")
    message = await chosen(world, "pip spread")
    form = await world.moderator.click(message, label="Add entry")
    assert form_fields(form)["name"]["value"] == "pip spread"
    await save(world.moderator, form, definition=DRAFT["definition"])
    assert "Nothing is missing" in shown(await listed_misses(world))
    assert title(await defined(world, "what is a pip spread?")) == "pip spread"


async def test_what_the_same_person_soon_found_is_proposed_first(world: World) -> None:
    await world.member.slash(world.channel, "define", term="gearing")
    await defined(world, "leverage")
    message = await chosen(world, "gearing")
    assert "soon found **leverage**" in shown(message)
    assert proposed(message) == ["leverage"]
    await world.moderator.select(message, ["leverage"], custom_id="pick:miss-alias:gearing")
    await world.moderator.click(message, label="Save")
    assert title(message) == "Saved"
    assert title(await defined(world, "gearing")) == "leverage"
    assert "Nothing is missing" in shown(await listed_misses(world))
    reverted = reply(await world.moderator.click(message, label="Revert"))
    assert title(reverted).startswith("Reverted #")
    assert title(await defined(world, "gearing")) == "Not found"


async def test_what_somebody_else_found_is_not_proposed(world: World) -> None:
    await world.member.slash(world.channel, "define", term="gearing")
    await defined(world, "leverage", by=world.moderator)
    assert proposed(await chosen(world, "gearing")) == []


async def test_a_miss_becomes_an_alias_of_any_term(world: World) -> None:
    await world.member.slash(world.channel, "define", term="gearing")
    message = await chosen(world, "gearing")
    form = await world.moderator.click(message, label="Alias of another term")
    assert title(reply(await world.moderator.submit_modal(form, {"term": "nonsense"}))) == "No such entry"
    form = await world.moderator.click(message, label="Alias of another term")
    proposed = reply(await world.moderator.submit_modal(form, {"term": "leverge"}))
    await world.moderator.click(proposed, label="Save")
    assert title(proposed) == "Saved"
    assert title(await defined(world, "gearing")) == "leverage"


async def missed(world: World, *queries: str) -> None:
    """Members ask for something that is not there."""
    for query in queries:
        world.services.usage.count_missed(query, world.guild.id, world.member.id)
    await world.services.usage.flush()


async def test_what_says_the_same_is_one_line_with_its_wordings_and_suggestions(world: World) -> None:
    await missed(world, "market data fees", "market data fees", "cost of market data", "market daata fees", "pizza")
    await suggest(world, "fees for market data")
    message = await listed_misses(world)
    assert "**market data fees** · 5 times · 4 wordings · 💡 1" in shown(message)
    assert [one["value"] for one in part(message, "pick:miss:")["options"]] == ["market data fees", "pizza"]
    await world.moderator.select(message, ["market data fees"], custom_id="pick:miss:")
    assert "- cost of market data (once)" in shown(message)
    assert f"Suggested by <@{world.member.id}>" in shown(message)


async def test_dismissing_takes_every_wording_off_the_list_and_declines_what_was_suggested(world: World) -> None:
    await missed(world, "market data fees", "market data fees", "cost of market data")
    await suggest(world, "fees for market data")
    await world.moderator.click(await chosen(world, "market data fees"), label="Dismiss")
    assert "Nothing is missing" in shown(await listed_misses(world))
    assert told(world.member) == ["Not added to the glossary"]


async def test_adding_fills_in_the_other_wordings_and_answers_what_was_suggested(world: World) -> None:
    await missed(world, "market data fees", "market data fees", "cost of market data", "market daata fees")
    await suggest(world, "fees for market data", "What the exchange takes.")
    form = await world.moderator.click(await chosen(world, "market data fees"), label="Add entry")
    fields = form_fields(form)
    assert fields["name"]["value"] == "market data fees"
    assert fields["aliases"]["value"] == "cost of market data"
    assert fields["definition"]["value"] == "What the exchange takes."
    values = {name: str(field.get("value") or "") for name, field in fields.items() if name != "taken"}
    await world.moderator.submit_modal(form, values)
    assert "Nothing is missing" in shown(await listed_misses(world))
    assert told(world.member) == ["Added to the glossary"]


async def test_an_alias_says_what_it_would_answer_and_take_over_before_it_is_saved(world: World) -> None:
    await add(world, name="api fee", definition="What calls cost.")
    await missed(world, "gearing", "gearing", "pizza", "what is gearing exactly")
    message = await chosen(world, "gearing")
    form = await world.moderator.click(message, label="Alias of another term")
    proposal = reply(await world.moderator.submit_modal(form, {"term": "leverage"}))
    assert title(proposal) == "Not saved yet"
    assert "**gearing** becomes another name of **leverage**" in shown(proposal)
    assert "Misses of the last 30 days that it then answers: **3** of **4**." in shown(proposal)
    assert title(await defined(world, "gearing")) == "Not found"
    await world.moderator.click(proposal, label="Cancel")
    assert title(proposal) == "Misses"


async def test_all_wordings_become_names_and_the_same_click_twice_saves_once(world: World) -> None:
    await missed(world, "borrowed money ratio", "borrowed money ratio", "ratio of borrowed cash")
    message = await chosen(world, "borrowed money ratio")
    form = await world.moderator.click(message, label="Alias of another term")
    proposal = reply(await world.moderator.submit_modal(form, {"term": "leverage"}))
    draft = part(proposal, "do:miss-alias-save:")["custom_id"]
    await world.moderator.click(proposal, label="Save")
    assert title(proposal) == "Saved"
    assert title(await defined(world, "ratio of borrowed cash")) == "leverage"
    assert "Nothing is missing" in shown(await listed_misses(world))
    await world.services.drafts.discard(int(draft.rpartition(":")[2]), world.moderator.id)
    assert (await world.services.servers.of(world.guild.id)).last_change_id == 1


async def test_an_alias_that_is_taken_is_refused_before_it_is_saved(world: World) -> None:
    await missed(world, "gearing")
    message = await chosen(world, "gearing")
    await add(world, name="gear", aliases="gearing")
    form = await world.moderator.click(message, label="Alias of another term")
    refused = reply(await world.moderator.submit_modal(form, {"term": "leverage"}))
    assert title(refused) == "Nothing left to do"


async def test_a_dismissed_miss_stays_away(world: World) -> None:
    await world.member.slash(world.channel, "define", term="pizza")
    message = await chosen(world, "pizza")
    await world.moderator.click(message, label="Dismiss")
    assert "Nothing is missing" in shown(message)
    await world.member.slash(world.channel, "define", term="pizza")
    assert "Nothing is missing" in shown(await listed_misses(world))


async def test_one_that_another_moderator_dealt_with_is_said_to_be_gone(world: World) -> None:
    await world.member.slash(world.channel, "define", term="pizza")
    message = await listed_misses(world)
    await add(world, name="pizza")
    await world.moderator.select(message, ["pizza"], custom_id="pick:miss:")
    assert title(message) == "Nothing left to do"
    await world.moderator.click(message, label="Back")
    assert title(message) == "Misses"


async def test_the_list_pages(world: World) -> None:
    for number in range(12):
        world.services.usage.count_missed(f"number {number}", world.guild.id, world.member.id)
    message = await listed_misses(world)
    await world.moderator.click(message, label="Less frequent")
    assert len(part(message, "pick:miss:")["options"]) == 2
    await world.moderator.click(message, label="More frequent")
    assert len(part(message, "pick:miss:")["options"]) == 10


async def test_nothing_that_was_asked_formats_or_pings(world: World) -> None:
    await world.member.slash(world.channel, "define", term=HOSTILE)
    message = await chosen(world, "bold everyone")
    assert not message.message.mentions
    assert title(message) == "bold everyone"


@pytest.mark.parametrize("label", ["Add entry", "Alias of another term", "Dismiss", "Back"])
async def test_the_buttons_do_nothing_for_who_lost_the_right(world: World, label: str) -> None:
    await world.member.slash(world.channel, "define", term="pizza")
    message = await chosen(world, "pizza")
    world.demote_moderator()
    assert title(reply(await world.moderator.click(message, label=label))) == "Not allowed"


async def test_the_menus_and_forms_do_nothing_for_who_lost_the_right(world: World) -> None:
    await world.member.slash(world.channel, "define", term="gearing")
    await defined(world, "leverage")
    listed, message = await listed_misses(world), await chosen(world, "gearing")
    form = await world.moderator.click(message, label="Alias of another term")
    world.demote_moderator()
    refused = [
        await world.moderator.select(listed, ["gearing"], custom_id="pick:miss:"),
        await world.moderator.select(message, ["leverage"], custom_id="pick:miss-alias:gearing"),
        await world.moderator.submit_modal(form, {"term": "leverage"}),
    ]
    assert [title(reply(one)) for one in refused] == ["Not allowed"] * 3
    assert (await world.services.servers.of(world.guild.id)).last_change_id == 0


async def test_a_member_whom_the_server_shows_the_command_is_still_refused(world: World) -> None:
    (glossary,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "glossary"]
    world.guild.set_command_permissions(glossary, {world.member: True})
    for command in ("misses", "stats", "review", "settings"):
        refused = reply(await world.member.slash(world.channel, f"glossary {command}"))
        assert title(refused) == "Not allowed"
