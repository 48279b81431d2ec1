"""Terms are found in what people write, and only where they are meant."""

import re
import time
from pathlib import Path

import pytest

from bot.glossary.model import Entry
from bot.glossary.pack import read_pack
from bot.glossary.search.jargon import Jargon


@pytest.fixture(scope="module")
def jargon() -> Jargon:
    """The shipped glossary's terms."""
    return Jargon(read_pack(Path(__file__).parents[3] / "data")[0].entries)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "I use SMART routing with a bracket order and useRTH=1",
            ["SMART routing", "bracket order", "regular trading hours"],
        ),
        ("connect to 127.0.0.1:7497 with clientId=1", ["localhost", "paper trading port", "client ID"]),
        ("what's the Sharpe-Ratio of this back test", ["Sharpe ratio", "backtest"]),
        ("Error 162, reqId 5: Historical Market Data Service error message", ["Error 162", "request ID"]),
        ("ERROR -1 2104 Market data farm connection is OK:usfarm", ["Warning 2104"]),
        ("bracket orders, Bracket Order and BRACKET_ORDER", ["bracket order"]),
        ("WARN no security definition has been found for the request, sorry", ["Error 200"]),
        ("orderId 15021 failed. error 502", ["order ID", "Error 502"]),
        ("only he is trusted. IPs change", []),
        ("slippage", ["slippage"]),
        ("see https://example.com/limit-order/bracket-order", []),
        ("the strategy is overfitted and I reconnected", ["overfitting", "reconnect logic"]),
        ("curve fitted, throttled and rebalanced", ["overfitting", "rate limit", "rebalancing"]),
        ("what does transmit=False do", ["transmit flag"]),
        ("errorCode=162 and Error code: 200; what is an error code?", ["Error 162", "Error 200", "message codes"]),
        ("ib.openTrades() and reqGlobalCancel", ["open orders", "cancelling an order"]),
        ("send it as IOC in an OCA", ["time in force values", "OCA group"]),
        ("stays PreSubmitted", ["PreSubmitted"]),
        ("got 2104, 2106 and 2158", ["Warning 2104", "Warning 2106", "Warning 2158"]),
        ("error 1100 then 2104 and 1102", ["System 1100", "Warning 2104", "System 1102"]),
        ("what does 399 mean?", ["Warning 399"]),
        ("ERROR 5 420 Invalid real-time query: no market data permissions for X", ["Error 420"]),
        ("", []),
        ("🖥️ ``` ``` **", []),
    ],
)
def test_terms_are_found_in_order_longest_first_and_once(jargon: Jargon, text: str, names: list[str]) -> None:
    assert [entry.name for entry in jargon.find(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "I moved to a new position at my job, what a task",
        "await the results of the series tonight",
        "our exposure to the sun",
        "he is smart and has limits",
        "I read a book series, thread by thread, and I am logging off now",
        "nice snapshot of your dog at the gateway",
        "the contract with my landlord ends",
        "one day I will be rich, so what if I fail",
        "the limit is 50 messages",
        "I sold 200 shares at 1102 and bought 100 more, table id 2104",
        "he paid 2106 dollars for port 1100",
    ],
)
def test_everyday_words_are_not_terms(jargon: Jargon, text: str) -> None:
    assert jargon.find(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my position in AAPL shows the wrong average cost after the API call", "positions"),
        ("I call await ib.reqHistoricalDataAsync and get a coroutine", "await"),
        ("net exposure and beta of my portfolio", "exposure"),
        ("SMART picks the exchange", "SMART routing"),
        ("GTC or a DAY order?", "time in force"),
        ("what is the volatility there", "volatility"),
        ("LimitOrder(contract, 5)", "Contract"),
        ("put it into .env", "environment variable"),
    ],
)
def test_everyday_words_are_terms_if_the_context_fits(jargon: Jargon, text: str, name: str) -> None:
    assert name in [entry.name for entry in jargon.find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the API lists securities of the account", "security"),
        ("I keep logging in to TWS with Python", "logging"),
        ("ping me about TWS when the socket is up", "heartbeat"),
        ("TWS every day", "time in force"),
        ("the TWS limit is 50 messages per second for each client", "limit order"),
        ("set env to prod for TWS", "environment variable"),
    ],
)
def test_an_ordinary_word_beside_terms_is_no_term_by_that_alone(jargon: Jargon, text: str, name: str) -> None:
    assert name not in [entry.name for entry in jargon.find(text)]


def term(name: str, *keywords: str, aliases: tuple[str, ...] = (), definition: str = "A thing.") -> Entry:
    return Entry(id=name, name=name, category="", definition=definition, aliases=aliases, keywords=keywords)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ib.openTrades() and reqGlobalCancel", ["order status", "order safety"]),
        ("send it as IOC in an OCA", ["time in force", "OCA group"]),
        ("it stays PreSubmitted", ["order status"]),
        ("SPX and EUR and OPG", []),
        ("a KeyError and totalQuantity=5", []),
    ],
)
def test_names_in_code_and_abbreviations_belong_to_the_one_entry_that_they_are_about(
    text: str, names: list[str]
) -> None:
    jargon = Jargon(
        [
            term("order status", "ib.openTrades()", "still PreSubmitted", definition="Such as `PreSubmitted`."),
            term("order safety", "reqGlobalCancel", "KeyError"),
            term("time in force", "tif IOC", "OPG order", definition="Such as `IOC`."),
            term("OCA group", "SPX one", "totalQuantity of all", definition="For SPX too."),
            term("forex", "SPX two", aliases=("EUR.USD",), definition="For SPX as well."),
        ]
    )
    assert [entry.name for entry in jargon.find(text)] == names


def test_a_name_as_it_is_written_goes_before_its_plural() -> None:
    jargon = Jargon([term("order ID", aliases=("reqIds",)), term("request ID", aliases=("reqId",))])
    assert [entry.name for entry in jargon.find("reqId 5, then reqIds")] == ["request ID", "order ID"]


REFUSED = """
Traceback (most recent call last):
  File "/srv/ib_async/bot.py", line 12, in <module>
    ib.connect("127.0.0.1", 7497, clientId=1)
  File "/srv/ib_async/util.py", line 341, in run
    result = loop.run_until_complete(task)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 7497)
"""


def test_the_exception_of_a_traceback_comes_first_and_its_source_lines_are_not_searched(jargon: Jargon) -> None:
    found = jargon.find(f"I started IB Gateway:{REFUSED}and a bracket order")
    names = ["connection refused", "localhost", "paper trading port", "IB Gateway", "bracket order"]
    assert [entry.name for entry in found] == names


@pytest.mark.parametrize("indent", ["\n", " "])
def test_a_traceback_that_lost_its_indents_or_lines_is_read_like_any_other(jargon: Jargon, indent: str) -> None:
    lost = re.sub(r"\s*\n\s*", indent, REFUSED.replace("^", ""))
    assert [entry.name for entry in jargon.find(lost)] == ["connection refused", "localhost", "paper trading port"]


def test_the_calls_in_source_lines_are_terms(jargon: Jargon) -> None:
    call = 'ib.reqHistoricalData(contract, whatToShow="TRADES", useRTH=True)'
    text = f'  File "bot.py", line 3, in <module>\n    bars = {call}\nTypeError: wrong'
    assert [entry.name for entry in jargon.find(text)] == ["historical bars"]


def test_of_two_tracebacks_both_exceptions_come_first(jargon: Jargon) -> None:
    between = "\nDuring handling of the above exception, another exception occurred:\n"
    later = '\nTraceback (most recent call last):\n  File "a.py", line 3, in f\n    ib.reqMktData(x)\nTimeoutError'
    names = ["connection refused", "localhost", "paper trading port", "connection time-out", "streaming market data"]
    assert [entry.name for entry in jargon.find(f"{REFUSED}{between}{later}")] == names


@pytest.mark.parametrize("repeated", ['File "a.py", line 3 a.', "a.Error ", "\n  File "])
def test_a_text_made_to_be_slow_is_read_in_no_time(jargon: Jargon, repeated: str) -> None:
    began = time.process_time()
    jargon.find(repeated + repeated[-2:] * 20_000)
    assert time.process_time() - began < 5
