"""What the bot posts by itself, and why it could not."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SNOWFLAKE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables of posts and of their problems."""
    op.create_table(
        "posts",
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("kind", sa.Text, nullable=False, comment="daily or digest"),
        sa.Column("day", sa.Integer, nullable=False, comment="the local day, in days since 1970-01-01"),
        sa.Column("claimed_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.Column("entry_id", sa.Text, nullable=False, comment="the term that it shows, empty if it shows none"),
        sa.PrimaryKeyConstraint("guild_id", "kind", "day", name="pk_posts"),
        sqlite_strict=True,
    )
    op.create_index("ix_posts_day", "posts", ["day"])
    op.create_table(
        "post_problems",
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("kind", sa.Text, nullable=False, comment="daily, digest or log"),
        sa.Column("channel_id", _SNOWFLAKE, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("is_paused", sa.Integer, nullable=False, comment="1 if nothing is posted until moderators resume it"),
        sa.Column("noted_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.PrimaryKeyConstraint("guild_id", "kind", name="pk_post_problems"),
        sqlite_strict=True,
    )
