"""The forms of a word: "overfitted" and "overfit" are forms of "overfitting", "reconnected" one of "reconnection"."""

from bot.glossary.text import fold

# In this order, so that "executions" loses its plural first.
_ENDINGS = ("ing", "ed", "ion", "e")
# Shorter stems would join words that have nothing in common: "logged" and "logging", "limited" and "limit".
_SHORTEST_STEM = 6
_VOWELS = frozenset("aeiou")


def form_key(word: str) -> str:
    """Return what the forms of a word have in common, or "" if the word is too short to tell.

    >>> [form_key(word) for word in ("overfitted", "overfitting", "overfit", "throttle", "throttling", "limited")]
    ['overfit', 'overfit', 'overfit', 'throttl', 'throttl', '']
    """
    stem = fold(word)
    for ending in _ENDINGS:
        if stem.endswith(ending):
            stem = _undoubled(stem.removesuffix(ending))
            break
    return stem if len(stem) >= _SHORTEST_STEM else ""


def _undoubled(stem: str) -> str:
    """Return a stem without the consonant that was doubled before an ending: "overfitt" becomes "overfit"."""
    is_doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS and stem[-1] not in "lsz"
    return stem[:-1] if is_doubled else stem
