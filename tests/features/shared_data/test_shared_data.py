"""`/glossary reload` and `/glossary rollback`, as moderators and others in the simulated Discord see them."""

from pathlib import Path

import discord
from simcord.results import ResponseMessage

from tests.features.moderating import add, defined
from tests.world import World, part, reply, shown, title


async def rollback(world: World) -> ResponseMessage:
    """The revisions that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary rollback"))


async def reload_changed(world: World, data: Path) -> None:
    """The moderator reloads the data files after a change of one entry."""
    file = data / "tws.toml"
    file.write_text(file.read_text("utf-8").replace("More exposure than money.", "Borrowed."), "utf-8")
    await world.moderator.slash(world.channel, "glossary reload")


async def chosen(world: World) -> tuple[ResponseMessage, str]:
    """The question whether to return to the only earlier revision, and its number."""
    message = await rollback(world)
    (option,) = part(message, "pick:rollback:")["options"]
    await world.moderator.select(message, [option["value"]], custom_id="pick:rollback:")
    return message, option["value"]


async def test_reload_puts_changed_files_live_and_says_what_changed(world: World, data: Path) -> None:
    file = data / "tws.toml"
    text = file.read_text("utf-8").replace("More exposure than money.", "Borrowed exposure.")
    text = text.replace('name = "API socket"', 'name = "API door"')
    file.write_text(text, "utf-8")
    result = await world.moderator.slash(world.channel, "glossary reload")
    message = reply(result)
    assert message.ephemeral
    assert title(message) == "Glossary reloaded"
    assert "1 added, 1 changed, 1 removed" in shown(message)
    assert "• Added: API door" in shown(message)
    assert "• Removed: API socket" in shown(message)
    assert "• Changed: leverage\n> definition: ~~More exposure than money.~~ **Borrowed exposure.**" in shown(message)
    answer = reply(await world.member.slash(world.channel, "define", term="leverage"))
    assert "Borrowed exposure." in shown(answer)


async def test_reload_without_changes_says_so(world: World) -> None:
    message = reply(await world.moderator.slash(world.channel, "glossary reload"))
    assert "Nothing changed. Revision 1 is live" in shown(message)


async def test_a_broken_file_changes_nothing_and_every_problem_is_said(world: World, data: Path) -> None:
    (data / "tws.toml").write_text((data / "tws.toml").read_text("utf-8") + "\n[[term]]\nname = 5\n", "utf-8")
    message = reply(await world.moderator.slash(world.channel, "glossary reload"))
    assert message.ephemeral
    assert "the previous data stays" in shown(message)
    assert "`name` should be text, got int" in shown(message).replace("\\`", "`")
    assert "`definition` is missing" in shown(message).replace("\\`", "`")
    assert title(reply(await world.member.slash(world.channel, "define", term="leverage"))) == "leverage"


async def test_many_problems_come_as_a_file(world: World, data: Path) -> None:
    (data / "tws.toml").write_text((data / "tws.toml").read_text("utf-8") + "[[term]]\n" * 20, "utf-8")
    message = reply(await world.moderator.slash(world.channel, "glossary reload"))
    assert "all 40" in shown(message)
    assert [attachment.filename for attachment in message.attachments] == ["problems.txt"]


async def test_a_member_does_not_see_the_moderators_commands(world: World) -> None:
    seen = world.member.available_commands(world.channel)
    assert {"define", "ask", "about"} < set(seen)
    assert not [name for name in seen if name.startswith("glossary")]
    assert "glossary reload" in world.moderator.available_commands(world.channel)


async def test_a_member_who_can_see_the_command_is_still_refused(world: World) -> None:
    (command,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "glossary"]
    world.guild.set_command_permissions(command, {world.member: True})
    message = reply(await world.member.slash(world.channel, "glossary reload"))
    assert message.ephemeral
    assert title(message) == "Not allowed"


async def test_a_moderator_of_another_server_is_refused(world: World) -> None:
    other = world.env.create_guild("Elsewhere")
    rights = discord.Permissions(manage_guild=True)
    stranger = other.add_member(world.stranger, roles=[other.create_role("Moderators", permissions=rights)])
    message = reply(await stranger.slash(other.create_text_channel("general"), "glossary reload"))
    assert title(message) == "Not allowed"
    assert "HOME_GUILD_IDS" in shown(message)


async def test_the_shared_data_returns_to_an_earlier_revision_and_comes_back(world: World, data: Path) -> None:
    await reload_changed(world, data)
    message = await rollback(world)
    assert f"reloaded by {world.moderator.mention} · 1 changed" in shown(message)
    message, number = await chosen(world)
    assert "what **every** server sees: 1 changed" in shown(message)
    assert "• Changed: leverage\n> definition: ~~Borrowed.~~ **More exposure than money.**" in shown(message)
    assert "Borrowed." in shown(await defined(world, "leverage"))
    await world.moderator.click(message, label=f"Return to {number}")
    assert title(message) == f"Returned to revision {number}"
    assert "More exposure than money." in shown(await defined(world, "leverage"))
    assert f"rolled back to {number} by {world.moderator.mention}" in shown(await rollback(world))
    await world.moderator.slash(world.channel, "glossary reload")
    assert "Borrowed." in shown(await defined(world, "leverage"))


async def test_the_only_revision_asks_for_no_choice(world: World) -> None:
    message = await rollback(world)
    assert "There is no other one yet." in shown(message)
    assert "Choose another one" not in shown(message)


async def test_a_rollback_that_was_not_meant_is_cancelled(world: World, data: Path) -> None:
    await reload_changed(world, data)
    message, _ = await chosen(world)
    await world.moderator.click(message, label="Cancel")
    assert title(message) == "Cancelled"
    assert "Borrowed." in shown(await defined(world, "leverage"))


async def test_a_server_with_own_entries_sees_the_shared_data_that_was_rolled_back(world: World, data: Path) -> None:
    await add(world)
    await reload_changed(world, data)
    assert "Borrowed." in shown(await defined(world, "leverage"))
    assert "What the broker keeps" in shown(await defined(world, "pip spread"))


async def test_only_moderators_of_home_servers_return_to_earlier_revisions(world: World, data: Path) -> None:
    await reload_changed(world, data)
    message, number = await chosen(world)
    stranger, channel = world.another_server()
    assert title(reply(await stranger.slash(channel, "glossary rollback"))) == "Not allowed"
    world.demote_moderator()
    refused = (await world.moderator.click(message, label=f"Return to {number}")).followups[-1]
    assert title(refused) == "Not allowed"
    assert "Borrowed." in shown(await defined(world, "leverage"))


async def test_a_forgotten_person_is_not_taken_for_the_bot(world: World, data: Path) -> None:
    await reload_changed(world, data)
    await world.services.retention.forget_person(world.moderator.id)
    listed = shown(await rollback(world))
    assert listed.count("reloaded by somebody") == 1
    assert listed.count("read when the bot started") == 1
