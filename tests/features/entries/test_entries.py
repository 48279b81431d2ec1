"""A server's own entries, as moderators write them and members see them."""

from pathlib import Path

import pytest
from simcord.actors import MemberActor

from bot.features.entries.forms import EntryDraft
from bot.glossary.exchange.files import read_rows, write_json
from bot.glossary.exchange.plan import plan_import
from bot.glossary.model import Entry
from bot.servers.changes import ImportEntries
from bot.storage.change_history import ChangeKind
from tests.features.moderating import DRAFT, add, add_more, defined, edit, edit_more, save
from tests.world import World, form_fields, part, parts, reply, shown, title


async def test_an_added_entry_is_seen_at_once_wherever_members_look(world: World) -> None:
    saved = await add(world, aliases="markup\nbroker fee", notes="Ask for a table.")
    assert saved.ephemeral
    assert [embed.title for embed in saved.embeds] == ["Saved", "pip spread"]
    answer = await defined(world, "pip spraed")
    assert "this server's own entry" in shown(answer)
    assert "What the broker keeps of each trade." in shown(answer)
    assert "⚠️ Ask for a table." in shown(answer)
    assert saved.embeds[1].fields[-1].value == "markup · broker fee"
    await add_more(world, saved, related="leverage")
    meaning = "What the broker keeps of each trade. It widens at night."
    choices = await world.member.autocomplete(world.channel, "define", "term", "pip spr")
    assert [choice["name"] for choice in choices] == [f"pip spread: {meaning}"]
    choices = await world.member.autocomplete(world.channel, "define", "term", "broker")
    assert [choice["name"] for choice in choices] == [f"broker fee → pip spread: {meaning}"]
    asked = reply(await world.member.slash(world.channel, "ask", question="what does the broker keep of a trade?"))
    assert "pip spread" in shown(asked)
    assert "pip spread" in shown(reply(await world.member.slash(world.channel, "related", term="leverage")))
    said = await world.member.send(world.channel, "the pip spread is wide today")
    explained = reply(await world.member.context_menu(world.channel, "Explain terms", said))
    assert "**pip spread**" in shown(explained)
    await world.member.send(world.channel, f"{world.bot.user.mention if world.bot.user else ''} pip spread?")
    assert title(world.channel.history()[-1]) == "pip spread"


async def test_another_server_and_direct_messages_do_not_see_it(world: World) -> None:
    await add(world)
    member, channel = world.another_server()
    missed = reply(await member.slash(channel, "define", term="pip spread"))
    assert "is not in the glossary" in shown(missed)
    assert await member.autocomplete(channel, "define", "term", "pip spread") == []
    assert "is not in the glossary" in shown(reply(await world.stranger.slash("define", term="pip spread")))


async def test_editing_a_shared_entry_makes_it_this_servers_own_and_keeps_what_the_form_does_not_show(
    world: World,
) -> None:
    form = await world.moderator.slash(world.channel, "glossary edit", term="trusted ips")
    fields = form_fields(form)
    assert fields["definition"]["value"] == "Addresses that may connect without being asked. Others get a pop-up."
    assert fields["notes"]["value"] == "Check `127.0.0.1` first.\n*Stars* stay stars."
    await save(world.moderator, form, definition="Ask the admin team.")
    answer = await defined(world, "trusted IPs")
    assert "this server's own entry" in shown(answer)
    assert "Ask the admin team." in shown(answer)
    await world.member.click(answer, label="Code")
    assert 'print("hello")' in shown(answer)
    assert "TWS" in shown(answer)
    removed = reply(await world.moderator.slash(world.channel, "glossary remove", term="trusted ips"))
    assert "The shared entry shows again" in shown(removed)
    assert "Addresses that may connect" in shown(await defined(world, "trusted IPs"))
    reverted = reply(await world.moderator.click(removed, label="Revert"))
    assert title(reverted).startswith("Reverted #")
    assert "Ask the admin team." in shown(await defined(world, "trusted IPs"))


async def test_changing_the_definition_alone_leaves_every_name_as_it_is(world: World, data: Path) -> None:
    with (data / "tws.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[term]]\nname = "Flex Query"\ndefinition = "A file."\n')
        file.write('aliases = ["Flex report", "FlexReport", "FlexQuery"]\n')
    await world.services.catalogue.reload()
    saved = await edit(world, "Flex Query", definition="A report.")
    assert saved.embeds[1].fields[-1].value == "Flex report · FlexReport · FlexQuery"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"name": "!!!"}, "has no letter or digit"),
        ({"aliases": "leverage"}, "“leverage” is the name of a shared entry"),
        ({"aliases": "\n".join(f"name number {number}" for number in range(30))}, "**Also called**"),
        ({"notes": "x" * 500}, "**Notes**"),
        ({"definition": "x" * 1100, "notes": "\n".join(letter * 390 for letter in "abc")}, "fit into a reply"),
    ],
)
async def test_a_draft_that_fails_comes_back_with_the_reason_and_loses_no_typed_text(
    world: World, values: dict[str, str], reason: str
) -> None:
    typed = DRAFT | values
    refused = await add(world, None, **values)
    assert title(refused) == "Not saved yet"
    assert reason in shown(refused)
    form = await world.moderator.click(refused, label="Continue editing")
    assert {name: form_fields(form)[name].get("value") for name in typed} == typed
    await world.moderator.submit_modal(
        form, typed | {"name": "pip spread", "aliases": "leverage", "notes": "", "definition": "Fine."}
    )
    assert title(refused) == "Not saved yet"
    assert "“leverage” is the name of a shared entry" in shown(refused)
    form = await world.moderator.click(refused, label="Continue editing")
    corrected = {"name": "pip spread", "aliases": "", "notes": "", "definition": "Fine now, really."}
    await world.moderator.submit_modal(form, typed | corrected)
    assert title(refused, 0) == "Saved"
    assert not [one for one in parts(refused) if "draft" in one["custom_id"]]
    assert "Fine now, really." in shown(await defined(world, "pip spread"))


async def test_a_draft_that_is_not_kept_any_more_says_so(world: World) -> None:
    refused = await add(world, aliases="leverage")
    await world.services.retention.forget_person(world.moderator.id)
    assert title(reply(await world.moderator.click(refused, label="Continue editing"))) == "This draft is gone"


async def test_two_moderators_editing_the_same_entry_see_both_versions_and_nothing_is_overwritten(
    world: World, second_moderator: MemberActor
) -> None:
    await add(world)
    first = await world.moderator.slash(world.channel, "glossary edit", term="pip spread")
    second = await second_moderator.slash(world.channel, "glossary edit", term="pip spread")
    assert title(await save(world.moderator, first, definition="The first version."), 0) == "Saved"
    conflict = await save(second_moderator, second, definition="The second version.")
    assert [embed.title for embed in conflict.embeds] == ["Two versions", "Theirs, saved", "Yours, not saved"]
    assert "The first version." in str(conflict.embeds[1].description)
    assert "The second version." in str(conflict.embeds[2].description)
    assert "> definition: The ~~first~~ **second** version." in str(conflict.embeds[0].description)
    assert "The first version." in shown(await defined(world, "pip spread"))
    form = await second_moderator.click(conflict, label="Continue editing")
    assert form_fields(form)["definition"]["value"] == "The second version."
    await second_moderator.click(conflict, label="Save mine")
    assert "The second version." in shown(await defined(world, "pip spread"))


async def test_of_two_versions_theirs_can_be_kept(world: World, second_moderator: MemberActor) -> None:
    await add(world)
    form = await second_moderator.slash(world.channel, "glossary edit", term="pip spread")
    await edit(world, "pip spread", definition="The first version.")
    conflict = await save(second_moderator, form, definition="The second version.")
    await second_moderator.click(conflict, label="Keep theirs")
    assert title(conflict) == "Discarded"
    assert "The first version." in shown(await defined(world, "pip spread"))


async def test_saving_mine_is_refused_again_when_a_third_version_came_meanwhile(
    world: World, second_moderator: MemberActor
) -> None:
    await add(world)
    form = await second_moderator.slash(world.channel, "glossary edit", term="pip spread")
    await edit(world, "pip spread", definition="The first version.")
    conflict = await save(second_moderator, form, definition="The second version.")
    await edit(world, "pip spread", definition="The third version.")
    await second_moderator.click(conflict, label="Save mine")
    assert title(conflict, 0) == "Two versions"
    assert "The third version." in str(conflict.embeds[1].description)
    assert "The third version." in shown(await defined(world, "pip spread"))


async def test_an_entry_that_was_removed_while_it_was_edited_can_be_saved_again(
    world: World, second_moderator: MemberActor
) -> None:
    await add(world)
    form = await second_moderator.slash(world.channel, "glossary edit", term="pip spread")
    await world.moderator.slash(world.channel, "glossary remove", term="pip spread")
    conflict = await save(second_moderator, form, definition="Still needed here.")
    assert "Removed" in str(conflict.embeds[1].description)
    await second_moderator.click(conflict, label="Save mine")
    assert "Still needed here." in shown(await defined(world, "pip spread"))


async def test_adding_what_is_there_already_says_so_and_shows_both_texts(world: World) -> None:
    await add(world)
    duplicate = await add(world, definition="Another meaning of it.")
    assert [embed.title for embed in duplicate.embeds] == [
        "This entry exists already",
        "Saved already",
        "Yours, not saved",
    ]
    assert "Somebody else" not in str(duplicate.embeds[0].description)
    assert "> definition: ~~What the broker keeps~~ **Another meaning** of" in str(duplicate.embeds[0].description)
    assert "What the broker keeps" in shown(await defined(world, "pip spread"))
    await world.moderator.click(duplicate, label="Replace it with mine")
    assert "Another meaning of it." in shown(await defined(world, "pip spread"))


async def test_adding_exactly_what_is_there_changes_nothing_and_says_so(world: World) -> None:
    await add(world)
    again = await add(world)
    assert [embed.title for embed in again.embeds] == ["Nothing was changed", "pip spread"]
    assert len(await world.services.servers.history(world.guild.id, limit=5)) == 1


async def test_a_shared_entry_is_replaced_only_after_both_texts_were_shown(world: World) -> None:
    asked = await add(world, name="Leverage", definition="lol, who knows.")
    assert [embed.title for embed in asked.embeds] == ["The glossary has this already", "Shared", "Yours, not saved"]
    assert "replaces the shared entry **leverage**" in str(asked.embeds[0].description)
    assert "~~More exposure than money.~~ **lol, who knows.**" in str(asked.embeds[0].description)
    assert "> related: ~~API socket~~" in str(asked.embeds[0].description)
    assert "More exposure than money." in str(asked.embeds[1].description)
    assert "lol, who knows." in str(asked.embeds[2].description)
    assert "More exposure than money." in shown(await defined(world, "leverage"))
    await world.moderator.click(asked, label="Replace the shared entry")
    assert title(asked, 0) == "Saved"
    assert "lol, who knows." in shown(await defined(world, "leverage"))


async def test_a_word_that_changed_far_inside_a_long_text_is_seen_in_two_versions_of_any_size(world: World) -> None:
    notes = "\n".join(f"{number} " + "note " * 70 for number in range(3))
    await add(world, definition="word " * 100 + "cheap.", notes=notes)
    duplicate = await add(world, definition="word " * 100 + "dear.", notes=notes)
    assert "> definition: … word word word word ~~cheap.~~ **dear.**" in str(duplicate.embeds[0].description)
    assert len(duplicate.embeds) == 3


async def test_the_shared_entry_can_be_kept(world: World) -> None:
    asked = await add(world, name="Leverage", definition="lol, who knows.")
    await world.moderator.click(asked, label="Keep the shared one")
    assert title(asked) == "Discarded"
    assert "More exposure than money." in shown(await defined(world, "leverage"))


async def test_a_shared_entry_with_a_name_of_this_server_is_not_replaced_unseen_either(world: World) -> None:
    await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="gearing")
    asked = await add(world, name="leverage", definition="lol, who knows.")
    assert title(asked, 0) == "The glossary has this already"
    await world.moderator.click(asked, label="Replace the shared entry")
    assert "lol, who knows." in shown(await defined(world, "leverage"))


async def test_an_own_entry_takes_the_name_of_a_shared_one_only_after_that_was_shown(world: World) -> None:
    asked = await add(world, name="API port", definition="Any number.")
    assert "is another name of the shared entry **API socket**" in str(asked.embeds[0].description)
    await world.moderator.click(asked, label="Save mine")
    assert title(await defined(world, "api port")) == "API port"
    assert title(await edit(world, "api port", definition="Any number at all."), 0) == "Saved"


async def test_an_own_entry_can_be_renamed_and_is_still_found_by_its_old_name(world: World) -> None:
    await add(world, name="pip spraed")
    await edit(world, "pip spraed", name="pip spread")
    assert title(await defined(world, "pip spraed")) == "pip spread"
    assert len((await world.services.servers.of(world.guild.id)).own_entries) == 1


async def test_an_entry_in_the_place_of_a_shared_one_keeps_its_name(world: World) -> None:
    refused = await edit(world, "leverage", name="gearing")
    assert "keeps its name" in shown(refused)


async def test_an_alias_is_found_until_it_is_removed_and_the_shared_text_stays_shared(world: World) -> None:
    added = reply(await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="gearing"))
    assert "is also found as **gearing**" in shown(added)
    answer = await defined(world, "gearing")
    assert title(answer) == "leverage"
    assert "own entry" not in shown(answer)
    twice = reply(await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="Gearing"))
    assert "is called “Gearing” already" in shown(twice)
    taken = reply(await world.moderator.slash(world.channel, "glossary alias add", term="API socket", alias="gearing"))
    assert title(taken) == "Nothing was changed"
    removed = reply(
        await world.moderator.slash(world.channel, "glossary alias remove", term="gearing", alias="GEARING")
    )
    assert "no longer called" in shown(removed)
    assert title(await defined(world, "gearing")) != "leverage"
    gone = reply(await world.moderator.slash(world.channel, "glossary alias remove", term="leverage", alias="gearing"))
    assert "this server did not give" in shown(gone)


async def offered(world: World, command: str, option: str, typed: str = "", **others: str) -> list[str]:
    """The values that a moderator is offered while they type."""
    choices = await world.moderator.autocomplete(world.channel, command, option, typed, **others)
    return [choice["value"] for choice in choices]


async def test_only_what_can_be_removed_is_offered_for_removal(world: World) -> None:
    assert await offered(world, "glossary remove", "term") == []
    await add(world)
    await add(world, name="fee", aliases="charge, cost")
    await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="gearing")
    assert await offered(world, "glossary remove", "term") == ["fee", "leverage", "pip-spread"]
    assert await offered(world, "glossary remove", "term", "SPR") == ["pip-spread"]
    assert await offered(world, "glossary alias remove", "term") == ["fee", "leverage"]
    assert await offered(world, "glossary alias remove", "alias") == ["charge", "cost", "gearing"]
    assert await offered(world, "glossary alias remove", "alias", term="fee") == ["charge", "cost"]
    assert await offered(world, "glossary alias remove", "alias", "co", term="fee") == ["cost"]
    assert await offered(world, "glossary alias remove", "alias", term="API socket") == []


async def test_an_unknown_name_can_be_added_from_the_answer_to_edit(world: World) -> None:
    unknown = reply(await world.moderator.slash(world.channel, "glossary edit", term="pip *spread*"))
    form = await world.moderator.click(unknown, label="Add it")
    assert form_fields(form)["name"]["value"] == "pip *spread*"
    assert title(await save(world.moderator, form, name="pip spread", definition="What is kept."), 0) == "Saved"
    assert "What is kept." in shown(await defined(world, "pip spread"))


async def test_saving_names_the_related_terms_that_are_missing(world: World) -> None:
    await add(world)
    form = await world.moderator.slash(world.channel, "glossary edit", term="pip spread", more=True)
    saved = await save(world.moderator, form, related="leverage\nslip_page\nfee")
    assert "Not in the glossary yet: slip\\_page, fee." in str(saved.embeds[0].description)
    form = await world.moderator.slash(world.channel, "glossary edit", term="pip spread", more=True)
    saved = await save(world.moderator, form, related="leverage")
    assert "Not in the glossary" not in str(saved.embeds[0].description)


async def test_an_entry_starts_from_a_message(world: World) -> None:
    said = await world.member.send(world.channel, "A pip spread is what the broker keeps.")
    form = await world.moderator.context_menu(world.channel, "Add to glossary", said)
    assert form_fields(form)["definition"]["value"] == "A pip spread is what the broker keeps."
    assert title(await save(world.moderator, form, name="pip spread"), 0) == "Saved"


async def test_a_message_that_is_too_long_for_the_form_says_where_it_is_cut(world: World) -> None:
    said = await world.member.send(world.channel, "A pip spread is what the broker keeps. " * 40)
    form = await world.moderator.context_menu(world.channel, "Add to glossary", said)
    assert form.modal is not None
    labels = [one["label"] for one in form.modal["components"]]
    assert labels[2] == "Definition (cut at 1,200 characters)"
    assert max(map(len, labels)) <= 45
    assert labels[0] == "Name"


@pytest.mark.parametrize("name", ["\u3164", "\u115f\u1160", "\uffa0 \u200b", "\u2800"])
async def test_a_name_that_nobody_can_see_is_refused(world: World, name: str) -> None:
    assert title(await add(world, name=name)) == "Not saved yet"


async def test_a_definition_that_nobody_can_see_is_missing(world: World) -> None:
    assert "`definition` is missing" in shown(await add(world, definition="\u3164\u200b"))


async def test_a_text_is_saved_without_control_characters_that_nobody_sees(world: World) -> None:
    assert "What the broker keeps." in str(
        (await add(world, definition="What the \u202ebroker\0 keeps.")).embeds[1].description
    )


async def test_notes_that_are_typed_as_a_list_are_one_list(world: World) -> None:
    saved = await add(world, notes="- Ask for a table.\n* It widens at night.\n-1 means that it is unknown.")
    assert "- Ask for a table.\n- It widens at night.\n- -1 means that it is unknown." in str(
        saved.embeds[1].description
    )


async def test_lines_lists_code_and_links_of_an_own_entry_are_shown_as_they_are_meant(world: World) -> None:
    text = "Ask first:\n- the broker\n* [the guide](https://example.com/a_b)\n\n```python\nif late:\n    ask()\n```"
    await add(world, definition=text)
    answer = shown(await defined(world, "pip spread"))
    assert "Ask first:\n- the broker\n- [the guide](<https://example.com/a_b>)" in answer
    assert "```python\nif late:\n    ask()\n```" in answer
    form = await world.moderator.slash(world.channel, "glossary edit", term="pip spread")
    assert form_fields(form)["definition"]["value"] == text
    listed = shown(reply(await world.member.slash(world.channel, "search", text="broker")))
    assert "```" not in listed


async def test_a_definition_that_is_too_long_for_the_card_unfolds(world: World) -> None:
    await add(world, definition="The first sentence. " + "And so on, at length. " * 50)
    answer = await defined(world, "pip spread")
    assert "And so on" not in shown(answer)
    await world.member.click(answer, label="Definition")
    assert shown(answer).count("And so on") == 50
    await world.member.click(answer, label="Hide definition")
    assert "And so on" not in shown(answer)


async def test_a_change_of_the_line_breaks_alone_is_in_the_history(world: World) -> None:
    await add(world, definition="One. Two.")
    await edit(world, "pip spread", definition="One.\nTwo.")
    history = reply(await world.moderator.slash(world.channel, "glossary history"))
    assert "definition: One. **↵** Two." in shown(history)


async def test_an_emoji_of_the_server_is_shown_as_one(world: World) -> None:
    await add(world, definition="Good <:stonks:123456789012345678> but <@123456789012345678>.")
    assert "Good <:stonks:123456789012345678> but \\<\\@123456789012345678\\>." in shown(
        await defined(world, "pip spread")
    )


async def test_a_shared_entry_cannot_be_removed_and_an_unknown_one_not_be_found(world: World) -> None:
    refused = reply(await world.moderator.slash(world.channel, "glossary remove", term="leverage"))
    assert title(refused) == "Not this server's own"
    unknown = reply(await world.moderator.slash(world.channel, "glossary edit", term="lever"))
    assert title(unknown) == "No such entry"
    assert "Closest: leverage" in shown(unknown)


async def test_nothing_in_an_entry_formats_or_pings(world: World) -> None:
    hostile = "*bold* <@&1> [a](https://b.c) @everyone"
    await add(world, name="plain", definition=hostile, notes=hostile, aliases="a_b_c")
    answer = await defined(world, "plain")
    assert not answer.message.mentions
    assert not answer.message.role_mentions
    assert "\\*bold\\* \\<\\@&1" in shown(answer)


async def test_every_change_is_in_the_database_before_it_is_acknowledged(world: World) -> None:
    await add(world)
    (change,) = await world.services.servers.history(world.guild.id, limit=5)
    assert (change.kind, change.user_id, change.items[0].name) == (ChangeKind.ADD, world.moderator.id, "pip spread")
    assert part(await add(world, name="second one"), "do:revert:")["custom_id"] == f"do:revert:{change.id + 1}"


COMMANDS = {
    "glossary add": {},
    "glossary edit": {"term": "leverage"},
    "glossary remove": {"term": "leverage"},
    "glossary alias add": {"term": "leverage", "alias": "gearing"},
    "glossary alias remove": {"term": "leverage", "alias": "gearing"},
    "glossary history": {},
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_member_whom_the_server_shows_the_command_is_still_refused(world: World, command: str) -> None:
    (glossary,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "glossary"]
    world.guild.set_command_permissions(glossary, {world.member: True})
    refused = reply(await world.member.slash(world.channel, command, **COMMANDS[command]))
    assert refused.ephemeral
    assert title(refused) == "Not allowed"
    assert (await world.services.servers.of(world.guild.id)).last_change_id == 0


async def test_a_form_opened_before_somebody_lost_the_right_saves_nothing(world: World) -> None:
    form = await world.moderator.slash(world.channel, "glossary add")
    world.demote_moderator()
    refused = reply(await world.moderator.submit_modal(form, DRAFT))
    assert title(refused) == "Not allowed"
    assert (await world.services.servers.of(world.guild.id)).last_change_id == 0


@pytest.mark.parametrize("label", ["Continue editing", "Discard"])
async def test_the_buttons_of_a_draft_do_nothing_for_who_lost_the_right(world: World, label: str) -> None:
    refused = await add(world, aliases="leverage")
    world.demote_moderator()
    assert title(reply(await world.moderator.click(refused, label=label))) == "Not allowed"


async def test_nobody_goes_on_with_the_draft_of_another(world: World, second_moderator: MemberActor) -> None:
    refused = await add(world, aliases="leverage")
    assert parts(refused)
    draft_id = int(part(refused, "do:edit-draft:")["custom_id"].rpartition(":")[2])
    assert draft_id
    theirs = await add(world, by=second_moderator, aliases="leverage")
    assert int(part(theirs, "do:edit-draft:")["custom_id"].rpartition(":")[2]) != draft_id
    drafts = world.services.drafts
    assert await drafts.get(draft_id, world.guild.id, second_moderator.id, EntryDraft) is None
    assert await drafts.get(draft_id, world.guild.id, world.moderator.id, EntryDraft) is not None


async def test_the_largest_entries_and_two_versions_of_them_fit_into_a_reply(
    world: World, second_moderator: MemberActor
) -> None:
    large = {"definition": "_" * 1200, "notes": "\n".join(letter * 280 for letter in "*~"), "aliases": "*" * 5 + "a"}
    saved = await add(world, None, **large)
    assert [embed.title for embed in saved.embeds] == ["Saved", "pip spread"]
    form = await second_moderator.slash(world.channel, "glossary edit", term="pip spread", more=True)
    await edit_more(world, "pip spread", related="leverage")
    conflict = await save(second_moderator, form, related="API socket")
    assert len(conflict.embeds) == 3
    assert sum(map(len, conflict.embeds)) <= 6000


async def test_an_alias_that_would_make_too_many_is_refused_as_in_the_form(world: World) -> None:
    aliases = [f"{number} " + "x" * 70 for number in range(15)]
    answers = [
        reply(await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias=alias))
        for alias in aliases
    ]
    assert [title(answer) for answer in answers[:5]] == ["Saved"] * 5
    assert title(answers[-1]) == "Nothing was changed"
    assert "fit" in shown(answers[-1])
    own = [one.entry for one in (await world.services.servers.of(world.guild.id)).own_entries.values()]
    shared = world.services.catalogue.glossary.pack
    again = plan_import(read_rows("entries.json", write_json(own)), {one.id: one for one in own}, shared)
    assert (len(again.unchanged), again.rejected) == (1, ())


async def test_an_alias_may_be_a_single_letter(world: World) -> None:
    saved = reply(await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="a"))
    assert title(saved) == "Saved"


async def test_an_own_entry_in_a_shared_category_can_be_renamed(world: World) -> None:
    category = world.services.catalogue.glossary.pack.categories[0].name
    entry = Entry(id="pip-spread", name="pip spread", category=category, definition="What the broker keeps.")
    await world.services.servers.apply(world.guild.id, world.moderator.id, ImportEntries((entry,), 0))
    await edit(world, "pip spread", name="broker's cut")
    renamed = (await world.services.servers.of(world.guild.id)).own_entries["brokers-cut"].entry
    assert (renamed.category, renamed.aliases) == (category, ("pip spread",))


async def test_related_says_as_well_that_an_entry_is_the_servers_own(world: World) -> None:
    await add(world)
    related = reply(await world.member.slash(world.channel, "related", term="pip spread"))
    assert related.embeds[0].author.name == "🏠 this server's own entry"


async def test_removing_the_names_of_a_shared_entry_says_that_it_was_no_more(world: World) -> None:
    await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="gearing")
    removed = reply(await world.moderator.slash(world.channel, "glossary remove", term="leverage"))
    assert "no longer found by the names that this server gave it" in shown(removed)
    assert title(await defined(world, "leverage")) == "leverage"
