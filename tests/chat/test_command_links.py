"""Commands that replies name are links, as people in the simulated Discord see them."""

import pytest

from tests.world import World, reply, shown


async def test_a_command_in_a_reply_is_a_link_that_fills_it_in(world: World) -> None:
    (define,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "define"]
    message = reply(await world.member.slash(world.channel, "define", term="pizza"))
    assert f"</define:{define.id}> shows names while you type." in shown(message)


async def test_a_subcommand_has_the_id_of_its_group(world: World) -> None:
    (glossary,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "glossary"]
    assert world.bot.command_links.linked("see `/glossary settings`.") == f"see </glossary settings:{glossary.id}>."


@pytest.mark.parametrize("text", ["`/unknown`", "/define", "`define`", "``/define``"])
def test_what_is_no_command_stays_as_it_is(text: str, world: World) -> None:
    assert world.bot.command_links.linked(text) == text
