"""Every example of an entry runs: it raises nothing, and one with a connection leaves it as it should."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.glossary.model import Entry
from bot.glossary.pack import read_pack
from tests.examples_stub import Tws

DATA = Path(__file__).parents[1] / "data"
EXAMPLES = [entry for entry in read_pack(DATA)[0].entries if entry.example]

pytestmark = pytest.mark.filterwarnings("ignore:.*event_loop_policy:DeprecationWarning")


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder, an event loop and log handlers of its own for each example."""
    monkeypatch.chdir(tmp_path)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    for handler in set(logging.root.handlers) - set(handlers):
        handler.close()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    loop.close()
    asyncio.set_event_loop(None)


@pytest.fixture
def tws(monkeypatch: pytest.MonkeyPatch) -> Tws:
    """A stand-in that ib_async and ibapi connect to."""
    tws = Tws()
    tws.install(monkeypatch)
    return tws


def run(example: str, name: str) -> None:
    """Run an example as a program."""
    exec(compile(example, name, "exec"), {"__name__": "__main__"})  # noqa: S102


@pytest.mark.parametrize("entry", EXAMPLES, ids=lambda entry: entry.name)
def test_every_example_runs_prints_something_and_disconnects(
    entry: Entry, tws: Tws, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    run(entry.example, entry.name)
    left = tws.still_connected()
    # Errors in a handler of ib_async's events are only logged.
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert left == [], "does not disconnect"
    assert capsys.readouterr().out or not tws.connections, "prints nothing"


CONNECTION = """
from ib_async import IB, LimitOrder, Stock
ib = IB()
ib.connect()
stock = Stock("AAPL", "SMART", "USD")
"""


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ("ib.reqMktData(stock)", ValueError),
        ("ib.reqHistoricalData(stock, '', '1 D', '1 hour', 'TRADES', True)", ValueError),
        ("ib.qualifyContracts(stock)\nib.placeOrder(stock, LimitOrder('BUY', 1, 100))", AssertionError),
        ("ib.disconnect()\nib.reqCurrentTime()", ConnectionError),
    ],
    ids=["unqualified ticker", "unqualified bars", "order", "not connected"],
)
def test_the_stand_in_raises_what_an_example_must_not_do(tws: Tws, lines: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        run(CONNECTION + lines, "mistake")
    tws.still_connected()


def test_the_stand_in_knows_who_did_not_disconnect(tws: Tws) -> None:
    run(CONNECTION, "mistake")
    assert len(tws.still_connected()) == 1
