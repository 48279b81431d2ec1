"""How the bot connects to PostgreSQL: the options that people write into its address, as the driver takes them."""

import uuid
from typing import Any

from sqlalchemy import URL
from sqlalchemy.pool import NullPool

# How long a connection may take, in seconds; the driver would wait for a minute.
CONNECT_TIMEOUT = 10
# How long a statement may take, in seconds; without a limit, a connection that hangs would be awaited for hours.
ANSWER_TIMEOUT = 15


def engine_options(url: URL) -> tuple[URL, dict[str, Any]]:
    """Return the address for the driver, and the options of the engine that connects to it.

    `sslmode` is called `ssl` by asyncpg. `pgbouncer=true` is for a pooler that gives each transaction another
    connection: nothing is prepared for later then, and connections are not kept.
    https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#prepared-statement-name-with-pgbouncer
    """
    query = dict(url.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    arguments: dict[str, Any] = {"timeout": CONNECT_TIMEOUT, "command_timeout": ANSWER_TIMEOUT}
    options: dict[str, Any] = {"pool_pre_ping": True}
    if query.pop("pgbouncer", "") == "true":
        arguments |= {
            "statement_cache_size": 0,
            "prepared_statement_cache_size": 0,
            "prepared_statement_name_func": lambda: f"__asyncpg_{uuid.uuid4()}__",
        }
        options = {"poolclass": NullPool}
    return url.set(query=query), {**options, "connect_args": arguments}
