"""A small glossary, the real bot on it in a simulated Discord, and real databases."""

import functools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from simcord.actors import MemberActor
from simcord.env import Env
from sqlalchemy import URL

from bot.chat.client import Client
from bot.features.dispatch import make_client
from bot.services import open_services
from bot.settings import read_settings
from tests.databases import PostgresServer, copy_file, make_newest, started_postgres
from tests.world import DISCLAIMER, MODERATES, World

# The simulated Discord looks every 50 ms whether the bot has finished, which most tests would spend half their time
# waiting for.
Env._settle_internal = functools.partialmethod(Env._settle_internal, idle=0.001)  # type: ignore[assignment] # no public way for every test

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


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at the newest schema; opening a copy of it takes a tenth of the time of creating every table."""
    path = tmp_path_factory.mktemp("template") / "glossary.db"
    make_newest(URL.create("sqlite+aiosqlite", database=str(path)))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server that runs as long as the tests do."""
    with started_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def second_postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server for `stoppable_server`."""
    with started_postgres() as server:
        yield server


@pytest.fixture
def stoppable_server(second_postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """A PostgreSQL server that a test may stop and start again."""
    yield second_postgres_server
    second_postgres_server.stop()
    second_postgres_server.start()


@pytest.fixture
def stoppable_url(stoppable_server: PostgresServer) -> URL:
    """An empty database of that server."""
    return stoppable_server.create()


@pytest.fixture
async def simcord_bot(environment: dict[str, str], tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Client]:
    """The real bot, which `simcord_env` connects to a simulated Discord."""
    settings = read_settings(environment, tmp_path / "no.env")
    copy_file(sqlite_template, Path(settings.database_url.database or ""))
    async with open_services(settings) as services:
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
