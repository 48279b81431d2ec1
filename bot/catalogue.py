"""Which glossary a server sees, and how it changes: a new snapshot is built aside and swapped in whole."""

import asyncio
import time
from pathlib import Path
from typing import NamedTuple

from bot.glossary.glossary import Glossary
from bot.glossary.model import Changes
from bot.glossary.pack import PackError, Problem, read_pack
from bot.storage.revisions import Revision, Revisions


class Served(NamedTuple):
    """A snapshot and the revision it was built from."""

    revision: Revision
    glossary: Glossary


class Reloaded(NamedTuple):
    """What a reload changed, what it warns of, and how long it took in seconds."""

    revision: Revision
    changes: Changes
    warnings: tuple[Problem, ...]
    seconds: float


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

        The problems returned are the folder's, or its warnings. Raises `PackError` when there is nothing to serve.
        """
        try:
            pack, problems = await asyncio.to_thread(read_pack, folder)
            revision, _ = await revisions.publish(pack)
        except PackError as error:
            newest = await revisions.newest()
            if newest is None:
                raise
            revision, problems = newest, error.problems
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

    async def reload(self) -> Reloaded:
        """Read the folder again, publish and serve it; raise `PackError`, and change nothing, when it is broken."""
        async with self._reloading:
            began = time.perf_counter()
            pack, warnings = await asyncio.to_thread(read_pack, self._folder)
            glossary = await asyncio.to_thread(Glossary, pack)
            revision, changes = await self._revisions.publish(pack)
            self._served = Served(revision, glossary)
            return Reloaded(revision, changes, warnings, time.perf_counter() - began)
