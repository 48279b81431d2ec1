"""Bringing a database to the newest schema: an empty one gets it at once, an older one is migrated."""

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

from bot.storage.tables import metadata

# The newest file in migrations/versions.
NEWEST = "0014"
_MIGRATIONS = Path(__file__).with_name("migrations")
# The table in which Alembic notes the revision of a database.
_versions = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


class NewerSchema(Exception):  # noqa: N818 - the database is right, the bot is old
    """The database was used by a newer version of the bot."""


def bring_up_to_date(connection: Connection) -> None:
    """Create or migrate the tables, within the transaction of the connection."""
    if not inspect(connection).has_table(_versions.name):
        metadata.create_all(connection, checkfirst=False)
        _versions.create(connection)
        connection.execute(_versions.insert(), {"version_num": NEWEST})
        return
    version = connection.execute(select(_versions.c.version_num)).scalar_one_or_none() or ""
    if version > NEWEST:
        raise NewerSchema(f"its schema {version} is newer than this version of the bot, which knows {NEWEST}")
    if version < NEWEST:
        _migrate(connection)


def _migrate(connection: Connection) -> None:
    # Alembic takes 11 MB of memory, so it is imported only where there is something to migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
