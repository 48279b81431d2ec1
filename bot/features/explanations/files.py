"""The logs that are attached to a message."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from bot.chat.client import Client
from bot.chat.downloads import DownloadError, download
from bot.chat.messages import File

# Discord makes a "message.txt" of what is too long for a message.
LOG_ENDINGS = (".log", ".txt")
# All logs of a message together.
MOST_BYTES = 1_000_000


class Logs(NamedTuple):
    """The texts of the logs, and a sentence about each that could not be read."""

    texts: tuple[str, ...]
    remarks: tuple[str, ...]


def logs_among(files: Sequence[File]) -> list[File]:
    """Return the files that are logs, judged by their names."""
    return [file for file in files if file.name.lower().endswith(LOG_ENDINGS)]


async def read_logs(client: Client, logs: Sequence[File]) -> Logs:
    """Download the logs that fit into the limit, in their order."""
    fitting: list[File] = []
    remarks: list[str] = []
    room = MOST_BYTES
    for log in logs:
        if log.size <= room:
            fitting.append(log)
            room -= log.size
        else:
            remarks.append(f"{log.name} was not read: {MOST_BYTES / 1e6:.0f} MB is the most.")
    contents = await asyncio.gather(*(_content(client, log) for log in fitting))
    remarks += [
        f"{log.name} could not be downloaded." for log, got in zip(fitting, contents, strict=True) if got is None
    ]
    return Logs(tuple(decoded(got) for got in contents if got is not None), tuple(remarks))


async def _content(client: Client, log: File) -> bytes | None:
    """Return what is in a file, `None` if it cannot be downloaded."""
    try:
        return (await download(client, log.url))[: log.size]
    except DownloadError:
        return None


def decoded(content: bytes) -> str:
    r"""Return the text of a file in UTF-8 or, with its mark at the start, in UTF-16; other bytes become "\ufffd".

    >>> decoded(b"\xef\xbb\xbferror 502\xff"), decoded("error 502".encode("utf-16"))
    ('error 502\ufffd', 'error 502')
    """
    has_utf16_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if has_utf16_mark else "utf-8-sig", errors="replace")
