"""The tables, the same in SQLite and PostgreSQL."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Discord's ids need 64 bits. An SQLite INTEGER has them, and a STRICT table does not accept BIGINT.
Snowflake = BigInteger().with_variant(Integer(), "sqlite")

# Every published revision of the shared data, whole. The newest one serves.
revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("content_hash", Text, nullable=False, comment="SHA-256 of the pack, in hex"),
    Column("published_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Column("summary", Text, nullable=False, comment="what changed since the revision before, as JSON"),
    Column("notices", Text, nullable=False, comment="title, disclaimers and trademarks, as JSON"),
    Column(
        "files_hash", Text, nullable=False, server_default=text("''"), comment="SHA-256 of the data files as of then"
    ),
    Column(
        "user_id", Snowflake, nullable=False, server_default=text("0"), comment="who reloaded; 0 for a start of the bot"
    ),
    Column("returned_to", Integer, comment="the revision that a rollback chose; it may no longer be kept"),
    Column("learning_paths", Text, nullable=False, server_default=text("'[]'"), comment="the paths, in order, as JSON"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

categories = Table(
    "categories",
    metadata,
    Column("revision_id", ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True, type_=Integer),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False, comment="the category, as JSON"),
    sqlite_strict=True,
)

entries = Table(
    "entries",
    metadata,
    Column("revision_id", ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True, type_=Integer),
    Column("entry_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("category", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("body", Text, nullable=False, comment="the whole entry, as JSON"),
    Index(None, "revision_id", "name"),
    sqlite_strict=True,
)

# How often each entry was shown, by day and server; 0 stands for direct messages. No ids of people are stored.
lookups = Table(
    "lookups",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False, comment="days since 1970-01-01, UTC"),
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("entry_id", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_strict=True,
)

# Which commands were last sent to Discord, so that a start without changes sends none.
command_syncs = Table(
    "command_syncs",
    metadata,
    Column("application_id", Snowflake, primary_key=True, autoincrement=False),
    Column("content_hash", Text, nullable=False, comment="SHA-256 of the commands, in hex"),
    sqlite_strict=True,
)

# The terms that people suggest; server 0 stands for direct messages and servers without the bot.
suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("term", Text, nullable=False),
    Column("details", Text, nullable=False, comment="what it should say, or where it was met; may be empty"),
    Column("created_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Column("status", Text, nullable=False, comment="open, done or declined"),
    Column(
        "entry_id",
        Text,
        nullable=False,
        server_default=text("''"),
        comment="the entry that is wrong, empty for a suggested term",
    ),
    Index(None, "guild_id", "status"),
    Index(None, "user_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# A server's own entries; the version is the id of the change that made an entry what it is.
own_entries = Table(
    "own_entries",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("entry_id", Text, primary_key=True),
    Column("version", ForeignKey("changes.id"), type_=Integer, nullable=False),
    Column("body", Text, nullable=False, comment="the whole entry, as JSON; without a definition it only adds aliases"),
    Column("made_from", Text, comment="the shared entry that it was made from, or was last compared with, as JSON"),
    sqlite_strict=True,
)

# Every change of a server's own entries.
changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("user_id", Snowflake, nullable=False, comment="who made it; -1 for somebody who had themselves forgotten"),
    Column("made_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Column("kind", Text, nullable=False, comment="a ChangeKind, such as add or edit"),
    Column("reverts", Integer, comment="the id of the change that this one takes back"),
    Index(None, "guild_id", "id"),
    Index(None, "user_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# What a change did to each entry: `before` is empty for a new entry, `after` for a removed one.
change_items = Table(
    "change_items",
    metadata,
    Column("change_id", ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True, type_=Integer),
    Column("entry_id", Text, primary_key=True),
    Column("before", Text, comment="the whole entry, as JSON"),
    Column("after", Text, comment="the whole entry, as JSON"),
    Index(None, "entry_id"),
    sqlite_strict=True,
)

# Forms that could not be saved yet, and imports that nobody has confirmed yet.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("created_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Column("body", Text, nullable=False, comment="the draft, as JSON"),
    Index(None, "user_id"),
    Index(None, "created_at"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

server_settings = Table(
    "server_settings",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False, comment="the settings, as JSON; what is left out stands at its default"),
    sqlite_strict=True,
)

# How often each query found nothing, by day and server. No ids of people are stored.
misses = Table(
    "misses",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("query", Text, primary_key=True, comment="words in lower case, without the frame of a question"),
    Column("day", Integer, primary_key=True, autoincrement=False, comment="days since 1970-01-01, UTC"),
    Column("count", Integer, nullable=False),
    Index(None, "day"),
    sqlite_strict=True,
)

# How often the same person found an entry soon after a query that found nothing. No ids of people are stored.
found_instead = Table(
    "found_instead",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("query", Text, primary_key=True),
    Column("entry_id", Text, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Index(None, "day"),
    sqlite_strict=True,
)

# Misses that moderators have dismissed, so that they are not listed again.
dismissed_misses = Table(
    "dismissed_misses",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("query", Text, primary_key=True),
    Column("day", Integer, nullable=False, comment="when it was dismissed, in days since 1970-01-01, UTC"),
    Index(None, "day"),
    sqlite_strict=True,
)

# Questions that people chose to send to the moderators, as they wrote them; server 0 stands for direct messages.
sent_questions = Table(
    "sent_questions",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("query", Text, primary_key=True, comment="the query that is counted among the misses"),
    Column("text", Text, nullable=False),
    Column("sent_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Index(None, "user_id"),
    Index(None, "sent_at"),
    sqlite_strict=True,
)

# How questions were answered, by day and server; 0 stands for direct messages.
answers = Table(
    "answers",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False, comment="days since 1970-01-01, UTC"),
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("outcome", Text, primary_key=True, comment="exact, sure, suggest or none"),
    Column("count", Integer, nullable=False),
    sqlite_strict=True,
)

# What people keep for themselves. An own entry is kept in its server; server 0 stands for all servers.
saved_entries = Table(
    "saved_entries",
    metadata,
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("entry_id", Text, primary_key=True),
    Column("saved_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Index(None, "guild_id"),
    sqlite_strict=True,
)

# The day on which moderators last found a shared entry still right; server -2 stands for all home servers.
checked_entries = Table(
    "checked_entries",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("entry_id", Text, primary_key=True),
    Column("day", Integer, nullable=False, comment="days since 1970-01-01, UTC"),
    sqlite_strict=True,
)

# Servers that the bot has left but still has data about.
left_servers = Table(
    "left_servers",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("left_at", Snowflake, nullable=False, comment="Unix time in seconds when it was noticed"),
    sqlite_strict=True,
)

# What the bot posts by itself. A process claims a post by its row before it sends it, so that no other sends it too.
posts = Table(
    "posts",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True, comment="daily or digest"),
    Column("day", Integer, primary_key=True, autoincrement=False, comment="the local day, in days since 1970-01-01"),
    Column("claimed_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Column("entry_id", Text, nullable=False, comment="the term that it shows, empty if it shows none"),
    Index(None, "day"),
    sqlite_strict=True,
)

# Why a server's last post of a kind could not be made, until one can.
post_problems = Table(
    "post_problems",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True, comment="daily, digest or log"),
    Column("channel_id", Snowflake, nullable=False),
    Column("reason", Text, nullable=False),
    Column("is_paused", Integer, nullable=False, comment="1 if nothing is posted until moderators resume it"),
    Column("noted_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    sqlite_strict=True,
)

# The servers that the bot is in, each greeted once. A process claims a server by its row before it greets it.
welcomes = Table(
    "welcomes",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("is_due", Integer, nullable=False, comment="1 if the server could not be greeted yet"),
    sqlite_strict=True,
)

# Rounds of the quiz, with the questions and what was answered so far.
quiz_rounds = Table(
    "quiz_rounds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild_id", Snowflake, nullable=False, comment="where it is played; 0 for direct messages"),
    Column("user_id", Snowflake, nullable=False),
    Column("created_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Column("body", Text, nullable=False, comment="the round, as JSON"),
    Index(None, "user_id"),
    Index(None, "created_at"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# What each person was asked about, and when it is due again. Server 0 stands for shared entries, which are learned
# in all servers together.
quiz_progress = Table(
    "quiz_progress",
    metadata,
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("entry_id", Text, primary_key=True),
    Column("due_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Column("answered", Integer, nullable=False, comment="how often it was asked and answered"),
    Column("answered_right", Integer, nullable=False),
    Column("body", Text, nullable=False, comment="what the scheduler knows about it, as JSON"),
    Index(None, "guild_id"),
    sqlite_strict=True,
)

# The members of each server who joined its leaderboard, and what they have answered there since then.
leaderboards = Table(
    "leaderboards",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("answered", Integer, nullable=False),
    Column("answered_right", Integer, nullable=False),
    Index(None, "user_id"),
    sqlite_strict=True,
)

# The entries that each person has read on paths. A path may change; what was read of it stays read.
read_steps = Table(
    "read_steps",
    metadata,
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("entry_id", Text, primary_key=True),
    Column("read_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    sqlite_strict=True,
)

# Which answers were shared, so that each is posted once. No ids of people are stored.
shares = Table(
    "shares",
    metadata,
    Column("message_id", Snowflake, primary_key=True, autoincrement=False, comment="the private answer"),
    Column("entry_id", Text, primary_key=True, comment="the entry that it showed"),
    Column("shared_at", Snowflake, nullable=False, comment="Unix time in seconds"),
    Index(None, "shared_at"),
    sqlite_strict=True,
)
