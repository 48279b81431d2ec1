"""Rollbacks that say which revision they chose."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the revision that a rollback chose."""
    op.add_column(
        "revisions",
        sa.Column("returned_to", sa.Integer, comment="the revision that a rollback chose; it may no longer be kept"),
    )
