"""A server that the bot was added to is greeted once, where it allows that."""

import asyncio
import datetime as dt

import discord
from simcord.builders import ChannelHandle, GuildHandle

from bot.features.welcome.greeting import greet_new_servers
from bot.storage.welcomes import Welcomes
from tests.world import DISCLAIMER, World, title

HELP = "Five things to try"


async def greet(world: World, *, later: dt.timedelta = dt.timedelta()) -> None:
    """Do what the bot does in the background, now or later."""
    await greet_new_servers(world.bot, world.env.now() + later)


def greetings(channel: ChannelHandle) -> list[discord.Message]:
    """The greetings in a channel."""
    return [one for one in channel.history() if "**Hello!**" in one.content]


async def ask(world: World, question: str = "what is leverage?") -> list[str]:
    """The titles of what the bot answers to a mention."""
    assert world.bot.user is not None
    before = len(world.channel.history())
    await world.member.send(world.channel, f"{world.bot.user.mention} {question}")
    return [title(one) for one in world.channel.history()[before + 1 :]]


async def test_a_new_server_is_greeted_once_in_its_first_channel(world: World) -> None:
    for _ in range(3):
        await greet(world)
    (greeting,) = greetings(world.channel)
    assert title(greeting) == HELP
    assert greeting.embeds[0].footer.text == DISCLAIMER
    assert await ask(world) == ["leverage"]


async def test_the_system_channel_comes_before_the_first(world: World) -> None:
    system = world.guild.create_text_channel("welcome")
    world.env.backend.guilds[world.guild.id].system_channel_id = system.id
    await greet(world)
    assert len(greetings(system)) == 1
    assert greetings(world.channel) == []


async def test_a_server_about_which_discord_fails_keeps_no_other_from_being_greeted(world: World) -> None:
    _, channel = world.another_server()
    assert world.bot.user is not None
    world.env.inject_error("GET", f"/guilds/{world.guild.id}/members/{world.bot.user.id}", status=403)
    await greet(world)
    assert greetings(world.channel) == []
    assert len(greetings(channel)) == 1
    await greet(world)
    assert len(greetings(world.channel)) == 1


async def test_a_channel_that_forbids_it_is_passed_over(world: World) -> None:
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=403)
    second = world.guild.create_text_channel("second")
    await greet(world)
    assert len(greetings(second)) == 1


async def test_where_no_channel_allows_it_the_first_question_is_greeted_once(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403)
    await greet(world)
    assert greetings(world.channel) == []
    await greet(world)
    assert greetings(world.channel) == []
    assert await ask(world) == ["leverage", HELP]
    assert await ask(world) == ["leverage"]
    await greet(world)
    assert len(greetings(world.channel)) == 1


async def test_a_server_that_the_bot_joined_long_ago_is_not_greeted(world: World) -> None:
    await greet(world, later=dt.timedelta(days=2))
    await greet(world)
    assert greetings(world.channel) == []
    assert await ask(world) == ["leverage"]


async def test_several_processes_greet_a_server_once(world: World) -> None:
    stores = [Welcomes(world.services.database) for _ in range(8)]
    claims = await asyncio.gather(*(store.claim(world.guild.id) for store in stores))
    assert sorted(claims) == [False] * 7 + [True]
    await stores[0].give_back(world.guild.id)
    assert [await store.claim(world.guild.id) for store in stores] == [True] + [False] * 7


async def test_a_server_whose_data_was_deleted_is_new_again(world: World) -> None:
    guild: GuildHandle = world.guild
    await greet(world)
    await world.services.retention.forget_server(guild.id)
    await greet(world)
    assert len(greetings(world.channel)) == 2
