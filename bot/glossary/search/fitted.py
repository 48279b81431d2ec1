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
    the question names other entries, whether it names only others, and how many of its telling words no entry contains.
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
    unfamiliar: float = 0.0


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
    ranking=Fit(words=4.47, overlap=2.97, likeness=8.08, phrase_likeness=5.91, named=2.99, is_untold=-2.23),
    answered=Regression(
        Evidence(
            bm25=3.58,
            coverage=3.67,
            overlap=-3.44,
            likeness=9.04,
            phrase_likeness=3.52,
            named=11.87,
            lead=0.07,
            beside_name=3.36,
            names_others=1.95,
            names_only_others=1.25,
            unfamiliar=-3.92,
        ),
        10.15,
    ),
    sure=Regression(
        Evidence(
            bm25=2.18,
            coverage=1.15,
            overlap=0.74,
            likeness=3.63,
            phrase_likeness=3.97,
            named=2.74,
            lead=0.68,
            beside_name=0.68,
            names_others=-0.39,
            names_only_others=0.65,
            unfamiliar=0.24,
        ),
        10.40,
    ),
)
