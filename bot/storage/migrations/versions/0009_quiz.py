"""The quiz: rounds, what people have learned, and leaderboards."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SNOWFLAKE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "quiz_rounds",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False, comment="where it is played; 0 for direct messages"),
        sa.Column("user_id", _SNOWFLAKE, nullable=False),
        sa.Column("created_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.Column("body", sa.Text, nullable=False, comment="the round, as JSON"),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_rounds"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quiz_rounds_user_id", "quiz_rounds", ["user_id"])
    op.create_index("ix_quiz_rounds_created_at", "quiz_rounds", ["created_at"])
    op.create_table(
        "quiz_progress",
        sa.Column("user_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("due_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.Column("answered", sa.Integer, nullable=False, comment="how often it was asked and answered"),
        sa.Column("answered_right", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="what the scheduler knows about it, as JSON"),
        sa.PrimaryKeyConstraint("user_id", "guild_id", "entry_id", name="pk_quiz_progress"),
        sqlite_strict=True,
    )
    op.create_index("ix_quiz_progress_guild_id", "quiz_progress", ["guild_id"])
    op.create_table(
        "leaderboards",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("answered_right", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name="pk_leaderboards"),
        sqlite_strict=True,
    )
    op.create_index("ix_leaderboards_user_id", "leaderboards", ["user_id"])
