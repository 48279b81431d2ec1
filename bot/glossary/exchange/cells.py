"""What stands in one cell of a spreadsheet: lists, days, yes and no, and nothing that a spreadsheet would calculate."""

import datetime as dt
import re

from bot.glossary.text import quoted

# https://owasp.org/www-community/attacks/CSV_Injection: a cell that starts so may be run as a formula. The last four
# are the wide forms that East Asian spreadsheets take for the same.
_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(rf"'+{_FORMULA.pattern}")
_BETWEEN = re.compile(r"\n|(?:^|(?<=\s))\|(?=\s|$)", re.MULTILINE)
# The look behind keeps long runs of backslashes from taking time in the square of their length.
_BAR = re.compile(r"(?<!\\)(\\*+)\|")
_ESCAPED_BAR = re.compile(r"(?<!\\)(\\++)\|")
_DAY = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T ]00:00(?::00)?)?")
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def guarded(cell: str) -> str:
    """Return a cell as it is written: an apostrophe keeps a spreadsheet from taking it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) or _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before it was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell


def joined(items: list[str]) -> str:
    """Return a list as one cell, an item a line; a bar is marked as no separator, and backslashes before it doubled."""
    return "\n".join(_BAR.sub(r"\1\1\\|", item) for item in items)


def split(cell: str) -> list[str]:
    r"""Return the items of a cell, which stand on a line each or between ` | `; `\|` is a bar in an item."""
    items = (_ESCAPED_BAR.sub(_unescape, item).strip() for item in _BETWEEN.split(cell))
    return [item for item in items if item]


def _unescape(found: re.Match[str]) -> str:
    return "\\" * (len(found[1]) // 2) + "|"


def flag(cell: str) -> bool:
    """Read yes or no, or raise `ValueError` with what is wrong."""
    if (value := _FLAGS.get(cell.strip().lower())) is None:
        raise ValueError(f"is {quoted(cell)}; write yes or no")
    return value


def day(cell: str) -> dt.date:
    """Read a day in any of the ways in which spreadsheets write it, or raise `ValueError` with what is wrong."""
    found = _DAY.fullmatch(cell.strip())
    if not found or 4 not in {len(found[1]), len(found[4])} or len(found[1]) == len(found[4]):
        raise ValueError(f"is {quoted(cell)}, which is no day with a full year; write it like 2026-11-23")
    first, middle, last = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        candidates = {_date(first, middle, last)}
    elif found[2] == ".":
        candidates = {_date(last, middle, first)}  # nobody who separates by points writes the month first
    else:
        candidates = {_date(last, middle, first), _date(last, first, middle)}
    days = sorted(one for one in candidates if one)
    if not days:
        raise ValueError(f"is {quoted(cell)}, a day that does not exist; write it like 2026-11-23")
    if len(days) > 1:
        raise ValueError(f"is {quoted(cell)}, which may be {days[0]} or {days[1]}; write it the way these two are")
    return days[0]


def _date(year: int, month: int, day_of_month: int) -> dt.date | None:
    try:
        return dt.date(year, month, day_of_month)
    except ValueError:
        return None
