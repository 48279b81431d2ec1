"""Trying the addresses of sources, against a server on this machine."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.links import dead_links


@pytest.fixture
async def asked() -> list[str]:
    """The pages that the server was asked for."""
    return []


@pytest.fixture
async def server(asked: list[str]) -> AsyncIterator[BaseTestServer]:
    """A server with a page, one that was moved, one that is gone, and one that refuses programs."""

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/moved":
            raise web.HTTPFound("/page")
        return web.Response(status={"/page": 200, "/refuses": 403}.get(request.path, 404))

    app = web.Application()
    app.router.add_get("/{page}", answer)
    async with TestServer(app) as started:
        yield started


async def test_pages_that_are_gone_are_named_and_others_not(server: BaseTestServer) -> None:
    pages = {name: str(server.make_url(f"/{name}")) for name in ("page", "moved", "refuses", "gone")}
    assert await dead_links(pages.values()) == {pages["gone"]: "it answers 404"}


async def test_a_page_is_tried_once_whatever_part_of_it_is_named(server: BaseTestServer, asked: list[str]) -> None:
    page = str(server.make_url("/page"))
    assert await dead_links([f"{page}#a", f"{page}#b", page]) == {}
    assert asked == ["/page"]


async def test_a_site_that_is_not_there_is_said_to_be_unreachable(unused_tcp_port: int) -> None:
    (reason,) = (await dead_links([f"http://127.0.0.1:{unused_tcp_port}/"])).values()
    assert reason.startswith("it cannot be reached: ")
