"""Message codes in what people paste: "error 502", a bare "2104", a line of a log."""

import re

# How the usual programs print a code: ib_async ("Error 502, reqId 3: …"), ibapi ("ERROR -1 1700000000000 2104 …"), and
# people ("code 502", "msg #1100").
_LABELLED = re.compile(
    r"\b(?:errors?|err|warnings?|system|messages?|msg|codes?|error_?codes?)\b[\s:=#,.'\"()\[\]-]{0,4}"
    r"(?:(?:code|message|msg|no|number|id)\b[\s:=#,.'\"()\[\]-]{0,4})?"
    r"(\d{3,5}(?:(?:\s*[,/&]\s*|\s+(?:and|or)\s+)\d{3,5}\b)*)(?!\w|\.\d)",
    re.IGNORECASE,
)
_IBAPI = re.compile(r"\berror\s+-?\d+\s+(?:\d{10,}\s+)?(\d{3,5})\b", re.IGNORECASE)
_CODE = re.compile(r"\d{3,5}")
_BARE = re.compile(r"^\W*(\d{3,5})\W*$")


def codes_in(text: str) -> dict[int, int]:
    """Return the message codes that a text names, in the order in which they stand, each with where it first stands."""
    named = [(at.start(1), at[1]) for pattern in (_LABELLED, _IBAPI, _BARE) for at in pattern.finditer(text)]
    codes = [(start + code.start(), int(code[0])) for start, run in named for code in _CODE.finditer(run)]
    first: dict[int, int] = {}
    for at, code in sorted(codes):
        first.setdefault(code, at)
    return first
