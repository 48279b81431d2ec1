"""Find message codes in what people paste: "error 502", a bare "2104", a line of a log."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# A code, and what does not follow it: "502nd", "100%", "100,000", or the dashes after a process id in logs of Java.
_DIGITS = r"(?<!\d)[1-9]\d{2,4}(?![\w%]|,000|\s*-{2,})"
_CODE = rf"(?<![\w$€£]){_DIGITS}"
_ANY_CODE = re.compile(_DIGITS)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
# Numbers that are no codes, wherever they stand: addresses, ports, dates, times, decimals, errors of the system.
_OTHER_NUMBER = re.compile(
    rf"""
      https?://\S+ | \b\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d+)? | \blocalhost:\d+ | \bports?\W{{0,3}}\d+
    | (?<!\d)\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}(?!\d)(?:T(?=\d))?
    | (?<!\d)\d{{1,2}}([-/.])\d{{1,2}}\2\d{{2,4}}(?!\d)
    | \b(?:19|20)\d\d[\s,-]+{_MONTH}\b | \b{_MONTH}[\s,-]+(?:\d{{1,2}},?\s+)?(?:19|20)\d\d\b
    | (?<!\d)\d{{1,2}}:\d\d(?::\d\d)?(?:[.,:]\d+)?(?!\d)(?:Z|[+-]\d\d:?\d\d)?
    | (?<!\d)\d+(?:\.\d+)+
    | \b[a-z]+(?:error|exception)\(\d+ | \[(?:errno|winerror)\s+\d+\]
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Stands for each character of such a number. It is no letter, no space, and nothing that logs put beside a code.
_BLANK = "·"

# What may stand between a label and a code.
_JOINT = r"""[\s:=\#,.'"`*()\[\]<>|;_-]"""

# "code 502", "msg #1100", "TWSError: 162", "errorCode='200'", "errors 1100 and 1101". What other programs number in
# this way is read along and left out: "HTTP error 404", "exit code 137", "KeyError: 4001".
_LABELLED = re.compile(
    rf"""
    (?P<other>\b(?:https?|exit|return|status|key|value|index|win|os|io|sql)[\s_-]*)?
    (?:(?<![a-z])|(?<=[a-z])(?-i:(?=[EWC][a-z])))
    (?:errors?|err|warnings?|warn|system|messages?|msg|codes?)
    (?:{_JOINT}{{0,4}}(?:code|message|msg|no|number)(?![a-z]))?
    (?:(?<=code)\s+(?:is|was|of)|(?:(?<=error)|(?<=errors))\s+(?:like|says|saying|from\s+\w+))?
    {_JOINT}{{0,6}}
    (?P<codes>{_DIGITS}(?:(?:\s*(?:[,/&+→]|->)\s*(?:and\s+|then\s+)?|\s+(?:and|or|then|and\s+then|plus)\s+){_CODE})*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Between a request id and a code, and what begins the text of a message.
_GAP = r"(?:\s*[|;,:]\s*|\s+)"
_TEXT = r"""["'(\[]?[A-Z]['a-z]"""
_FOLLOWED = rf"""(?=\s*(?:[|;]|[,:-]?\s*{_TEXT}|$))"""
# After a level: the request id, and in newer versions the time.
_REQUEST_AND_CODE = rf"[\s:;,|.()\[\]]{{1,3}}(?P<id>-?\d{{1,9}}){_GAP}(?:\d{{10,}}{_GAP})?(?P<code>{_CODE})"
_SHAPES = [
    re.compile(shape, re.MULTILINE)
    for shape in (
        # ibapi: "ERROR -1 2104 Market ...", "error; 1; 321; ...".
        rf"\bERROR{_REQUEST_AND_CODE}",
        rf"\b(?i:error|warning|info){_REQUEST_AND_CODE}{_FOLLOWED}",
        # "-1 502 Couldn't connect", "-1 | 2103 | ...": -1 is no request.
        rf"""(?<![\w.-])-1{_GAP}(?P<code>{_CODE})(?=\s*(?:[|;…]|[,:-]?\s*["'(\[]?[A-Z]|$))""",
        # "7926 103 Duplicate order id" at the start of a line.
        rf"^[^\w\n]*\d{{1,9}}(?:\s*[|;]\s*|[,:]?\s+)(?P<code>{_CODE}){_FOLLOWED}",
        # "Reqid 69917: 110".
        rf"(?i:\b(?:req(?:uest)?|order|ticker)?[ _]?id)[\s:=#.]{{0,3}}-?\d+{_GAP}(?P<code>{_CODE}){_FOLLOWED}",
        # "354 - Requested market data ...", "354: Requested ..." at the start of a line or after its level.
        rf"^(?:[^\w\n]|ERROR|WARN(?:ING)?|INFO)*(?P<code>{_CODE})[\])]?\s*[])|:;–—-]\s*{_TEXT}",
        # "... EventReport - [API] 2103: Market data ...".
        rf"[])>:–—-]\s+(?P<code>{_CODE})[:\])]\s+{_TEXT}",
        # "a 502 error"; but "HTTP 502 error".
        rf"(?<!HTTP )(?P<code>{_CODE})[`*]*\s+(?i:error|warning)\b",
        # '"103", "Duplicate order id"', "(-1, 2104, 'Market data ...')".
        rf"""(?:(?P<id>-?\d{{1,9}})["']?,\s*["']?|["'](?=\d+["'])|(?<=[,(\[{{\s]))(?P<code>{_CODE})["']?\s*,\s*["']\s*[A-Z]""",
        # "{548207914, 399}", "[#354]".
        rf"\{{\s*-?\d+\s*,\s*(?P<code>{_CODE})\s*\}}",
        rf"\[#(?P<code>{_CODE})\]",
    )
]
_BARE = re.compile(rf"[^\w$€£·]*(?P<code>{_CODE})[^\w%]*")
_LEADING = re.compile(rf"[^\w$€£·]*(?P<code>{_CODE})[^\w%]*\s{_TEXT}")
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Mention(NamedTuple):
    """A code and its position; `request_at` is the position of the request id before it."""

    at: int
    code: int
    request_at: int = -1


def codes_in(text: str) -> dict[int, int]:
    """Return the message codes in a text, in order, each with the position where it is first mentioned.

    A number is a code if it is alone, labelled, or stands where logs have codes.

    >>> codes_in("Error 502, reqId 3: Couldn't connect")
    {502: 6}
    >>> list(codes_in("errors 1100 and 1101")), list(codes_in("2104")), list(codes_in("I bought 100 shares"))
    ([1100, 1101], [2104], [])
    >>> list(codes_in("7926 103 Duplicate order id")), list(codes_in("[ERROR] 2022-06-21 09:14:37 port 7497"))
    ([103], [])
    """
    if not _ANY_CODE.search(text):
        return {}
    plain = _without_other_numbers(text)
    in_shapes = list(_in_shapes(plain))
    requests = {mention.request_at for mention in in_shapes}
    labelled = (mention for mention in _labelled(plain) if mention.at not in requests)
    first: dict[int, int] = {}
    for mention in sorted([*labelled, *in_shapes, *_bare(plain)]):
        first.setdefault(mention.code, mention.at)
    return first


def leading_code(text: str) -> int | None:
    """Return the number that a text starts with if it may be a code: "10274 The order ..."; `None` if there is none."""
    found = _LEADING.match(_without_other_numbers(text))
    if found is None or _YEAR.fullmatch(found["code"]):
        return None
    code = int(found["code"])
    # A round number more likely counts something: "100 Shares".
    return code if code % 100 else None


def _without_other_numbers(text: str) -> str:
    return _OTHER_NUMBER.sub(lambda number: _BLANK * len(number[0]), text)


def _labelled(text: str) -> Iterator[_Mention]:
    """Yield the codes after a label such as "error"."""
    for one in _LABELLED.finditer(text):
        if one["other"] is None:
            for code in _ANY_CODE.finditer(text, one.start("codes"), one.end("codes")):
                yield _Mention(code.start(), int(code[0]))


def _in_shapes(text: str) -> Iterator[_Mention]:
    """Yield the codes that stand where lines of a log have them."""
    for shape in _SHAPES:
        for one in shape.finditer(text):
            if not _YEAR.fullmatch(one["code"]):
                yield _Mention(one.start("code"), int(one["code"]), one.start("id") if "id" in shape.groupindex else -1)


def _bare(text: str) -> Iterator[_Mention]:
    one = _BARE.fullmatch(text)
    if one and not _YEAR.fullmatch(one["code"]):
        yield _Mention(one.start("code"), int(one["code"]))
