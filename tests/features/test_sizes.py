"""Every entry that passes the check of the data files can be shown whole, within Discord's limits."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.card import Card, Json
from bot.chat.components import custom_id
from bot.chat.markdown import escape
from bot.chat.render import render
from bot.features import verbs
from bot.features.answers import cards as answers
from bot.features.entries.forms import ENTRY, MORE, Subject, entry_form, more_form, read_subject
from bot.features.misses import cards as misses
from bot.features.suggestions import cards as suggestions
from bot.features.terms import cards as terms
from bot.features.terms.entry_card import ALL_SECTIONS, entry_card, entry_embed
from bot.glossary.format import ALIASES_LIMIT, BODY_LIMIT, RELATED_LIMIT
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry, Notices, Pack
from bot.servers.missing import Missing
from bot.servers.server import Server
from bot.servers.trials import Effect, Taken
from bot.storage.misses import Miss
from bot.storage.suggestions import Suggestion

NOTICES = Notices(title="t" * 60, disclaimer="d" * 180, full_disclaimer="f" * 900, trademarks="m" * 450)


def glossary_of(*entries: Entry) -> Glossary:
    """A glossary with one category."""
    category = Category(name="C" * 40, description="d", emoji="🖥️", colour=1, order=1)
    return Glossary(Pack(notices=NOTICES, categories=(category,), entries=entries))


def rendered(card: Card) -> Json:
    """The message that shows a card, checked against Discord's limits.

    https://docs.discord.com/developers/resources/message#embed-object-embed-limits
    """
    message = render(card, NOTICES.disclaimer)
    total = 0
    for embed in message["embeds"]:
        fields = embed.get("fields", [])
        texts = [embed["title"], embed.get("description", ""), embed.get("author", {}).get("name", "")]
        texts += [text for field in fields for text in (field["name"], field["value"])]
        total += sum(map(len, texts)) + len(embed.get("footer", {}).get("text", ""))
        assert 1 <= len(embed["title"]) <= 256
        assert len(embed.get("description", "")) <= 4096
        assert all(1 <= len(field["value"]) <= 1024 for field in fields)
    assert total <= 6000
    for row in message.get("components", []):
        for part in row["components"]:
            assert len(part.get("custom_id", "")) <= 100
            assert 1 <= len(part.get("options", [1])) <= 25
    return message


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
    card = entry_card(glossary, largest, asked_by=2**63, unfolded=ALL_SECTIONS, back_to="x" * 64)
    (embed,) = rendered(card)["embeds"]
    assert escape(largest.definition) in embed["description"]
    assert escape(related[-1]) in embed["fields"][0]["value"]
    (embed,) = rendered(Card(entry_embed(glossary, largest)))["embeds"]
    assert escape(names[-1]) in embed["fields"][1]["value"]


@settings(max_examples=60)
@given(st.text(max_size=300), st.lists(st.text(alphabet="ab*_ ", min_size=1, max_size=60), max_size=60))
def test_lists_around_an_entry_fit_however_many_there_are(query: str, names: list[str]) -> None:
    centre = Entry(id="centre", name="centre", category="C" * 40, definition="It is the centre.")
    others = [
        Entry(id=f"o{n}", name=f"o{n} {name}", category="C" * 40, definition="*" * 400, related=("centre",))
        for n, name in enumerate(names)
    ]
    glossary = glossary_of(centre, *others)
    rendered(terms.related(glossary, centre, lead=terms.closest_match(query)))
    rendered(terms.not_found(glossary, query, glossary.find(query)))
    rendered(answers.answer(glossary, query or "?", glossary.ask(query)))


@pytest.mark.parametrize("count", [1, 5, 26])
def test_suggestions_are_listed_whole_and_their_menu_holds_those_that_are(count: int) -> None:
    largest = Suggestion(id=2**53, user_id=2**63, term="*" * 60, details="_" * 500, created_at=2**31)
    waiting = [dataclasses.replace(largest, id=largest.id + number) for number in range(count)]
    message = rendered(suggestions.suggestions(waiting))
    text = message["embeds"][0]["description"]
    assert text.count("\\_" * 500) == len(options_of(message)) == min(count, 3)
    assert ("Older ones" in text) == (count > 3)


def test_a_menu_of_suggestions_holds_as_many_as_discord_allows() -> None:
    waiting = [Suggestion(id=n, user_id=1, term="a", details="", created_at=1) for n in range(26)]
    message = rendered(suggestions.suggestions(waiting))
    text = message["embeds"][0]["description"]
    assert len(options_of(message)) == text.count("<@1>") == 25
    assert "Older ones" in text


def test_misses_fit_whatever_was_asked_for() -> None:
    suggestion = Suggestion(id=2**53, user_id=2**63, term="*" * 60, details="_" * 500, created_at=2**31)
    wordings = tuple(Miss(f"{number}" + "_" * 79, 10**6, 20_000) for number in range(50))
    listed = [Missing(wordings, (suggestion,) * 50) for _ in range(30)]
    rendered(misses.misses(listed, 10))
    entry = Entry(id="e" * 64, name="n" * 60, category="C" * 40, definition="D.")
    card = misses.miss(listed[0], [entry], [entry])
    rendered(card)
    assert len(card.components) == 5
    rendered(misses.none_of_these("_" * 80))
    effect = Effect(10**6, 10**6, (Taken("_" * 80, "*" * 60),) * 50)
    rendered(misses.aliases(entry, ["_" * 80] * 5, effect, 2**53))


def test_the_form_of_an_entry_has_room_for_what_it_is_about() -> None:
    subject = Subject("x" * 64, 10**9 - 1, 10**8, 10**7)
    glossary = glossary_of()
    server = Server(glossary, glossary)
    form = entry_form(subject, ENTRY.blank(name="n" * 60)).render()
    assert len(form["custom_id"]) <= 100
    assert form["custom_id"] == custom_id(ENTRY.verb, subject)
    assert read_subject(form["custom_id"].partition(":")[2]) == subject
    assert len(form["title"]) <= 45
    more = more_form(subject, MORE.blank() | {"name": "n" * 60}, server).render()
    assert len(more["custom_id"]) <= 100
    assert len(more["title"]) <= 45
    assert len(more["components"]) == 5
    assert len(custom_id(verbs.MORE_FIELDS, subject.entry_id)) <= 100


def test_the_form_of_an_entry_whose_name_is_taken_fits() -> None:
    taken_from = Entry(id="x" * 64, name="n" * 60, category="C", definition="D.")
    form = entry_form(Subject(), ENTRY.blank(), taken_from).render()
    assert len(form["components"]) == 5
    options = form["components"][1]["component"]["options"]
    assert all(len(text) <= 100 for option in options for text in (option["label"], option["description"]))


def test_nothing_in_an_example_ends_its_code_block() -> None:
    entry = Entry(id="x", name="x", category="C" * 40, definition="D.", example="print('```')\n``` @everyone")
    (embed,) = rendered(entry_card(glossary_of(entry), entry, unfolded=ALL_SECTIONS))["embeds"]
    assert embed["description"].count("```") == 2


def options_of(message: Json) -> list[Json]:
    """The options of the one menu of a message."""
    (menu,) = [part for row in message["components"] for part in row["components"] if part["type"] == 3]
    options: list[Json] = menu["options"]
    return options
