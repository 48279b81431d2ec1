"""The glossary that all servers share. A reload builds a new snapshot aside and swaps it in with one assignment."""

import asyncio
import time
from pathlib import Path
from typing import NamedTuple

from bot.glossary.glossary import Glossary
from bot.glossary.model import Changes, Pack
from bot.glossary.pack import PackError, Problem, read_pack
from bot.storage.ids import THE_BOT
from bot.storage.revisions import Published, Revision, Revisions


class Served(NamedTuple):
    """A snapshot and the revision it was built from."""

    revision: Revision
    glossary: Glossary


class Reloaded(NamedTuple):
    """The revision after a reload, the pack that served before, the warnings, and how long it took in seconds.

    `before` is `None` if nothing was ever published.
    """

    revision: Revision
    before: Pack | None
    warnings: tuple[Problem, ...]
    seconds: float

    @property
    def changes(self) -> Changes:
        """Return the names of the entries that the reload changed."""
        return Changes.between(self.before, self.revision.pack)


class Catalogue:
    """The glossary that is served; `Catalogue.open` makes one from a data folder and the published revisions."""

    def __init__(self, folder: Path, revisions: Revisions, served: Served) -> None:
        """Serve a snapshot; reloads read the folder."""
        self._folder = folder
        self._revisions = revisions
        self._served = served
        self._reloading = asyncio.Lock()

    @classmethod
    async def open(cls, folder: Path, revisions: Revisions) -> tuple["Catalogue", tuple[Problem, ...]]:
        """Publish the folder if it is new and serve it; with a broken folder serve the newest revision.

        After a rollback, a folder that has not changed since does not undo the rollback. Return the problems of a
        broken folder, or the warnings of a good one. Raise `PackError` if there is nothing to serve.
        """
        newest = await revisions.newest()
        try:
            pack, problems = await asyncio.to_thread(read_pack, folder)
        except PackError as error:
            if newest is None:
                raise
            revision, problems = newest, error.problems
        else:
            is_known = newest is not None and newest.files_hash == pack.content_hash()
            revision = newest if newest and is_known else (await revisions.publish(pack))[0]
        served = Served(revision, await asyncio.to_thread(Glossary, revision.pack))
        return cls(folder, revisions, served), problems

    @property
    def glossary(self) -> Glossary:
        """Return the snapshot that is served."""
        return self._served.glossary

    @property
    def revision(self) -> Revision:
        """Return the revision that is served."""
        return self._served.revision

    async def history(self) -> tuple[Published, ...]:
        """Return the revision that serves and the earlier ones to return to, newest first."""
        return await self._revisions.history()

    async def reload(self, user_id: int = THE_BOT) -> Reloaded:
        """Read the folder again, publish and serve it; raise `PackError`, and change nothing, when it is broken."""
        async with self._reloading:
            began = time.perf_counter()
            pack, warnings = await asyncio.to_thread(read_pack, self._folder)
            glossary = await asyncio.to_thread(Glossary, pack)
            revision, before = await self._revisions.publish(pack, user_id)
            self._served = Served(revision, glossary)
            return Reloaded(revision, before, warnings, time.perf_counter() - began)

    async def follow(self) -> bool:
        """Serve what another process has published; return whether it has published anything."""
        async with self._reloading:
            if await self._revisions.newest_number() in {None, self.revision.number}:
                return False
            if (newest := await self._revisions.newest()) is None:
                return False
            self._served = Served(newest, await asyncio.to_thread(Glossary, newest.pack))
            return True

    async def pack_of(self, number: int) -> Pack | None:
        """Return the pack of a revision, `None` if it is no longer kept."""
        revision = await self._revisions.get(number)
        return None if revision is None else revision.pack

    async def roll_back(self, number: int, user_id: int) -> Reloaded | None:
        """Publish the pack of an earlier revision again and serve it; return `None` if it is no longer kept."""
        async with self._reloading:
            began = time.perf_counter()
            if (done := await self._revisions.roll_back(number, user_id)) is None:
                return None
            revision, before = done
            self._served = Served(revision, await asyncio.to_thread(Glossary, revision.pack))
            return Reloaded(revision, before, (), time.perf_counter() - began)
