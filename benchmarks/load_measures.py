"""What is measured of two bots under load: CPU time, throughput, growth of memory; and the memory after the start."""

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.load_requests import SHARED, Batch, Bot, Kind
from benchmarks.load_server import LoadServer
from benchmarks.measured_process import ROOT, MeasuredProcess
from tests.wire.discord_server import TOKEN

OURS = ("-m", "bot", "run")
BARE = (str(ROOT / "benchmarks" / "bare_bot.py"),)

MOST_IN_FLIGHT = 128
GROWTH_REQUESTS, GROWTH_PASSES = 4000, 3
# How long after the start memory is read.
SETTLE_SECONDS = 3
_CPU_GOALS = {"define": 0.85, "hidden": 0.85, "menu": 0.90, "autocomplete": 0.85}


class Amount(NamedTuple):
    """How often the bots alternate, how many requests of a kind each gets then, and how many wait at any time."""

    rounds: int
    requests: int
    in_flight: int


class Goal(NamedTuple):
    """What a figure should be."""

    limit: float
    is_least: bool = False
    unit: str = ""

    def __str__(self) -> str:
        """Return the goal as it is printed."""
        return f"{'≥' if self.is_least else '≤'} {self.limit:g} {self.unit}".rstrip()

    def is_met(self, figure: float) -> bool:
        """Tell whether a figure is on the right side."""
        return figure >= self.limit if self.is_least else figure <= self.limit


@dataclass(frozen=True)
class Row:
    """One line of the report; the goal is for the ratio if there is one, else for our figure."""

    what: str
    unit: str
    ours: float
    bare: float | None = None
    ratios: Sequence[float] = ()
    goal: Goal | None = None

    @property
    def judged(self) -> float:
        """Return the figure that the goal is for."""
        return statistics.median(self.ratios) if self.ratios else self.ours


@asynccontextmanager
async def running(arguments: Sequence[str]) -> AsyncIterator[Bot]:
    """Run a bot with a Discord of its own; raise `RuntimeError` with its log when it does not answer."""
    with tempfile.TemporaryDirectory() as folder:
        async with LoadServer() as server:
            environment = {
                "DISCORD_TOKEN": TOKEN,
                "DISCORD_API_URL": server.api_url,
                "DISCORD_GATEWAY_URL": server.gateway_url,
                "DATABASE_URL": f"sqlite:///{folder}/glossary.db",
                "GLOSSARY_PATH": str(ROOT / "data"),
                "ANSWERS_PER_MINUTE": "0",
            }
            process = MeasuredProcess(arguments, environment, Path(folder))
            await process.start()
            try:
                await server.ready()
                yield Bot(process, server)
            except TimeoutError as error:
                raise RuntimeError(f"The bot does not answer. Its log:\n{process.log}") from error
            finally:
                await process.stop()


async def cpu(ours: Bot, bare: Bot, kinds: Sequence[Kind], amount: Amount) -> list[Row]:
    """Return the CPU time of a request of each kind, in milliseconds."""
    times: dict[tuple[str, str], list[float]] = {}
    for round_number, kind in itertools.product(range(amount.rounds), kinds):
        for name, bot in _in_turn(ours, bare, round_number):
            if bot is bare and not kind.is_shared:
                continue
            batch = Batch(bot, [kind], amount.requests)
            began = bot.process.cpu_seconds()
            await batch.send(amount.in_flight)
            used = bot.process.cpu_seconds() - began
            times.setdefault((kind.name, name), []).append(used * 1000 / amount.requests)
    return [
        _compared(f"CPU of {kind.title}", "ms", times[kind.name, "ours"], times.get((kind.name, "bare")), _goal(kind))
        for kind in kinds
    ]


async def throughput(ours: Bot, bare: Bot, amount: Amount) -> Row:
    """Return how many requests of all kinds are answered in a second while many are waiting."""
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    requests = amount.requests * len(SHARED)
    for round_number in range(amount.rounds):
        for name, bot in _in_turn(ours, bare, round_number):
            batch = Batch(bot, SHARED, requests)
            began = time.perf_counter()
            await batch.send(MOST_IN_FLIGHT)
            rates[name].append(requests / (time.perf_counter() - began))
    goal = Goal(1.1, is_least=True)
    return _compared(f"answers a second, {MOST_IN_FLIGHT} in flight", "1/s", rates["ours"], rates["bare"], goal)


async def growth(ours: Bot, bare: Bot, kinds: Sequence[Kind], in_flight: int) -> list[Row]:
    """Return how much memory stays taken after requests of each kind and of all, in KB for a thousand of each.

    Without a leak, the heap still grows at times, until the garbage collector passes: the median of some passes leaves
    that out. A small leak fills what is free already until another kind needs it, so that only the sum is judged.
    """
    grown = [[await _growth(ours, kind, in_flight) for kind in kinds] for _ in range(GROWTH_PASSES)]
    shared = [kind for kind in kinds if kind.is_shared]
    grown_bare = [[await _growth(bare, kind, in_flight) for kind in shared] for _ in range(GROWTH_PASSES)]
    of_kind = dict(zip(kinds, _medians(grown), strict=True))
    of_kind_bare = dict(zip(shared, _medians(grown_bare), strict=True))
    rows = [Row(f"growth a 1,000 of {kind.title}", "KB", of_kind[kind], of_kind_bare.get(kind)) for kind in kinds]
    of_all, of_all_bare = (statistics.median(map(sum, passes)) for passes in (grown, grown_bare))
    return [*rows, Row("growth a 1,000 of each kind", "KB", of_all, of_all_bare, goal=Goal(10, unit="KB"))]


async def memory() -> list[Row]:
    """Return the resident memory of bots that have just started, in MB."""
    ours, bare = [await _memory(start) for start in (OURS, BARE)]
    return [Row("memory after the start", "MB", ours, bare, goal=Goal(130, unit="MB"))]


def _medians(passes: Sequence[Sequence[float]]) -> list[float]:
    """Return the median of each column."""
    return [statistics.median(column) for column in zip(*passes, strict=True)]


def _in_turn(ours: Bot, bare: Bot, round_number: int) -> Iterator[tuple[str, Bot]]:
    """Give both bots, ours first in every second round."""
    pair = [("ours", ours), ("bare", bare)]
    return iter(pair if round_number % 2 else pair[::-1])


def _goal(kind: Kind) -> Goal | None:
    return Goal(_CPU_GOALS[kind.name]) if kind.name in _CPU_GOALS else None


def _compared(what: str, unit: str, ours: list[float], bare: list[float] | None, goal: Goal | None) -> Row:
    """Return the medians of all rounds, with the ratios of each."""
    if bare is None:
        return Row(what, unit, statistics.median(ours), goal=goal)
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    return Row(what, unit, statistics.median(ours), statistics.median(bare), ratios, goal)


async def _growth(bot: Bot, kind: Kind, in_flight: int) -> float:
    batch = Batch(bot, [kind], GROWTH_REQUESTS)
    # Pages of files come and go with what else runs on the machine; those that a leak takes are anonymous.
    before = bot.process.memory()["Anonymous"]
    await batch.send(in_flight)
    return (bot.process.memory()["Anonymous"] - before) * 1000 / GROWTH_REQUESTS


async def _memory(arguments: Sequence[str]) -> float:
    async with running(arguments) as bot:
        await asyncio.sleep(SETTLE_SECONDS)
        return bot.process.memory()["Rss"] / 1024
