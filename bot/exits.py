"""How the process ends: exit codes, the error that stops it with one sentence, and the signals that ask it to stop."""

import asyncio
import enum
import signal


class ExitCode(enum.IntEnum):
    """The exit status that a supervisor sees; docs/operating.md explains each."""

    OK = 0
    PROBLEMS = 1
    SETTINGS = 2
    DATA = 3
    DATABASE = 4
    TOKEN = 5
    UNREACHABLE = 6
    REFUSED = 7


class Stop(Exception):  # noqa: N818 - the program did nothing wrong; it ends
    """The bot cannot run. The message is one sentence for the person who started it."""

    def __init__(self, code: ExitCode, message: str) -> None:
        """Keep the exit code next to the message."""
        super().__init__(message)
        self.code = code


def stop_event() -> asyncio.Event:
    """Return an event that is set when the process is asked to stop, by SIGTERM or by Ctrl+C."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Windows has no `loop.add_signal_handler`.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop
