"""Questions that people send to the moderators."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_SNOWFLAKE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table and its indexes."""
    op.create_table(
        "sent_questions",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("query", sa.Text, nullable=False, comment="the query that is counted among the misses"),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sent_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.PrimaryKeyConstraint("guild_id", "user_id", "query", name="pk_sent_questions"),
        sqlite_strict=True,
    )
    op.create_index("ix_sent_questions_user_id", "sent_questions", ["user_id"])
    op.create_index("ix_sent_questions_sent_at", "sent_questions", ["sent_at"])
