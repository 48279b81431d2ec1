"""The entries that people save for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SNOWFLAKE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "saved_entries",
        sa.Column("user_id", _SNOWFLAKE, nullable=False, autoincrement=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False, autoincrement=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("saved_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.PrimaryKeyConstraint("user_id", "guild_id", "entry_id", name="pk_saved_entries"),
        sqlite_strict=True,
    )
    op.create_index("ix_saved_entries_guild_id", "saved_entries", ["guild_id"])
