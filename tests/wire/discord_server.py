"""A Discord to run the bot against: its REST API and its gateway, on loopback ports."""

import asyncio
import enum
import json
import re
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self

import zstandard
from aiohttp import web

from tests.wire.answers import Answer, Call, written
from tests.wire.payloads import APPLICATION_ID, BOT, GUILD_ID, OWNER_ID, Json, message, snowflake, user

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.fake.token-of-the-bot"
_CALLBACK_SECONDS = 3
_BODY_LIMIT = 32 * 2**20


@dataclass(frozen=True)
class Fault:
    """What goes wrong with some requests: they take this number of seconds and, if there is a status, fail with it."""

    status: int | None = None
    code: int = 0
    message: str = "The fake Discord was told to fail"
    seconds: float = 0


class _Op(enum.IntEnum):
    DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE = 0, 1, 2, 3
    RESUME, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 6, 9, 10, 11


class _Socket:
    """A WebSocket that compresses as the client asked."""

    def __init__(self, response: web.WebSocketResponse, compression: str | None) -> None:
        self.response = response
        self._compress = _compressor(compression)

    async def send(self, op: _Op, data: object = None, **rest: object) -> None:
        await self.write(json.dumps({"op": op, "d": data, "s": None, "t": None, **rest}).encode())

    async def write(self, text: bytes) -> None:
        # What a lost connection swallows stays in the session, to be sent again after a RESUME.
        with suppress(ConnectionError):
            if self._compress is None:
                await self.response.send_str(text.decode())
            else:
                await self.response.send_bytes(self._compress(text))


@dataclass
class Session:
    """What a shard has been sent since its IDENTIFY."""

    socket: _Socket
    id: str = field(default_factory=snowflake)
    events: list[tuple[str, Json]] = field(default_factory=list)

    async def replay(self, after: int) -> None:
        """Send the events that came after a number of others."""
        for number, (event, data) in enumerate(self.events[after:], after + 1):
            await self.socket.send(_Op.DISPATCH, data, s=number, t=event)

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event and keep it."""
        self.events.append((event, data))
        await self.replay(len(self.events) - 1)


class _Listener:
    """An HTTP server that can go away and come back on the same port."""

    def __init__(self, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> None:
        app = web.Application(client_max_size=_BODY_LIMIT)
        app.router.add_route("*", "/{path:.*}", handler)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        self.port = 0

    async def start(self) -> None:
        if self._runner.server is None:
            await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        for site in list(self._runner.sites):
            await site.stop()
        self.cut()

    def cut(self) -> None:
        for connection in self._runner.server.connections if self._runner.server else ():
            connection.force_close()

    async def close(self) -> None:
        self.cut()
        await self._runner.cleanup()


class DiscordServer:
    """Discord as the bot sees it; the attributes can be changed at any time."""

    def __init__(self, *, token: str = TOKEN, shards: int = 1) -> None:
        """Start with an owner, one server that has the bot, and nothing going wrong."""
        self.token, self.shards = token, shards
        self.guilds = [GUILD_ID]
        self.application: Json = {
            "id": APPLICATION_ID,
            "name": "glossary",
            "icon": None,
            "description": "",
            "type": None,
            "flags": 0,
            "bot": BOT,
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "team": None,
            "owner": user(OWNER_ID, "owner"),
            "approximate_guild_count": 1,
            "approximate_user_install_count": 0,
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "integration_types_config": {"0": {}, "1": {}},
        }
        # Which requests go wrong, by a pattern that matches the start of "METHOD /path".
        self.faults: dict[str, Fault] = {}
        self.gateway_status: int | None = None
        self.close_after_identify: int | None = None

        self.calls: list[Call] = []
        self.unexpected: list[Call | Json] = []
        # By the ID of the server, or by None for those of everywhere.
        self.commands: dict[str | None, list[Json]] = {}
        self.answers: dict[str, Answer] = {}
        # What the bot wrote into channels, as it looks now.
        self.messages: dict[str, Json] = {}
        # What people have uploaded, by the name of the file.
        self.uploads: dict[str, bytes] = {}
        self.identifies: list[Json] = []
        # No connection is told that it is ready before so many have identified themselves.
        self.ready_after = 1
        self.resumes: list[Json] = []
        self.sessions: dict[int, Session] = {}

        self._changed = asyncio.Condition()
        self._rest, self._gateway = _Listener(self._serve_rest), _Listener(self._serve_gateway)

    async def __aenter__(self) -> Self:
        """Listen on two free ports."""
        await self._rest.start()
        await self._gateway.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Drop all connections."""
        await self._rest.close()
        await self._gateway.close()

    @property
    def api_url(self) -> str:
        """Return what DISCORD_API_URL has to be."""
        return f"http://127.0.0.1:{self._rest.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """Return the address that /gateway tells."""
        return f"ws://127.0.0.1:{self._gateway.port}"

    def upload(self, name: str, content: bytes) -> Json:
        """Take a file that somebody uploads, and return the attachment."""
        self.uploads[name] = content
        url = f"{self.api_url}/attachments/{name}"
        return {"id": snowflake(), "filename": name, "size": len(content), "url": url, "proxy_url": url}

    @asynccontextmanager
    async def outage(self, *, rest: bool = True) -> AsyncIterator[None]:
        """Cut all connections and listen to none, only on the gateway if REST is to go on."""
        down = [self._gateway, self._rest] if rest else [self._gateway]
        for listener in down:
            await listener.stop()
        try:
            yield
        finally:
            for listener in down:
                await listener.start()

    async def drop_connections(self, code: int | None = None) -> None:
        """Close the gateway's connections with a code, or cut them without a word."""
        if code is None:
            self._gateway.cut()
        else:
            sockets = [session.socket.response for session in self.sessions.values()]
            await asyncio.gather(*(socket.close(code=code) for socket in sockets))

    async def until(self, happened: Callable[[], bool], timeout: float = 5) -> None:
        """Wait until something is so, which is looked at after all that the bot sends."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(happened)

    async def connected(self, timeout: float = 15) -> None:
        """Wait until every shard has its session."""
        await self.until(lambda: len(self.sessions) == self.shards, timeout)

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to the shard it concerns, now or when it resumes."""
        shard = (int(data.get("guild_id") or 0) >> 22) % self.shards
        await self.sessions[shard].dispatch(event, data)

    async def interact(self, payload: Json, timeout: float = 5) -> Answer:
        """Send an interaction and wait for the first answer to it."""
        answer = Answer(payload, asyncio.get_running_loop().time(), self.until)
        self.answers[payload["token"]] = answer
        await self.dispatch("INTERACTION_CREATE", payload)
        await self.until(lambda: bool(answer.calls), timeout)
        return answer

    async def _serve_gateway(self, request: web.Request) -> web.StreamResponse:
        if self.gateway_status is not None:
            return web.Response(status=self.gateway_status)
        # Discord compresses the whole stream instead of each message.
        response = web.WebSocketResponse(compress=False)
        await response.prepare(request)
        socket = _Socket(response, request.query.get("compress"))
        await socket.send(_Op.HELLO, {"heartbeat_interval": 41250})
        async for received in response:
            await self._receive(socket, received.json())
            await self._notify()
        return response

    async def _receive(self, socket: _Socket, payload: Json) -> None:
        data = payload["d"]
        match payload["op"]:
            case _Op.HEARTBEAT:
                await socket.send(_Op.HEARTBEAT_ACK)
            case _Op.IDENTIFY:
                self.identifies.append(data)
                await self._identify(socket, data)
            case _Op.RESUME:
                self.resumes.append(data)
                await self._resume(socket, data)
            case _Op.PRESENCE:
                pass
            case _:
                self.unexpected.append(payload)

    async def _identify(self, socket: _Socket, identify: Json) -> None:
        code = 4004 if identify["token"] != self.token else self.close_after_identify
        if code is not None:
            await socket.response.close(code=code)
            return
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.identifies) >= self.ready_after)
        shard = identify.get("shard", [0, 1])
        self.sessions[shard[0]] = session = Session(socket)
        guilds = [{"id": guild, "unavailable": True} for guild in self.guilds]
        application = {"id": APPLICATION_ID, "flags": self.application["flags"]}
        ready = {"v": 10, "user": BOT, "guilds": guilds, "session_id": session.id, "shard": shard}
        await session.dispatch("READY", ready | {"resume_gateway_url": self.gateway_url, "application": application})

    async def _resume(self, socket: _Socket, resume: Json) -> None:
        if resume["token"] != self.token:
            await socket.response.close(code=4004)
            return
        for session in self.sessions.values():
            if session.id == resume["session_id"]:
                session.socket = socket
                await session.replay(resume["seq"])
                await session.dispatch("RESUMED", {})
                return
        await socket.send(_Op.INVALID_SESSION, data=False)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _serve_rest(self, request: web.Request) -> web.Response:
        call = await _call(request)
        self.calls.append(call)
        await self._notify()
        response = await self._fault(call) or self._denied(call) or self._respond(call)
        await self._notify()
        return response

    async def _fault(self, call: Call) -> web.Response | None:
        for pattern, fault in self.faults.items():
            if re.match(pattern, f"{call.method} {call.path}"):
                await asyncio.sleep(fault.seconds)
                if fault.status is not None:
                    return _error(fault.status, fault.message, fault.code)
        return None

    def _denied(self, call: Call) -> web.Response | None:
        """Refuse a wrong token, or none where the path does not have one of its own."""
        open_paths = ("/interactions/", "/webhooks/", "/gateway", "/attachments/")
        open_to_all = call.authorization is None and call.path.startswith(open_paths)
        if call.authorization == f"Bot {self.token}" or (open_to_all and call.path != "/gateway/bot"):
            return None
        return _error(401, "401: Unauthorized")

    def _respond(self, call: Call) -> web.Response:  # noqa: C901, PLR0911, PLR0912 - one for each route
        match call.method, call.path.split("/")[1:]:
            case "GET", ["users", "@me"]:
                return _json(BOT | {"mfa_enabled": False, "locale": "en-US", "verified": True})
            case "GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]:
                return _json(self.application)
            case "GET", ["gateway"]:
                return _json({"url": self.gateway_url})
            case "GET", ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
                return _json({"url": self.gateway_url, "shards": self.shards, "session_start_limit": limit})
            case "GET" | "PUT", ["applications", app, "commands"] if app == APPLICATION_ID:
                return _json(self._synced(call, None))
            case "GET" | "PUT", ["applications", app, "guilds", guild, "commands"] if app == APPLICATION_ID:
                return _json(self._synced(call, guild))
            case "GET", ["users", "@me", "guilds"]:
                after = int(call.query.get("after", 0))
                listed = [guild for guild in sorted(map(int, self.guilds)) if guild > after]
                return _json([_partial_guild(guild) for guild in listed[: int(call.query.get("limit", 200))]])
            case "POST", ["users", "@me", "channels"]:
                recipient = user(call.json["recipient_id"])
                return _json({"id": snowflake(), "type": 1, "last_message_id": None, "recipients": [recipient]})
            case "GET", ["attachments", name] if name in self.uploads:
                return web.Response(body=self.uploads[name])
            case "POST", ["channels", channel_id, "messages"]:
                sent = message("", author=BOT) | {"channel_id": channel_id}
                self.messages[sent["id"]] = written(sent, call.json, call.files)
                return _json(self.messages[sent["id"]])
            case "PATCH", ["channels", _, "messages", message_id] if message_id in self.messages:
                self.messages[message_id] = written(self.messages[message_id], call.json, call.files)
                return _json(self.messages[message_id])
            case "POST", ["interactions", interaction_id, token, "callback"]:
                return self._callback(call, interaction_id, token)
            case "DELETE", ["channels", _, "messages", message_id] if self.messages.pop(message_id, None):
                return web.Response(status=204)
            case "POST" | "GET" | "PATCH" | "DELETE", ["webhooks", app, token, *rest]:
                answer = self.answers.get(token)
                if answer is None or not answer.calls or app != APPLICATION_ID:
                    return _error(404, "Unknown Webhook", 10015)
                return self._webhook(call, answer, rest)
            case _:
                return self._not_found(call)

    def _synced(self, call: Call, guild: str | None) -> list[Json]:
        """Return the commands of a server or of everywhere; those that are put again keep their IDs."""
        if call.method == "PUT":
            ids = {(old["type"], old["name"]): old["id"] for old in self.commands.get(guild, [])}
            place: Json = {} if guild is None else {"guild_id": guild}
            default: Json = {"type": 1, "description": "", "default_member_permissions": None, "nsfw": False}
            self.commands[guild] = [
                {
                    **default,
                    **command,
                    **place,
                    "application_id": APPLICATION_ID,
                    "version": snowflake(),
                    "id": ids.get((command.get("type", 1), command["name"])) or snowflake(),
                }
                for command in call.json
            ]
        return self.commands.get(guild, [])

    def _callback(self, call: Call, interaction_id: str, token: str) -> web.Response:
        answer = self.answers.get(token)
        if answer is not None and answer.calls:
            return _error(400, "Interaction has already been acknowledged.", 40060)
        now = asyncio.get_running_loop().time()
        if answer is None or answer.interaction["id"] != interaction_id or now > answer.asked + _CALLBACK_SECONDS:
            return _error(404, "Unknown interaction", 10062)
        told = answer.respond(call)
        return _json(told) if call.query.get("with_response") in {"1", "true"} else web.Response(status=204)

    def _webhook(self, call: Call, answer: Answer, rest: list[str]) -> web.Response:
        match call.method, rest:
            case "POST", []:
                return _json(answer.follow_up(call))
            case "GET" | "PATCH" | "DELETE", ["messages", name]:
                message_id = answer.original_id if name == "@original" else name
                if message_id not in answer.messages:
                    return _error(404, "Unknown Message", 10008)
                changed = answer.change(call, message_id)
                return web.Response(status=204) if changed is None else _json(changed)
            case _:
                return self._not_found(call)

    def _not_found(self, call: Call) -> web.Response:
        self.unexpected.append(call)
        return _error(404, "404: Not Found")


def _partial_guild(guild_id: int) -> Json:
    guild = {"id": str(guild_id), "name": "A server", "icon": None, "banner": None, "owner": False}
    return guild | {"permissions": "0", "features": []}


async def _call(request: web.Request) -> Call:
    body: Any = None
    files: dict[str, bytes] = {}
    if request.content_type == "multipart/form-data":
        form = await request.post()
        payload = form["payload_json"]
        body = None if isinstance(payload, web.FileField) else json.loads(payload)
        files = {part.filename: part.file.read() for part in form.values() if isinstance(part, web.FileField)}
    elif request.can_read_body:
        body = await request.json()
    path = request.path.removeprefix("/api/v10")
    return Call(request.method, path, dict(request.query), body, files, request.headers.get("Authorization"))


def _json(data: object, status: int = 200) -> web.Response:
    # discord.py reads JSON only under this very content type, which json_response() would add a charset to.
    return web.Response(status=status, body=json.dumps(data).encode(), content_type="application/json")


def _error(status: int, message: str, code: int = 0) -> web.Response:
    return _json({"message": message, "code": code}, status)


def _compressor(name: str | None) -> Callable[[bytes], bytes] | None:
    """Return what compresses the messages of one connection, each to be read at once, as one stream."""
    if name == "zstd-stream":
        zstd = zstandard.ZstdCompressor().compressobj()
        return lambda text: zstd.compress(text) + zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    if name == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda text: deflate.compress(text) + deflate.flush(zlib.Z_SYNC_FLUSH)
    return None
