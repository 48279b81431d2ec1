"""How text is compared and quoted."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.glossary.text import fold, one_line, slug, squash, words

ANY = st.text(st.characters())
# Alphabets in which a letter and its other case are the same letter; İ, ŉ and conjoining jamo are not.
ALPHABETS = st.text(st.characters(max_codepoint=0x10FF, exclude_characters="İŉ"))
CASED = st.text(st.sampled_from("abcxyzABCXYZ äÖßéÑçłжЯИωΣςæ09-_'’.!?🖥\n"))
ASCII = st.text(st.characters(max_codepoint=0x7F))
SPACES = st.text(st.sampled_from(" \t\n\r\u00a0\u2003\u2028"), min_size=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("trusted IPs", ("trusted", "ips")),
        ("TRUSTED-IPS", ("trusted", "ips")),
        ("trusted_ips", ("trusted", "ips")),
        ("reqMktData", ("req", "mkt", "data")),
        ("IBKR", ("ibkr",)),
        ("IBGateway", ("ib", "gateway")),
        ("APIs", ("apis",)),
        ("conId", ("con", "id")),
        ("error502", ("error", "502")),
        ("10-K", ("10", "k")),
        ("what's", ("whats",)),
        ("what’s", ("whats",)),
        ("'quoted'", ("quoted",)),
        ("ﬁll", ("fill",)),
        ("ＴＷＳ", ("tws",)),
        ("Straße", ("strasse",)),
        ("cafe\u0301", ("café",)),
        ("🖥️ !?", ()),
        ("S&P 500", ("s", "p", "500")),
        ("C++17 and C#", ("c", "plus", "plus", "17", "and", "c", "sharp")),
        (".NET", ("dot", "net")),
        ("asp.net", ("asp", "net")),
        ("order #5, a#1, x+++", ("order", "5", "a", "1", "x")),
    ],
)
def test_text_is_split_into_casefolded_words_of_letters_or_of_digits(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@given(ANY)
def test_a_word_is_never_empty_and_holds_no_space_hyphen_or_underscore(text: str) -> None:
    for word in words(text):
        assert word
        assert not re.search(r"[\s_-]", word)


@given(ASCII)
def test_a_word_holds_letters_or_digits_but_never_both(text: str) -> None:
    assert all(word.isalpha() or word.isdigit() for word in words(text))


@given(ASCII.filter(lambda text: not set("+#.") & set(text)))
def test_no_letter_and_no_digit_is_lost(text: str) -> None:
    assert squash(text) == "".join(letter for letter in text.lower() if letter.isalnum())


@given(CASED)
def test_case_does_not_count(text: str) -> None:
    assert squash(text.upper()) == squash(text.lower()) == squash(text.swapcase()) == squash(text)


@given(st.lists(st.sampled_from(["API", "socket", "reqMktData", "IPs", "502", "Ω", "what's"])), st.data())
def test_spaces_hyphens_and_underscores_do_not_count(parts: list[str], data: st.DataObject) -> None:
    separators = st.text(st.sampled_from(" -_\n\t–./"), max_size=3)
    spelled = "".join(part + data.draw(separators) for part in parts)
    assert squash(spelled) == "".join(squash(part) for part in parts)


@example("0:\u02bc0")
@given(ALPHABETS)
def test_squashing_twice_is_squashing_once(text: str) -> None:
    assert squash(squash(text)) == squash(text)


@given(ANY)
def test_squash_and_slug_are_the_words_run_together_and_hyphenated(text: str) -> None:
    assert squash(text) == "".join(words(text))
    assert slug(text) == "-".join(words(text))


@given(ALPHABETS)
def test_a_slug_is_its_own_slug_and_names_the_same_entry(text: str) -> None:
    assert slug(slug(text)) == slug(text)
    assert squash(slug(text)) == squash(text)


@given(ASCII)
def test_a_slug_is_lower_case_words_and_single_hyphens(text: str) -> None:
    assert re.fullmatch(r"([a-z]+|\d+)(-([a-z]+|\d+))*|", slug(text))


def test_a_slug_reads_like_the_name() -> None:
    assert slug("trusted IPs") == "trusted-ips"
    assert slug("Error 502: could not connect") == "error-502-could-not-connect"


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("orders", "order"),
        ("securities", "security"),
        ("ties", "tie"),
        ("basis", "basis"),
        ("status", "status"),
        ("loss", "loss"),
        ("tws", "tws"),
        ("as", "as"),
        ("order", "order"),
    ],
)
def test_a_folded_word_has_lost_its_plural_ending_and_nothing_else(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4).filter(lambda word: not word.endswith(("s", "i", "u", "ie"))))
def test_a_word_and_its_plural_fold_to_the_same(word: str) -> None:
    assert fold(word + "s") == fold(word) == word


@given(ANY)
def test_folding_twice_is_folding_once_and_never_empties_a_word(word: str) -> None:
    assert fold(fold(word)) == fold(word)
    assert bool(fold(word)) == bool(word)


@given(st.lists(st.sampled_from(["a", "b.", "🖥️", "é"])), st.data())
def test_one_line_keeps_the_words_and_puts_one_space_between_them(parts: list[str], data: st.DataObject) -> None:
    text = "".join(data.draw(SPACES) + part for part in parts) + data.draw(st.just("") | SPACES)
    assert one_line(text) == " ".join(parts)
