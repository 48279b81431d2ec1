"""Find message codes in what people paste: "error 502", a bare "2104", a line of a log."""

import re
from collections.abc import Iterator

# "code 502", "msg #1100", "errors 1100 and 1101", and what ib_async prints: "Error 502, reqId 3: ...".
_LABELLED = re.compile(
    r"\b(?:errors?|err|warnings?|system|messages?|msg|codes?|error_?codes?)\b[\s:=#,.'\"()\[\]-]{0,4}"
    r"(?:(?:code|message|msg|no|number|id)\b[\s:=#,.'\"()\[\]-]{0,4})?"
    r"(\d{3,5}(?:(?:\s*[,/&]\s*|\s+(?:and|or)\s+)\d{3,5}\b)*)(?!\w|\.\d)",
    re.IGNORECASE,
)
# What ibapi prints: "ERROR -1 1700000000000 2104 ...".
_IBAPI = re.compile(r"\berror\s+-?\d+\s+(?:\d{10,}\s+)?(\d{3,5})\b", re.IGNORECASE)
_BARE = re.compile(r"^\W*(\d{3,5})\W*$")
_CODE = re.compile(r"\d{3,5}")


def codes_in(text: str) -> dict[int, int]:
    """Return the message codes in a text, in order, each with the position where it is first mentioned.

    >>> codes_in("Error 502, reqId 3: Couldn't connect")
    {502: 6}
    >>> list(codes_in("errors 1100 and 1101")), list(codes_in("2104")), list(codes_in("I bought 100 shares"))
    ([1100, 1101], [2104], [])
    """
    first: dict[int, int] = {}
    for at, code in sorted(_mentions(text)):
        first.setdefault(code, at)
    return first


def _mentions(text: str) -> Iterator[tuple[int, int]]:
    """Yield the position and the code of each mention; some are found by two patterns."""
    for pattern in (_LABELLED, _IBAPI, _BARE):
        for run in pattern.finditer(text):
            for code in _CODE.finditer(run[1]):
                yield run.start(1) + code.start(), int(code[0])
