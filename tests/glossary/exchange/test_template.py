"""The template shows every field of a term, and can be imported as it is."""

import pytest

from bot.glossary.exchange.files import WRITERS, read_rows
from bot.glossary.exchange.template import EXAMPLE, template
from bot.glossary.own import TERM_FIELDS, own_entry, table_of


@pytest.mark.parametrize("ending", WRITERS)
def test_it_comes_back_as_the_example(ending: str) -> None:
    (row,) = read_rows(f"template.{ending}", template(ending))
    assert row.faults == ()
    assert own_entry(row.table, ()) == (EXAMPLE, ())


def test_the_example_fills_in_every_field_of_a_term_that_is_in_use() -> None:
    assert table_of(EXAMPLE).keys() == set(TERM_FIELDS) - {"superseded_by", "retired"}
