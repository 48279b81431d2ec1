"""The glossary that ships keeps its promises."""

import ast
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from bot.chat.card import Card
from bot.chat.markdown import LINK_SHOWN
from bot.chat.render import render
from bot.chat.source_names import source_name
from bot.features.terms.entry_card import ALL_SECTIONS, entry_card, entry_embed
from bot.features.topics import cards as topics
from bot.glossary.format import schemas
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry, MessageKind, Pack
from bot.glossary.own import own_entry, table_of
from bot.glossary.pack import read_pack
from bot.glossary.search.names import Outcome
from bot.glossary.search.real_words import is_real_word
from bot.glossary.text import squash, words

DATA = Path(__file__).parents[1] / "data"
# Words of the field that are in no English word list.
FIELD_WORDS = frozenset((Path(__file__).parent / "words.txt").read_text("utf-8").split())
AMERICAN = re.compile(
    r"\w+iz(?:e[ds]?|ing|ations?)|(?:behavi|col|fav|hon|lab|neighb)or\w*|cente(?:r|rs|red)|analyz\w+|catalogs?|gray"
    r"|(?:cancel|label|model|signal|travel)(?:ed|ing)|defense|fulfill|judgment|percent",
    re.IGNORECASE,
)
ENDS_IN_IZE_EVERYWHERE = {"size", "sizes", "sized", "sizing"}
ADVICE = re.compile(
    r"\b(?:you (?:should|must|ought)|we (?:advise|recommend|suggest)|recommend\w*|advisable|consider|please|simply"
    r"|important to note|worth (?:buying|trading|a try)|good (?:buy|investment)"
    r"|best (?:broker|choice|setting|strategy|time))\b",
    re.IGNORECASE,
)
# What nearly every entry is about, or what traders know without looking it up.
KNOWN_EVERYWHERE = {"IB Gateway", "TWS API", "ib_async", "forex", "security type"}
# A list with this number of related entries is full: it has no room for all that list the entry.
FULL = 6
# How many entries one can tell itself apart from.
MOST_CONFUSIONS = 4
CARD_SIZE = 620
DEPRECATED = "https://interactivebrokers.github.io/"


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The shipped pack."""
    return read_pack(DATA)[0]


def test_the_first_eight_categories_have_their_fixed_counts(pack: Pack) -> None:
    sizes = Counter(entry.category for entry in pack.entries)
    assert [(category.name, sizes[category.name]) for category in pack.categories[:8]] == [
        ("IBKR", 7),
        ("TWS", 5),
        ("Gateway", 3),
        ("Market data", 8),
        ("Orders", 8),
        ("Backtesting", 7),
        ("Portfolio metrics", 8),
        ("Python", 8),
    ]


def test_every_example_compiles_and_places_no_order(pack: Pack) -> None:
    for entry in pack.entries:
        compile(entry.example, entry.name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        assert "placeOrder" not in re.sub("#.*", "", entry.example), entry.name


def test_most_examples_fit_a_phone_and_the_others_are_short(pack: Pack) -> None:
    """A phone shows 38 columns of code; the card says so if an example is wider."""
    examples = {entry.name: entry.example.splitlines() for entry in pack.entries if entry.example}
    fitting = {name for name, lines in examples.items() if all(len(line) <= 38 for line in lines)}
    assert len(fitting) >= 0.65 * len(examples)
    for name, lines in examples.items():
        assert len(lines) <= (17 if name in fitting else 13), name
        assert all(len(line) <= 60 for line in lines), name


def test_a_definition_is_one_or_two_short_sentences(pack: Pack) -> None:
    for entry in pack.entries:
        assert 80 <= len(entry.definition) <= 280, entry.name
        assert len(entry.summary) <= 160, entry.name
        rest = entry.definition.removeprefix(entry.summary).strip()
        assert not rest or msgspec.structs.replace(entry, definition=rest).summary == rest, entry.name
        assert entry.definition.endswith("."), entry.name


def test_notes_are_few_and_short(pack: Pack) -> None:
    for entry in pack.entries:
        if entry.message is None:
            assert 1 <= len(entry.notes) <= 4, entry.name
        assert all(len(note) <= 180 for note in entry.notes), entry.name
        assert all(len(line) <= 160 for line in entry.confused_with), entry.name


def test_messages_say_shortly_why_they_come_and_what_to_check(pack: Pack) -> None:
    for entry in pack.entries:
        if entry.message is not None:
            assert len(entry.message.title) <= 60, entry.name
            assert all(len(cause) <= 120 for cause in entry.message.causes), entry.name
            assert len(entry.message.checks) <= 4, entry.name
            assert all(len(check) <= 180 for check in entry.message.checks), entry.name


def test_a_harmless_message_says_so_first(pack: Pack) -> None:
    for entry in pack.entries:
        if entry.message is not None and entry.message.harmless:
            assert entry.definition.startswith("Nothing is wrong"), entry.name


def test_the_first_view_of_nearly_every_entry_fits_a_phone(pack: Pack) -> None:
    glossary = Glossary(pack)
    long = []
    for entry in pack.entries:
        first_point = (*entry.notes, *(entry.message.checks if entry.message else ()))[0]
        related = sum(len(target.name) + 3 for target in glossary.related(entry).listed)
        if len(entry.title) + len(entry.definition) + len(first_point) + related + 60 > CARD_SIZE:
            long.append(entry.name)
    assert len(long) <= len(pack.entries) / 20, long


def test_sources_are_told_apart_by_what_they_are_called(pack: Pack) -> None:
    for entry in pack.entries:
        names = [source_name(url) for url in dict.fromkeys(entry.sources)]
        assert len(set(names)) == len(names), (entry.name, names)
        assert all(len(name) <= LINK_SHOWN for name in names), (entry.name, names)
        assert not any(re.fullmatch(r"(?:.*: )?[\d.]+", name) for name in names), (entry.name, names)


def test_categories_are_told_apart_by_their_emoji_and_by_their_colour(pack: Pack) -> None:
    assert len({one.emoji for one in pack.categories}) == len(pack.categories)
    assert len({one.colour for one in pack.categories}) == len(pack.categories)


def test_no_category_looks_like_an_error(pack: Pack) -> None:
    for category in pack.categories:
        red, green, blue = category.colour.to_bytes(3)
        assert max(green, blue) > red * 0.35, category.name


def test_every_entry_is_searched_by_everyday_words_and_was_reviewed(pack: Pack) -> None:
    for entry in pack.entries:
        assert len(entry.keywords) >= (8 if entry.message else 15), entry.name
        assert entry.reviewed is not None, entry.name


def prose(entry: Entry) -> Iterator[str]:
    """The sentences of an entry, without what stands in backticks."""
    texts = [entry.definition, *entry.notes, *(confusion.difference for confusion in entry.confusions)]
    if entry.message is not None:
        message = entry.message
        texts += [message.title, *message.causes, *message.checks, message.libraries]
        texts += [f"{reason.cause} {reason.check}" for reason in message.reason_table]
    return (re.sub(r"`[^`]*`|https?://\S+", " ", text) for text in texts)


def test_prose_is_made_of_english_words_and_words_of_the_field(pack: Pack) -> None:
    """A word of the field that is missing belongs into `tests/words.txt`."""
    unknown = {
        (word, entry.name)
        for entry in pack.entries
        for text in prose(entry)
        for word in re.findall(r"[a-z]+(?:'[a-z]+)?", text.replace("’", "'").casefold())
        if not is_real_word(bare := word.removesuffix("'s")) and bare not in FIELD_WORDS
    }
    assert sorted(unknown) == []


def test_the_list_of_field_words_holds_nothing_that_no_entry_uses(pack: Pack) -> None:
    used = {word for entry in pack.entries for text in prose(entry) for word in re.findall("[a-z]+", text.casefold())}
    assert sorted(FIELD_WORDS - used) == []


def test_prose_is_spelt_the_british_way(pack: Pack) -> None:
    american = {
        (word, entry.name)
        for entry in pack.entries
        for text in prose(entry)
        for word in re.findall(r"\w+", text)
        if AMERICAN.fullmatch(word) and word.casefold() not in ENDS_IN_IZE_EVERYWHERE
    }
    assert sorted(american) == []


def test_no_entry_gives_advice(pack: Pack) -> None:
    advice = {
        (found[0], entry.name) for entry in pack.entries for text in prose(entry) for found in ADVICE.finditer(text)
    }
    assert sorted(advice) == []


def test_a_term_that_a_definition_uses_is_one_tap_away(pack: Pack) -> None:
    """Only names that cannot be meant as everyday words count, such as *bid-ask spread* or *CAGR*, not *execution*."""
    glossary = Glossary(pack)
    terms = {
        entry.name: re.compile(rf"\b{re.escape(entry.name)}s?\b", re.IGNORECASE)
        for entry in pack.entries
        if entry.message is None and (" " in entry.name or not is_real_word(entry.name.casefold()))
    }
    far = {
        (entry.name, term)
        for entry in pack.entries
        for term, pattern in terms.items()
        if pattern.search(entry.definition) and term not in {entry.name, *KNOWN_EVERYWHERE, *near(glossary, entry)}
    }
    assert sorted(far) == []


def near(glossary: Glossary, entry: Entry) -> set[str]:
    """The entries that the card of an entry names."""
    return {target.name for target in glossary.related(entry).listed} | {one.name for one in entry.confusions}


def test_relations_between_terms_go_both_ways_where_there_is_room(pack: Pack) -> None:
    glossary = Glossary(pack)
    listed = {
        entry.name: [target.name for target in glossary.related(entry).listed if target.message is None]
        for entry in pack.entries
        if entry.message is None
    }
    one_way = {
        (name, target)
        for name, targets in listed.items()
        for target in targets
        if name not in listed[target] and len(listed[target]) < FULL
    }
    assert sorted(one_way) == []


def test_what_is_mixed_up_is_told_apart_in_both_entries_where_there_is_room(pack: Pack) -> None:
    mixed_up = {entry.name: [one.name for one in entry.confusions] for entry in pack.entries}
    one_way = {
        (name, other)
        for name, others in mixed_up.items()
        for other in others
        if name not in mixed_up[other] and len(mixed_up[other]) < MOST_CONFUSIONS
    }
    assert sorted(one_way) == []


def test_a_difference_goes_on_after_the_name(pack: Pack) -> None:
    """The card says "Not to be confused with permId, which is IBKR's own number"."""
    wrong = {
        (entry.name, one.difference)
        for entry in pack.entries
        for one in entry.confusions
        if not re.fullmatch(r"[a-z].+\.", one.difference) or re.search(r"\bthis (?:entry|one)\b", one.difference)
    }
    assert sorted(wrong) == []


def test_no_data_file_has_a_problem_or_a_warning() -> None:
    assert read_pack(DATA)[1] == ()


def test_a_menu_holds_any_category(pack: Pack) -> None:
    sizes = Counter(entry.category for entry in pack.entries)
    assert max(sizes.values()) <= 25


def test_every_entry_can_be_reached_from_another(pack: Pack) -> None:
    glossary = Glossary(pack)
    pointed_at = {target.id for entry in pack.entries for target in glossary.related(entry).listed}
    unreachable = [
        entry.name for entry in pack.entries if entry.id not in pointed_at and not glossary.related(entry).listed
    ]
    assert unreachable == []
    assert all(2 <= len(glossary.related(entry).listed) <= 8 for entry in pack.entries if entry.message is None)


def test_every_definition_says_more_than_the_name(pack: Pack) -> None:
    for entry in pack.entries:
        assert not squash(entry.definition).startswith(squash(entry.name)), entry.name
        assert len(set(words(entry.definition)) - set(words(entry.name))) >= 10, entry.name


def test_every_entry_has_a_source_and_current_documentation_comes_before_deprecated_pages(pack: Pack) -> None:
    for entry in pack.entries:
        assert entry.sources, entry.name
        is_deprecated = [source.startswith(DEPRECATED) for source in entry.sources if "interactivebrokers." in source]
        assert all(is_deprecated) or not is_deprecated[0], entry.name


def test_every_entry_is_shown_whole(pack: Pack) -> None:
    glossary = Glossary(pack)
    for entry in pack.entries:
        shown = entry_embed(glossary, entry)
        (embed,) = render(Card(shown), pack.notices.disclaimer)["embeds"]
        assert embed["description"] == shown.text, entry.name


def test_nearly_every_first_view_fits_a_phone(pack: Pack) -> None:
    """At most 620 characters and 14 lines of about 58 characters, the title and the line above it included."""
    glossary = Glossary(pack)
    sizes = [phone_size(entry_card(glossary, entry)) for entry in pack.entries]
    fitting = sum(characters <= 620 and lines <= 14 for characters, lines in sizes)
    assert fitting >= 0.95 * len(sizes)


def test_every_page_of_the_topics_fits_a_phone(pack: Pack) -> None:
    glossary = Glossary(pack)
    pages = [topics.topics(glossary, number) for number in range(10)]
    pages += [topics.topic(glossary, category, number) for category in pack.categories for number in range(10)]
    for page in pages:
        characters, lines = phone_size(page)
        assert characters <= 620, page
        assert lines <= 14, page


def test_no_card_has_small_print(pack: Pack) -> None:
    """Small print is for the lines above a card: in a card, the playground and the terminal show its "-#"."""
    glossary = Glossary(pack)
    for entry in pack.entries:
        for unfolded in ("", ALL_SECTIONS):
            (embed,) = render(entry_card(glossary, entry, unfolded=unfolded), "")["embeds"]
            assert "-# " not in embed["description"], entry.name


def phone_size(card: Card) -> tuple[int, int]:
    """How many characters and lines of a phone a card takes."""
    (embed,) = render(card, "")["embeds"]
    shown = re.sub(r"\*|\\|`", "", "\n".join((embed["title"], embed["author"]["name"], embed["description"])))
    lines = [line for line in shown.splitlines() if line]
    return len(shown), sum(len(textwrap.wrap(line, 58)) for line in lines)


def test_every_message_is_found_by_its_number_in_all_the_usual_ways(pack: Pack) -> None:
    glossary = Glossary(pack)
    for entry in pack.entries:
        if entry.message is None:
            continue
        code = entry.message.code
        for query in (
            str(code),
            f"error {code}",
            f"Error-{code}",
            f"what does warning {code} mean?",
            f"Error {code}, reqId 3: something or other happened to the request",
            f"ERROR -1 {code} something:usfarm",
            f"errorCode={code}, errorString='x'",
            *entry.aliases,
        ):
            found = glossary.find(query)
            assert found.outcome in {Outcome.EXACT, Outcome.SURE}, query
            assert found.hits[0].name.entry_id == entry.id, query


def test_no_sentence_stands_twice(pack: Pack) -> None:
    sentences = Counter(
        sentence.strip(". ")
        for entry in pack.entries
        for text in (entry.definition, *entry.notes)
        for sentence in text.split(". ")
    )
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_the_sample_is_an_entry(pack: Pack) -> None:
    glossary = Glossary(pack)
    assert glossary.find(glossary.sample).hits[0].score == 1


def test_the_disclaimers_name_what_they_must(pack: Pack) -> None:
    notices = pack.notices
    for word in ("educational", "financial", "investment", "trading", "tax", "legal advice"):
        assert word in notices.disclaimer
    for word in ("errors", "Past performance", "guarantees nothing", "safe environment"):
        assert word in notices.full_disclaimer
    for word in ("Interactive Brokers", "IBKR", "Trader Workstation", "IB Gateway", "not affiliated"):
        assert word in notices.trademarks


def test_the_schemas_beside_the_data_are_the_ones_the_code_makes() -> None:
    for name, content in schemas().items():
        assert (DATA / name).read_bytes() == content, "run `make schema`"


def test_a_step_of_a_path_says_why_in_one_line_of_a_phone(pack: Pack) -> None:
    names = {entry.id: entry.name for entry in pack.entries}
    assert len(pack.learning_paths) >= 3
    for path in pack.learning_paths:
        assert path.description[0].isupper()
        assert path.description.endswith(".")
        for step in path.steps:
            assert re.fullmatch(r"[A-Z].*[^.]\.", step.why), step
            assert len(f"⬜ {names[step.entry_id]}: {step.why}") <= 62, step


def test_every_data_file_names_its_schema() -> None:
    for path in DATA.glob("*.toml"):
        kind = path.stem if path.name in {"glossary.toml", "paths.toml"} else "category"
        assert path.read_text("utf-8").startswith(f"#:schema ./{kind}.schema.json\n"), path


def test_a_server_that_makes_an_entry_its_own_loses_nothing_of_it(pack: Pack) -> None:
    assert [own_entry(table_of(entry), pack.category_names)[0] for entry in pack.entries] == list(pack.entries)


def test_a_lost_connection_is_over_once_the_log_says_so(pack: Pack) -> None:
    log = "03:14 error 1100\n03:14 error 2103\n03:16 error 1102\n03:16 error 2104\n04:00 error 326"
    cause = Glossary(pack).timeline(log).first_cause
    assert cause
    assert cause.code == 326


def test_notices_that_say_that_all_is_well_are_harmless_and_errors_are_not(pack: Pack) -> None:
    messages = [entry.message for entry in pack.entries if entry.message]
    assert {2104, 2106, 2107, 2108, 2158} <= {message.code for message in messages if message.harmless}
    assert not [message.code for message in messages if message.harmless and message.kind is MessageKind.ERROR]
