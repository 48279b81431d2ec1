"""The id of a component says what a click does, today and in a message from years ago."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.components import (
    CUSTOM_ID_LIMIT,
    Clicked,
    action,
    custom_id,
    number_in,
    query_argument,
    read_action,
    read_custom_id,
)
from bot.features import verbs
from bot.features.dispatch import FEATURES
from bot.glossary.format import ID_LIMIT
from bot.glossary.text import slug

VERBS = [verb for name, verb in vars(verbs).items() if name.isupper()]


@given(st.sampled_from(VERBS), st.text(max_size=80))
def test_what_an_id_says_is_read_back(verb: str, argument: str) -> None:
    assert read_custom_id(custom_id(verb, argument)) == Clicked(verb, argument)


# The components of settings carry no argument, or one word.
@pytest.mark.parametrize("verb", [verb for verb in VERBS if ":set-" not in verb])
def test_the_longest_argument_fits_into_an_id(verb: str) -> None:
    longest = max(ID_LIMIT, len(query_argument("q" * 500)))
    assert len(custom_id(verb, "x" * longest)) <= CUSTOM_ID_LIMIT


def test_every_verb_is_another_one_and_is_answered() -> None:
    assert len(VERBS) == len(set(VERBS))
    answered = [verb for feature in FEATURES for verb in feature.clicks]
    answered += [form.kind.verb for feature in FEATURES for form in feature.forms]
    assert sorted(answered) == sorted(VERBS)


@pytest.mark.parametrize(
    ("text", "clicked"),
    [
        ("open:trusted-ips", Clicked("open", "trusted-ips")),
        ("menu:trusted-ips", Clicked("menu", "trusted-ips")),
        ("dismiss:81", Clicked("dismiss", "81")),
        ("suggest:what is: this", Clicked("suggest", "what is: this")),
        ("do:history:12:fee", Clicked("do:history", "12:fee")),
        ("pick:suggestion:", Clicked("pick:suggestion", "")),
        ("nonsense", Clicked("nonsense", "")),
        ("do:", Clicked("do:", "")),
    ],
)
def test_ids_of_earlier_versions_are_read(text: str, clicked: Clicked) -> None:
    assert read_custom_id(text) == clicked


@given(st.sampled_from(VERBS), st.text(max_size=80))
def test_what_an_option_does_is_read_back(verb: str, argument: str) -> None:
    assert read_action(action(custom_id(verb, argument))) == Clicked(verb, argument)


@given(st.text().map(slug))
def test_the_id_of_an_entry_is_no_action(entry_id: str) -> None:
    assert read_action(entry_id) is None


@pytest.mark.parametrize("text", ["", "abc", "-1", "1.5", "²", "１２"])
def test_what_is_no_number_is_zero(text: str) -> None:
    assert number_in(text) == 0


@given(st.text())
def test_a_query_in_an_id_is_on_one_line(query: str) -> None:
    argument = query_argument(query)
    assert len(argument.splitlines()) <= 1
    assert argument == argument.strip()
