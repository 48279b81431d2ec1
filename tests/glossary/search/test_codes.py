"""Message codes are found in what people paste; other numbers are not."""

import pytest

from bot.glossary.search.codes import codes_in


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("502", (502,)),
        (" #2104! ", (2104,)),
        ("error 502", (502,)),
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
        ("I got error 2104. What now?", (2104,)),
        ("errors 2104, 2106 and 2158 at start", (2104, 2106, 2158)),
        ("Error 101y97", ()),
        ("port 7497", ()),
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
