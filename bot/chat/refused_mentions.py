"""The mentions that Discord did not let the bot answer, or not in full, so that moderators can see why."""

from collections import OrderedDict
from typing import NamedTuple

# How many servers are remembered. A restart forgets all; the next mention notes it again.
MAX_REMEMBERED = 1000
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
_REASONS = {
    10003: "the channel is gone",
    50001: "it may not see the channel (*View Channel*)",
    50013: "it may not write there (*Send Messages*, in threads *Send Messages in Threads*)",
    50083: "the thread is archived",
    160005: "the thread is locked",
    200000: "AutoMod blocked the answer",
    200001: "AutoMod blocked the answer",
}
REFUSING_CODES = frozenset(_REASONS)


class RefusedMention(NamedTuple):
    """Where somebody mentioned the bot, and why they got no full answer."""

    channel_id: int
    reason: str


class RefusedMentions:
    """The last refused mention of each server."""

    def __init__(self) -> None:
        """Start with none."""
        self._last: OrderedDict[int, RefusedMention] = OrderedDict()

    def note(self, guild_id: int | None, channel_id: int, reason: str) -> None:
        """Note that a mention in a channel got no full answer."""
        if guild_id is None:
            return
        self._last[guild_id] = RefusedMention(channel_id, reason)
        self._last.move_to_end(guild_id)
        if len(self._last) > MAX_REMEMBERED:
            self._last.popitem(last=False)

    def clear(self, guild_id: int | None, channel_id: int) -> None:
        """Forget the note about a channel, because the bot has just answered there in full."""
        if guild_id is not None and (last := self._last.get(guild_id)) and last.channel_id == channel_id:
            del self._last[guild_id]

    def last(self, guild_id: int) -> RefusedMention | None:
        """Return the last one of a server, `None` if there is none."""
        return self._last.get(guild_id)


def reason_of(code: int) -> str:
    """Return why Discord refuses a message, given the code of its error."""
    return _REASONS.get(code, f"Discord refused it with code {code}")
