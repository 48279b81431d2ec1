"""Find in a text what Python prints when a program fails: source lines, and the exception below them."""

import re
from collections.abc import Iterable, Iterator

from bot.glossary.search.spans import Span, Spans

_FILE = r'File "[^"\n]+", line \d+'
_EXCEPTION = r"\b(?<!raise )(?:\w+\.){0,9}\w*(?:Error|Exception|Interrupt|Exit)(?=:|[ \t]*(?:\n|\Z))"
_INDENTED = rf"(?:\n[ \t]+(?!{_FILE})[^\n]*)+"
_UP_TO_EXCEPTION = rf"\n?(?:(?!{_EXCEPTION}|{_FILE})[^\n])*"
# A place in a file, and the source below it: indented lines, or a line without indent, as some programs paste it.
_SOURCE = re.compile(rf"{_FILE}(?:, in \S+)?(?:{_INDENTED}|{_UP_TO_EXCEPTION})")
_REST_OF_LINE = re.compile(rf"[ \t]*\n?[ \t]*(?!{_FILE})(?P<exception>\S[^\n]*)")
# What Python writes above a traceback, and between two tracebacks.
_HEADING = re.compile(
    r"Traceback \(most recent call last\):"
    r"|During handling of the above exception, another exception occurred:"
    r"|The above exception was the direct cause of the following exception:"
)
_CALL = re.compile(r"[a-z]+[A-Z][A-Za-z0-9]*\(")


class Tracebacks:
    """The tracebacks in a text."""

    def __init__(self, text: str) -> None:
        """Find them."""
        self._text = text
        sources = source_lines(text)
        self._headings = Spans(Span(*found.span()) for found in _HEADING.finditer(text))
        self._sources = Spans(sources)
        self._exceptions = Spans(exceptions(text, sources))

    def hide(self, at: int) -> bool:
        """Tell whether a name at a position is only part of a traceback; a line of source still names what it calls."""
        return at in self._headings or (at in self._sources and not _is_call(self._text, at))

    def have_exception(self, at: int) -> bool:
        """Tell whether a position is in the line of a traceback that says what went wrong."""
        return at in self._exceptions


def source_lines(text: str) -> list[Span]:
    r"""Return the parts of a text that are paths of files with the lines of source below them.

    >>> text = 'File "a.py", line 2, in f\n    task.go()\nOSError: [Errno 9] No'
    >>> [text[span.start : span.end] for span in source_lines(text)]
    ['File "a.py", line 2, in f\n    task.go()']
    """
    return [Span(*found.span()) for found in _SOURCE.finditer(text)]


def exceptions(text: str, sources: Iterable[Span]) -> Iterator[Span]:
    r"""Yield the line below the last source line of each traceback: the exception and its text.

    >>> text = 'File "a.py", line 2, in f\n    task.go()\nOSError: [Errno 9] No\nWhat is wrong?'
    >>> [text[span.start : span.end] for span in exceptions(text, source_lines(text))]
    ['OSError: [Errno 9] No']
    """
    for source in sources:
        if found := _REST_OF_LINE.match(text, source.end):
            yield Span(*found.span("exception"))


def _is_call(text: str, at: int) -> bool:
    """Tell whether a name in code is called at a position: "reqMktData(contract)", but not "clientId=1"."""
    return _CALL.match(text, at) is not None
