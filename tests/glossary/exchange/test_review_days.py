"""The file of review days is TOML, whatever the entries are called."""

import datetime as dt
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.exchange.review_days import write_review_days

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@given(st.dictionaries(NAMES, st.dates(min_value=dt.date(1000, 1, 1)), max_size=5))
def test_what_is_written_is_read_back(days: dict[str, dt.date]) -> None:
    assert tomllib.loads(write_review_days(days).decode()) == {"reviewed": days}
