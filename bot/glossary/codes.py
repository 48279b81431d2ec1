"""Message codes in what people paste: "error 502", a bare "2104", a line of a log."""

import re

# How the usual programs print a code: ib_async ("Error 502, reqId 3: …"), ibapi ("ERROR -1 1700000000000 2104 …"), and
# people ("code 502", "msg #1100").
_LABELLED = re.compile(
    r"\b(?:errors?|err|warnings?|system|messages?|msg|codes?|error_?codes?)\b[\s:=#,.'\"()\[\]-]{0,4}"
    r"(?:(?:code|message|msg|no|number|id)\b[\s:=#,.'\"()\[\]-]{0,4})?(\d{3,5})(?![\d.])",
    re.IGNORECASE,
)
_IBAPI = re.compile(r"\berror\s+-?\d+\s+(?:\d{10,}\s+)?(\d{3,5})\b", re.IGNORECASE)
_BARE = re.compile(r"^\W*(\d{3,5})\W*$")


def codes_in(text: str) -> tuple[int, ...]:
    """Return the message codes that a text names, in the order in which they stand."""
    found = [(at.start(1), int(at[1])) for pattern in (_LABELLED, _IBAPI, _BARE) for at in pattern.finditer(text)]
    return tuple(dict.fromkeys(code for _, code in sorted(found)))
