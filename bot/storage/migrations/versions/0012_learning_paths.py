"""Paths on which people learn: stored with each revision, and what each person has read on them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SNOWFLAKE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the paths of a revision, and the table of what people have read."""
    op.add_column(
        "revisions",
        sa.Column(
            "learning_paths",
            sa.Text,
            nullable=False,
            server_default=sa.text("'[]'"),
            comment="the paths, in order, as JSON",
        ),
    )
    op.create_table(
        "read_steps",
        sa.Column("user_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("read_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.PrimaryKeyConstraint("user_id", "entry_id", name="pk_read_steps"),
        sqlite_strict=True,
    )
