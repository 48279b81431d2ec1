"""The first schema: revisions of the shared data, usage counts, command hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SNOWFLAKE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False, comment="SHA-256 of the pack, in hex"),
        sa.Column("published_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.Column("summary", sa.Text, nullable=False, comment="what changed since the revision before, as JSON"),
        sa.Column("notices", sa.Text, nullable=False, comment="title, disclaimers and trademarks, as JSON"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "categories",
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="the category, as JSON"),
        sa.PrimaryKeyConstraint("revision_id", "position", name="pk_categories"),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_categories_revisions", ondelete="CASCADE"),
        sqlite_strict=True,
    )
    op.create_table(
        "entries",
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="the whole entry, as JSON"),
        sa.PrimaryKeyConstraint("revision_id", "entry_id", name="pk_entries"),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_entries_revisions", ondelete="CASCADE"),
        sqlite_strict=True,
    )
    op.create_index("ix_entries_revision_id_name", "entries", ["revision_id", "name"])
    op.create_table(
        "lookups",
        sa.Column("day", sa.Integer, nullable=False, comment="days since 1970-01-01, UTC"),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "guild_id", "entry_id", name="pk_lookups"),
        sqlite_strict=True,
    )
    op.create_table(
        "command_syncs",
        sa.Column("application_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False, comment="SHA-256 of the commands, in hex"),
        sa.PrimaryKeyConstraint("application_id", name="pk_command_syncs"),
        sqlite_strict=True,
    )
