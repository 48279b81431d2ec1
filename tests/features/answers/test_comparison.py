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


@pytest.mark.parametrize(
    ("question", "difference"),
    [
        ("stop vs limit order", "**limit order** never fills at a worse price than its limit"),
        ("mkt vs lmt", "**limit order** trades only at its limit price or better"),
        ("trailing stop vs stop loss", "**stop order** has a trigger price that stays where it was set"),
        ("margin vs leverage", "**leverage** is the market value of the positions as a multiple of equity"),
        ("positions vs portfolio update", "**portfolio update** also reports the market value and the profit"),
        ("realtime bars vs streaming data", "**streaming market data** sends sampled quotes instead of bars"),
        ("level 1 vs level 2", "**market depth** shows several price levels of waiting orders"),
        ("tws vs gateway", "**IB Gateway** accepts the same programs"),
    ],
)
def test_what_people_often_compare_is_told_apart_by_the_shipped_entries(question: str, difference: str) -> None:
    text = compared(Glossary(PACK), question).text
    assert difference in text.partition("**The difference**")[2]
