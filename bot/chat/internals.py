"""Every private part of discord.py that the bot touches; tests/chat/test_internals.py pins them."""

from collections.abc import Callable
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.webhook.async_ import async_context

from bot.chat.client import Client

Parser = Callable[[Any], None]


def use_api(address: str) -> None:
    """Send every request to an address instead of Discord's own."""
    Route.BASE = address


def use_gateway(address: str) -> None:
    """Connect to a gateway after an invalid session, where discord.py would go to Discord's own."""
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)


def replace_parser(client: Client, event: str, replacement: Callable[[Parser], Parser]) -> None:
    """Replace the function that reads an event from the gateway; the replacement is given the original."""
    parsers = client._connection.parsers
    parsers[event] = replacement(parsers[event])


def make_attachment(client: Client, data: Any) -> discord.Attachment:
    """Make an uploaded file from its payload, so that it can be read; the bot does not need its `proxy_url`."""
    return discord.Attachment(data=data | {"proxy_url": ""}, state=client._connection)


async def request_by_token(client: Client, route: Route, **parts: Any) -> None:
    """Send a request that the token of an interaction authorises.

    discord.py's own methods for this ask Discord for the message that was sent, and keep every view in memory.
    """
    session: aiohttp.ClientSession = client.http._HTTPClient__session  # type: ignore[attr-defined] # a private name
    adapter = async_context.get()
    await adapter.request(route, session, proxy=client.http.proxy, proxy_auth=client.http.proxy_auth, **parts)
