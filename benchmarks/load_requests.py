"""The requests that load a bot: what people type and click, and whether the answers are of the kind they should be."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from benchmarks.load_server import CHOICES, EDIT, EPHEMERAL, REPLY, LoadServer, Reply, event
from benchmarks.measured_process import MeasuredProcess
from tests.wire.payloads import USER_ID, Json, Person, autocomplete, choose, slash

# How long a batch of requests may take.
BATCH_SECONDS = 90
PEOPLE = [Person(str(int(USER_ID) + 1000 + number), f"trader{number}") for number in range(1000)]
_MENUS = 20
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SELECT = 3

T = TypeVar("T")


@dataclass(frozen=True)
class Menu:
    """A menu under a message."""

    message: Json
    custom_id: str
    values: Sequence[str]


@dataclass
class Bot:
    """A running bot, and the Discord that it is connected to."""

    process: MeasuredProcess
    server: LoadServer
    terms: Sequence[str] = ()
    menus: Sequence[Menu] = ()
    # How many answers were of another kind than expected, by the kind of request.
    unexpected: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Kind:
    """A kind of request: what is sent, and which answers to it are as they should be."""

    name: str
    title: str
    payload: Callable[[Bot, int], Json]
    is_expected: Callable[[Reply], bool]
    is_shared: bool = True


def _define(bot: Bot, number: int) -> Json:
    return slash("define", {"term": _pick(bot.terms, number)}, by=_pick(PEOPLE, number))


def _hidden(bot: Bot, number: int) -> Json:
    return slash("define", {"term": _pick(bot.terms, number), "hide": True}, by=_pick(PEOPLE, number))


def _menu(bot: Bot, number: int) -> Json:
    menu = _pick(bot.menus, number)
    return choose(menu.message, menu.custom_id, _pick(menu.values, number // _MENUS), by=_pick(PEOPLE, number))


def _typing(bot: Bot, number: int) -> Json:
    typed = _pick(bot.terms, number)[: 1 + number % 5]
    return autocomplete("define", "term", {"term": typed}, by=_pick(PEOPLE, number))


def _question(bot: Bot, number: int) -> Json:
    return slash("ask", {"question": f"how do I use {_pick(bot.terms, number)}?"}, by=_pick(PEOPLE, number))


def _pick(items: Sequence[T], number: int) -> T:
    return items[number % len(items)]


DEFINE = Kind("define", "`/define`", _define, lambda reply: reply.type == REPLY and not reply.data.flags & EPHEMERAL)
HIDDEN = Kind(
    "hidden",
    "`/define hide:True`",
    _hidden,
    lambda reply: reply.type == REPLY and bool(reply.data.flags & EPHEMERAL),
)
MENU = Kind("menu", "choice in a menu", _menu, lambda reply: reply.type == EDIT)
TYPING = Kind("autocomplete", "autocomplete", _typing, lambda reply: reply.type == CHOICES)
ASK = Kind("ask", "`/ask`", _question, lambda reply: reply.type == REPLY, is_shared=False)

# What both bots answer, and what ours alone does.
SHARED = (DEFINE, HIDDEN, MENU, TYPING)
KINDS = (*SHARED, ASK)


async def learn(ours: Bot, bare: Bot) -> None:
    """Find terms to ask for and menus to use in what the bots answer, whatever their components look like."""
    async with asyncio.timeout(BATCH_SECONDS):
        ours.terms = bare.terms = await _terms(ours)
        ours.menus = await _menus(ours)
        bare.menus = _menus_in(await bare.server.ask(slash("menu")))


async def _terms(bot: Bot) -> list[str]:
    terms: dict[str, None] = {}
    for letters in ("", *_LETTERS, *(first + second for first in _LETTERS for second in _LETTERS)):
        reply = await bot.server.ask(autocomplete("define", "term", {"term": letters}))
        # What a command gets when somebody picks a choice.
        terms |= dict.fromkeys(choice["value"] for choice in reply.choices)
    return list(terms)


async def _menus(bot: Bot) -> list[Menu]:
    """Return menus under hidden replies."""
    found: list[Menu] = []
    for number in range(len(bot.terms)):
        if len(found) < _MENUS:
            found += _menus_in(await bot.server.ask(_hidden(bot, number)))
    return found


def _menus_in(reply: Reply) -> list[Menu]:
    """Return the first menu of a reply, if there is one."""
    message = reply.message
    rows = [row.get("components", ()) for row in message["components"]]
    selects = [item for row in rows for item in row if item["type"] == _SELECT]
    # An option that does something else than to open an entry has a custom id as its value, with a colon.
    return [
        Menu(message, one["custom_id"], [option["value"] for option in one["options"] if ":" not in option["value"]])
        for one in selects[:1]
    ]


class Batch:
    """Requests that are built before they are sent, so that only the bot's own work is measured."""

    def __init__(self, bot: Bot, kinds: Sequence[Kind], count: int) -> None:
        """Build `count` requests, taking each kind in turn."""
        self._bot = bot
        self._requests = []
        for number in range(count):
            kind = kinds[number % len(kinds)]
            payload = kind.payload(bot, number // len(kinds))
            self._requests.append((kind, payload["token"], event(payload)))

    async def send(self, in_flight: int) -> None:
        """Send all requests, at most `in_flight` at a time; raise `TimeoutError` if the bot is stuck."""
        left = iter(self._requests)
        async with asyncio.timeout(BATCH_SECONDS):
            await asyncio.gather(*(self._send(left) for _ in range(in_flight)))

    async def _send(self, left: Iterator[tuple[Kind, str, bytes]]) -> None:
        for kind, token, encoded in left:
            reply = await self._bot.server.send(token, encoded)
            if not kind.is_expected(reply):
                self._bot.unexpected[kind.title] += 1
