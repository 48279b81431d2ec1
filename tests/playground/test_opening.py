"""A page that opens shows the newest message."""

import pytest
from playwright.async_api import expect

from tests.playground.page import AT_REST, MODERATOR, Playground

pytestmark = pytest.mark.slow

# More than fit on the page, and not more than it loads at once.
MESSAGES = 30


async def test_the_newest_message_is_in_view_after_a_reload_on_return_and_for_another_person(
    playground: Playground,
) -> None:
    for number in range(1, MESSAGES + 1):
        await playground.say(f"message {number}")
    newest = playground.messages.filter(has_text=f"message {MESSAGES}")
    await playground.page.reload()
    await playground.page.wait_for_function(AT_REST)
    await expect(newest).to_be_in_viewport(ratio=1)
    await playground.open_conversation("Direct messages")
    await playground.open_conversation("glossary")
    await expect(newest).to_be_in_viewport(ratio=1)
    await playground.act_as(MODERATOR)
    await playground.page.wait_for_function(AT_REST)
    await expect(newest).to_be_in_viewport(ratio=1)
