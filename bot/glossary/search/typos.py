"""Tell which misspellings people make by accident."""

from rapidfuzz.distance import OSA

# A shorter word is a few edits away from too many others.
SHORTEST = 4
# In words from these lengths, one vowel is easily mistaken for another, and any two edits may be a typo.
LONG, VERY_LONG = 6, 12
VOWELS = frozenset("aeiouy")
# The keys that touch each key of an American keyboard.
_NEIGHBOURS = dict(
    keys.split(":")
    for keys in (
        "q:wa w:qeas e:wrsd r:etdf t:ryfg y:tugh u:yihj i:uojk o:ipkl p:ol a:qwsz s:awedzx d:serfxc f:drtgcv g:ftyhvb "
        "h:gyujbn j:huiknm k:jiolm l:kop z:asx x:zsdc c:xdfv v:cfgb b:vghn n:bhjm m:njk"
    ).split()
)


def is_likely_typo(typed: str, meant: str) -> bool:
    """Tell whether somebody who meant one word may easily have typed another, of four or more letters.

    The first letter has to be right.

    >>> is_likely_typo("conect", "connect"), is_likely_typo("brakcet", "bracket"), is_likely_typo("ordwr", "order")
    (True, True, True)
    >>> is_likely_typo("covid", "conid"), is_likely_typo("codec", "code"), is_likely_typo("margit", "margin")
    (False, False, False)
    """
    if len(typed) < SHORTEST or typed[0] != meant[:1]:
        return False
    edits = OSA.distance(typed, meant, score_cutoff=2)
    if edits != 1:
        return edits == 2 and len(typed) >= VERY_LONG
    if len(typed) < len(meant):
        return True
    # In a word of four letters, only a missing letter and two swapped ones count as slips.
    is_short = len(typed) == SHORTEST
    if len(typed) > len(meant):
        return not is_short and _is_extra_inside(typed, meant)
    wrong = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    return len(wrong) == 2 or (not is_short and _is_easily_mistaken(*wrong[0], is_long=len(typed) >= LONG))


def _is_extra_inside(typed: str, meant: str) -> bool:
    """Tell whether a letter was typed twice, or an extra one was hit that is not the last."""
    return typed[:-1] != meant or typed[-1] == typed[-2]


def _is_easily_mistaken(letter: str, meant: str, *, is_long: bool) -> bool:
    """Tell whether a letter is on a neighbouring key, or one vowel in place of another in a long word."""
    return meant in _NEIGHBOURS.get(letter, "") or (is_long and {letter, meant} <= VOWELS)
