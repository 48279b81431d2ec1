"""What an answer to a question is judged by, and the weights, which `benchmarks/fit_questions.py` fits and prints."""

from typing import NamedTuple


class Fit(NamedTuple):
    """How well an entry fits a question, each from 0 to 1.

    `words` is the BM25 score as a share of the best entry's, `overlap` what its most similar phrase has in common with
    the question, `likeness` and `phrase_likeness` how similar its topic and its most similar phrase are in the sense of
    the glossary, `named` the weight of its name if the question contains it, and `is_untold` whether it is a message
    though the question mentions no problem.
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
    words that it contains, how similar its topic and its most similar phrase are in general English, the weight of its
    name if the question contains it, its lead over the second, how many telling words stand beside its name, whether
    the question names other entries, and whether it names only others.
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
    ranking=Fit(words=4.71, overlap=3.19, likeness=7.76, phrase_likeness=6.23, named=2.98, is_untold=-2.36),
    answered=Regression(
        Evidence(
            bm25=4.99,
            coverage=5.10,
            overlap=-1.19,
            likeness=11.18,
            phrase_likeness=-0.21,
            named=12.21,
            lead=0.04,
            beside_name=3.45,
            names_others=1.69,
            names_only_others=1.88,
        ),
        13.42,
    ),
    sure=Regression(
        Evidence(
            bm25=1.59,
            coverage=1.77,
            overlap=-0.32,
            likeness=3.36,
            phrase_likeness=4.34,
            named=2.92,
            lead=0.86,
            beside_name=2.00,
            names_others=-0.19,
            names_only_others=0.78,
        ),
        12.26,
    ),
)
