"""A Discord to run the bot against: its REST API and its gateway on loopback ports, and what its users would send."""

import asyncio
import enum
import itertools
import json
import re
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import zstandard
from aiohttp import web

Json = dict[str, Any]

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.fake.token-of-the-bot"
APPLICATION_ID, OWNER_ID, USER_ID = "1000000000000000001", "1000000000000000002", "1000000000000000003"
GUILD_ID, FOREIGN_GUILD_ID, CHANNEL_ID = "1000000000000000004", "1000000000000000005", "1000000000000000006"
MANAGE_GUILD = 1 << 5
# View channels, send messages, embed links, attach files.
_APP_PERMISSIONS = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15
_EPHEMERAL, _LOADING = 1 << 6, 1 << 7
_DISCORD_EPOCH_MS = 1_420_070_400_000
_CALLBACK_SECONDS = 3
_BODY_LIMIT = 32 * 2**20
_serial = itertools.count()


def snowflake() -> str:
    """Return a new ID that tells the present time, as Discord's do."""
    return str((time.time_ns() // 1_000_000 - _DISCORD_EPOCH_MS) << 22 | next(_serial) % 2**22)


def user(user_id: str = USER_ID, name: str = "trader", *, bot: bool = False) -> Json:
    """Return a user object."""
    return {
        "id": user_id, "username": name, "global_name": None if bot else name.title(), "discriminator": "0",
        "avatar": None, "bot": bot, "public_flags": 0, "flags": 0,
    }  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody who uses the bot, with their permissions in the channel."""

    id: str = USER_ID
    name: str = "trader"
    # Send messages, use application commands.
    permissions: int = 1 << 11 | 1 << 31
    locale: str = "en-US"


@dataclass(frozen=True)
class Place:
    """Where somebody uses the bot, and whether it is there for them alone."""

    context: int
    guild_id: str | None = None
    user_install: bool = False


SERVER, BOT_DM = Place(0, GUILD_ID), Place(1)
SERVER_WITHOUT_BOT, GROUP_DM = Place(0, FOREIGN_GUILD_ID, user_install=True), Place(2, user_install=True)
MEMBER, MANAGER = Person(), Person(OWNER_ID, "owner", MANAGE_GUILD | 1 << 11 | 1 << 31)


def slash(path: str, options: Mapping[str, object] | None = None, *, by: Person = MEMBER, at: Place = SERVER) -> Json:
    """Return a slash command; the path of a subcommand is separated by spaces."""
    return _interaction(2, _command(path, _options(options or {})), by, at)


def autocomplete(
    path: str, focused: str, options: Mapping[str, object], *, by: Person = MEMBER, at: Place = SERVER
) -> Json:
    """Return the typing into one option of a slash command."""
    typed = [{**option, "focused": True} if option["name"] == focused else option for option in _options(options)]
    return _interaction(4, _command(path, typed), by, at)


def message_command(name: str, target: Json, *, by: Person = MEMBER, at: Place = SERVER) -> Json:
    """Return a command from a message's context menu."""
    data = {"target_id": target["id"], "resolved": {"messages": {target["id"]: target}}}
    return _interaction(2, {"id": snowflake(), "name": name, "type": 3, **data}, by, at)


def click(message: Json, custom_id: str, *, by: Person = MEMBER, at: Place = SERVER) -> Json:
    """Return a click on a button of a message."""
    return _interaction(3, {"custom_id": custom_id, "component_type": 2, "id": 1}, by, at, message=message)


def choose(message: Json, custom_id: str, *values: str, by: Person = MEMBER, at: Place = SERVER) -> Json:
    """Return a choice in a text menu of a message."""
    data = {"custom_id": custom_id, "component_type": 3, "id": 1, "values": list(values)}
    return _interaction(3, data, by, at, message=message)


def submit(
    modal: Json, values: Mapping[str, object], *, message: Json | None = None, by: Person = MEMBER, at: Place = SERVER
) -> Json:
    """Return a modal, as the bot sent it, filled in; the message is the one whose component opened it."""
    data = {"custom_id": modal["custom_id"], "components": _filled(modal["components"], values), "resolved": {}}
    return _interaction(5, data, by, at, **({} if message is None else {"message": message}))


def message(content: str, *, author: Json | None = None) -> Json:
    """Return a message in the channel, by default one of a user."""
    return {
        "id": snowflake(), "channel_id": CHANNEL_ID, "type": 0, "author": author or user(), "content": content,
        "embeds": [], "components": [], "attachments": [], "mentions": [], "mention_roles": [], "flags": 0,
        "mention_everyone": False, "pinned": False, "tts": False, "timestamp": _now(), "edited_timestamp": None,
    }  # fmt: skip


@dataclass(frozen=True)
class Call:
    """One request that the bot made; the path is the one below /api/v10, the files are by name."""

    method: str
    path: str
    query: Mapping[str, str]
    json: Any
    files: Mapping[str, bytes]
    authorization: str | None


@dataclass(frozen=True)
class Fault:
    """What goes wrong with some requests: they take so many seconds and, if there is a status, fail with it."""

    status: int | None = None
    code: int = 0
    message: str = "The fake Discord was told to fail"
    seconds: float = 0


@dataclass
class Answer:
    """What the bot has answered to one interaction: the accepted calls, and the messages as they look now."""

    interaction: Json
    asked: float
    _until: Callable[[Callable[[], bool], float], Awaitable[None]] = field(repr=False)
    calls: list[Call] = field(default_factory=list)
    messages: dict[str, Json] = field(default_factory=dict)
    original_id: str = ""
    edits: int = 0
    followup_ids: list[str] = field(default_factory=list)

    @property
    def type(self) -> int:
        """Return the type of the callback."""
        return int(self.calls[0].json["type"])

    @property
    def data(self) -> Json:
        """Return what the callback carries."""
        return self.calls[0].json.get("data") or {}

    @property
    def original(self) -> Json | None:
        """Return the first reply, or the message that was clicked, unless it is not there or was deleted."""
        return self.messages.get(self.original_id)

    async def edit(self, number: int = 1, timeout: float = 5) -> Json:  # noqa: ASYNC109 - a bound reads best there
        """Wait for an edit of the first reply, counted from 1, and return it; showing a deferred reply is one too."""
        await self._until(lambda: self.edits >= number, timeout)
        return self.messages[self.original_id]

    async def followup(self, number: int = 1, timeout: float = 5) -> Json:  # noqa: ASYNC109 - as above
        """Wait for a followup that is a message of its own, counted from 1, and return it."""
        await self._until(lambda: len(self.followup_ids) >= number, timeout)
        return self.messages[self.followup_ids[number - 1]]

    def respond(self, call: Call) -> Json:
        """Take the callback, and return what Discord tells about it."""
        self.calls.append(call)
        if self.type in {4, 5}:
            self.original_id = self._post(call, self.data, _LOADING if self.type == 5 else 0)
        elif self.type in {6, 7}:
            clicked = self.interaction["message"]
            self.original_id = clicked["id"]
            self.messages[clicked["id"]] = _written(clicked, self.data, call.files)
        told: Json = {"interaction": {"id": self.interaction["id"], "type": self.interaction["type"]}}
        if shown := self.original:
            told["interaction"] |= {
                "response_message_id": shown["id"],
                "response_message_loading": bool(shown["flags"] & _LOADING),
                "response_message_ephemeral": bool(shown["flags"] & _EPHEMERAL),
            }
            if self.type in {4, 7}:
                told["resource"] = {"type": self.type, "message": shown}
        return told

    def follow_up(self, call: Call) -> Json:
        """Take a followup, the first of which is what a deferred reply was waiting for."""
        self.calls.append(call)
        if (waiting := self.original) and waiting["flags"] & _LOADING:
            return self._edited(call, self.original_id)
        self.followup_ids.append(self._post(call, call.json))
        return self.messages[self.followup_ids[-1]]

    def change(self, call: Call, message_id: str) -> Json | None:
        """Return, edit or delete one of the messages."""
        self.calls.append(call)
        if call.method == "DELETE":
            del self.messages[message_id]
            return None
        return self.messages[message_id] if call.method == "GET" else self._edited(call, message_id)

    def _edited(self, call: Call, message_id: str) -> Json:
        old = self.messages[message_id]
        written = _written(old | {"flags": old["flags"] & ~_LOADING}, call.json, call.files)
        self.messages[message_id] = written | {"edited_timestamp": _now()}
        self.edits += message_id == self.original_id
        return self.messages[message_id]

    def _post(self, call: Call, body: Json, flags: int = 0) -> str:
        asker = self.interaction.get("user") or self.interaction["member"]["user"]
        told = {key: self.interaction[key] for key in ("id", "type", "authorizing_integration_owners")}
        blank = message("", author=user(APPLICATION_ID, "glossary", bot=True)) | {
            "type": 20, "application_id": APPLICATION_ID, "webhook_id": APPLICATION_ID,
            "interaction_metadata": told | {"user": asker}, "flags": body.get("flags", 0) | flags,
        }  # fmt: skip
        self.messages[blank["id"]] = _written(blank, body, call.files)
        return str(blank["id"])


class _Op(enum.IntEnum):
    DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE = 0, 1, 2, 3
    RESUME, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 6, 9, 10, 11


class _Socket:
    """A WebSocket that compresses as the client asked."""

    def __init__(self, response: web.WebSocketResponse, compression: str | None) -> None:
        self.response = response
        self._compress = _compressor(compression)

    async def send(self, op: _Op, data: object = None, **rest: object) -> None:
        text = json.dumps({"op": op, "d": data, "s": None, "t": None, **rest})
        # What a lost connection swallows stays in the session, to be sent again after a RESUME.
        with suppress(ConnectionError):
            if self._compress is None:
                await self.response.send_str(text)
            else:
                await self.response.send_bytes(self._compress(text.encode()))


@dataclass
class Session:
    """What a shard has been sent since its IDENTIFY."""

    socket: _Socket
    id: str = field(default_factory=snowflake)
    events: list[tuple[str, Json]] = field(default_factory=list)

    async def replay(self, after: int) -> None:
        """Send the events that came after so many."""
        for number, (event, data) in enumerate(self.events[after:], after + 1):
            await self.socket.send(_Op.DISPATCH, data, s=number, t=event)

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event and keep it."""
        self.events.append((event, data))
        await self.replay(len(self.events) - 1)


class _Listener:
    """An HTTP server that can go away and come back on the same port."""

    def __init__(self, handler: Callable[[web.Request], Any]) -> None:
        app = web.Application(client_max_size=_BODY_LIMIT)
        app.router.add_route("*", "/{path:.*}", handler)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        self._sites: list[web.TCPSite] = []
        self.port = 0

    async def start(self) -> None:
        if self._runner.server is None:
            await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self._sites = [site]
        self.port = self._runner.addresses[0][1]

    def cut(self) -> None:
        if self._runner.server is not None:
            for connection in self._runner.server.connections:
                connection.force_close()

    async def stop(self) -> None:
        for site in self._sites:
            await site.stop()
        self._sites = []
        self.cut()

    async def close(self) -> None:
        await self.stop()
        await self._runner.cleanup()


class DiscordServer:
    """Discord as the bot sees it; the attributes can be changed at any time."""

    def __init__(self, *, token: str = TOKEN, shards: int = 1) -> None:
        """Start with an owner, one server that has the bot, and nothing going wrong."""
        self.token, self.shards = token, shards
        self.bot = user(APPLICATION_ID, "glossary", bot=True)
        self.guilds = [GUILD_ID]
        self.application: Json = {
            "id": APPLICATION_ID, "name": "glossary", "icon": None, "description": "", "type": None, "flags": 0,
            "bot": self.bot, "bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64, "team": None,
            "owner": user(OWNER_ID, "owner"), "approximate_guild_count": 1, "approximate_user_install_count": 0,
            "redirect_uris": [], "interactions_endpoint_url": None, "role_connections_verification_url": None,
            "integration_types_config": {"0": {}, "1": {}},
        }  # fmt: skip
        # Which requests go wrong, by a pattern that matches the start of "METHOD /path".
        self.faults: dict[str, Fault] = {}
        self.gateway_status: int | None = None
        self.close_after_identify: int | None = None

        self.calls: list[Call] = []
        self.unexpected: list[Call | Json] = []
        # By the ID of the server, or by None for those of everywhere.
        self.commands: dict[str | None, list[Json]] = {}
        self.answers: dict[str, Answer] = {}
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.sessions: dict[int, Session] = {}

        self._changed = asyncio.Condition()
        self._rest, self._gateway = _Listener(self._serve_rest), _Listener(self._serve_gateway)

    async def __aenter__(self) -> Self:
        """Listen on two free ports."""
        await self._rest.start()
        await self._gateway.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop whoever is connected."""
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

    async def until(self, happened: Callable[[], bool], timeout: float = 5) -> None:  # noqa: ASYNC109 - as above
        """Wait until something is so, which is looked at after all that the bot sends."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(happened)

    async def connected(self, timeout: float = 15) -> None:  # noqa: ASYNC109 - as above
        """Wait until every shard has its session."""
        await self.until(lambda: len(self.sessions) == self.shards, timeout)

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to the shard it concerns, now or when it resumes."""
        shard = (int(data.get("guild_id") or 0) >> 22) % self.shards
        await self.sessions[shard].dispatch(event, data)

    async def interact(self, payload: Json, timeout: float = 5) -> Answer:  # noqa: ASYNC109 - as above
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
        shard = identify.get("shard", [0, 1])
        self.sessions[shard[0]] = session = Session(socket)
        guilds = [{"id": guild, "unavailable": True} for guild in self.guilds]
        application = {"id": APPLICATION_ID, "flags": self.application["flags"]}
        ready = {"v": 10, "user": self.bot, "guilds": guilds, "session_id": session.id, "shard": shard}
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
        open_to_all = call.authorization is None and call.path.startswith(("/interactions/", "/webhooks/", "/gateway"))
        if open_to_all and call.path != "/gateway/bot" or call.authorization == f"Bot {self.token}":
            return None
        return _error(401, "401: Unauthorized")

    def _respond(self, call: Call) -> web.Response:
        match call.method, call.path.split("/")[1:]:
            case "GET", ["users", "@me"]:
                return _json(self.bot | {"mfa_enabled": False, "locale": "en-US", "verified": True})
            case "GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]:
                return _json(self.application)
            case "GET", ["gateway"]:
                return _json({"url": self.gateway_url})
            case "GET", ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
                return _json({"url": self.gateway_url, "shards": self.shards, "session_start_limit": limit})
            case "GET" | "PUT", ["applications", application, "commands"] if application == APPLICATION_ID:
                return _json(self._synced(call, None))
            case "GET" | "PUT", ["applications", application, "guilds", guild, "commands"] if (
                application == APPLICATION_ID
            ):
                return _json(self._synced(call, guild))
            case "POST", ["interactions", interaction_id, token, "callback"]:
                return self._callback(call, interaction_id, token)
            case "POST" | "GET" | "PATCH" | "DELETE", ["webhooks", application, token, *rest]:
                answer = self.answers.get(token)
                if answer is None or not answer.calls or application != APPLICATION_ID:
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
                    **default, **command, **place, "application_id": APPLICATION_ID, "version": snowflake(),
                    "id": ids.get((command.get("type", 1), command["name"])) or snowflake(),
                }
                for command in call.json
            ]  # fmt: skip
        return self.commands.get(guild, [])

    def _callback(self, call: Call, interaction_id: str, token: str) -> web.Response:
        answer = self.answers.get(token)
        if (
            answer is None
            or answer.interaction["id"] != interaction_id
            or (not answer.calls and asyncio.get_running_loop().time() > answer.asked + _CALLBACK_SECONDS)
        ):
            return _error(404, "Unknown interaction", 10062)
        if answer.calls:
            return _error(400, "Interaction has already been acknowledged.", 40060)
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


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _interaction(kind: int, data: Json, by: Person, at: Place, **rest: Json) -> Json:
    interaction_id, person = snowflake(), user(by.id, by.name)
    channel: Json = {"id": CHANNEL_ID, "type": {0: 0, 1: 1, 2: 3}[at.context], "flags": 0, "last_message_id": None}
    place: Json
    if at.guild_id is None:
        channel |= {"recipients": [person], **({"name": None, "icon": None} if at.context == 2 else {})}
        place = {"user": person}
    else:
        channel |= {
            "name": "general", "guild_id": at.guild_id, "position": 0, "parent_id": None, "topic": None, "nsfw": False,
            "rate_limit_per_user": 0, "permissions": str(by.permissions),
        }  # fmt: skip
        member = {
            "user": person, "permissions": str(by.permissions), "roles": [], "joined_at": _now(), "nick": None,
            "avatar": None, "deaf": False, "mute": False, "pending": False, "flags": 0, "premium_since": None,
            "communication_disabled_until": None,
        }  # fmt: skip
        guild = {"id": at.guild_id, "locale": "en-US", "features": []}
        place = {"guild_id": at.guild_id, "guild": guild, "guild_locale": "en-US", "member": member}
    return {
        "id": interaction_id, "application_id": APPLICATION_ID, "type": kind, "token": f"token-{interaction_id}",
        "version": 1, "data": data, "channel_id": CHANNEL_ID, "channel": channel, "context": at.context,
        "authorizing_integration_owners": {"1": by.id} if at.user_install else {"0": at.guild_id or "0"},
        "app_permissions": str(_APP_PERMISSIONS), "locale": by.locale, "entitlements": [],
        "attachment_size_limit": 10 * 2**20, **place, **rest,
    }  # fmt: skip


def _command(path: str, options: list[Json]) -> Json:
    name, *subcommands = path.split()
    # The last word names a subcommand (1), one before it a group of them (2).
    for kind, subcommand in enumerate(reversed(subcommands), 1):
        options = [{"type": kind, "name": subcommand, "options": options}]
    return {"id": snowflake(), "name": name, "type": 1, "options": options}


def _options(options: Mapping[str, object]) -> list[Json]:
    kinds = {str: 3, int: 4, bool: 5, float: 10}
    return [{"name": name, "type": kinds[type(value)], "value": value} for name, value in options.items()]


def _filled(components: Iterable[Json], values: Mapping[str, object]) -> list[Json]:
    """Return what a modal's components are submitted as: fields with values, in the rows or labels around them."""
    filled: list[Json] = []
    for component in components:
        entry: Json = {"type": component["type"], "id": next(_serial)}
        if "components" in component:
            entry["components"] = _filled(component["components"], values)
        elif "component" in component:
            [entry["component"]] = _filled([component["component"]], values)
        elif "custom_id" in component:
            value = values.get(component["custom_id"], component.get("value", ""))
            entry |= {"custom_id": component["custom_id"], "values" if isinstance(value, list) else "value": value}
        filled.append(entry)
    return filled


def _written(old: Json, body: Json, files: Mapping[str, bytes]) -> Json:
    """Return a message with what a request body says, and as it was in what the body leaves out."""
    new = {key: body[key] or empty for key, empty in (("content", ""), ("embeds", []), ("components", [])) if key in body}
    kept = {str(part["id"]) for part in body["attachments"] or []} if "attachments" in body else None
    attachments = [part for part in old["attachments"] if kept is None or part["id"] in kept]
    for name, content in files.items():
        url = f"https://cdn.discordapp.com/ephemeral-attachments/{APPLICATION_ID}/{snowflake()}/{name}"
        attachments.append({"id": snowflake(), "filename": name, "size": len(content), "url": url, "proxy_url": url})
    return {**old, **new, "attachments": attachments}


async def _call(request: web.Request) -> Call:
    body: Any = None
    files: dict[str, bytes] = {}
    if request.content_type == "multipart/form-data":
        form = await request.post()
        body = json.loads(str(form["payload_json"]))
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
