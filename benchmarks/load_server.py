"""A Discord that takes a bot's answers with little work of its own, so that the bot is what limits the speed."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl

import msgspec

from tests.wire.answers import Call
from tests.wire.discord_server import DiscordServer
from tests.wire.payloads import APPLICATION_ID, BOT, Json, message, snowflake

EPHEMERAL, LOADING = 1 << 6, 1 << 7
REPLY, DEFERRED_REPLY, DEFERRED_EDIT, EDIT, CHOICES = 4, 5, 6, 7, 8
_GUILDS_INTENT = 1
_NOTHING = msgspec.Raw(b"[]")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_AUTHORIZATION = re.compile(rb"\r\nauthorization: *([^\r]+)", re.IGNORECASE)


class Data(msgspec.Struct):
    """What an answer carries; what is not needed to take it stays as it came."""

    flags: int = 0
    content: str | None = None
    embeds: msgspec.Raw = _NOTHING
    components: msgspec.Raw = _NOTHING
    choices: msgspec.Raw = _NOTHING


class _Callback(msgspec.Struct):
    type: int
    data: Data | None = None


@dataclass
class Reply:
    """The answer to one interaction."""

    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    type: int = 0
    data: Data = field(default_factory=Data)

    @property
    def choices(self) -> list[Json]:
        """Return what was offered while somebody typed."""
        choices: list[Json] = msgspec.json.decode(self.data.choices)
        return choices

    @property
    def message(self) -> Json:
        """Return the message with this answer, as Discord shows it."""
        shown: Json = msgspec.json.decode(msgspec.json.encode(self.shown()))
        return shown

    def shown(self) -> Json:
        """Return the message with its embeds and components as they came."""
        return _BLANK | {
            "id": snowflake(),
            "content": self.data.content or "",
            "flags": self.data.flags | (LOADING if self.type == DEFERRED_REPLY else 0),
            "embeds": _listed(self.data.embeds),
            "components": _listed(self.data.components),
        }


_BLANK = message("", author=BOT) | {"type": 20, "application_id": APPLICATION_ID, "webhook_id": APPLICATION_ID}
_callback = msgspec.json.Decoder(_Callback)
_data = msgspec.json.Decoder(Data)
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class _Request:
    method: str
    target: str
    head: bytes
    body: bytes


class _Http(asyncio.Protocol):
    """As much of HTTP/1.1 as aiohttp's client speaks to an API."""

    def __init__(self, respond: Callable[[_Request], tuple[int, bytes]]) -> None:
        self._respond = respond
        self._received = b""
        # An asyncio.Transport, which uvloop's are without being subclasses of it.
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (head_end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:head_end]
            length = _LENGTH.search(head)
            end = head_end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < end:
                return
            body, self._received = self._received[head_end + 4 : end], self._received[end:]
            method, target, _ = head[: head.index(b"\r\n")].decode().split(" ")
            status, answer = self._respond(_Request(method, target, head, body))
            # discord.py asks for the reason, which may be any.
            kind = b"Content-Type: application/json\r\n" if answer else b""
            start = f"HTTP/1.1 {status} Done\r\nContent-Length: {len(answer)}\r\n".encode()
            self._transport.write(start + kind + b"\r\n" + answer)


class LoadServer(DiscordServer):
    """The Discord of the tests, with a fast way for interactions and their answers, which it then forgets."""

    def __init__(self) -> None:
        """Start with nothing asked."""
        super().__init__()
        self._replies: dict[str, Reply] = {}
        self._http: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        """Listen on a port for all requests, and on another one for the gateway."""
        await super().__aenter__()
        self._http = await asyncio.get_running_loop().create_server(lambda: _Http(self._serve), "127.0.0.1", 0)
        return self

    async def __aexit__(self, *error: object) -> None:
        """Stop listening."""
        if self._http is not None:
            self._http.close()
        await super().__aexit__(*error)

    @property
    def api_url(self) -> str:
        """Return the address of the API."""
        port = self._http.sockets[0].getsockname()[1] if self._http else 0
        return f"http://127.0.0.1:{port}/api/v10"

    async def ready(self) -> None:
        """Wait until the bot is connected, and show it the server if it asked to see servers."""
        await self.connected(30)
        if self.identifies[-1]["intents"] & _GUILDS_INTENT:
            await self.sessions[0].dispatch("GUILD_CREATE", _guild(self.guilds[0]))

    async def ask(self, payload: Json) -> Reply:
        """Send an interaction and return the answer."""
        return await self.send(payload["token"], event(payload))

    async def send(self, token: str, encoded: bytes) -> Reply:
        """Send an interaction that is encoded already, and return the answer."""
        reply = self._replies[token] = Reply()
        await self.sessions[0].socket.write(encoded)
        await reply.done
        del self._replies[token]
        return reply

    def _serve(self, request: _Request) -> tuple[int, bytes]:
        path, _, query = request.target.partition("?")
        match path.split("/")[3:]:
            case ["interactions", _, token, "callback"] if token in self._replies:
                shown = _take_callback(self._replies[token], request.body)
                return (200, _encode(shown)) if "with_response" in query else (204, b"")
            case ["webhooks", _, token, *_] if token in self._replies:
                return 200, _encode(_take_edit(self._replies[token], request.body))
        return self._serve_slowly(request, path, query)

    def _serve_slowly(self, request: _Request, path: str, query: str) -> tuple[int, bytes]:
        authorization = _AUTHORIZATION.search(request.head)
        call = Call(
            request.method,
            path.removeprefix("/api/v10"),
            dict(parse_qsl(query)),
            msgspec.json.decode(request.body or b"null"),
            {},
            authorization[1].decode() if authorization else None,
        )
        response: Any = self._denied(call) or self._respond(call)
        return response.status, response.body or b""


def event(payload: Json) -> bytes:
    """Encode an interaction as the gateway sends it."""
    return _encode({"op": 0, "t": "INTERACTION_CREATE", "s": 2, "d": payload})


def _take_callback(reply: Reply, body: bytes) -> Json:
    """Take the first answer, and return what Discord tells about it."""
    callback = _callback.decode(body)
    reply.type, reply.data = callback.type, callback.data or Data()
    if reply.type not in {DEFERRED_REPLY, DEFERRED_EDIT}:
        _finish(reply)
    told: Json = {"interaction": {"id": snowflake(), "type": 2}}
    if reply.type in {REPLY, DEFERRED_REPLY, EDIT}:
        shown = reply.shown()
        flags = {"response_message_id": shown["id"], "response_message_ephemeral": bool(shown["flags"] & EPHEMERAL)}
        told["interaction"] |= flags | {"response_message_loading": reply.type == DEFERRED_REPLY}
        told["resource"] = {"type": reply.type, "message": shown}
    return told


def _take_edit(reply: Reply, body: bytes) -> Json:
    """Take what follows a deferred answer, and return the message as it looks then."""
    flags = reply.data.flags
    reply.data = _data.decode(body)
    reply.data.flags |= flags
    reply.type = {DEFERRED_REPLY: REPLY, DEFERRED_EDIT: EDIT}.get(reply.type, reply.type)
    _finish(reply)
    return reply.shown()


def _listed(raw: msgspec.Raw) -> msgspec.Raw:
    """Return an empty list instead of null."""
    return _NOTHING if bytes(raw) == b"null" else raw


def _finish(reply: Reply) -> None:
    if not reply.done.done():
        reply.done.set_result(None)


def _guild(guild_id: str) -> Json:
    everyone = {"id": guild_id, "name": "@everyone", "permissions": "0", "position": 0, "color": 0}
    empty: Json = {"channels": [], "members": [], "emojis": [], "features": []}
    return empty | {"id": guild_id, "name": "A server", "roles": [everyone], "member_count": 2, "owner_id": "1"}
