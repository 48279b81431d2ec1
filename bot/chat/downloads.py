"""Downloading files that people uploaded to Discord."""

import asyncio
from urllib.parse import urlsplit

import aiohttp
import discord

from bot.chat.client import Client

TIMEOUT_SECONDS = 8.0


class DownloadError(Exception):
    """A file that could not be downloaded."""


async def download(client: Client, url: str) -> bytes:
    """Return a file from Discord's own servers; raise `DownloadError` if it does not come in time, or is not there."""
    address = urlsplit(url)
    if address.scheme != "https" or address.hostname not in client.file_hosts:
        raise DownloadError(f"{address.hostname} is not Discord's")
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            return await client.http.get_from_cdn(url)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:  # a TimeoutError is an OSError
        raise DownloadError(str(error)) from error
