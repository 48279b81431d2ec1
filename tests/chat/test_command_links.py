"""Commands that replies name are links, as people in the simulated Discord see them."""

import pytest

from tests.features.moderating import add, add_more, defined
from tests.world import World, parts, reply, shown


async def test_a_command_in_a_reply_is_a_link_that_fills_it_in(world: World) -> None:
    (define,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "define"]
    message = reply(await world.member.slash(world.channel, "define", term="pizza"))
    assert f"</define:{define.id}> shows names while you type." in shown(message)


async def test_a_subcommand_has_the_id_of_its_group(world: World) -> None:
    (glossary,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "glossary"]
    assert world.bot.command_links.linked("see `/glossary settings`.") == f"see </glossary settings:{glossary.id}>."


@pytest.mark.parametrize("text", ["`/unknown`", "/define", "`define`", "``/define``", "```\n# `/define`\n```"])
def test_what_is_no_command_stays_as_it_is(text: str, world: World) -> None:
    assert world.bot.command_links.linked(text) == text


async def test_an_entry_full_of_commands_still_fits_with_every_section_unfolded(world: World) -> None:
    """A link is longer than the name of its command, and Discord refuses a text of more than 4096 characters."""
    saved = await add(world, definition="`/ask` " * 170 + "x", notes="a\nb")
    await add_more(world, saved, related="leverage")
    message = await defined(world, "pip spread", world.moderator)
    await world.moderator.click(message, label="Pitfalls (2)")
    assert "Hide pitfalls" in [one["label"] for one in parts(message) if "label" in one]
