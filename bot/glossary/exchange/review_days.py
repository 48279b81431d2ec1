"""The days on which entries were found still right, as a file for the people who look after the data files."""

import datetime as dt
from collections.abc import Mapping

from bot.glossary.exchange.toml_rows import toml_string

_HEAD = """\
# Moderators compared these entries with their sources and found them still right.
# Put each day into the data files, as the `reviewed` of its entry.
[reviewed]
"""


def write_review_days(days: Mapping[str, dt.date]) -> bytes:
    """Return the days by the names of the entries, as TOML."""
    return (_HEAD + "".join(f"{toml_string(name)} = {day}\n" for name, day in days.items())).encode()
