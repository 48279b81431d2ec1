"""Small talk is told from questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.search.small_talk import SmallTalk, small_talk_in


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("Thanks!", SmallTalk.THANKS),
        ("that works, thank you so much", SmallTalk.THANKS),
        ("good bot", SmallTalk.THANKS),
        ("thx that worked", SmallTalk.THANKS),
        ("great, that fixed it", SmallTalk.THANKS),
        ("ok", SmallTalk.THANKS),
        ("hi", SmallTalk.GREETING),
        ("Good morning all", SmallTalk.GREETING),
        ("test", SmallTalk.GREETING),
        ("walk-forward test", None),
        ("help", SmallTalk.HELP),
        ("Hi bot, can you help me please?", SmallTalk.HELP),
        ("how does this bot work?", SmallTalk.HELP),
        ("", SmallTalk.HELP),
        ("🎉", SmallTalk.NO_WORDS),
        ("?!", SmallTalk.NO_WORDS),
        ("hi, what is a limit order?", None),
        ("thanks, and a stop order?", None),
        ("help with a bracket order", None),
        ("is it to you", None),
        ("no", None),
    ],
)
def test_small_talk_is_recognised_and_questions_are_not(text: str, talk: SmallTalk | None) -> None:
    assert small_talk_in(text) is talk


@given(st.sampled_from(["thanks", "hi", "help", "good bot"]), st.text("bcdfgjklmpqrvwxz", min_size=3, max_size=8))
def test_a_word_that_is_no_small_talk_makes_it_a_question(talk: str, word: str) -> None:
    assert small_talk_in(f"{talk} {word}") is None
