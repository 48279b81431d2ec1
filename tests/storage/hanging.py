"""A stand-in for a PostgreSQL server that stops answering: it passes everything on until it hangs."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sqlalchemy import URL

# How PostgreSQL and its clients call a socket in a folder.
SOCKET = ".s.PGSQL.5432"


class StandIn:
    """Passes bytes on between clients and a server, in both directions, as long as it answers."""

    def __init__(self, server: Path) -> None:
        """Pass on to the socket of a server."""
        self._server = server
        self._answers = asyncio.Event()
        self._answers.set()
        self._passing: set[asyncio.Task[None]] = set()

    def hang(self) -> None:
        """Keep every connection open, accept new ones, and say nothing any more."""
        self._answers.clear()

    def answer(self) -> None:
        """Pass on again, with what was held back."""
        self._answers.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Connect a client with the server."""
        from_server, to_server = await asyncio.open_unix_connection(self._server)
        for source, target in ((reader, to_server), (from_server, writer)):
            task = asyncio.create_task(self._pass_on(source, target))
            self._passing.add(task)

    async def close(self) -> None:
        """End every connection."""
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            try:
                while chunk := await source.read(65_536):
                    await self._answers.wait()
                    target.write(chunk)
                    await target.drain()
            finally:
                target.close()


@asynccontextmanager
async def stand_in(url: URL) -> AsyncIterator[tuple[StandIn, URL]]:
    """Put a stand-in before the server of an address, and give it with the address to use instead."""
    with tempfile.TemporaryDirectory() as folder:
        one = StandIn(Path(str(url.query["host"]), SOCKET))
        server = await asyncio.start_unix_server(one.serve, Path(folder, SOCKET))
        try:
            yield one, url.update_query_dict({"host": folder})
        finally:
            one.answer()
            server.close()
            await one.close()
