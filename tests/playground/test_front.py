"""Only the page that the bot printed the address of can act in the playground."""

import aiohttp
import pytest
import yarl

from tests.playground.page import ADDRESS
from tests.process import BotProcess

pytestmark = pytest.mark.slow


REQUESTS: tuple[tuple[str, dict[str, str], int], ...] = (
    ("/", {"Host": "evil.example"}, 403),
    ("/", {"Origin": "http://evil.example"}, 403),
    ("/api/playground?viewer=1", {}, 401),
    ("/api/state", {"X-Simcord-Capability": "guessed"}, 401),
    ("/playground/page.js", {}, 200),
    ("/", {}, 200),
)


async def test_other_pages_and_guessed_tokens_are_refused(process: BotProcess) -> None:
    await process.start("playground")
    address = yarl.URL((await process.says(ADDRESS))[0]).with_fragment(None)
    async with aiohttp.ClientSession() as session:
        for path, headers, status in REQUESTS:
            async with session.get(address.join(yarl.URL(path)), headers=headers) as answer:
                assert answer.status == status, path
