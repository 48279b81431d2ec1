"""Answer questions in plain words by full text (BM25), by single phrases and by similar meaning."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.glossary.search.fitted import FITTED, Evidence, Fit
from bot.glossary.search.full_text import summary
from bot.glossary.search.layered_text import LayeredText
from bot.glossary.search.meaning import embed, likeness
from bot.glossary.search.names import Found, Hit, Name, Outcome
from bot.glossary.search.phrases import phrases_of, without_fillers
from bot.glossary.search.stems import scratch
from bot.glossary.search.stop_words import FILLERS, telling_in
from bot.glossary.search.topics import TELLS_LITTLE, Topic, beside_name, is_asked
from bot.glossary.text import fold, words

# Only this many words of a text are looked up; a question has few, and each takes time.
MOST_WORDS = 30
MOST_HITS = 5
# The number of telling words that an entry does not contain all by chance.
ENOUGH_WORDS = 3
# A BM25 score of 1 is that of about this many rare words. What one rare word scores grows with the glossary.
RARE_WORDS = 4
LEAST_RARE_WORD = 0.5
# Larger evidence counts as this much.
MOST_BM25 = 1.5
MOST_LEAD = 3.0
MOST_BESIDE = 3
MOST_UNFAMILIAR = 2
# A question with this overlap is a phrase of an entry, perhaps with other stop words.
WHOLE_PHRASE = 0.95
# With this one, it has all words of the phrase and no others. The rest is the rounding of the weights.
WORD_FOR_WORD = 0.999
# Fewer words may be a phrase by chance: "blind test".
FEWEST_WORDS_OF_PHRASE = 3
# With this one, it has most words of the phrase.
SIMILAR_PHRASE = 0.75
# A question with this share of words that no entry contains may be about something else: "twitter rate limit".
TOO_UNFAMILIAR = 0.25
# Words in questions about a problem. Only such questions are likely to be about a message.
PROBLEM_WORDS = frozenset(
    map(
        fold,
        """
        ambiguous broken can't cancelled cannot code crash denied disconnect disconnected doesn't error exceeded fail
        failed failing fails failure ignored invalid lost message missing not problem refused reject rejected rejects
        says stopped stuck timeout unable unexpected unknown unsupported warning won't wrong
        """.split(),
    )
)


class Named(NamedTuple):
    """The ids of the entries whose names stand in a question.

    A name that is an `everyday` word counts only if it is the topic of a question: "how do I use an option", but not
    "the best option for a quiet evening".
    """

    meant: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()


class Compared(NamedTuple):
    """A question, compared to all entries.

    It has the stems of its telling words, the number of them that no entry contains, the best BM25 score, how entries
    fit, and those that may be its topic. `phrased` is the only entry that has it as a phrase, word for word.
    """

    question: str
    telling: tuple[str, ...]
    unfamiliar: int
    bm25: float
    fits: Mapping[int, Fit]
    topics: Mapping[int, Topic]
    phrased: int | None = None

    @property
    def may_be_elsewhere(self) -> bool:
        """Tell whether the question may be about something else, because many of its words are in no entry."""
        return self.unfamiliar > 0 and self.unfamiliar >= TOO_UNFAMILIAR * len(self.telling)

    def is_certain(self, number: int, lead: float) -> bool:
        """Tell whether an entry with this lead is the answer, because it is the topic or the question is its phrase."""
        topic = self.topics.get(number)
        return self.phrased == number or (topic is not None and topic.is_certain(lead))


NOTHING_NAMED = Named()


class Questions:
    """Answers questions from the text of a glossary: a server's own entries and the shared ones, ranked together."""

    def __init__(self, text: LayeredText) -> None:
        """Search in a text."""
        self.text = text
        # What FTS5 weighs a word by that only one entry contains.
        self._rare_word = max(LEAST_RARE_WORD, math.log((len(text.shared.entries) + 0.5) / 1.5))

    def ask(self, question: str, named: Named = NOTHING_NAMED) -> Found:
        """Find the entries that answer a question, best first; the outcome says how far to trust the first."""
        compared = self.compare(question, named)
        if not compared.fits:
            return Found(Outcome.NONE)
        ranked = self.rank(compared, FITTED.ranking)
        outcome = judge(compared, ranked[0][0], self.evidence(compared, ranked))
        if outcome is Outcome.NONE:
            return Found(Outcome.NONE)
        return Found(outcome, tuple(Hit(self._name(number), score) for number, score in ranked[:MOST_HITS]))

    def in_one_phrase(self, question: str) -> tuple[Hit, ...]:
        """Find the entries with a name or a keyword that has all telling words of a question and few others."""
        compared = self.compare(question)
        holding = self.text.in_one_phrase(compared.telling)
        alike = {number for number in holding if compared.fits[number].overlap >= SIMILAR_PHRASE}
        ranked = [(number, score) for number, score in self.rank(compared, FITTED.ranking) if number in alike]
        return tuple(Hit(self._name(number), score) for number, score in ranked[:MOST_HITS])

    def compare(self, question: str, named: Named = NOTHING_NAMED) -> Compared:
        """Compare a question to the entries; a question without a telling word fits none of them."""
        said = words(question)[:MOST_WORDS]
        telling = telling_in(said)
        if not telling:
            return Compared(question, (), 0, 0.0, {}, {})
        # Keywords are phrased as people ask, so "how", "why" and "not" help to rank. They are no evidence of an answer.
        terms = list(dict.fromkeys(word for word in said if word not in FILLERS))
        stems = scratch().stem(said)
        meant = dict.fromkeys(stems[word] for word in telling)
        meant.pop("", None)
        by_words = self.text.by_words(terms)
        # "Close all my positions" names "closing a position".
        named = named._replace(meant=named.meant | self.text.named_by(frozenset(meant)))
        if not is_asked(said):
            named = named._replace(everyday=frozenset())
        weights = self.text.name_weights(named.meant | named.everyday) if any(named) else {}
        topics = self._topics(weights, named, tuple(meant))
        fits = self._fits(
            by_words,
            self.text.overlap(stems[term] for term in terms),
            self.text.likeness(question),
            {
                number: weight
                for number, weight in weights.items()
                if number in topics or self.text[number].id in named.meant
            },
            self.text.messages() if PROBLEM_WORDS.isdisjoint(map(fold, said)) else frozenset(),
        )
        unfamiliar = sum(not self.text.spread(stem) for stem in meant)
        bm25 = max(by_words.values(), default=0.0)
        phrased = self._phrased(fits, [stems[term] for term in terms])
        return Compared(question, tuple(meant), unfamiliar, bm25, fits, topics, phrased)

    def rank(self, compared: Compared, weights: Fit) -> list[tuple[int, float]]:
        """Return the numbers of the entries and their scores, best first.

        The one that the question is a phrase of comes first, then its topic, unless it is a phrase of several others.
        """
        scored = [(number, weights.weighed(fit)) for number, fit in compared.fits.items()]
        whole = {number for number, fit in compared.fits.items() if fit.overlap >= WHOLE_PHRASE}
        first = {number for number, topic in compared.topics.items() if topic.comes_first and whole <= {number}}
        phrased = compared.phrased
        scored.sort(key=lambda one: (one[0] != phrased, one[0] not in first, -one[1]))
        return scored

    def evidence(self, compared: Compared, ranked: Sequence[tuple[int, float]]) -> Evidence:
        """Return what shows that the first of the ranked entries answers the question."""
        best = ranked[0][0]
        fit = compared.fits[best]
        entry, meant = self.text[best], embed(compared.question)
        names_others = any(other.named for number, other in compared.fits.items() if number != best)
        return Evidence(
            bm25=min(MOST_BM25, compared.bm25 / (RARE_WORDS * self._rare_word)),
            coverage=self._coverage(compared.telling, best),
            overlap=max(one.overlap for one in compared.fits.values()),
            likeness=likeness([summary(entry)], meant),
            phrase_likeness=likeness(phrases_of(entry), meant),
            named=fit.named,
            lead=min(MOST_LEAD, ranked[0][1] - ranked[1][1] if len(ranked) > 1 else MOST_LEAD),
            beside_name=min(MOST_BESIDE, self._beside_name(compared.telling, best)) / MOST_BESIDE,
            names_others=float(names_others),
            names_only_others=float(names_others and not fit.named),
            unfamiliar=min(MOST_UNFAMILIAR, compared.unfamiliar) / MOST_UNFAMILIAR,
        )

    def _topics(self, weights: Mapping[int, float], named: Named, telling: Sequence[str]) -> dict[int, Topic]:
        """Return the numbers of the entries that a question may be about: of those that it names, the most telling."""
        most = max(weights.values(), default=0.0)
        inside = self.text.names_inside(frozenset(telling)) if weights else []
        topics: dict[int, Topic] = {}
        for number in (number for number, weight in weights.items() if weight == most):
            # A name that tells less does not count: "trailing stop in TWS" is not about TWS.
            others = (other.stems for other in inside if other.weight >= min(most, TELLS_LITTLE))
            beside = beside_name(self.text.name_stems(number), telling, others)
            if beside is not None:
                topics[number] = Topic(
                    most,
                    len(beside),
                    is_everyday=self.text[number].id in named.everyday,
                    is_familiar=all(map(self.text.spread, beside)),
                    is_covered=all(self.text.speaks_of(number, stem) for stem in beside),
                )
        return topics

    def _fits(
        self,
        by_words: Mapping[int, float],
        overlap: Mapping[int, float],
        likeness: Mapping[int, tuple[float, float]],
        named: Mapping[int, float],
        untold: frozenset[int],
    ) -> dict[int, Fit]:
        """Return how each entry fits a question."""
        top = max(by_words.values(), default=0.0) or 1.0
        return {
            number: Fit(
                by_words.get(number, 0.0) / top,
                overlap.get(number, 0.0),
                *alike,
                named.get(number, 0.0),
                float(number in untold),
            )
            for number, alike in likeness.items()
        }

    def _phrased(self, fits: Mapping[int, Fit], asked: Sequence[str]) -> int | None:
        """Return the only entry with a phrase of these stems, in this order; `None` if they are few."""
        if len(asked) < FEWEST_WORDS_OF_PHRASE:
            return None
        owners = [number for number, fit in fits.items() if fit.overlap >= WORD_FOR_WORD]
        if len(owners) != 1:
            return None
        phrases = list(map(without_fillers, phrases_of(self.text[owners[0]])))
        stems = scratch().stem(word for phrase in phrases for word in phrase)
        return owners[0] if any([stems[word] for word in phrase] == asked for phrase in phrases) else None

    def _coverage(self, telling: Sequence[str], number: int) -> float:
        """Return the share of the telling stems that an entry contains; rare ones count more than common ones."""
        weights = {stem: self.text.shared.weight(stem) for stem in telling}
        covered = sum(weight for stem, weight in weights.items() if self.text.speaks_of(number, stem))
        # An entry may contain one or two words by chance.
        return covered / sum(weights.values()) * min(1.0, len(weights) / ENOUGH_WORDS) if weights else 0.0

    def _beside_name(self, telling: Sequence[str], number: int) -> int:
        """Return how many of the telling stems are not in the name of an entry; of several names, the one with most."""
        entry = self.text[number]
        names = list(map(words, (entry.name, *entry.searched_names)))
        stems = scratch().stem(word for name in names for word in name)
        return min(len(set(telling).difference(stems[word] for word in name)) for name in names)

    def _name(self, number: int) -> Name:
        return Name.of(self.text[number])


def telling_words(question: str) -> list[str]:
    """Return the words of a question that say what it is about."""
    return telling_in(words(question)[:MOST_WORDS])


def judge(compared: Compared, best: int, evidence: Evidence) -> Outcome:
    """Weigh the evidence for the best entry.

    An entry is always offered if the question is one of its phrases, or names it. An everyday word is taken for a name
    if the glossary has the other words of the question.
    """
    topic = compared.topics.get(best)
    is_meant = topic is None or topic.is_familiar or not topic.is_everyday
    is_told = (evidence.named > 0 and is_meant) or evidence.overlap >= WHOLE_PHRASE
    if not is_told and not FITTED.answered.holds(evidence):
        return Outcome.NONE
    if topic is not None and topic.is_doubtful:
        return Outcome.SUGGEST
    is_sure = FITTED.sure.holds(evidence) and not compared.may_be_elsewhere
    return Outcome.SURE if is_sure or compared.is_certain(best, evidence.lead) else Outcome.SUGGEST
