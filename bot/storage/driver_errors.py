"""What the errors of the database drivers mean, and what of them may be shown."""

import re
import sqlite3
from collections.abc import Iterator

from sqlalchemy import ExceptionContext
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

# https://www.sqlite.org/rescode.html: locked by somebody else, read-only, broken, full, or not there.
_SQLITE_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
# https://www.postgresql.org/docs/current/errcodes-appendix.html: the connection, resources, an operator or the system
# failed; the server only reads; another process holds the write lock for too long; or a table is missing.
_POSTGRES_UNAVAILABLE = ("08", "53", "57", "58", "25006", "55P03", "42P01")
# asyncpg repeats a value that it cannot send: "invalid input for query argument $1: 'the value' (why)".
_ARGUMENT = re.compile(r"(invalid input for query argument \$\d+): .*", re.DOTALL)


class NoAnswer(Exception):  # noqa: N818 - what is, not what somebody did wrong
    """PostgreSQL did not answer a statement in time."""


def raise_no_answer(context: ExceptionContext) -> None:
    """Raise `NoAnswer` in place of the driver's `TimeoutError`, which could be the caller's own as well."""
    if isinstance(context.original_exception, TimeoutError):
        raise NoAnswer from context.original_exception


def is_unavailable(error: SQLAlchemyError) -> bool:
    """Tell whether an error is the database's and not that of a statement."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    sqlite_code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    if sqlite_code is not None:
        # An extended code has the primary one in its lowest byte. A missing table has none of its own.
        return sqlite_code & 0xFF in _SQLITE_UNAVAILABLE or "no such table" in str(error.orig)
    state: str = getattr(error.orig, "sqlstate", None) or ""
    return state.startswith(_POSTGRES_UNAVAILABLE)


def reason(error: BaseException) -> str:
    """Return what the driver says, on one line and without the statement, its values and a full stop."""
    if isinstance(error, DBAPIError) and error.orig:
        error = error.orig
    # SQLAlchemy appends a link to its own errors.
    said = error.args[0] if isinstance(error, SQLAlchemyError) and error.args else error
    return (str(said).partition("\n")[0] or type(error).__name__).rstrip(".")


def hide_values(error: SQLAlchemyError) -> None:
    """Remove from an error the values that asyncpg repeats: errors are logged, and people wrote the values.

    SQLAlchemy hides the parameters, but the driver's own error stays in the traceback. Its detail has the whole row.
    """
    for each in _causes(error):
        if getattr(each, "detail", None):
            each.detail = None  # type: ignore[attr-defined] # asyncpg.PostgresError, an optional package
        if each.args and isinstance(each.args[0], str):
            each.args = (_ARGUMENT.sub(r"\1", each.args[0]), *each.args[1:])


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
