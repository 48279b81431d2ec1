"""Convert the cells of a spreadsheet: lists, dates, yes and no, and texts that must not run as formulas."""

import contextlib
import datetime as dt
import re

from bot.glossary.text import quoted

# A cell that starts with one of these may run as a formula: https://owasp.org/www-community/attacks/CSV_Injection
# The last four are full-width forms, which East Asian spreadsheets treat alike.
_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(rf"'+{_FORMULA.pattern}")
# Items are separated by line breaks, or by bars with spaces around them.
_SEPARATOR = re.compile(r"\n|(?:^|(?<=\s))\|(?=\s|$)", re.MULTILINE)
# Without the look-behind, a long run of backslashes would take quadratic time.
_BAR = re.compile(r"(?<!\\)(\\*+)\|")
_ESCAPED_BAR = re.compile(r"(?<!\\)(\\++)\|")
_DATE = re.compile(
    r"(?P<first>\d{1,4})(?P<separator>[-/.])(?P<middle>\d{1,2})(?P=separator)(?P<last>\d{1,4})(?:[T ]00:00(?::00)?)?"
)
_YEAR_DIGITS = 4
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def guarded(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula.

    >>> guarded("=1+1"), guarded("one")
    ("'=1+1", 'one')
    """
    return f"'{cell}" if _FORMULA.match(cell) or _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """Remove the apostrophe that `guarded` put before a cell.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def joined(items: list[str]) -> str:
    r"""Write a list into one cell, one item per line. A bar in an item is escaped, so that it separates nothing.

    >>> joined(["bid | ask", "mid"])
    'bid \\| ask\nmid'
    """
    return "\n".join(_BAR.sub(r"\1\1\\|", item) for item in items)


def joined_names(names: list[str]) -> str:
    r"""Write names into one cell. A bar after a single name says that a comma in it separates nothing.

    >>> joined_names(["API port", "API door"]), joined_names(["API port, local"])
    ('API port\nAPI door', 'API port, local |')
    """
    is_one_with_comma = len(names) == 1 and "," in names[0]
    return joined(names) + (" |" if is_one_with_comma else "")


def names(cell: str) -> list[str]:
    """Read names from one cell, as the form of an entry does: a single line may separate them with commas.

    >>> names("API port, API door"), names("API port, local |"), names("API port, local | API door")
    (['API port', 'API door'], ['API port, local'], ['API port, local', 'API door'])
    """
    if _SEPARATOR.search(cell.strip()):
        return split(cell)
    return [name for part in split(cell) for name in map(str.strip, part.split(",")) if name]


def split(cell: str) -> list[str]:
    r"""Read a list from one cell. Items are on lines of their own or separated by ` | `; `\|` is a bar in an item.

    >>> split("bid | ask")
    ['bid', 'ask']
    >>> split(r"bid \| ask")
    ['bid | ask']
    """
    items = [_ESCAPED_BAR.sub(_unescape, item).strip() for item in _SEPARATOR.split(cell)]
    return [item for item in items if item]


def _unescape(found: re.Match[str]) -> str:
    return "\\" * (len(found[1]) // 2) + "|"


def flag(cell: str) -> bool:
    """Read yes or no; raise `ValueError` with a text for people if it is neither.

    >>> flag("Yes"), flag("0")
    (True, False)
    """
    value = _FLAGS.get(cell.strip().lower())
    if value is None:
        raise ValueError(f"is {quoted(cell)}; write yes or no")
    return value


def day(cell: str) -> dt.date:
    """Read a date as spreadsheets write it; raise `ValueError` with a text for people if it is unclear.

    >>> day("2026-11-23") == day("23.11.2026") == day("11/23/2026") == day("23/11/2026 00:00")
    True
    >>> day("01/02/2026")
    Traceback (most recent call last):
        ...
    ValueError: is “01/02/2026”, which can mean 2026-01-02 or 2026-02-01; write one of these
    """
    found = _DATE.fullmatch(cell.strip())
    if found is None or _YEAR_DIGITS not in _lengths(found) or len(_lengths(found)) == 1:
        raise ValueError(f"is {quoted(cell)}, which is not a date with a four-digit year; write it like 2026-11-23")
    days = sorted(_possible_days(found))
    if not days:
        raise ValueError(f"is {quoted(cell)}, a date that does not exist; write it like 2026-11-23")
    if len(days) > 1:
        raise ValueError(f"is {quoted(cell)}, which can mean {days[0]} or {days[1]}; write one of these")
    return days[0]


def _lengths(date: re.Match[str]) -> set[int]:
    """Return how many digits the first and the last number have."""
    return {len(date["first"]), len(date["last"])}


def _possible_days(date: re.Match[str]) -> set[dt.date]:
    """Return the existing dates that the numbers can mean."""
    first, middle, last = int(date["first"]), int(date["middle"]), int(date["last"])
    if len(date["first"]) == _YEAR_DIGITS:
        readings = [(first, middle, last)]
    elif date["separator"] == ".":
        readings = [(last, middle, first)]  # nobody who separates with dots writes the month first
    else:
        readings = [(last, middle, first), (last, first, middle)]
    days = set()
    for year, month, day_of_month in readings:
        with contextlib.suppress(ValueError):
            days.add(dt.date(year, month, day_of_month))
    return days
