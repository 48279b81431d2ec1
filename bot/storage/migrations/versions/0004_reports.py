"""Suggestions that say what is wrong with an entry."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the entry that a suggestion is about."""
    op.add_column(
        "suggestions",
        sa.Column(
            "entry_id",
            sa.Text,
            nullable=False,
            server_default=sa.text("''"),
            comment="the entry that is wrong, empty for a suggested term",
        ),
    )
