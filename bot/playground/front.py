"""The page: simcord's own with our scripts and styles, and what simcord's page cannot do."""

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import msgspec
import yarl
from aiohttp import web
from simcord import SetupError
from simcord.actors import MemberActor
from simcord.backend.errors import BackendError

from bot.playground import internals
from bot.playground.conversations import Conversation, show_arriving
from bot.playground.mentions import with_ids
from bot.playground.pictures import STATIC
from bot.playground.world import World, catch_up

# As much as simcord's own page accepts, and what Discord allows in a message.
MOST_BYTES, MOST_FILES = 26 * 1024 * 1024, 10
TOKEN = "X-Simcord-Capability"  # noqa: S105 - the name of a header
CONTEXT = "X-Simcord-Context"
STYLES = ("page.css", "conversations.css")
SCRIPTS = (
    *("popups.js", "messages.js", "redraws.js", "writing.js"),
    *("options.js", "drafts.js", "conversations.js", "page.js"),
)
_IN_HEAD = "".join(
    (
        *(f'<link rel="stylesheet" href="/playground/{name}">' for name in STYLES),
        *(f'<script src="/playground/{name}"></script>' for name in SCRIPTS),
    )
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

    def __init__(self, world: World, conversations: Sequence[Conversation], session: aiohttp.ClientSession) -> None:
        """Stand in front of the pages of the conversations, the channel's first; the session connects to them."""
        self._world = world
        self._conversations = conversations
        self._session = session
        self._hosts = frozenset[str]()
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
        app.router.add_get("/api/playground/conversations", self._list_conversations)
        app.router.add_post("/api/playground/menu", self._use_menu)
        app.router.add_post("/api/playground/message", self._send_message)
        app.router.add_post("/api/pages", self._open)
        app.router.add_post("/api/action", self._act)
        app.router.add_route("*", "/{path:.*}", self._forward)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            yield f"http://127.0.0.1:{port}/#{self._conversations[0].token}"
        finally:
            await runner.cleanup()

    @web.middleware
    async def _only_local(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse pages of other addresses, and what lacks the token in the address of the page."""
        origin = request.headers.get("Origin")
        if request.host not in self._hosts or (origin and origin.removeprefix("http://") not in self._hosts):
            raise web.HTTPForbidden
        if request.path.startswith("/api/") and self._named(request) is None:
            raise web.HTTPUnauthorized
        return await handler(request)

    def _named(self, request: web.Request) -> Conversation | None:
        """Return the conversation whose token a request has."""
        token = _token_and_person(request)[0].encode(errors="surrogateescape")
        return next((one for one in self._conversations if secrets.compare_digest(token, one.token.encode())), None)

    def _shown(self, request: web.Request) -> Conversation:
        """Return the conversation that the page shows; what needs no token is the same in all of them."""
        return self._named(request) or self._conversations[0]

    async def _index(self, request: web.Request) -> web.StreamResponse:
        page = await self._forward(request)
        assert page.text is not None  # noqa: S101 - simcord's page is text
        page.text = page.text.replace("</head>", f"{_IN_HEAD}</head>", 1)
        return page

    async def _open(self, request: web.Request) -> web.StreamResponse:
        """Open the page as the person that its address names, or as the first one."""
        _, person = _token_and_person(request)
        return await self._forward(request, json.dumps({"viewer_id": person} if person else {}).encode())

    async def _offer(self, request: web.Request) -> web.StreamResponse:
        """Return what the person may mention, and the commands in the menu of their messages."""
        shown = self._shown(request)
        person = _person(shown, request.query.get("viewer"))
        return web.json_response({"mentions": list(shown.mentions), "commands": shown.commands(person)})

    async def _list_conversations(self, _request: web.Request) -> web.StreamResponse:
        """Return the name and the token of the channel, and those of everybody who can write to the bot."""
        public, *direct = self._conversations
        channel = {"name": public.channel.name, "token": public.token}
        people = [
            {"id": str(person.id), "name": person.user.global_name, "token": one.token}
            for person, one in zip(self._world.people, direct, strict=True)
        ]
        return web.json_response({"channel": channel, "people": people})

    async def _use_menu(self, request: web.Request) -> web.StreamResponse:
        """Use a command in the menu of a message."""
        try:
            used = msgspec.json.decode(await request.read(), type=_MenuUse)
        except msgspec.DecodeError as error:
            raise web.HTTPBadRequest from error
        shown = self._shown(request)
        person = _person(shown, used.viewer)
        async with self._acting(shown):
            message = shown.message(person, used.message)
            if message is None:
                raise web.HTTPNotFound(text="That message is gone.")
            result = await shown.use_menu(person, used.command, message)
            await shown.preview.refresh()
            if result.modal is not None:
                internals.open_form(shown.preview, used.context, result)
        return web.json_response({})

    async def _send_message(self, request: web.Request) -> web.StreamResponse:
        """Send a message with files."""
        try:
            form = await request.post()
        except ValueError as error:
            raise web.HTTPBadRequest from error
        shown = self._shown(request)
        person = _person(shown, form.get("viewer"))
        uploads = [one for one in form.getall("file", []) if isinstance(one, web.FileField)]
        files = [(Path(one.filename).name, one.file.read()) for one in uploads[:MOST_FILES]]
        text = with_ids(str(form.get("content", "")), shown.mentions)
        async with self._acting(shown):
            await shown.send(person, text, shown.message(person, form.get("reply_to")), files)
            await shown.preview.refresh()
        return web.json_response({})

    async def _act(self, request: web.Request) -> web.StreamResponse:
        """Hand an action of simcord's page on, with mentions as Discord sends them."""
        shown = self._shown(request)
        body = await request.read()
        action = None
        if request.content_type == "application/json":
            try:
                action = json.loads(body)
            except (ValueError, RecursionError) as error:
                raise web.HTTPBadRequest from error
        async with self._acting(shown):
            if isinstance(action, dict):
                if isinstance(action.get("content"), str):
                    action["content"] = with_ids(action["content"], shown.mentions)
                internals.use_newest_revision(shown.preview, request.headers.get(CONTEXT, ""), action)
                body = json.dumps(action).encode()
            return await self._forward(request, body)

    @asynccontextmanager
    async def _acting(self, shown: Conversation) -> AsyncIterator[None]:
        """Wait until nothing else happens in the simulated Discord, and say kindly what is not possible there."""
        others = [one for one in self._conversations if one is not shown]
        try:
            async with self.lock:
                await catch_up(self._world.env)
                # What the page shows as "a minute ago" counts from here.
                shown.preview.capture_time = self._world.env.now()
                internals.act_in(shown.preview)
                async with show_arriving(others):
                    yield
        except (SetupError, BackendError) as error:
            raise web.HTTPConflict(text=str(error)) from error

    async def _forward(self, request: web.Request, body: bytes | None = None) -> web.Response:
        """Hand a request on to simcord's page."""
        shown = self._shown(request)
        headers = request.headers.copy()
        for name in _OF_CONNECTION:
            headers.popall(name, None)
        if TOKEN in headers:
            headers[TOKEN] = shown.token
        address = yarl.URL(shown.preview.url).with_fragment(None).join(request.rel_url)
        data = await request.read() if body is None else body
        async with self._session.request(request.method, address, headers=headers, data=data) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _OF_CONNECTION}
            return web.Response(status=answer.status, headers=kept, body=await answer.read())


def _person(conversation: Conversation, user_id: object) -> MemberActor:
    """Return the person with an id, as requests write it."""
    person = next((one for one in conversation.people if str(one.id) == user_id), None)
    if person is None:
        raise web.HTTPNotFound(text="That person is not here.")
    return person


def _token_and_person(request: web.Request) -> tuple[str, str]:
    """Return the token and the id that the address of the page ends with, "token" or "token.id"; empty if missing."""
    token, _, person = request.headers.get(TOKEN, "").partition(".")
    return token, person
