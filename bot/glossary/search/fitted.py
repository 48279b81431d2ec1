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

    `bm25` is the highest score. The rest is about the best entry: the share of the telling words that it contains, how
    it fits (see `Fit`), its lead over the second, how many telling words stand beside its name, whether the question
    names other entries, and whether it names only others.
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
    ranking=Fit(words=4.94, overlap=4.57, likeness=6.32, phrase_likeness=3.70, named=3.47, is_untold=-2.87),
    answered=Regression(
        Evidence(
            bm25=4.86,
            coverage=7.56,
            overlap=-2.42,
            likeness=10.14,
            phrase_likeness=4.26,
            named=12.79,
            lead=-0.76,
            beside_name=0.92,
            names_others=1.52,
            names_only_others=2.11,
        ),
        10.90,
    ),
    sure=Regression(
        Evidence(
            bm25=4.57,
            coverage=3.30,
            overlap=-0.29,
            likeness=4.16,
            phrase_likeness=2.93,
            named=9.43,
            lead=0.32,
            beside_name=-1.56,
            names_others=-2.11,
            names_only_others=3.59,
        ),
        10.52,
    ),
)
BY_WORDS = Fitted(
    ranking=Fit(words=5.97, overlap=7.96, named=4.68, is_untold=-2.69),
    answered=Regression(
        Evidence(
            bm25=4.87,
            coverage=9.06,
            overlap=0.51,
            named=14.78,
            lead=-0.84,
            beside_name=1.00,
            names_others=2.13,
            names_only_others=2.74,
        ),
        7.41,
    ),
    sure=Regression(
        Evidence(
            bm25=5.23,
            coverage=5.42,
            overlap=-0.21,
            named=13.61,
            lead=0.39,
            beside_name=-2.84,
            names_others=-2.51,
            names_only_others=3.19,
        ),
        7.62,
    ),
)
