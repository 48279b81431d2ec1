"""The days on which moderators found shared entries still right."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SNOWFLAKE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "checked_entries",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("day", sa.Integer, nullable=False, comment="days since 1970-01-01, UTC"),
        sa.PrimaryKeyConstraint("guild_id", "entry_id", name="pk_checked_entries"),
        sqlite_strict=True,
    )
