"""Message codes are found in what people paste; other numbers are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.search.codes import codes_in, leading_code

# Codes as vendors number them; a number like a year, alone in front of a text, is taken for one.
CODES = st.integers(100, 99999).filter(lambda code: not 1900 <= code <= 2099)
REQUESTS = st.integers(-1, 999_999_999)
TEXTS = st.sampled_from(
    ["Couldn't connect", "No security definition", "Order rejected - reason: price", "Can't find order with ID = 12"]
)
STAMPS = st.sampled_from(
    ["", "2023-09-14 11:07:42,215 ", "[2022-06-21T09:14:37.518Z] ", "21/06/2022 09:14 ", "09:14:37.518 "]
)
# What log lines look like: {id} is the request, {code} the code, {text} the message.
SHAPES = st.sampled_from(
    [
        "Error {code}, reqId {id}: {text}",
        "ERROR {id} {code} {text}",
        "ERROR {id} 1732350000000 {code} {text}",
        "error; {id}; {code}; {text}",
        "Error: {id} | {code} | {text}",
        "TWSError: {code}: '{text}'",
        "Error. Id: {id}, Code: {code}, Msg: {text}",
        "<error id={id}, errorCode={code}, errorMsg={text}>",
        '{{"id": {id}, "errorCode": {code}, "errorMsg": "{text}"}}',
        "error({id}, {code}, '{text}')",
        '["4", "2", "{id}", "{code}", "{text}", ""]',
        "reqId {id}: {code}",
        "{id} | {code} | {text}",
        "{id} {code} {text}",
        "{code} - {text}",
        "{code}: {text}",
        "[#{code}] {text}",
        "EventReport - [API] {code}: {text}",
        "Error from TWS: {code} - {text}",
        "**{code}** error: {text}",
        "{text} {{{id}, {code}}}",
    ]
)
NO_CODES = st.sampled_from(
    [
        *(
            "2023-09-14",
            "14.09.2023",
            "9/14/2023",
            "2023 Sep 14",
            "Sep 14, 2023",
            "09:14:37,518",
            "2022-06-21T09:14:37.518Z",
        ),
        *("port 7497", "127.0.0.1:7497", "localhost:4001", "('127.0.0.1', 4001)", "https://example.com/404"),
        *("$502", "502.75", "100%", "100,000", "20230616"),
        *("HTTP error 404", "status code 429", "exit code 137", "KeyError: 4001", "[WinError 10061]", "[Errno 111]"),
        "ConnectionResetError(104, 'Connection reset by peer')",
    ]
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("502", (502,)),
        (" #2104! ", (2104,)),
        ("error 502", (502,)),
        ("I get error502 since today", (502,)),
        ("Error code: 162", (162,)),
        ("errorCode=200, reqId=5", (200,)),
        ("Error 162, reqId 31: Historical Market Data Service error message", (162,)),
        ("2026-11-23 09:30:00 ib_async.wrapper ERROR Error 326, reqId -1: in use", (326,)),
        ("ERROR -1 2104 Market data farm connection is OK:usfarm", (2104,)),
        ("ERROR 7 1732350000000 200 No security definition has been found", (200,)),
        ("Warning 2104 and then error 1100", (2104, 1100)),
        ("error 502 error 502", (502,)),
        ("message #10197", (10197,)),
        ("I got error 502.", (502,)),
        ("the code is `502`", (502,)),
        ("why is there a 502 error?", (502,)),
        ("an HTTP 502 error", ()),
        ("msg_id=772, state=5", ()),
        ("I got 100 errors", ()),
        ("I got error 2104. What now?", (2104,)),
        ("errors 2104, 2106 and 2158 at start", (2104, 2106, 2158)),
        ("Error 1100, then 1102", (1100, 1102)),
        ("-1 502 Couldn't connect\n-1 2104 OK", (502, 2104)),
        ("2023-01-01 12:00:00.000 ERROR 12345 --- [main] app : started", ()),
        ("2023 - what a year", ()),
        ("2023", ()),
        ("Error 101y97", ()),
        ("port 7497", ()),
        ("500 - 600 shares", ()),
        ("200 day average of the S&P 500", ()),
        ("connection to 127.0.0.1 refused", ()),
        ("500 shares", ()),
        ("error 12", ()),
        ("error 1.5", ()),
        ("terrors 502", ()),
        ("error 1234567", ()),
        ("", ()),
    ],
)
def test_codes_are_found_if_they_are_labelled_or_alone(text: str, codes: tuple[int, ...]) -> None:
    assert tuple(codes_in(text)) == codes


@given(SHAPES, STAMPS, REQUESTS, CODES, TEXTS)
def test_a_code_is_found_where_logs_have_it_and_the_request_is_none(
    shape: str, stamp: str, request: int, code: int, text: str
) -> None:
    line = stamp + shape.format(id=request, code=code, text=text)
    found = codes_in(line)
    assert list(found) == [code]
    assert line[found[code] :].startswith(str(code))


@given(st.sampled_from(["", "[ERROR] ", "ERROR:root:", "I see ", "2023-09-14 09:14:37 WARNING "]), NO_CODES)
def test_dates_times_addresses_prices_and_errors_of_other_programs_are_no_codes(before: str, number: str) -> None:
    assert codes_in(f"{before}{number} connection lost") == {}


@given(st.text(), st.text("0123456789 -,:;|[](){}'\"#Eeror\n"))
def test_any_text_can_be_searched(text: str, numbers: str) -> None:
    for one in (text, numbers, text + numbers):
        assert all(one[at:].startswith(str(code)) for code, at in codes_in(one).items())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10274 The order was refused", 10274),
        ("[1234] Some text", 1234),
        ("100 Shares", None),
        ("2024 Report", None),
        ("10274 shares", None),
        ("The 10274", None),
    ],
)
def test_a_number_before_a_sentence_may_be_a_code(text: str, code: int | None) -> None:
    assert leading_code(text) == code
