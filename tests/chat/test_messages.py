"""Whatever a message shows can be read, and nothing that Discord may add or leave out gets in the way."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.messages import File, Message, read_message

EMBED = {
    "title": "Alert",
    "description": "error 502",
    "fields": [{"name": "Port", "value": "7497"}],
    "footer": {"text": "x"},
}
COMPONENTS = [
    {"type": 10, "content": "a text display"},
    {"type": 17, "components": [{"type": 9, "components": [{"type": 10, "content": "in a section"}], "accessory": {}}]},
    {"type": 1, "components": [{"type": 2, "label": "a button", "custom_id": "open:x"}]},
]
LOG = {"id": "1", "filename": "bot.log", "size": 5, "url": "https://cdn.discordapp.com/bot.log"}


def test_embeds_and_components_are_read_in_the_order_in_which_they_are_shown() -> None:
    read = read_message({"content": "hello", "embeds": [EMBED], "components": COMPONENTS})
    assert read.content == "hello"
    assert read.texts == ("hello", "Alert", "error 502", "Port", "7497", "a text display", "in a section")


def test_a_forwarded_message_is_read_with_its_embeds_and_files() -> None:
    forwarded = {"message": {"content": "see this", "embeds": [EMBED], "attachments": [LOG]}}
    read = read_message({"content": "", "message_snapshots": [forwarded], "attachments": []})
    assert read.texts == ("see this", "Alert", "error 502", "Port", "7497")
    assert read.files == (File("bot.log", 5, "https://cdn.discordapp.com/bot.log"),)


def test_a_message_has_an_author_unless_a_bot_wrote_it() -> None:
    assert read_message({"author": {"id": "5"}}).author_id == 5
    assert read_message({"author": {"id": "5", "bot": True}}).author_id is None
    assert read_message({"author": {"id": "?"}}).author_id is None


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {"content": None, "embeds": None, "components": None, "attachments": None, "message_snapshots": None},
        {"embeds": [{"description": None, "fields": [None, {"name": 5}]}], "poll": {"question": {"text": "?"}}},
        {"attachments": [{"filename": "a.log"}, {"filename": "a.log", "url": "x", "size": "5"}]},
        {"message_snapshots": [{}, {"message": None}]},
    ],
)
def test_what_is_missing_or_malformed_is_skipped(payload: object) -> None:
    assert read_message(payload) == Message("", (), ())


FIELDS = "content embeds fields components attachments message_snapshots message author id".split()
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=3),
    max_leaves=12,
)


@given(ANYTHING)
def test_nothing_that_is_sent_breaks_the_reader(payload: Any) -> None:
    assert all(read_message(payload).texts)
