"""Suggestions: the terms that people miss."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SNOWFLAKE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table and its index."""
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, nullable=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False, comment="what it should say, or where it was met; may be empty"),
        sa.Column("created_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.Column("status", sa.Text, nullable=False, comment="open, done or declined"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_suggestions_guild_id_status", "suggestions", ["guild_id", "status"])
