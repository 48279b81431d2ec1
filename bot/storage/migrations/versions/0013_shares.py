"""Which answers were shared."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "shares",
        sa.Column("message_id", snowflake, autoincrement=False, nullable=False, comment="the private answer"),
        sa.Column("entry_id", sa.Text, nullable=False, comment="the entry that it showed"),
        sa.Column("shared_at", snowflake, nullable=False, comment="Unix time in seconds"),
        sa.PrimaryKeyConstraint("message_id", "entry_id", name="pk_shares"),
        sqlite_strict=True,
    )
    op.create_index("ix_shares_shared_at", "shares", ["shared_at"])
