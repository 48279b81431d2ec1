"""Only the page that the bot printed the address of can act in the playground."""

import aiohttp
import pytest
import yarl

from bot.playground.front import CONTEXT, TOKEN
from tests.playground.page import ADDRESS
from tests.process import BotProcess

pytestmark = pytest.mark.slow


REQUESTS: tuple[tuple[str, dict[str, str], int], ...] = (
    ("/", {"Host": "evil.example"}, 403),
    ("/", {"Origin": "http://evil.example"}, 403),
    ("/api/playground?viewer=1", {}, 401),
    ("/api/state", {TOKEN: "guessed"}, 401),
    ("/api/state", {TOKEN: "é"}, 401),
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


async def test_what_the_page_never_sends_is_refused_without_a_word_in_the_terminal(process: BotProcess) -> None:
    await process.start("playground")
    address = yarl.URL((await process.says(ADDRESS))[0])
    page, token = address.with_fragment(None), {TOKEN: address.fragment}
    as_json = {"Content-Type": "application/json"}
    as_form = {"Content-Type": "multipart/form-data; boundary=x"}
    async with aiohttp.ClientSession(page, headers=token) as session:
        for path, body, headers, status in (
            ("/api/playground/menu", "{", {}, 400),
            ("/api/playground/menu", '{"context": "", "viewer": "x", "message": "1", "command": ""}', {}, 404),
            ("/api/playground/message", "garbage", as_form, 400),
            ("/api/playground/message", "viewer=x", {"Content-Type": "application/x-www-form-urlencoded"}, 404),
            ("/api/action", "{nope", as_json, 400),
            ("/api/action", "[" * 100_000, as_json, 400),
        ):
            async with session.post(path, data=body, headers=headers) as answer:
                assert answer.status == status, (path, body[:20])
        async with session.get("/api/playground", params={"viewer": "9" * 5000}) as answer:
            assert answer.status == 404
    assert "Traceback" not in process.log


async def test_nobody_acts_in_the_direct_messages_of_somebody_else(process: BotProcess) -> None:
    await process.start("playground")
    address = yarl.URL((await process.says(ADDRESS))[0])
    async with aiohttp.ClientSession(address.with_fragment(None)) as session:
        async with session.get("/api/playground/conversations", headers={TOKEN: address.fragment}) as answer:
            mia, noah = (await answer.json())["people"][:2]
        message = {"viewer": noah["id"], "content": "hello"}
        async with session.post("/api/playground/message", data=message, headers={TOKEN: mia["token"]}) as answer:
            assert answer.status == 404
        for person, status in ((mia, 200), (noah, 400)):
            headers = {TOKEN: f"{mia['token']}.{person['id']}"}
            async with session.post("/api/pages", json={}, headers=headers) as answer:
                assert answer.status == status


async def test_what_one_tab_sends_counts_although_another_tab_has_just_sent_something(process: BotProcess) -> None:
    await process.start("playground")
    address = yarl.URL((await process.says(ADDRESS))[0])
    token = {TOKEN: address.fragment}
    async with aiohttp.ClientSession(address.with_fragment(None), headers=token) as session:
        tabs = []
        for _ in range(2):
            async with session.post("/api/pages", json={}) as answer:
                tabs.append(await answer.json())
        for tab in tabs:
            action = {
                "protocol_version": tab["protocolVersion"],
                "sequence": 1,
                "request_id": tab["context"]["id"],
                "generation": tab["context"]["generation"],
                "bot_generation": tab["botGeneration"],
                "published_revision": tab["publishedRevision"],
                "kind": "send_message",
                "target_id": None,
                "reply_to_id": None,
                "content": "hello",
            }
            headers = {CONTEXT: tab["context"]["id"]}
            async with session.post("/api/action", json=action, headers=headers) as answer:
                assert not (await answer.json())["rejected"]
