"""How much memory a running bot takes, with and without word vectors.

It is `python -m bot run` on a new database, connected to the Discord of tests/wire. Linux only: it reads /proc.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from benchmarks.memory_parts import megabytes
from tests.wire.discord_server import TOKEN, DiscordServer
from tests.wire.payloads import slash

WITH_VECTORS = "from bot.cli import main; main(['run'])"
# The package that ships the vectors looks as if it were not installed.
WITHOUT = f"import sys; sys.modules['wordllama'] = None; {WITH_VECTORS}"
QUESTIONS = ("which setting stops orders being placed?", "how do I get delayed prices", "my bot lost its connection")
ROUNDS = 20
# Until the commands are sent and the first round of upkeep is over.
SETTLE_SECONDS = 3


async def measure(program: str, data: Path) -> list[str]:
    """Run the bot, and return its memory once it is connected and once it has answered some questions."""
    async with DiscordServer() as server:
        with tempfile.TemporaryDirectory() as folder:
            settings = {
                "DISCORD_TOKEN": TOKEN,
                "DISCORD_API_URL": server.api_url,
                "DATABASE_URL": f"sqlite:///{folder}/glossary.db",
                "GLOSSARY_PATH": str(data),
                "LOG_LEVEL": "WARNING",
                "ANSWERS_PER_MINUTE": "0",
            }
            process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, env=os.environ | settings)
            try:
                await server.connected(60)
                await asyncio.sleep(SETTLE_SECONDS)
                connected = megabytes(process.pid)
                for question in QUESTIONS * ROUNDS:
                    await server.interact(slash("ask", {"question": question}))
                used = megabytes(process.pid)
            finally:
                process.terminate()
                await process.wait()
    return [f"{size:.1f}" for size in (*connected, *used)]


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("data"))
def main(data: Path) -> None:
    """Print what is resident, and what of it is the process's own and not that of a file."""
    table = Table("MB", "connected", "own", f"after {len(QUESTIONS) * ROUNDS} questions", "own")
    for name, program in (("with word vectors", WITH_VECTORS), ("without", WITHOUT)):
        table.add_row(name, *asyncio.run(measure(program, data)))
    Console().print(table)


if __name__ == "__main__":
    main()
