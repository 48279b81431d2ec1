"""Each server's settings stand at their defaults until they are changed, one by one."""

import asyncio

from bot.storage.database import Database
from bot.storage.server_settings import AllServerSettings, ServerSettings

GUILD, OTHER_GUILD = 2**62, 2**62 + 1


async def test_a_server_that_has_set_nothing_has_the_defaults(database: Database) -> None:
    settings = AllServerSettings(database)
    assert await settings.of(GUILD) == ServerSettings()
    assert await settings.servers() == frozenset()


async def test_what_is_set_stays_and_is_that_servers_alone(database: Database) -> None:
    settings = AllServerSettings(database)
    await settings.set(GUILD, channels=(1, 2**63 - 1), moderator_role=5)
    changed = await settings.set(GUILD, moderator_role=None, hide_replies=True)
    assert changed == ServerSettings(channels=(1, 2**63 - 1), hide_replies=True)
    assert await settings.of(GUILD) == changed
    assert await settings.of(OTHER_GUILD) == ServerSettings()
    assert await settings.servers() == {GUILD}


async def test_of_two_changes_at_once_none_is_lost(database: Database, other_instance: Database) -> None:
    one, other = AllServerSettings(database), AllServerSettings(other_instance)
    await asyncio.gather(one.set(GUILD, hide_replies=True), other.set(GUILD, answer_mentions=False))
    assert await one.of(GUILD) == ServerSettings(hide_replies=True, answer_mentions=False)
