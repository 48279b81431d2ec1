"""What the first view of an entry shows, and what it leaves out when there is too much."""

from hypothesis import given
from hypothesis import strategies as st

from bot.features.terms.first_view import FEWEST_RELATED, MOST_CHARACTERS, first_view
from bot.glossary.model import Entry, Message, MessageKind

NAMES = ("stop order", "limit order", "trailing stop", "time in force", "OCA group", "order ID")


def message(checks: tuple[str, ...], *, harmless: bool = False) -> Entry:
    """A message with a definition of two sentences."""
    about = Message(
        code=1, kind=MessageKind.ERROR, title="t", checks=checks, libraries="ib_async logs it.", harmless=harmless
    )
    definition = "TWS refused the order. " + "It says why at the end of the text. " * 5
    return Entry(id="error-1", name="Error 1", category="c", definition=definition, message=about)


def test_a_term_shows_its_worst_pitfall_alone() -> None:
    entry = Entry(id="a", name="a", category="c", definition="A thing.", notes=("Mind the gap.", "Mind the step."))
    assert first_view(entry, NAMES, title_length=30) == (
        f"A thing.\n\n⚠️ Mind the gap.\n**Related:** {' · '.join(NAMES)}"
    )


def test_an_entry_that_is_out_of_date_says_so_first_and_keeps_saying_so_if_there_is_no_room() -> None:
    superseded = Entry(id="a", name="a", category="c", definition="A thing. " * 100, superseded_by="b*")
    assert first_view(superseded, NAMES, title_length=30).startswith("🗄️ **Superseded by b\\*.**")
    retired = Entry(id="a", name="a", category="c", definition="A thing. " * 100, retired=True)
    assert first_view(retired, NAMES, title_length=30).startswith("🗄️ **Retired.**")


def test_what_an_entry_is_mixed_up_with_is_explained_if_there_is_room_and_named_if_not() -> None:
    entry = Entry(id="a", name="a", category="c", definition="A thing.", confused_with=("b: is smaller.",))
    assert "**Not to be confused with** b, which is smaller." in first_view(entry, (), title_length=30)
    assert first_view(entry, (), title_length=MOST_CHARACTERS - 30).endswith("**Not to be confused with** b")


def test_related_names_give_way_to_a_difference_and_return_if_it_does_not_fit() -> None:
    entry = Entry(id="a", name="a", category="c", definition="A thing.", confused_with=(f"b: is {'very ' * 30}small.",))
    crowded = first_view(entry, NAMES, title_length=MOST_CHARACTERS - 260)
    assert crowded.endswith(f"small.\n**Related:** {' · '.join(NAMES[:FEWEST_RELATED])}")
    full = first_view(entry, NAMES, title_length=MOST_CHARACTERS - 180)
    assert full.endswith(f"**Not to be confused with** b\n**Related:** {' · '.join(NAMES)}")


def test_several_that_are_mixed_up_with_an_entry_are_a_list() -> None:
    confused_with = ("b: is smaller.", "c: weighs `2`.")
    entry = Entry(id="a", name="a", category="c", definition="A thing.", confused_with=confused_with)
    assert first_view(entry, (), title_length=30) == (
        "A thing.\n**Not to be confused with**\n- b, which is smaller.\n- c, which weighs `2`."
    )


def test_a_message_keeps_its_first_check_and_first_sentence_when_there_is_no_room() -> None:
    text = first_view(message(("Read the end of the text.", "Ask for a smaller size.")), NAMES, title_length=600)
    assert text.startswith("**Check first**\n1. Read the end of the text.\n\nTWS refused the order.\n")
    assert "Ask for a smaller size." not in text
    assert "ib\\_async" not in text
    assert text.endswith(" · ".join(NAMES[:FEWEST_RELATED]))


def test_a_harmless_message_says_so_before_its_checks() -> None:
    text = first_view(message(("Do nothing.",), harmless=True), (), title_length=30)
    assert text.index("TWS refused the order.") < text.index("Do nothing.")


@given(st.integers(0, 600), st.lists(st.text("ab .", min_size=1, max_size=180), max_size=4))
def test_less_room_never_shows_more(title_length: int, checks: list[str]) -> None:
    entry = message(tuple(checks))
    assert len(first_view(entry, NAMES, title_length=title_length)) >= len(first_view(entry, NAMES, title_length=600))
