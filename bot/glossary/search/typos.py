"""Tell which misspellings people make by accident."""

from rapidfuzz.distance import OSA

# A shorter word is a few edits away from too many others.
SHORTEST = 4
# In words from these lengths, one vowel is easily mistaken for another, and any two edits may be a typo.
LONG, VERY_LONG = 6, 12
VOWELS = frozenset("aeiouy")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# The keys to the left and right of each key, and those that touch it in the rows above and below.
_NEIGHBOURS = {
    key: {
        other
        for other_row, keys in enumerate(_ROWS)
        for other_at, other in enumerate(keys)
        if (other_row, abs(other_at - at)) == (row, 1)
        or (abs(other_row - row) == 1 and other_at - at in {0, row - other_row})
    }
    for row, line in enumerate(_ROWS)
    for at, key in enumerate(line)
}


def is_likely_typo(typed: str, meant: str) -> bool:
    """Tell whether a word, of at least four letters, is easily typed for another one that starts with the same letter.

    A letter is missing, or typed twice, or two are swapped, or one too many was hit inside the word, or a neighbouring
    key. One vowel may stand for another in a longer word.

    >>> is_likely_typo("brakcet", "bracket"), is_likely_typo("volitility", "volatility")
    (True, True)
    >>> is_likely_typo("covid", "conid"), is_likely_typo("codec", "code"), is_likely_typo("margit", "margin")
    (False, False, False)
    """
    if len(typed) < SHORTEST or typed[0] != meant[:1]:
        return False
    edits = OSA.distance(typed, meant, score_cutoff=2)
    if edits != 1:
        return edits == 2 and len(typed) >= VERY_LONG
    if len(typed) != len(meant):
        # In a word of four letters, one too many leaves too little.
        return len(typed) < len(meant) or (len(typed) > SHORTEST and _is_extra_inside(typed, meant))
    at = next(at for at, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other)
    if typed[at + 1 :] != meant[at + 1 :]:
        return True  # two letters swapped
    pair = {typed[at], meant[at]}
    return len(typed) > SHORTEST and (
        meant[at] in _NEIGHBOURS.get(typed[at], ()) or (len(typed) >= LONG and pair <= VOWELS)
    )


def _is_extra_inside(typed: str, meant: str) -> bool:
    """Tell whether a letter was typed twice, or one too many that is not the last."""
    return typed[:-1] != meant or typed[-1] == typed[-2]
