"""The folder of the playground: what is tried here stays out of a real bot's database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.exits import ExitCode, Stop

FOLDER = Path("var")
DATABASE, MESSAGES = FOLDER / "playground.db", FOLDER / "playground.json"
_LOCK = FOLDER / "playground.lock"


@contextmanager
def own_folder() -> Iterator[None]:
    """Keep other playgrounds out of the folder; raise `Stop` if one uses it already.

    SQLite's lock works on every system, and ends with the process that holds it.
    """
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(_LOCK, timeout=0)
        lock.execute("BEGIN EXCLUSIVE")
    except (sqlite3.Error, OSError) as error:
        message = (
            f"The playground cannot use the folder {FOLDER.resolve()}: {error}. Perhaps another one is running; "
            "end it, or start this one in another folder."
        )
        raise Stop(ExitCode.SETTINGS, message) from error
    with closing(lock):
        yield


def start_afresh() -> None:
    """Delete what an earlier run kept."""
    for path in (*FOLDER.glob(f"{DATABASE.name}*"), MESSAGES):
        path.unlink(missing_ok=True)
