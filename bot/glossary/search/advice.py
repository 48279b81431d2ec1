"""Recognise questions that ask for advice, such as what to buy, by the phrases that the data lists."""

from collections.abc import Iterable

from bot.glossary.text import words

# Either stands for any words inside a phrase.
GAPS = ("…", "...")


class AdvicePhrases:
    """The phrases that ask for advice. One without words finds nothing."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Split the phrases at their gaps."""
        self._phrases = [parts for phrase in phrases if (parts := _parts(phrase))]

    def stand_in(self, question: str) -> bool:
        """Tell whether a question has the parts of any phrase, in their order.

        >>> AdvicePhrases(["will … go up"]).stand_in("So, will the dollar go up tomorrow?")
        True
        """
        said = f" {' '.join(words(question))} "
        return any(_follow(parts, said) for parts in self._phrases)


def _parts(phrase: str) -> list[str]:
    for gap in GAPS:
        phrase = phrase.replace(gap, "\n")
    return [f" {' '.join(said)} " for part in phrase.split("\n") if (said := words(part))]


def _follow(parts: Iterable[str], said: str) -> bool:
    at = 0
    for part in parts:
        found = said.find(part, at)
        if found < 0:
            return False
        # The blank behind one part is the one before the next.
        at = found + len(part) - 1
    return True
