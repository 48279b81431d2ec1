"""Whatever passes the check of the data files can be shown whole, within Discord's limits."""

import dataclasses
import datetime as dt

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.entry_forms import Subject, entry_form, values_of
from bot.glossary.format import ALIASES_LIMIT, BODY_LIMIT, RELATED_LIMIT
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Notices, Pack
from bot.replies import cards, missing_cards, search_cards
from bot.replies.actions import Pick
from bot.replies.card import Card
from bot.replies.markdown import escape
from bot.storage.misses import Miss
from bot.storage.suggestions import Suggestion

NOTICES = Notices(title="t" * 60, disclaimer="d" * 180, full_disclaimer="f" * 900, trademarks="m" * 450)


def glossary_of(*entries: Entry) -> Glossary:
    """A glossary with one category."""
    category = Category(name="C" * 40, description="d", emoji="🖥️", colour=1, order=1)
    return Glossary(Pack(notices=NOTICES, categories=(category,), entries=entries))


def assert_fits(card: Card) -> None:
    """https://discord.com/developers/docs/resources/message#embed-object-embed-limits."""
    embed = card.embed
    assert len(embed.title or "") <= 256
    assert len(embed.description or "") <= 4096
    assert all(1 <= len(field.value or "") <= 1024 for field in embed.fields)
    assert len(embed) + len(NOTICES.disclaimer) <= 6000
    if (view := card.view()) is not None:
        for row in view.to_components():
            for part in row["components"]:
                assert len(part.get("custom_id", "")) <= 100
                assert 1 <= len(part.get("options", [1])) <= 25


def test_the_largest_entry_that_passes_the_check_fits_even_when_every_character_is_escaped() -> None:
    names = tuple(f"{number:02}" + "*" * (ALIASES_LIMIT // 5 - 2) for number in range(5))
    related = tuple(f"r{number:02}" + "_" * (RELATED_LIMIT // 6 - 3) for number in range(6))
    largest = Entry(
        id="x" * 64,
        name="n" + "*" * 59,
        category="C" * 40,
        definition="_" * 1000,
        notes=tuple("*" * 100 for _ in range(6)),
        example="`" * (BODY_LIMIT - 1600),
        aliases=names,
        related=related,
        sources=("https://example.com/" + "a" * 480,),
        reviewed=dt.date(2026, 11, 23),
    )
    glossary = glossary_of(largest)
    card = cards.entry(glossary, largest, asked_by=2**63, query="*" * 300)
    assert_fits(card)
    assert escape(largest.definition) in (card.embed.description or "")
    assert (card.embed.fields[0].value or "").count("\\*") == sum(name.count("*") for name in names)


@settings(max_examples=60)
@given(st.text(max_size=300), st.lists(st.text(alphabet="ab*_ ", min_size=1, max_size=60), max_size=60))
def test_lists_around_an_entry_fit_however_many_there_are(query: str, names: list[str]) -> None:
    centre = Entry(id="centre", name="centre", category="C" * 40, definition="It is the centre.")
    others = [
        Entry(id=f"o{n}", name=f"o{n} {name}", category="C" * 40, definition="*" * 400, related=("centre",))
        for n, name in enumerate(names)
    ]
    glossary = glossary_of(centre, *others)
    assert_fits(cards.related(glossary, centre, query=query))
    assert_fits(search_cards.not_found(glossary, query, glossary.find(query).hits))


@pytest.mark.parametrize("count", [1, 5, 26])
def test_suggestions_are_listed_whole_and_their_menu_holds_those_that_are(count: int) -> None:
    largest = Suggestion(id=2**53, user_id=2**63, term="*" * 60, details="_" * 500, created_at=2**31)
    waiting = [dataclasses.replace(largest, id=largest.id + number) for number in range(count)]
    card = missing_cards.suggestions(waiting)
    assert_fits(card)
    text = card.embed.description or ""
    assert text.count("\\_" * 500) == len(options_of(card)) == min(count, 3)
    assert ("Older ones" in text) == (count > 3)


def test_a_menu_of_suggestions_holds_as_many_as_discord_allows() -> None:
    waiting = [Suggestion(id=n, user_id=1, term="a", details="", created_at=1) for n in range(26)]
    card = missing_cards.suggestions(waiting)
    assert_fits(card)
    assert len(options_of(card)) == 25
    assert (card.embed.description or "").count("<@1>") == 25
    assert "Older ones" in (card.embed.description or "")


def test_misses_fit_whatever_was_asked_for() -> None:
    listed = [Miss(f"{number}" + "_" * 79, 10**6, 20_000) for number in range(10)]
    assert_fits(missing_cards.misses(listed, 10, has_more=True))
    entry = Entry(id="e" * 64, name="n" * 60, category="C" * 40, definition="D.")
    card = missing_cards.miss(listed[0], [entry], [entry])
    assert_fits(card)
    assert len(card.items) == 5
    assert_fits(missing_cards.none_of_these("_" * 80))


def test_the_form_of_an_entry_has_room_for_what_it_is_about() -> None:
    subject = Subject("x" * 64, 10**9 - 1, 10**8, 10**7)
    form = entry_form(subject, values_of(name="n" * 60))
    assert len(form.custom_id) <= 100
    assert Subject.parse(form.custom_id.partition(":")[2]) == subject
    assert len(form.title) <= 45


def options_of(card: Card) -> list[discord.SelectOption]:
    """The options of the one menu of a card."""
    (menu,) = [item.item for item in card.items if isinstance(item, Pick)]
    assert isinstance(menu, discord.ui.Select)
    return menu.options


def test_nothing_in_an_example_ends_its_code_block() -> None:
    entry = Entry(id="x", name="x", category="C" * 40, definition="D.", example="print('```')\n``` @everyone")
    description = cards.entry(glossary_of(entry), entry).embed.description or ""
    assert description.count("```") == 2
    assert isinstance(cards.entry(glossary_of(entry), entry).embed, discord.Embed)
