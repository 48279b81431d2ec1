"""What people type as a mention becomes what Discord sends, and nothing else changes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.playground.mentions import with_ids

MENTIONS = {"@Glossary": "<@1>", "@Max": "<@2>", "@Max (moderator)": "<@3>", "#rules": "<#4>"}


@given(st.text())
def test_a_text_that_mentions_nobody_stays_as_it_is(text: str) -> None:
    unsigned = text.replace("@", "").replace("#", "")
    assert with_ids(unsigned, MENTIONS) == unsigned


def test_the_longest_name_wins_and_a_longer_word_is_no_mention() -> None:
    assert with_ids("@Max (moderator) @Max @Maximilian", MENTIONS) == "<@3> <@2> @Maximilian"
