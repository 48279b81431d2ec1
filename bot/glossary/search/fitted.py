"""What an answer to a question is judged by, and the weights, which `benchmarks/fit_questions.py` fits and prints."""

from typing import NamedTuple


class Fit(NamedTuple):
    """How well an entry fits a question, each from 0 to 1.

    `words` is the BM25 score as a share of the best entry's, `overlap` what its most similar phrase has in common with
    the question, `likeness` and `phrase_likeness` how similar its topic and that phrase are in meaning, `named` the
    weight of its name if the question contains it, and `is_untold` whether it is a message though the question mentions
    no problem.
    """

    words: float = 0.0
    overlap: float = 0.0
    likeness: float = 0.0
    phrase_likeness: float = 0.0
    named: float = 0.0
    is_untold: float = 0.0

    def weighed(self, values: "Fit") -> float:
        """Return the sum of the values of another, with these as weights."""
        return sum(weight * value for weight, value in zip(self, values, strict=True))


class Evidence(NamedTuple):
    """What shows that there is an answer.

    `bm25` and `overlap` are the highest of all entries. The rest is about the best entry: the share of the telling
    words that it contains, how it fits (see `Fit`), its lead over the second, how many telling words stand beside its
    name, whether the question names other entries, and whether it names only others.
    """

    bm25: float = 0.0
    coverage: float = 0.0
    overlap: float = 0.0
    likeness: float = 0.0
    phrase_likeness: float = 0.0
    named: float = 0.0
    lead: float = 0.0
    beside_name: float = 0.0
    names_others: float = 0.0
    names_only_others: float = 0.0


class Regression(NamedTuple):
    """A logistic regression: what the evidence weighs, and what it has to weigh together."""

    weights: Evidence
    least: float

    def holds(self, evidence: Evidence) -> bool:
        """Tell whether there is evidence enough."""
        return sum(weight * value for weight, value in zip(self.weights, evidence, strict=True)) > self.least


class Fitted(NamedTuple):
    """The weights of a fit, and of the evidence that there is an answer at all and that the best entry is right."""

    ranking: Fit
    answered: Regression
    sure: Regression


FITTED = Fitted(
    ranking=Fit(words=6.16, overlap=3.77, likeness=6.68, phrase_likeness=6.89, named=5.25, is_untold=-3.29),
    answered=Regression(
        Evidence(
            bm25=3.96,
            coverage=5.20,
            overlap=-0.98,
            likeness=10.32,
            phrase_likeness=2.46,
            named=13.14,
            lead=-0.13,
            beside_name=2.14,
            names_others=1.64,
            names_only_others=2.45,
        ),
        12.84,
    ),
    sure=Regression(
        Evidence(
            bm25=1.95,
            coverage=3.65,
            overlap=-0.47,
            likeness=4.28,
            phrase_likeness=4.94,
            named=10.17,
            lead=0.68,
            beside_name=1.10,
            names_others=-1.61,
            names_only_others=2.23,
        ),
        13.61,
    ),
)
