"""Wrong choices for a question: entries from the neighbourhood of the right one that are not right as well."""

import random
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.quiz.masking import names_of
from bot.glossary.search.questions import PROBLEM_WORDS
from bot.glossary.search.stems import scratch
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import fold, words

# From this likeness on, of 100, two definitions of terms may describe the same thing.
_ALIKE = 85
# Many messages differ in details alone, so their definitions and titles have to differ more.
_ALIKE_MESSAGES, _ALIKE_TITLES = 60, 65
# How many entries of a large category, and of the whole glossary, are considered.
_MOST_TRIED = 40


def distractors(glossary: Glossary, right: Entry, rng: random.Random) -> Iterator[Entry]:
    """Yield wrong choices in random order, the nearest ones first, all of the same kind as the right entry.

    The nearest are those that people mix up with it, then those related to it, those of its category with a word of
    its name, the others of its category, and the rest.
    """
    considered = {right.id}
    for group in _groups(glossary, right, rng):
        for entry in _shuffled(group, rng):
            is_new = entry.id not in considered
            considered.add(entry.id)
            if is_new and not fits_too(right, entry):
                yield entry


def fits_too(right: Entry, other: Entry) -> bool:
    """Tell whether another entry may be right as well, or is of another kind.

    It is if they share a name or call each other what the other one is called, if one name is only a wider or a
    narrower one, if one explains itself by the other, or if their texts are much alike. What is out of date may have
    been right once.
    """
    if (right.message is None) != (other.message is None) or other.is_out_of_date:
        return True
    if _calls(right, other) or _calls(other, right) or _is_wider_or_narrower(right, other):
        return True
    if names_of(right).stand_in(other.summary) or names_of(other).stand_in(right.summary):
        return True
    return _are_alike(right, other)


def key(text: str) -> str:
    """Return what all spellings of a text have in common, in the singular and in the plural."""
    # The whole is folded as well, because "ids" alone is too short to be taken for a plural.
    return fold("".join(map(fold, words(text))))


def _groups(glossary: Glossary, right: Entry, rng: random.Random) -> Iterator[Iterable[Entry]]:
    """Yield the neighbours of an entry, the nearest group first."""
    yield filter(None, (glossary.named(one.name) for one in right.confusions))
    relations = glossary.related(right)
    yield (*relations.listed, *relations.listed_by)
    same_category = [one for one in glossary.pack.entries if one.category == right.category]
    said = name_words(right)
    yield [one for one in same_category if said & name_words(one)]
    yield rng.sample(same_category, min(_MOST_TRIED, len(same_category)))
    entries = glossary.pack.entries
    yield rng.sample(entries, min(_MOST_TRIED, len(entries)))


def _shuffled(entries: Iterable[Entry], rng: random.Random) -> list[Entry]:
    shuffled = list(entries)
    rng.shuffle(shuffled)
    return shuffled


def _calls(one: Entry, other: Entry) -> bool:
    """Tell whether an entry has a name or a keyword that is a name of the other one, in the singular or the plural."""
    return not _keys(_names(one)).isdisjoint(_keys((*_names(other), *other.keywords)))


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.name, *entry.aliases, entry.message.title) if entry.message else (entry.name, *entry.aliases)


def _keys(names: Iterable[str]) -> set[str]:
    return set(map(key, names)) - {""}


def _is_wider_or_narrower(one: Entry, other: Entry) -> bool:
    """Tell whether all telling words of one name are in the other: "margin" and "initial margin"."""
    first, second = name_words(one), name_words(other)
    return first <= second or second <= first


def name_words(entry: Entry) -> frozenset[str]:
    """Return the telling words of a name, or of the title of a message, without plurals; all if none is telling."""
    said = [fold(word) for word in words(entry.message.title if entry.message else entry.name)]
    return frozenset(word for word in said if word not in STOP_WORDS) or frozenset(said)


def _are_alike(one: Entry, other: Entry) -> bool:
    meanings = _text(one.definition), _text(other.definition)
    # Two texts without a single word are alike, but rapidfuzz gives them 0.
    likeness = 100 if meanings[0] == meanings[1] else fuzz.token_set_ratio(*meanings)
    if one.message is None or other.message is None:
        return likeness >= _ALIKE
    titles = fuzz.token_set_ratio(_text(one.message.title), _text(other.message.title))
    if likeness >= _ALIKE_MESSAGES or titles >= _ALIKE_TITLES:
        return True
    about_one, about_other = _topics(one.message.title), _topics(other.message.title)
    return about_one <= about_other or about_other <= about_one


def _topics(title: str) -> set[str]:
    """Return the stems of the words that a title is about, without those for trouble.

    "Cancel refused" says that an order was not cancelled.
    """
    said = [word for word in words(title) if word not in STOP_WORDS and fold(word) not in PROBLEM_WORDS]
    return set(scratch().stem(said).values())


def _text(text: str) -> str:
    return " ".join(map(fold, words(text)))
