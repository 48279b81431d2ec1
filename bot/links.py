"""Trying the addresses of a glossary's sources, to find those that lead nowhere."""

import asyncio
from collections.abc import Iterable, Mapping
from urllib.parse import urldefrag

import aiohttp

TIMEOUT_SECONDS = 20.0
# How many addresses are tried at once.
AT_ONCE = 8
# A site that refuses programs may well show the page to people.
_REFUSES_PROGRAMS = frozenset({401, 403, 405, 429, 503})
_HTTP_ERROR = 400


async def dead_links(urls: Iterable[str]) -> Mapping[str, str]:
    """Return the addresses that do not answer, each with the reason. Pages are tried once, whatever the part named."""
    pages = sorted({urldefrag(url).url for url in urls})
    slots = asyncio.Semaphore(AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session:
        reasons = await asyncio.gather(*(_reason(session, slots, page) for page in pages))
    return {page: reason for page, reason in zip(pages, reasons, strict=True) if reason}


async def _reason(session: aiohttp.ClientSession, slots: asyncio.Semaphore, page: str) -> str:
    """Return why a page cannot be read, "" if it can."""
    try:
        async with slots, session.get(page) as response:
            is_dead = response.status >= _HTTP_ERROR and response.status not in _REFUSES_PROGRAMS
            return f"it answers {response.status}" if is_dead else ""
    except TimeoutError:
        return f"it does not answer within {TIMEOUT_SECONDS:.0f} seconds"
    except (aiohttp.ClientError, ValueError) as error:
        return f"it cannot be reached: {error}"
