"""What each package and each part of the glossary adds to the memory of a process, in the order a bot loads them.

Imports nothing but the standard library itself. Linux only: it reads /proc.
"""

import importlib
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

PACKAGES = (
    *("asyncio", "ssl", "aiohttp", "discord", "uvloop", "sqlalchemy", "sqlalchemy.ext.asyncio", "aiosqlite"),
    *("msgspec", "rapidfuzz", "click", "numpy", "bot.cli"),
)
# A running bot imports these only to migrate a database or to draw a chart; the last prints to a terminal.
SELDOM = ("alembic.command", "PIL.Image", "rich.console")


def megabytes(process: int | str = "self") -> tuple[float, float]:
    """Return the resident memory of a process, and how much of it is its own and not that of a file."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {field: int(size.removesuffix("kB")) for field, size in (line.split(":") for line in lines)}
    return kilobytes["Rss"] / 1024, kilobytes["Anonymous"] / 1024


def show(part: str, work: Callable[[], Any]) -> Any:
    """Do some work, print what it adds, and return its result."""
    before, _ = megabytes()
    result = work()
    after, anonymous = megabytes()
    sys.stdout.write(f"{part:26}{after - before:+8.1f}{after:8.1f}{anonymous:8.1f}\n")
    return result


def main() -> None:
    """Print a line for each part: what it adds, what is resident, and what of that no file backs, in MB."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "data")
    show("python", lambda: None)
    for name in PACKAGES:
        show(name, partial(importlib.import_module, name))
    from bot.glossary.glossary import Glossary  # noqa: PLC0415 - measured above
    from bot.glossary.pack import read_pack  # noqa: PLC0415
    from bot.glossary.search.meaning import Sense, load_word_vectors  # noqa: PLC0415
    from bot.glossary.search.real_words import load_real_words  # noqa: PLC0415

    pack, _ = show("read the data files", lambda: read_pack(folder))
    show("list of English words", load_real_words)
    show("word vectors", lambda: list(map(load_word_vectors, Sense)))
    glossary = show("indexes", lambda: Glossary(pack))
    show("a question", lambda: glossary.ask("which setting stops orders being placed through the api?"))
    for name in SELDOM:
        show(name, partial(importlib.import_module, name))


if __name__ == "__main__":
    main()
