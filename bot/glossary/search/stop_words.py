"""Words of questions that say nothing about the topic."""

from collections.abc import Iterable

# These do not even help to rank, because every text has them.
FILLERS = frozenset("a an the i is are to of in on and or do does it my".split())

STOP_WORDS = frozenset(
    "a able about after again all also am an and any anybody anyone are aren as at be because been before being "
    "both but by can cannot cant could did didn do does doesn doesnt doing don done dont down each else ever every "
    "for from get gets getting give go goes going gone got had handle has hasn have haven having he hello help her "
    "here hey hi him his how however i if im in into is isn isnt it its ive just keep keeps know let lets like ll "
    "look make makes many may maybe me mean means might mine more most much must my myself need needs no nor not "
    "now of off ok okay on once one only or other our out over please put really s same say says see seem seems she "
    "should show shows so some somebody somehow someone something sometimes still such sure t take tell than thank "
    "thanks that thats the their them then there these they thing things think this those through to too try trying "
    "under until up us use used uses using ve very want wants was wasn way we well were what whats when where which "
    "while who whom whose why will with without won wont would wouldn yes yet you your".split()
)


def telling_in(said: Iterable[str]) -> list[str]:
    """Return the words that say something: no stop words, and no single letters."""
    return [word for word in said if word not in STOP_WORDS and len(word) > 1]
