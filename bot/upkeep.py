"""What the bot does in the background: write counts, follow other processes, post, and delete what has expired.

Expired rows are found by their timestamps, so that nothing is missed while the bot is off.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.chat.client import Client
from bot.chat.errors import REFUSED, UNREACHABLE
from bot.features.dispatch import SCHEDULED_POSTS
from bot.features.posts import posting
from bot.features.welcome.greeting import greet_new_servers
from bot.schedule import utc_now
from bot.services import Services
from bot.storage.database import DatabaseUnavailable
from bot.storage.posts import DuePost

FLUSH_SECONDS = FOLLOW_SECONDS = POST_SECONDS = 30.0
# How many posts are sent at the same time: many servers choose the same hour.
POSTS_AT_ONCE = 10
# How soon a server that the bot was added to is greeted.
GREET_SECONDS = 60.0
DELETE_SECONDS = 6 * 3600.0

Work = Callable[[], Awaitable[object]]
Clock = Callable[[], dt.datetime]

_log = logging.getLogger(__name__)


def background_work(client: Client, clock: Clock = utc_now) -> list[Coroutine[Any, Any, None]]:
    """Return the loops to run beside the connection. The clock says when posts are due."""
    services = client.services

    async def at_once_when_connected(what: str, seconds: float, work: Work) -> None:
        await client.wait_until_ready()
        await attempt(what, work)
        await repeat(what, seconds, work)

    async def greet_once_connected() -> None:
        await client.wait_until_ready()
        await repeat("Greeting new servers", GREET_SECONDS, lambda: greet_new_servers(client, clock()))

    return [
        repeat("Writing usage counts", FLUSH_SECONDS, services.usage.flush),
        repeat("Following other processes", FOLLOW_SECONDS, lambda: follow(services)),
        at_once_when_connected("Posting what is due", POST_SECONDS, lambda: post_due(client, clock())),
        greet_once_connected(),
        at_once_when_connected("Deleting expired data", DELETE_SECONDS, lambda: delete_expired(client)),
    ]


async def repeat(what: str, seconds: float, work: Work) -> None:
    """Do some work again and again, always after a pause, whether it fails or not."""
    while True:
        await asyncio.sleep(seconds)
        await attempt(what, work)


async def attempt(what: str, work: Work) -> None:
    """Do some work and log it if it fails: a line if something is out of reach, a traceback if it is a bug."""
    try:
        await work()
    except (DatabaseUnavailable, *REFUSED, *UNREACHABLE) as error:
        _log.warning("%s failed and is tried again later: %s", what, str(error).partition("\n")[0])
    except Exception:  # noqa: BLE001 - the loop must go on after any failure
        _log.exception("%s failed and is tried again later.", what)


async def follow(services: Services) -> None:
    """Serve what other processes and the command `forget` have done to the database."""
    catalogue = services.catalogue
    if await catalogue.follow():
        _log.info("Revision %d was published by another process and serves now.", catalogue.revision.number)
    await services.servers.follow()


async def post_due(client: Client, now: dt.datetime) -> None:
    """Post what is due in the servers of this process; one that fails keeps none of the rest."""
    due = [one for one in await client.services.timetable.due(now) if posting.serves(client, one.guild_id)]
    places = asyncio.Semaphore(POSTS_AT_ONCE)

    async def post(one: DuePost) -> None:
        async with places:
            # Once a post is claimed, stopping must wait until it is sent.
            await client.in_flight.finish(posting.post(client, one, SCHEDULED_POSTS[one.kind]))

    async def attempt_post(one: DuePost) -> None:
        await attempt(f"Posting in server {one.guild_id}", lambda: post(one))

    await asyncio.gather(*map(attempt_post, due))


async def delete_expired(client: Client) -> None:
    """Delete what is too old, and the data of servers that the bot left; one failure keeps none of the rest."""
    services = client.services
    settings = services.settings
    await attempt("Deleting old misses", lambda: _delete_misses(services, settings.keep_misses_days))
    await attempt("Deleting old drafts", services.drafts.expire)
    await attempt("Deleting old shares", services.shares.expire)
    await attempt("Deleting old claims of posts", services.posts.expire)
    await attempt("Deleting old rounds of the quiz", services.quiz_rounds.expire)
    await attempt("Deleting the data of servers left", lambda: _delete_left_servers(client))


async def _delete_misses(services: Services, days: int) -> None:
    await services.usage.misses.expire(days)
    await services.questions.expire(days)


async def _delete_left_servers(client: Client) -> None:
    """Note which servers with data the bot is no longer in, and delete the data of those it left long ago.

    Without the guilds intent Discord does not say when the bot is removed, so it is asked where the bot is.
    """
    retention, servers = client.services.retention, client.services.servers
    days = client.services.settings.keep_left_servers_days
    with_data = await retention.servers()
    if not with_data:
        return
    present = {guild.id async for guild in client.fetch_guilds(limit=None, with_counts=False)}
    left = await retention.note_left(with_data - present, present)
    if left:
        _log.info("The bot is no longer in %d servers; their data is deleted in %d days.", left, days)
    for guild_id in await retention.expire_left(days):
        servers.forget(guild_id)
        _log.info("The data of server %d was deleted; the bot left it long ago.", guild_id)
