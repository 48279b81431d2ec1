"""The second form of an entry: its category, related terms, what it is confused with, an example and sources."""

from pathlib import Path

import pytest
from simcord.actors import MemberActor

from tests.conftest import TWS
from tests.features.moderating import DRAFT, add, add_more, defined, edit, edit_more, save
from tests.world import World, filled_in, form_fields, reply, shown, title

EVERYTHING = {
    "category": "TWS",
    "related": "leverage",
    "confused_with": "API socket: is the door through which programs talk",
    "example": "print(spread)",
    "sources": "https://example.com/one\nhttps://example.com/two",
}
MESSAGES = """
[category]
name = "Messages"
description = "What TWS says"
emoji = "🚨"
colour = "#c53030"
order = 2

[[message]]
code = 502
kind = "error"
title = "No connection"
definition = "TWS cannot be reached."
"""


async def test_the_form_offers_the_categories_and_members_see_everything_filled_in(world: World) -> None:
    saved = await add(world)
    form = await world.moderator.click(saved, label="More fields")
    options = form_fields(form)["category"]["options"]
    assert [(one["label"], one["default"]) for one in options] == [("🏠 This server", True), ("🖥️ TWS", False)]
    assert title(await save(world.moderator, form, **EVERYTHING), 0) == "Saved"
    answer = await defined(world, "pip spread")
    assert "TWS" in shown(answer)
    assert "API socket" in shown(answer)
    await world.member.click(answer, label="Code")
    assert "print(spread)" in shown(answer)
    form = await world.moderator.slash(world.channel, "glossary edit", term="pip spread", more=True)
    assert filled_in(form) == EVERYTHING


async def test_each_form_leaves_the_fields_of_the_other_as_they_are(world: World) -> None:
    saved = await add(world, aliases="markup", notes="Ask for a table.")
    await add_more(world, saved, None, **EVERYTHING)
    await edit(world, "pip spread", definition="Something else.")
    form = await world.moderator.slash(world.channel, "glossary edit", term="pip spread", more=True)
    assert filled_in(form) == EVERYTHING
    await save(world.moderator, form, example="print(2)")
    form = await world.moderator.slash(world.channel, "glossary edit", term="pip spread")
    changed = {"aliases": "markup", "notes": "Ask for a table.", "definition": "Something else."}
    assert filled_in(form) == DRAFT | changed


async def test_what_was_typed_into_either_form_of_a_draft_is_saved_together(world: World) -> None:
    refused = await add(world, aliases="leverage")
    await add_more(world, refused, None, **EVERYTHING)
    assert title(refused) == "Not saved yet"
    assert "“leverage” is the name of a shared entry" in shown(refused)
    form = await world.moderator.click(refused, label="More fields")
    assert filled_in(form) == EVERYTHING
    await save(world.moderator, await world.moderator.click(refused, label="Continue editing"), aliases="markup")
    assert title(refused, 0) == "Saved"
    form = await world.moderator.slash(world.channel, "glossary edit", term="markup", more=True)
    assert filled_in(form) == EVERYTHING


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"sources": "example.com"}, "**Sources**"),
        ({"confused_with": "API socket"}, "like “localhost: is the computer"),
        ({"related": "\n".join(f"name number {number}" for number in range(30))}, "**Related terms**"),
    ],
)
async def test_what_cannot_be_saved_is_kept_with_the_reason(world: World, values: dict[str, str], reason: str) -> None:
    refused = await add_more(world, await add(world), None, **EVERYTHING | values)
    assert title(refused) == "Not saved yet"
    assert "**pip spread** needs a correction" in shown(refused)
    assert reason in shown(refused)
    assert filled_in(await world.moderator.click(refused, label="More fields")) == EVERYTHING | values
    main = await world.moderator.click(refused, label="Continue editing")
    assert filled_in(main)["definition"] == DRAFT["definition"]


async def test_a_conflict_in_the_other_fields_overwrites_nothing(world: World, second_moderator: MemberActor) -> None:
    await add(world)
    form = await second_moderator.slash(world.channel, "glossary edit", term="pip spread", more=True)
    await edit(world, "pip spread", definition="Changed meanwhile.")
    conflict = await save(second_moderator, form, example="print(1)")
    assert title(conflict, 0) == "Two versions"
    assert "print(1)" in str(conflict.embeds[2].description)
    await second_moderator.click(conflict, label="Save mine")
    answer = await defined(world, "pip spread")
    assert "Changed meanwhile." in shown(answer)


async def test_the_history_tells_a_change_of_the_category_alone(world: World) -> None:
    await add(world)
    await edit_more(world, "pip spread", category="TWS")
    await edit_more(world, "pip spread", category="This server")
    history = shown(reply(await world.moderator.slash(world.channel, "glossary history", term="pip spread")))
    assert "category: ~~This server~~ **TWS**" in history
    assert "category: ~~TWS~~ **This server**" in history


async def test_a_form_whose_draft_was_finished_meanwhile_is_kept_as_a_draft(world: World) -> None:
    refused = await add(world, aliases="leverage")
    form = await world.moderator.click(refused, label="More fields")
    await world.moderator.click(refused, label="Discard")
    await save(world.moderator, form, **EVERYTHING)
    assert title(refused) == "Not saved yet"
    assert filled_in(await world.moderator.click(refused, label="More fields")) == EVERYTHING


async def test_a_message_has_no_notes_and_no_example_and_its_categories_are_those_of_messages(
    world: World, data: Path
) -> None:
    (data / "messages.toml").write_text(MESSAGES, "utf-8")
    await world.services.catalogue.reload()
    form = await world.moderator.slash(world.channel, "glossary edit", term="502")
    assert "notes" not in form_fields(form)
    assert title(await save(world.moderator, form, definition="Ask the admin team."), 0) == "Saved"
    form = await world.moderator.slash(world.channel, "glossary edit", term="502", more=True)
    assert list(form_fields(form)) == ["category", "related", "confused_with", "sources"]
    assert [one["value"] for one in form_fields(form)["category"]["options"]] == ["This server", "Messages"]
    assert title(await save(world.moderator, form, related="leverage"), 0) == "Saved"


async def test_more_categories_than_a_menu_holds_are_typed(world: World, data: Path) -> None:
    for number in range(25):
        content = TWS.partition("[[term]]")[0].replace('"TWS"', f'"Topic {number}"')
        term = f'[[term]]\nname = "number {number}"\ndefinition = "One of many."\n'
        (data / f"topic-{number}.toml").write_text(content + term, "utf-8")
    await world.services.catalogue.reload()
    form = await world.moderator.click(await add(world), label="More fields")
    assert form_fields(form)["category"]["value"] == "This server"
    refused = await save(world.moderator, form, category="Topics")
    assert "there is no category “Topics”; choose one of This server, TWS, Topic 0" in shown(refused)
    assert title(await edit_more(world, "pip spread", category="topic 24"), 0) == "Saved"
    assert "Topic 24" in shown(await defined(world, "pip spread"))


async def test_a_version_to_choose_shows_its_example_as_code(world: World) -> None:
    saved = await add(world)
    await add_more(world, saved, None, example="print(1)\nprint(2)", sources="https://example.com/" + "x" * 400)
    asked = await add(world, definition="Another text.")
    assert str(asked.embeds[1].description).endswith("\nExample:\n```python\nprint(1)\nprint(2)\n```")


async def test_a_name_that_is_taken_asks_in_the_form_who_gets_it(world: World) -> None:
    asked = await add(world, name="leverage", definition="lol")
    form = await world.moderator.click(asked, label="Continue editing")
    options = form_fields(form)["taken"]["options"]
    assert [(one["value"], one["default"]) for one in options] == [("keep", True), ("take", False)]
    await save(world.moderator, form, definition="Better.")
    assert title(asked, 0) == "The glossary has this already"
    form = await world.moderator.click(asked, label="Continue editing")
    await save(world.moderator, form, definition="Better still.", taken="take")
    assert title(asked, 0) == "Saved"
    assert "Better still." in shown(await defined(world, "leverage"))


async def test_an_own_entry_with_the_name_is_replaced_only_if_that_is_chosen(world: World) -> None:
    await add(world)
    asked = await add(world, definition="Another text.")
    assert title(asked, 0) == "This entry exists already"
    form = await world.moderator.click(asked, label="Continue editing")
    await save(world.moderator, form)
    assert title(asked, 0) == "This entry exists already"
    assert DRAFT["definition"] in shown(await defined(world, "pip spread"))
    form = await world.moderator.click(asked, label="Continue editing")
    await save(world.moderator, form, name="pip cost")
    assert title(asked, 0) == "Saved"
    assert "Another text." in shown(await defined(world, "pip cost"))
    assert DRAFT["definition"] in shown(await defined(world, "pip spread"))


async def test_an_entry_without_a_name_that_is_taken_is_not_asked(world: World) -> None:
    form = await world.moderator.slash(world.channel, "glossary add")
    assert list(form_fields(form)) == ["name", "aliases", "definition", "notes"]


async def test_more_fields_of_an_entry_that_was_removed_meanwhile_say_so(world: World) -> None:
    saved = await add(world)
    await world.moderator.slash(world.channel, "glossary remove", term="pip spread")
    assert title(reply(await world.moderator.click(saved, label="More fields"))) == "No such entry"
