"""Which entries a round asks about: what is due first, then what is new, then what is due soonest.

The first round of somebody begins with terms and common message codes.
"""

import random
from collections.abc import Collection, Mapping, Sequence

from bot.features.terms.scopes import entries_in
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.quiz.questions import Question, make_question
from bot.storage.quiz_progress import Learned
from bot.storage.quiz_rounds import Round

# How many entries are tried for each question, since not every entry can be asked about.
_MOST_TRIED = 4


def plan_round(
    glossary: Glossary,
    learned: Mapping[str, Learned],
    scope: str,
    rng: random.Random,
    *,
    questions: int,
    now: int,
    favourites: Sequence[str] = (),
) -> Round:
    """Make a round of up to a number of questions; of fewer if the scope is too small. `now` is Unix time.

    `favourites` are the ids of the entries that people ask for most. Somebody who has not played yet is asked about
    rare message codes last.
    """
    entries = _in_order(entries_in(glossary, scope), learned, now, rng)
    if not learned:
        common = _common(glossary, favourites)
        entries.sort(key=lambda entry: entry.message is not None and entry.id not in common)
    asked: list[Question] = []
    for entry in entries[: questions * _MOST_TRIED]:
        question = make_question(glossary, entry, rng)
        if question is not None:
            asked.append(question)
        if len(asked) == questions:
            break
    own_ids = frozenset(question.entry_id for question in asked if glossary.is_own(question.entry_id))
    return Round(scope, tuple(asked), own_ids)


def of_entries(glossary: Glossary, learned: Mapping[str, Learned]) -> dict[str, Learned]:
    """Return what somebody has learned by the ids that entries have now; some were renamed since."""
    followed = {entry.id: known for entry_id, known in learned.items() if (entry := glossary.follow(entry_id))}
    return followed | {entry_id: known for entry_id, known in learned.items() if glossary.get(entry_id)}


def is_due(entry: Entry, learned: Mapping[str, Learned], now: int) -> bool:
    """Tell whether somebody was asked about an entry and should be asked again."""
    known = learned.get(entry.id)
    return known is not None and known.due_at <= now


def _common(glossary: Glossary, favourites: Sequence[str]) -> Collection[str]:
    """Return the ids of the entries that people meet early: those asked for most, and those on a learning path."""
    return {*favourites, *(step.entry_id for path in glossary.pack.learning_paths for step in path.steps)}


def _in_order(entries: Sequence[Entry], learned: Mapping[str, Learned], now: int, rng: random.Random) -> list[Entry]:
    new = [entry for entry in entries if entry.id not in learned]
    rng.shuffle(new)
    known = sorted((entry for entry in entries if entry.id in learned), key=lambda entry: learned[entry.id].due_at)
    due = [entry for entry in known if is_due(entry, learned, now)]
    return [*due, *new, *known[len(due) :]]
