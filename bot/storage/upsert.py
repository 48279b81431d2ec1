"""Insert-or-update, which SQLAlchemy spells per database."""

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert:
    """Return an INSERT that has `on_conflict_do_update`, for the database of the connection."""
    if connection.dialect.name == "postgresql":
        # The dialect takes 2 MB of memory, so it is imported only where it is used. Its statement has the same methods.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return postgresql.insert(table)  # type: ignore[return-value]
    return sqlite.insert(table)
