"""What servers have of their own: entries with history, drafts, settings, misses; who reloaded the shared data."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SNOWFLAKE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables and add to the earlier ones."""
    _extend_earlier_tables()
    _create_entries_and_history()
    _create_settings_and_drafts()
    _create_counts()


def _extend_earlier_tables() -> None:
    # With defaults, columns can be added in place: making a new table of revisions would delete the entries of the old.
    op.add_column(
        "revisions",
        sa.Column(
            "files_hash",
            sa.Text,
            nullable=False,
            server_default=sa.text("''"),
            comment="SHA-256 of the data files as of then",
        ),
    )
    op.add_column(
        "revisions",
        sa.Column(
            "user_id",
            _SNOWFLAKE,
            nullable=False,
            server_default=sa.text("0"),
            comment="who reloaded; 0 for a start of the bot",
        ),
    )
    op.execute("UPDATE revisions SET files_hash = content_hash")
    op.create_index("ix_suggestions_user_id", "suggestions", ["user_id"])


def _create_entries_and_history() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column(
            "user_id", _SNOWFLAKE, nullable=False, comment="who made it; -1 for somebody who had themselves forgotten"
        ),
        sa.Column("made_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.Column("kind", sa.Text, nullable=False, comment="add, edit, remove, alias, approve, import or revert"),
        sa.Column("reverts", sa.Integer, comment="the id of the change that this one takes back"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_changes_guild_id_id", "changes", ["guild_id", "id"])
    op.create_index("ix_changes_user_id", "changes", ["user_id"])
    op.create_table(
        "change_items",
        sa.Column("change_id", sa.Integer, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("before", sa.Text, comment="the whole entry, as JSON"),
        sa.Column("after", sa.Text, comment="the whole entry, as JSON"),
        sa.PrimaryKeyConstraint("change_id", "entry_id", name="pk_change_items"),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_change_items_changes", ondelete="CASCADE"),
        sqlite_strict=True,
    )
    op.create_index("ix_change_items_entry_id", "change_items", ["entry_id"])
    op.create_table(
        "own_entries",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column(
            "body",
            sa.Text,
            nullable=False,
            comment="the whole entry, as JSON; without a definition it only adds aliases",
        ),
        sa.PrimaryKeyConstraint("guild_id", "entry_id", name="pk_own_entries"),
        sa.ForeignKeyConstraint(["version"], ["changes.id"], name="fk_own_entries_changes"),
        sqlite_strict=True,
    )


def _create_settings_and_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("guild_id", _SNOWFLAKE, nullable=False),
        sa.Column("user_id", _SNOWFLAKE, nullable=False),
        sa.Column("created_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds"),
        sa.Column("body", sa.Text, nullable=False, comment="the draft, as JSON"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_user_id", "drafts", ["user_id"])
    op.create_index("ix_drafts_created_at", "drafts", ["created_at"])
    op.create_table(
        "server_settings",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column(
            "body", sa.Text, nullable=False, comment="the settings, as JSON; what is left out stands at its default"
        ),
        sa.PrimaryKeyConstraint("guild_id", name="pk_server_settings"),
        sqlite_strict=True,
    )
    op.create_table(
        "left_servers",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("left_at", _SNOWFLAKE, nullable=False, comment="Unix time in seconds when it was noticed"),
        sa.PrimaryKeyConstraint("guild_id", name="pk_left_servers"),
        sqlite_strict=True,
    )


def _create_counts() -> None:
    op.create_table(
        "misses",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("query", sa.Text, nullable=False, comment="words in lower case, without the frame of a question"),
        sa.Column("day", sa.Integer, autoincrement=False, nullable=False, comment="days since 1970-01-01, UTC"),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "query", "day", name="pk_misses"),
        sqlite_strict=True,
    )
    op.create_index("ix_misses_day", "misses", ["day"])
    op.create_table(
        "found_instead",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("day", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "query", "entry_id", "day", name="pk_found_instead"),
        sqlite_strict=True,
    )
    op.create_index("ix_found_instead_day", "found_instead", ["day"])
    op.create_table(
        "dismissed_misses",
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("day", sa.Integer, nullable=False, comment="when it was dismissed, in days since 1970-01-01, UTC"),
        sa.PrimaryKeyConstraint("guild_id", "query", name="pk_dismissed_misses"),
        sqlite_strict=True,
    )
    op.create_index("ix_dismissed_misses_day", "dismissed_misses", ["day"])
    op.create_table(
        "answers",
        sa.Column("day", sa.Integer, autoincrement=False, nullable=False, comment="days since 1970-01-01, UTC"),
        sa.Column("guild_id", _SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False, comment="exact, sure, suggest or none"),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "guild_id", "outcome", name="pk_answers"),
        sqlite_strict=True,
    )
