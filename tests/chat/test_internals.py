"""The private parts of discord.py that the bot touches are there, and every release that may be installed has them."""

import inspect
import re
from pathlib import Path

import discord
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.chat.client import Client
from bot.chat.internals import make_attachment

ROOT = Path(__file__).parents[2]


def test_the_connection_has_a_reader_for_each_event() -> None:
    parsers = discord.AutoShardedClient(intents=discord.Intents.none())._connection.parsers
    for event in ("INTERACTION_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE"):
        assert callable(parsers[event])


def test_the_adapter_sends_payloads_and_multipart_by_token() -> None:
    assert isinstance(async_context.get(), AsyncWebhookAdapter)
    parameters = inspect.signature(AsyncWebhookAdapter.request).parameters
    assert {"route", "session", "payload", "multipart", "files", "params", "proxy", "proxy_auth"} <= parameters.keys()


def test_the_http_client_has_its_session_and_proxy() -> None:
    assert "self.__session" in inspect.getsource(HTTPClient)
    client = discord.Client(intents=discord.Intents.none())
    assert client.http.proxy is None
    assert client.http.proxy_auth is None


def test_addresses_can_be_changed() -> None:
    assert Route.BASE.startswith("https://discord.com/api/v10")
    assert str(DiscordWebSocket.DEFAULT_GATEWAY).startswith("wss://")


def test_an_attachment_is_made_of_a_payload() -> None:
    assert list(inspect.signature(discord.Attachment).parameters) == ["data", "state"]


async def test_an_attachment_without_a_proxy_address_is_read_all_the_same(simcord_bot: Client) -> None:
    file = {"id": "1", "filename": "a.csv", "size": 5, "url": "https://cdn.discordapp.com/a.csv"}
    assert make_attachment(simcord_bot, file).filename == "a.csv"


def test_only_releases_with_these_parts_can_be_installed() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert re.search(r'"discord\.py\[speed\]>=2\.7\.\d+,<2\.8"', project)
    assert discord.version_info[:2] == (2, 7)
