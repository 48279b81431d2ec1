"""Which commands were last sent to Discord."""

from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.tables import command_syncs
from bot.storage.upsert import insert_into


class CommandSyncs:
    """The hash of the commands that were last sent, by application."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def last_hash(self, application_id: int) -> str | None:
        """Return the hash of the commands that were last sent for an application."""
        async with self._database.read() as connection:
            query = select(command_syncs.c.content_hash).where(command_syncs.c.application_id == application_id)
            return (await connection.execute(query)).scalar_one_or_none()

    async def remember(self, application_id: int, content_hash: str) -> None:
        """Remember what was sent for an application."""
        async with self._database.write() as connection:
            statement = insert_into(connection, command_syncs)
            await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["application_id"], set_={"content_hash": statement.excluded.content_hash}
                ),
                {"application_id": application_id, "content_hash": content_hash},
            )
