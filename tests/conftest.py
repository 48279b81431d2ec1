"""A small glossary, and the real bot on it in a simulated Discord."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from simcord.actors import MemberActor
from simcord.env import Env

from bot.chat.client import Client
from bot.features.dispatch import make_client
from bot.services import open_services
from bot.settings import read_settings
from tests.world import DISCLAIMER, MODERATES, World

HOME_GUILD_ID = 900_000_000_000_000_001

GLOSSARY = f"""
title = "Test glossary"
disclaimer = "{DISCLAIMER}"
full_disclaimer = "The long disclaimer."
trademarks = "All marks belong to their owners."
"""

TWS = """
[category]
name = "TWS"
description = "The workstation"
emoji = "🖥️"
colour = "#2b6cb0"
order = 1

[[term]]
name = "trusted IPs"
aliases = ["Trusted IP addresses"]
definition = "Addresses that may connect without being asked. Others get a pop-up."
notes = ["Check `127.0.0.1` first.", "*Stars* stay stars."]
example = '''print("hello")'''
related = ["API socket", "security"]
sources = ["https://example.com/trusted"]

[[term]]
name = "API socket"
aliases = ["API port"]
definition = "The door through which programs talk. It has a number."
related = ["trusted IPs"]

[[term]]
name = "leverage"
definition = "More exposure than money."
related = ["API socket"]
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that tests may change."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "glossary.toml").write_text(GLOSSARY, "utf-8")
    (folder / "tws.toml").write_text(TWS, "utf-8")
    return folder


@pytest.fixture
def environment(tmp_path: Path, data: Path) -> dict[str, str]:
    """The environment variables that the bot is started with."""
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path}/var/glossary.db",
        "GLOSSARY_PATH": str(data),
        "HOME_GUILD_IDS": str(HOME_GUILD_ID),
        "PLAYGROUND_PORT": "0",
        "ANSWERS_PER_MINUTE": "0",
    }


@pytest.fixture
async def simcord_bot(environment: dict[str, str], tmp_path: Path) -> AsyncIterator[Client]:
    """The real bot, which `simcord_env` connects to a simulated Discord."""
    async with open_services(read_settings(environment, tmp_path / "no.env")) as services:
        client = make_client(services)
        client.shard_count = 1
        yield client


@pytest.fixture
def world(simcord_env: Env, simcord_bot: Client) -> World:
    """A simulated Discord with the bot in it, and a server that is its home."""
    guild = simcord_env.create_guild(id=HOME_GUILD_ID)
    moderators = guild.create_role("Moderators", permissions=MODERATES)
    return World(
        env=simcord_env,
        bot=simcord_bot,
        guild=guild,
        channel=guild.create_text_channel("questions"),
        member=guild.add_member(simcord_env.create_user("alice")),
        moderator=guild.add_member(simcord_env.create_user("mo"), roles=[moderators]),
        stranger=simcord_env.create_user("stan"),
    )


@pytest.fixture
def second_moderator(world: World) -> MemberActor:
    """Another moderator of the same server."""
    return world.guild.add_member(world.env.create_user("second"), roles=[world.guild.roles["Moderators"]])
