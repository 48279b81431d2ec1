"""Own entries that know the shared entry that they were made from."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# What an entry was made from before this migration is not known: changes from now on are noticed.
_COMPARE_WITH_THE_NEWEST = """
UPDATE own_entries SET made_from = (
    SELECT entries.body FROM entries
    WHERE entries.entry_id = own_entries.entry_id AND entries.revision_id = (SELECT MAX(id) FROM revisions)
)
"""


def upgrade() -> None:
    """Add the shared entry that an own one was made from, and call the kinds of changes what the code calls them."""
    op.add_column(
        "own_entries",
        sa.Column(
            "made_from",
            sa.Text,
            comment="the shared entry that it was made from, or was last compared with, as JSON",
        ),
    )
    op.execute(_COMPARE_WITH_THE_NEWEST)
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(
            "changes",
            "kind",
            existing_type=sa.Text(),
            existing_nullable=False,
            comment="a ChangeKind, such as add or edit",
            existing_comment="add, edit, remove, alias, approve, import or revert",
        )
