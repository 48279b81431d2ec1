"""The tables, the same in SQLite and PostgreSQL."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Discord's ids need 64 bits; an SQLite INTEGER has them, and STRICT tables know no BIGINT.
Snowflake = BigInteger().with_variant(Integer(), "sqlite")

# Each publication of the shared data, whole; the newest is the one that serves.
revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("content_hash", Text, nullable=False, comment="SHA-256 of the pack, in hex"),
    Column("published_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Column("summary", Text, nullable=False, comment="what changed since the revision before, as JSON"),
    Column("notices", Text, nullable=False, comment="title, disclaimers and trademarks, as JSON"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

categories = Table(
    "categories",
    metadata,
    Column("revision_id", ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True, type_=Integer),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False, comment="the category, as JSON"),
    sqlite_strict=True,
)

entries = Table(
    "entries",
    metadata,
    Column("revision_id", ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True, type_=Integer),
    Column("entry_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("category", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("body", Text, nullable=False, comment="the whole entry, as JSON"),
    Index(None, "revision_id", "name"),
    sqlite_strict=True,
)

# How often each entry was shown, by day and server; 0 stands for direct messages. Nobody's id is kept.
lookups = Table(
    "lookups",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False, comment="days since 1970-01-01, UTC"),
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("entry_id", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_strict=True,
)

# Which definition of the commands Discord has been given, so that a start without changes sends none.
command_syncs = Table(
    "command_syncs",
    metadata,
    Column("application_id", Snowflake, primary_key=True, autoincrement=False),
    Column("content_hash", Text, nullable=False, comment="SHA-256 of the commands, in hex"),
    sqlite_strict=True,
)

# The terms that people miss; 0 stands for a place without the bot's commands for moderators, such as direct messages.
suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("term", Text, nullable=False),
    Column("details", Text, nullable=False, comment="what it should say, or where it was met; may be empty"),
    Column("created_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Column("status", Text, nullable=False, comment="open, done or declined"),
    Index(None, "guild_id", "status"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
