"""Make questions with choices, one right and the others wrong, about an entry."""

import enum
import random
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.quiz.distractors import distractors, key, name_words
from bot.glossary.quiz.masking import GAP, Names, names_of, says_enough
from bot.glossary.text import excerpt

# A question has this many choices; fewer in a small glossary.
MOST_CHOICES, FEWEST_CHOICES = 4, 2
# How many characters of a definition are asked about, and of a sentence that is a choice: two lines of a phone.
ASKED_LIMIT, CHOICE_LIMIT = 360, 116


class Kind(enum.StrEnum):
    """What is asked for. Rounds are stored, so a value never changes its meaning."""

    TERM = "term"
    DEFINITION = "definition"
    MISSING = "missing"
    MEANING = "meaning"


class Choice(NamedTuple):
    """A choice, and the id of the entry that it stands for."""

    text: str
    entry_id: str


class Question(msgspec.Struct, frozen=True):
    """A question about an entry. `asked` is the text with gaps, if the kind has one; `right` is a position."""

    kind: Kind
    entry_id: str
    name: str
    asked: str
    choices: tuple[Choice, ...]
    right: int


Maker = Callable[[Glossary, Entry, random.Random], Question | None]


def make_question(glossary: Glossary, entry: Entry, rng: random.Random) -> Question | None:
    """Make a question about an entry, `None` if nothing can be asked that has only one right choice.

    Nothing is asked about an entry that is out of date.
    """
    if entry.is_out_of_date:
        return None
    makers: list[Maker] = [_missing, _meaning] if entry.message else [_term, _definition]
    rng.shuffle(makers)
    return next((question for make in makers if (question := make(glossary, entry, rng)) is not None), None)


def _term(glossary: Glossary, entry: Entry, rng: random.Random) -> Question | None:
    """Ask which term a definition belongs to."""
    names = names_of(entry)
    asked = names.hidden_in(excerpt(entry.plain_definition, ASKED_LIMIT))
    if not says_enough(asked):
        return None
    wrong = (Choice(other.name, other.id) for other in distractors(glossary, entry, rng))
    return _question(entry, Choice(entry.name, entry.id), wrong, rng, kind=Kind.TERM, asked=asked)


def _definition(glossary: Glossary, entry: Entry, rng: random.Random) -> Question | None:
    """Ask which first sentence belongs to a term. A gap in the right one alone would give it away."""
    names = names_of(entry)

    def sentence(other: Entry) -> str:
        return excerpt(names_of(other).hidden_in(names.hidden_in(other.summary)), CHOICE_LIMIT)

    right = Choice(sentence(entry), entry.id)
    wrong = (Choice(sentence(other), other.id) for other in distractors(glossary, entry, rng))
    is_plain = GAP not in right.text
    told = (one for one in wrong if says_enough(one.text) and (is_plain or GAP in one.text))
    is_clear = says_enough(right.text)
    return _question(entry, right, told, rng, kind=Kind.DEFINITION) if is_clear else None


def _meaning(glossary: Glossary, entry: Entry, rng: random.Random) -> Question | None:
    """Ask what a code means."""
    wrong = (Choice(_title(other), other.id) for other in distractors(glossary, entry, rng))
    code = str(entry.code)
    right = Choice(_title(entry), entry.id)
    told = (choice for choice in wrong if code not in choice.text)
    return None if code in right.text else _question(entry, right, told, rng, kind=Kind.MEANING)


def _missing(glossary: Glossary, entry: Entry, rng: random.Random) -> Question | None:
    """Ask for the term that is missing in a line about a code."""
    lines = list(_lines(entry))
    rng.shuffle(lines)
    for line in lines:
        for term in _terms_in(glossary, line, rng):
            asked = names_of(term).hidden_in(line)
            # With a second gap the line would no longer ask for one thing.
            if asked.count(GAP) != 1 or not _is_named(term, line) or not says_enough(asked):
                continue
            wrong = (Choice(other.name, other.id) for other in _missing_nowhere(glossary, entry, term, rng))
            right = Choice(term.name, term.id)
            question = _question(entry, right, wrong, rng, kind=Kind.MISSING, asked=asked)
            if question is not None:
                return question
    return None


def _lines(entry: Entry) -> Iterator[str]:
    """Yield what an entry says about a code, line by line."""
    yield entry.summary
    if entry.message is not None:
        yield from (*entry.message.causes, *entry.message.checks)


def _terms_in(glossary: Glossary, line: str, rng: random.Random) -> list[Entry]:
    terms = [term for term in glossary.terms_in(line) if term.message is None]
    rng.shuffle(terms)
    return terms


def _is_named(term: Entry, line: str) -> bool:
    """Tell whether a line has the very name of a term: "inactive" is not the order state `Inactive`."""
    is_written_so = term.name.islower() or term.name in line
    return is_written_so and Names((term.name,)).stand_in(line)


def _missing_nowhere(glossary: Glossary, entry: Entry, term: Entry, rng: random.Random) -> Iterator[Entry]:
    """Yield wrong choices for a missing term.

    What the entry speaks of or leads to may fit too, and so may what is of the same sort: a limit order where a stop
    order is missing.
    """
    message = entry.message
    told = "\n".join((entry.title, *_lines(entry), entry.definition, *entry.aliases, *entry.related, *entry.keywords))
    more = "\n".join((*message.reasons, message.libraries)) if message else ""
    spoken_of = {one.id for one in glossary.related(entry).listed}
    for other in distractors(glossary, term, rng):
        is_of_another_sort = name_words(other).isdisjoint(name_words(term))
        if other.id not in spoken_of and is_of_another_sort and not names_of(other).stand_in(f"{told}\n{more}"):
            yield other


def _question(
    entry: Entry, right: Choice, wrong: Iterable[Choice], rng: random.Random, *, kind: Kind, asked: str = ""
) -> Question | None:
    """Put the right choice among as many wrong ones as there are; each has to read differently."""
    chosen = {key(right.text): right}
    for choice in wrong:
        chosen.setdefault(key(choice.text), choice)
        if len(chosen) == MOST_CHOICES:
            break
    if len(chosen) < FEWEST_CHOICES or "" in chosen:
        return None
    choices = list(chosen.values())
    rng.shuffle(choices)
    return Question(kind, entry.id, entry.name, asked, tuple(choices), choices.index(right))


def _title(entry: Entry) -> str:
    return entry.message.title if entry.message else entry.name
