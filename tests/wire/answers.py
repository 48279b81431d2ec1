"""What a bot answered to an interaction, and how its messages look after all that it changed in them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.wire.payloads import APPLICATION_ID, BOT, Json, message, now, snowflake

_WRITTEN = frozenset({"content", "embeds", "components"})
_EPHEMERAL, _LOADING = 1 << 6, 1 << 7


@dataclass(frozen=True)
class Call:
    """One request that the bot made; the path is the one below /api/v10, the files are by name."""

    method: str
    path: str
    query: Mapping[str, str]
    json: Any
    files: Mapping[str, bytes]
    authorization: str | None


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

    async def edit(self, number: int = 1, timeout: float = 5) -> Json:
        """Wait for an edit of the first reply, counted from 1, and return it; showing a deferred reply is one too."""
        await self._until(lambda: self.edits >= number, timeout)
        return self.messages[self.original_id]

    async def followup(self, number: int = 1, timeout: float = 5) -> Json:
        """Wait for a followup that is a message of its own, counted from 1, and return it."""
        await self._until(lambda: len(self.followup_ids) >= number, timeout)
        return self.messages[self.followup_ids[number - 1]]

    def respond(self, call: Call) -> Json:
        """Take the callback, and return what Discord tells about it."""
        self.calls.append(call)
        if self.type in {4, 5}:
            self.original_id = self._post(call, self.data, _LOADING if self.type == 5 else 0)
        elif self.type in {6, 7} and (clicked := self.interaction.get("message")):
            self.original_id = clicked["id"]
            self.messages[clicked["id"]] = written(clicked, self.data, call.files)
        told: Json = {"interaction": {"id": self.interaction["id"], "type": self.interaction.get("type")}}
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
        """Take a followup. The first one is what a deferred reply was waiting for."""
        self.calls.append(call)
        if (waiting := self.original) and waiting["flags"] & _LOADING:
            return self._edited(call, self.original_id)
        self.followup_ids.append(self._post(call, call.json))
        return self.messages[self.followup_ids[-1]]

    def change(self, call: Call, message_id: str) -> Json | None:
        """Return, edit or delete one of the messages."""
        self.calls.append(call)
        if call.method == "DELETE":
            self.messages.pop(message_id)
            return None
        return self.messages[message_id] if call.method == "GET" else self._edited(call, message_id)

    def _edited(self, call: Call, message_id: str) -> Json:
        old = self.messages[message_id]
        changed = written(old | {"flags": old["flags"] & ~_LOADING}, call.json, call.files)
        self.messages[message_id] = changed | {"edited_timestamp": now()}
        self.edits += message_id == self.original_id
        return self.messages[message_id]

    def _post(self, call: Call, body: Json, flags: int = 0) -> str:
        origin = {"type": 20, "application_id": APPLICATION_ID, "webhook_id": APPLICATION_ID}
        blank = message("", author=BOT) | origin | {"flags": body.get("flags", 0) | flags}
        self.messages[blank["id"]] = written(blank, body, call.files)
        return str(blank["id"])


def written(old: Json, body: Json, files: Mapping[str, bytes]) -> Json:
    """Return a message with what a request body says, and as it was in what the body leaves out."""
    changes = {key: value or type(old[key])() for key, value in body.items() if key in _WRITTEN}
    attachments = list(old["attachments"])
    if "attachments" in body:
        kept = {str(part["id"]) for part in body["attachments"] or []}
        attachments = [part for part in attachments if part["id"] in kept]
    for name, content in files.items():
        url = f"https://cdn.discordapp.com/ephemeral-attachments/{APPLICATION_ID}/{snowflake()}/{name}"
        attachments.append({"id": snowflake(), "filename": name, "size": len(content), "url": url, "proxy_url": url})
    return old | changes | {"attachments": attachments}
