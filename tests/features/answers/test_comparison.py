"""The card of a comparison says what each entry is, and how one differs from the other."""

from pathlib import Path

import msgspec
import pytest

from bot.chat.card import Embed
from bot.features.answers.cards import answer
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.pack import read_pack

PACK = read_pack(Path(__file__).parents[3] / "data")[0]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    """A glossary of two entries, one of which says how the other differs."""
    category = PACK.categories[0].name
    soup = Entry(
        id="soup",
        name="soup",
        category=category,
        definition="It is eaten with a spoon. It may be *cold*.",
        aliases=("broth",),
        confused_with=("stew: has `less` liquid.",),
    )
    stew = Entry(id="stew", name="stew", category=category, definition="It is eaten with a fork, slowly.")
    return Glossary(msgspec.structs.replace(PACK, entries=(soup, stew)))


def compared(glossary: Glossary, question: str) -> Embed:
    card = answer(glossary, question, glossary.ask(question))
    assert isinstance(card.embed, Embed)
    return card.embed


def test_each_entry_is_shown_with_its_first_sentence_and_then_the_difference(glossary: Glossary) -> None:
    embed = compared(glossary, "broth vs stew")
    assert embed.title == "soup vs stew"
    assert embed.text == (
        "**soup**\nIt is eaten with a spoon.\n\n"
        "**stew**\nIt is eaten with a fork, slowly.\n\n"
        "**The difference**\n- **stew** has `less` liquid."
    )


def test_the_entries_stand_in_the_order_of_the_question(glossary: Glossary) -> None:
    assert compared(glossary, "stew or broth?").title == "stew vs soup"
