"""The page: simcord's own with our script and style, and what simcord's page cannot do."""

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import msgspec
import yarl
from aiohttp import web
from simcord import SetupError
from simcord.actors import MemberActor
from simcord.backend.errors import BackendError
from simcord.preview import Preview

from bot.playground import internals
from bot.playground.mentions import with_ids
from bot.playground.pictures import STATIC
from bot.playground.world import World, catch_up

# As much as simcord's own page accepts, and what Discord allows in a message.
MOST_BYTES, MOST_FILES = 26 * 1024 * 1024, 10
TOKEN = "X-Simcord-Capability"  # noqa: S105 - the name of a header
SCRIPTS = ("popups.js", "messages.js", "writing.js", "page.js")
_IN_HEAD = '<link rel="stylesheet" href="/playground/page.css">' + "".join(
    f'<script src="/playground/{name}"></script>' for name in SCRIPTS
)
# What belongs to one connection and is not handed on.
_OF_CONNECTION = frozenset({"host", "origin", "connection", "content-length", "transfer-encoding", "content-encoding"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _MenuUse(msgspec.Struct):
    """A command that somebody chose in the menu of a message."""

    context: str
    viewer: str
    message: str
    command: str


class Front:
    """Serves the page on a loopback address, and does one thing at a time in the simulated Discord."""

    def __init__(self, world: World, preview: Preview, session: aiohttp.ClientSession) -> None:
        """Stand in front of a preview; the session connects to it."""
        self._world = world
        self._preview = preview
        self._session = session
        inner = yarl.URL(preview.url)
        self._inner, self._hosts = inner.with_fragment(None), frozenset[str]()
        self.lock = asyncio.Lock()

    @asynccontextmanager
    async def serve(self, listener: socket.socket) -> AsyncIterator[str]:
        """Serve on a socket, and yield the address, which is all that somebody needs to act in the playground."""
        port = listener.getsockname()[1]
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        app = web.Application(middlewares=[self._only_local], client_max_size=MOST_BYTES)
        app.router.add_get("/", self._index)
        app.router.add_static("/playground/", STATIC)
        app.router.add_get("/api/playground", self._offer)
        app.router.add_post("/api/playground/menu", self._use_menu)
        app.router.add_post("/api/playground/message", self._send_message)
        app.router.add_post("/api/action", self._act)
        app.router.add_route("*", "/{path:.*}", self._forward)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            yield f"http://127.0.0.1:{port}/#{self._preview.capability}"
        finally:
            await runner.cleanup()

    @web.middleware
    async def _only_local(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse pages of other addresses, and what lacks the token in the address of the page."""
        origin = request.headers.get("Origin")
        if request.host not in self._hosts or (origin and origin.removeprefix("http://") not in self._hosts):
            raise web.HTTPForbidden
        given = request.headers.get(TOKEN, "").encode(errors="surrogateescape")
        is_ours = secrets.compare_digest(given, self._preview.capability.encode())
        if request.path.startswith("/api/") and not is_ours:
            raise web.HTTPUnauthorized
        return await handler(request)

    async def _index(self, request: web.Request) -> web.StreamResponse:
        page = await self._forward(request)
        assert page.text is not None  # noqa: S101 - simcord's page is text
        page.text = page.text.replace("</head>", f"{_IN_HEAD}</head>", 1)
        return page

    async def _offer(self, request: web.Request) -> web.StreamResponse:
        """Return what the person may mention, and the commands in the menu of their messages."""
        person = self._person(request.query.get("viewer"))
        commands = internals.message_commands(self._world.env, person.id, self._world.channel.id)
        return web.json_response({"mentions": list(self._world.mentions), "commands": commands})

    async def _use_menu(self, request: web.Request) -> web.StreamResponse:
        """Use a command in the menu of a message."""
        try:
            used = msgspec.json.decode(await request.read(), type=_MenuUse)
        except msgspec.DecodeError as error:
            raise web.HTTPBadRequest from error
        person = self._person(used.viewer)
        channel = self._world.channel
        async with self._acting():
            message = next((one for one in channel.history(viewer=person) if str(one.id) == used.message), None)
            if message is None:
                raise web.HTTPNotFound(text="That message is gone.")
            result = await person.context_menu(channel, used.command, message)
            await self._preview.refresh()
            if result.modal is not None:
                internals.open_form(self._preview, used.context, result)
        return web.json_response({})

    async def _send_message(self, request: web.Request) -> web.StreamResponse:
        """Send a message with files."""
        try:
            form = await request.post()
        except ValueError as error:
            raise web.HTTPBadRequest from error
        person = self._person(form.get("viewer"))
        uploads = [one for one in form.getall("file", []) if isinstance(one, web.FileField)]
        files = [(Path(one.filename).name, one.file.read()) for one in uploads[:MOST_FILES]]
        text = with_ids(str(form.get("content", "")), self._world.mentions)
        channel = self._world.channel
        async with self._acting():
            history = channel.history(viewer=person)
            reply_to = next((one for one in history if str(one.id) == form.get("reply_to")), None)
            await person.send(channel, text, reply_to=reply_to, attachments=files)
            await self._preview.refresh()
        return web.json_response({})

    async def _act(self, request: web.Request) -> web.StreamResponse:
        """Hand an action of simcord's page on, with mentions as Discord sends them."""
        body = await request.read()
        if request.content_type == "application/json":
            try:
                action = json.loads(body)
            except (ValueError, RecursionError) as error:
                raise web.HTTPBadRequest from error
            if isinstance(action, dict) and isinstance(action.get("content"), str):
                action["content"] = with_ids(action["content"], self._world.mentions)
                body = json.dumps(action).encode()
        async with self._acting():
            return await self._forward(request, body)

    def _person(self, user_id: object) -> MemberActor:
        """Return the person with an id, as requests write it."""
        person = next((one for one in self._world.people if str(one.id) == user_id), None)
        if person is None:
            raise web.HTTPNotFound(text="That person is not here.")
        return person

    @asynccontextmanager
    async def _acting(self) -> AsyncIterator[None]:
        """Wait until nothing else happens in the simulated Discord, and say kindly what is not possible there."""
        try:
            async with self.lock:
                await catch_up(self._world.env)
                # What the page shows as "a minute ago" counts from here.
                self._preview.capture_time = self._world.env.now()
                yield
        except (SetupError, BackendError) as error:
            raise web.HTTPConflict(text=str(error)) from error

    async def _forward(self, request: web.Request, body: bytes | None = None) -> web.Response:
        """Hand a request on to simcord's page."""
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _OF_CONNECTION}
        address = self._inner.join(request.rel_url)
        data = await request.read() if body is None else body
        async with self._session.request(request.method, address, headers=headers, data=data) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _OF_CONNECTION}
            return web.Response(status=answer.status, headers=kept, body=await answer.read())
