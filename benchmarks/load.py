"""What a request costs: CPU, throughput and memory of the bot, beside a bare discord.py bot in the same run.

Both run as they are, each in a process of its own, and talk HTTP and WebSocket to a simulated Discord on loopback. What
is printed, and what it means: docs/performance.md.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
import uvloop
from rich.console import Console
from rich.table import Table

from benchmarks import load_measures as measures
from benchmarks.load_measures import Amount, Row
from benchmarks.load_requests import KINDS, SHARED, Batch, Bot, learn

WARM_UP = 1000
HEADINGS = ("", "unit", "ours", "bare", "ratio", "goal", "met")
PARTS = (*(kind.name for kind in KINDS), "throughput", "growth", "memory")
# What stands between these lines of a document is the table of the last run.
MARKED = re.compile(r"(?<=<!-- load -->\n).*(?=<!-- /load -->)", re.DOTALL)


async def measure(parts: Sequence[str], amount: Amount) -> tuple[list[Row], Counter[str]]:
    """Measure some parts; return the figures, and how many of our answers were not as they should be."""
    rows: list[Row] = []
    async with measures.running(measures.OURS) as ours, measures.running(measures.BARE) as bare:
        await learn(ours, bare)
        await _warm_up(ours, bare, amount.in_flight)
        kinds = [kind for kind in KINDS if kind.name in parts]
        rows += await measures.cpu(ours, bare, kinds, amount)
        if "growth" in parts:
            rows += await measures.growth(ours, bare, KINDS, amount.in_flight)
        if "throughput" in parts:
            rows.append(await measures.throughput(ours, bare, amount))
        unexpected = ours.unexpected
    if "memory" in parts:
        rows += await measures.memory()
    return rows, unexpected


async def _warm_up(ours: Bot, bare: Bot, in_flight: int) -> None:
    for kind in KINDS:
        await Batch(ours, [kind], WARM_UP).send(in_flight)
    for kind in SHARED:
        await Batch(bare, [kind], WARM_UP).send(in_flight)


def cells(row: Row) -> tuple[str, ...]:
    """Return a line of the table."""
    digits = 3 if row.unit == "ms" else 0
    ours = f"{row.ours:,.{digits}f}"
    bare = "" if row.bare is None else f"{row.bare:,.{digits}f}"
    ratio = f"{row.judged:.2f} ({min(row.ratios):.2f}–{max(row.ratios):.2f})" if row.ratios else ""
    if row.goal is None:
        return row.what, row.unit, ours, bare, ratio, "", ""
    met = "yes" if row.goal.is_met(row.judged) else "no"
    return row.what, row.unit, ours, bare, ratio, str(row.goal), met


def markdown(rows: Sequence[Row]) -> str:
    """Return the table as it stands in a document."""
    lines = [HEADINGS, ["---"] * len(HEADINGS), *(cells(row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


@click.command()
@click.option("--rounds", default=7, show_default=True, help="How often the two bots alternate.")
@click.option("--requests", default=1000, show_default=True, help="Of each kind, in each round.")
@click.option("--in-flight", default=8, show_default=True, help="How many wait for their answer, but for throughput.")
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Measure this alone; can be repeated.")
@click.option("--out", type=click.Path(dir_okay=False, exists=True, path_type=Path), help="Write the table there too.")
def main(rounds: int, requests: int, in_flight: int, only: tuple[str, ...], out: Path | None) -> None:
    """Print what requests cost, with the goals; takes three minutes on two cores."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rows, unexpected = runner.run(measure(only or PARTS, Amount(rounds, requests, in_flight)))
    table = Table(*HEADINGS)
    for row in rows:
        table.add_row(*cells(row))
    console = Console(width=140)
    console.print(table)
    for title, count in unexpected.items():
        console.print(f"{count:,} answers to {title} were not of the kind they should be.", style="red")
    if out is not None:
        text = out.read_text("utf-8")
        out.write_text(MARKED.sub(lambda _: markdown(rows), text), "utf-8")


if __name__ == "__main__":
    main()
