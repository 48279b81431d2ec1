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


WITH_MEANING = Fitted(
    ranking=Fit(words=5.01, overlap=4.54, likeness=6.26, phrase_likeness=3.64, named=3.46, is_untold=-2.86),
    answered=Regression(
        Evidence(
            bm25=4.72,
            coverage=7.46,
            overlap=-1.63,
            likeness=10.67,
            phrase_likeness=3.24,
            named=13.02,
            lead=-0.82,
            beside_name=0.92,
            names_others=1.53,
            names_only_others=2.17,
        ),
        10.43,
    ),
    sure=Regression(
        Evidence(
            bm25=4.14,
            coverage=2.95,
            overlap=-0.09,
            likeness=3.88,
            phrase_likeness=2.70,
            named=8.98,
            lead=0.35,
            beside_name=-0.94,
            names_others=-2.03,
            names_only_others=3.45,
        ),
        10.17,
    ),
)
BY_WORDS = Fitted(
    ranking=Fit(words=6.00, overlap=7.94, named=4.68, is_untold=-2.69),
    answered=Regression(
        Evidence(
            bm25=4.82,
            coverage=8.52,
            overlap=1.76,
            named=14.74,
            lead=-0.86,
            beside_name=1.35,
            names_others=2.16,
            names_only_others=2.73,
        ),
        7.98,
    ),
    sure=Regression(
        Evidence(
            bm25=5.12,
            coverage=5.00,
            overlap=0.61,
            named=13.42,
            lead=0.38,
            beside_name=-2.53,
            names_others=-2.47,
            names_only_others=3.28,
        ),
        7.47,
    ),
)
