"""Which servers the bot has greeted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "welcomes",
        sa.Column(
            "guild_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("is_due", sa.Integer, nullable=False, comment="1 if the server could not be greeted yet"),
        sa.PrimaryKeyConstraint("guild_id", name="pk_welcomes"),
        sqlite_strict=True,
    )
