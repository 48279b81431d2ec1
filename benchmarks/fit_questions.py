"""Fit the weights that decide how questions are answered, and print them for `bot/glossary/search/fitted.py`.

Run it again after the texts of the glossary have changed:

    PYTHONPATH=. python benchmarks/fit_questions.py tests/relevance/{questions,questions_from_*,off_topic}.jsonl

Leave out `questions_held_back.jsonl`: it measures how the weights do on questions that they were not fitted to.

A row of a set is {"q": "…", "accept": ["an entry's name", …]}; an empty `accept` says that nothing should be answered.
More sets give better weights: a few hundred questions, and as many that are off the topic. Left out are questions that
ask about a name and nothing else, because they are answered without weights, and questions without an answer in a set
where others have one, because the closest entries are a good reply to them.

The scores that are printed first are for questions about entries that the weights were not fitted to: the entries are
split into five parts, and each part is scored with weights from the other four. Look at the questions that are printed
as sure and wrong: if a new entry answers one of them better, the set is out of date, not the weights.
"""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np

from benchmarks.relevance import Row, called, read_set
from bot.glossary.glossary import Glossary
from bot.glossary.pack import read_pack
from bot.glossary.search.answers import named_in
from bot.glossary.search.fitted import Evidence, Fit
from bot.glossary.search.questions import WHOLE_PHRASE, Compared, Questions
from bot.glossary.text import squash

PARTS = 5
REPEATS = 4
# Keep weights small, so that they do not depend on single rows.
PENALTY = 1e-3
RANKING_STEPS, RANKING_RATE = 300, 2.0
NEWTON_STEPS = 30
# The share of the off-topic questions that are offered something.
MOST_OFFERED = 0.05
NAMED, OVERLAP = map(Evidence._fields.index, ("named", "overlap"))


class Case(NamedTuple):
    """A question, compared to all entries: how each fits, and which of them are right."""

    question: str
    compared: Compared
    fits: Any
    is_right: Any
    part: str

    @property
    def has_answer(self) -> bool:
        """Tell whether any entry is right."""
        return bool(self.is_right.any())


class Judged(NamedTuple):
    """The evidence for the best entry of each case, if it is certain, right, in the first three, and an answer."""

    evidence: Any
    is_certain: Any
    is_right: Any
    is_in_three: Any
    has_answer: Any


class Line(NamedTuple):
    """A logistic regression: a weight for each column, and the threshold."""

    weights: Any
    least: float


def useful(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a set, without those that have no answer if others have one."""
    return [row for row in rows if row.accept] or list(rows)


def cases_of(rows: Sequence[Row], glossary: Glossary, questions: Questions) -> list[Case]:
    """Compare the questions that are not about a name alone to all entries."""
    cases = []
    entries = glossary.pack.entries
    names = [called(entry) for entry in entries]
    for number, row in enumerate(rows):
        found = glossary.find(row.q)
        if glossary.answers.by_name(row.q, found) is not None:
            continue
        question = glossary.answers.read(row.q)
        compared = questions.compare(question, named_in(glossary.indexes.jargon.mentions(question), found))
        if not compared.fits:
            continue
        fits = np.full((len(entries), len(Fit._fields)), np.nan)
        for at, fit in compared.fits.items():
            fits[at] = fit
        accepted = set(map(squash, row.accept))
        is_right = np.array([bool(accepted & one) for one in names])
        cases.append(Case(row.q, compared, fits, is_right, min(accepted, default=f"off the topic {number}")))
    return cases


def split(cases: Sequence[Case], seed: int) -> Any:
    """Return the part of each case; cases about the same entry are in the same part."""
    topics = sorted({case.part for case in cases})
    random.Random(seed).shuffle(topics)  # noqa: S311 - the same each time
    part_of = {topic: at % PARTS for at, topic in enumerate(topics)}
    return np.array([part_of[case.part] for case in cases])


def fit_ranking(cases: Sequence[Case]) -> Any:
    """Return the weights with which right entries have the highest share of all scores (a softmax)."""
    answerable = [case for case in cases if case.has_answer]
    fits = np.stack([case.fits for case in answerable])
    is_right = np.stack([case.is_right for case in answerable])
    is_ranked = ~np.isnan(fits).any(axis=2)
    fits = np.nan_to_num(fits)
    weights = np.zeros(fits.shape[2])
    for _ in range(RANKING_STEPS):
        scores = np.where(is_ranked, fits @ weights, -np.inf)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        right = shares * is_right
        right /= right.sum(axis=1, keepdims=True) + 1e-12
        slope = ((shares - right)[:, :, None] * fits).sum(axis=1).mean(axis=0)
        weights -= RANKING_RATE * (slope + PENALTY * weights)
    return weights


def judge(cases: Sequence[Case], questions: Questions, ranking: Any) -> Judged:
    """Rank the entries for each case, and return the evidence for the best."""
    weights = Fit(*map(float, ranking))
    evidence, certain, right, three = [], [], [], []
    for case in cases:
        ranked = questions.rank(case.compared, weights)
        found = questions.evidence(case.compared, ranked)
        evidence.append(found)
        certain.append(case.compared.is_certain(ranked[0][0], found.lead))
        right.append(case.is_right[ranked[0][0]])
        three.append(any(case.is_right[number] for number, _ in ranked[:3]))
    return Judged(
        np.array(evidence),
        np.array(certain),
        np.array(right),
        np.array(three),
        np.array([case.has_answer for case in cases]),
    )


def fit_line(evidence: Any, is_true: Any, weight: Any) -> Line:
    """Fit a logistic regression by Newton's method."""
    mean, spread = evidence.mean(axis=0), evidence.std(axis=0)
    used = spread > 0
    columns = np.c_[(evidence[:, used] - mean[used]) / spread[used], np.ones(len(evidence))]
    penalty = np.r_[np.full(used.sum(), PENALTY), 1e-9]
    line = np.zeros(columns.shape[1])
    for _ in range(NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-columns @ line))
        slope = columns.T @ (weight * (chance - is_true)) / weight.sum() + penalty * line
        curve = (columns * (weight * chance * (1 - chance))[:, None]).T @ columns / weight.sum() + np.diag(penalty)
        line -= np.linalg.solve(curve, slope)
    weights = np.zeros(evidence.shape[1])
    weights[used] = line[:-1] / spread[used]
    return Line(weights, float((weights * mean).sum() - line[-1]))


def fit_answered(judged: Judged) -> Line:
    """Fit whether there is an answer at all; both kinds of questions count alike."""
    share = judged.has_answer.mean()
    weight = np.where(judged.has_answer, 1 / share, 1 / (1 - share))
    return fit_line(judged.evidence, judged.has_answer.astype(float), weight)


def fit_sure(judged: Judged) -> Line:
    """Fit whether the best entry is right."""
    return fit_line(judged.evidence, judged.is_right.astype(float), np.ones(len(judged.evidence)))


def highest_wrong(scores: Any, is_wrong: Any, most: float, among: int) -> float:
    """Return the lowest threshold above which wrong ones are at most a share of all."""
    allowed = int(most * among)
    wrong = np.sort(scores[is_wrong])[::-1]
    return float(wrong[allowed]) if allowed < len(wrong) else float(scores.min()) - 1


class Held(NamedTuple):
    """The scores of cases by weights that were not fitted to them; infinite for what is sure without weights."""

    judged: Judged
    answered: Any
    sure: Any

    @property
    def is_right(self) -> Any:
        """Tell for each case whether its best entry is right."""
        return self.judged.is_right


def held_out(cases: list[Case], questions: Questions, seed: int) -> Held:
    """Score each part with weights from the others."""
    parts = split(cases, seed)
    columns: list[Judged] = []
    order: list[Any] = []
    answered: list[Any] = []
    sure: list[Any] = []
    for part in range(PARTS):
        others = [case for case, its in zip(cases, parts, strict=True) if its != part]
        ranking = fit_ranking(others)
        known = judge(others, questions, ranking)
        judged = judge([case for case, its in zip(cases, parts, strict=True) if its == part], questions, ranking)
        columns.append(judged)
        answered.append(scores(fit_answered(known), judged))
        sure.append(np.where(judged.is_certain, np.inf, scores(fit_sure(known), judged)))
        order.append(np.flatnonzero(parts == part))
    back = np.argsort(np.concatenate(order))
    return Held(
        Judged(*(np.concatenate(column)[back] for column in zip(*columns, strict=True))),
        np.concatenate(answered)[back],
        np.concatenate(sure)[back],
    )


def scores(line: Line, judged: Judged) -> Any:
    """Return how far the evidence of each case is above the threshold."""
    return judged.evidence @ line.weights - line.least


def is_told(evidence: Any) -> Any:
    """Tell which entries are always offered, because the question names them or is one of their phrases."""
    return (evidence[:, NAMED] > 0) | (evidence[:, OVERLAP] >= WHOLE_PHRASE)


def literal(values: Evidence | Fit) -> str:
    """Return values as they are written in the code, without those that are 0."""
    kept = ", ".join(f"{name}={value:.2f}" for name, value in values._asdict().items() if abs(value) >= 0.005)
    return f"{type(values).__name__}({kept})"


def print_weights(cases: list[Case], questions: Questions, most_wrong: float) -> None:
    """Print the held-out scores and the weights."""
    held = [held_out(cases, questions, seed) for seed in range(REPEATS)]
    answerable = held[0].judged.has_answer
    count, off_topic = int(answerable.sum()), int((~answerable).sum())
    # The thresholds are those of the held-out scores, because fitted ones look better than they are.
    chance = [np.where(is_told(one.judged.evidence), np.inf, one.answered) for one in held]
    offered_from = float(np.mean([highest_wrong(one, ~answerable, MOST_OFFERED, off_topic) for one in chance]))
    wrong = [answerable & ~one.is_right for one in held]
    sure_from = float(
        np.mean(
            [highest_wrong(one.sure, is_wrong, most_wrong, count) for is_wrong, one in zip(wrong, held, strict=True)]
        )
    )

    def share(chosen: Iterable[Any], among: int) -> str:
        return f"{np.mean([one.sum() for one in chosen]) / max(1, among):.3f}"

    offered = [one > offered_from for one in chance]
    shown = [offer & (one.sure > sure_from) for offer, one in zip(offered, held, strict=True)]
    sure_right = share((show & one.is_right for show, one in zip(shown, held, strict=True)), count)
    sure_wrong = share((show & is_wrong for show, is_wrong in zip(shown, wrong, strict=True)), count)
    click.echo(f"# {count} questions with an answer: right first {share((one.is_right for one in held), count)}")
    click.echo(f"#   right in three {share((one.judged.is_in_three for one in held), count)}")
    click.echo(f"#   sure and right {sure_right}, sure and wrong {sure_wrong}")
    click.echo(f"#   nothing offered {share((answerable & ~one for one in offered), count)}")
    click.echo(f"# {off_topic} without an answer: offered {share((~answerable & one for one in offered), off_topic)}")
    click.echo(f"#   sure {share((~answerable & one for one in shown), off_topic)}")

    for case, times in zip(
        cases, sum(show & ~one.is_right for show, one in zip(shown, held, strict=True)), strict=True
    ):
        if times > REPEATS / 2:
            click.echo(f"#   sure and wrong: {case.question}")

    ranking = fit_ranking(cases)
    judged = judge(cases, questions, ranking)
    answered, sure = fit_answered(judged), fit_sure(judged)
    click.echo("FITTED = Fitted(")
    click.echo(f"    ranking={literal(Fit(*ranking))},")
    click.echo(f"    answered=Regression({literal(Evidence(*answered.weights))}, {answered.least + offered_from:.2f}),")
    click.echo(f"    sure=Regression({literal(Evidence(*sure.weights))}, {sure.least + sure_from:.2f}),")
    click.echo(")")


@click.command()
@click.argument("sets", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("data"))
@click.option(
    "--most-wrong", default=0.025, show_default=True, help="The share of questions shown a wrong entry as sure."
)
def main(sets: Sequence[Path], data: Path, most_wrong: float) -> None:
    """Print weights for the questions of some sets."""
    glossary = Glossary(read_pack(data)[0])
    rows = [row for path in sets for row in useful(read_set(path, glossary))]
    questions = glossary.indexes.questions
    print_weights(cases_of(rows, glossary, questions), questions, most_wrong)


if __name__ == "__main__":
    main()
