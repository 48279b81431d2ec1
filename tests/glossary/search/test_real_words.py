"""The English word list is read whole, from the package that ships it."""

from spellchecker import SpellChecker

from bot.glossary.search.real_words import commonness, is_real_word, load_real_words


def test_every_word_of_the_package_is_a_real_word() -> None:
    words = list(SpellChecker(language="en").word_frequency.words())
    assert len(words) > 100_000
    assert all(map(is_real_word, words))
    assert len(load_real_words()) == len(words)


def test_a_typo_is_no_real_word() -> None:
    assert is_real_word("beverage")
    assert not is_real_word("levreage")


def test_common_words_are_more_common_than_rare_ones_and_typos_are_not_common_at_all() -> None:
    sizes = [commonness(word) for word in ("levreage", "slippage", "leverage", "position", "the")]
    assert sizes == sorted(set(sizes))
    assert sizes[0] == 0
