"""Stand in for TWS, so that the examples of the entries run without one.

ib_async stays as it is and raises what it raises; only its client answers at once, with a small made-up account,
instead of through a socket. ibapi, whose current versions are not on PyPI, is replaced by what the examples use of it.
"""

import sys
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime
from types import ModuleType
from typing import Any
from zlib import crc32

import ib_async
import pytest
from ib_async.client import Client

ACCOUNT = "DU1234567"
NOW = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
SERVER_VERSION = 178
BID, ASK, LAST = (1, 0), (2, 3), (4, 5)  # tick types of a price and of its size
VALUES = {
    "AccountType": "INDIVIDUAL",
    "NetLiquidation": "100000.00",
    "TotalCashValue": "80000.00",
    "SettledCash": "80000.00",
    "AvailableFunds": "79000.00",
    "ExcessLiquidity": "79500.00",
    "BuyingPower": "316000.00",
    "EquityWithLoanValue": "100000.00",
    "GrossPositionValue": "20000.00",
    "InitMarginReq": "5000.00",
    "MaintMarginReq": "4500.00",
    "Cushion": "0.95",
    "Leverage": "0.20",
}


class Tws:
    """Everything that connected to the stand-in, and the passing of time."""

    def __init__(self) -> None:
        """Wait for connections."""
        self.connections: list[Any] = []

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let ib_async and ibapi connect to this stand-in."""
        monkeypatch.setattr("ib_async.ib.Client", lambda wrapper: StubClient(wrapper, self))
        monkeypatch.setattr(ib_async.IB, "sleep", staticmethod(self.pass_time))
        monkeypatch.setattr(ib_async.IB, "run", lambda _ib, *awaitables: self.run(*awaitables))
        monkeypatch.setattr(ib_async.IB, "RequestTimeout", 2)
        # It patches asyncio for good.
        monkeypatch.setattr(ib_async.util, "startLoop", lambda: None)
        for name, module in _ibapi(self).items():
            monkeypatch.setitem(sys.modules, name, module)

    def pass_time(self, _seconds: float = 0) -> bool:
        """Deliver one update of everything that is subscribed, instead of sleeping."""
        for client in self.connections:
            client.deliver()
        return True

    def run(self, *awaitables: Any) -> Any:
        """Run what is awaited, or let time pass until nothing arrives any more."""
        if awaitables:
            return ib_async.util.run(*awaitables)
        self.pass_time()
        for client in self.connections:
            client.fall_silent()
        return None

    def still_connected(self) -> list[Any]:
        """Return the connections that were not closed, and close them."""
        left = [client for client in self.connections if client.isConnected()]
        for client in left:
            client.disconnect()
        return left


class StubClient(Client):
    """Answer the requests of ib_async. What is not here is taken and gets no answer."""

    def __init__(self, wrapper: Any, tws: Tws) -> None:
        """Belong to a stand-in."""
        super().__init__(wrapper)  # type: ignore[no-untyped-call]
        self._tws = tws
        self._live: dict[int, Callable[[], None]] = {}

    async def connectAsync(self, host: str, port: int, clientId: int, timeout: float | None = 2.0) -> None:
        """Connect at once."""
        self.host, self.port, self.clientId = host, port, clientId
        self.connState = Client.CONNECTED
        self._serverVersion = SERVER_VERSION
        self._accounts = [ACCOUNT]
        self._reqIdSeq = 1
        self._apiReady = True
        self._tws.connections.append(self)
        self.wrapper.managedAccounts(ACCOUNT)
        self.wrapper.error(-1, 2104, "Market data farm connection is OK:usfarm", "")

    def sendMsg(self, msg: str) -> None:
        """Take a message that needs no answer, such as a cancellation."""

    def _require_connection(self) -> None:
        """Raise what every request raises without a connection; most raise it for want of a request ID."""
        self.send()  # type: ignore[no-untyped-call]

    def deliver(self) -> None:
        """Send one update of everything that is subscribed."""
        self.wrapper.tcpDataArrived()
        for send in tuple(self._live.values()):
            send()
        self.wrapper.tcpDataProcessed()
        if self.isConnected():  # type: ignore[no-untyped-call]
            self.wrapper.error(-1, 2106, "HMDS data farm connection is OK:ushmds", "")

    def fall_silent(self) -> None:
        """Let the time-out pass that was set for a silent connection."""
        if self.wrapper._timeout:
            self.wrapper.ib.timeoutEvent.emit(self.wrapper._timeout)

    def _subscribe(self, req_id: int, send: Callable[[], None]) -> None:
        self._live[req_id] = send

    # The account

    def reqPositions(self) -> None:
        """Hold one position."""
        self._require_connection()
        self.wrapper.position(ACCOUNT, _qualified(ib_async.Stock("AAPL", "SMART", "USD")), 100.0, 190.0)
        self.wrapper.positionEnd()

    def reqAccountUpdates(self, subscribe: bool, acctCode: str) -> None:
        """Send the account's values and its one position."""
        self._require_connection()
        for tag, value in VALUES.items():
            self.wrapper.updateAccountValue(tag, value, "USD", acctCode)
        stock = _qualified(ib_async.Stock("AAPL", "SMART", "USD"))
        self.wrapper.updatePortfolio(stock, 100.0, 200.0, 20_000.0, 190.0, 1_000.0, 0.0, acctCode)
        self.wrapper.accountDownloadEnd(acctCode)

    def reqAccountUpdatesMulti(self, reqId: int, account: str, modelCode: str, ledgerAndNLV: bool) -> None:
        """Send the account's values."""
        for tag, value in VALUES.items():
            self.wrapper.accountUpdateMulti(reqId, account, modelCode, tag, value, "USD")
        self.wrapper.accountUpdateMultiEnd(reqId)

    def reqAccountSummary(self, reqId: int, groupName: str, tags: str) -> None:
        """Send the account's values."""
        for tag, value in VALUES.items():
            self.wrapper.accountSummary(reqId, ACCOUNT, tag, value, "USD")
        self.wrapper.accountSummaryEnd(reqId)

    def reqPnL(self, reqId: int, account: str, modelCode: str) -> None:
        """Send one profit."""
        self._subscribe(reqId, lambda: self.wrapper.pnl(reqId, 120.0, 1_000.0, 0.0))

    def reqPnLSingle(self, reqId: int, account: str, modelCode: str, conid: int) -> None:
        """Send the profit of one position."""
        self._subscribe(reqId, lambda: self.wrapper.pnlSingle(reqId, 100, 120.0, 1_000.0, 0.0, 20_000.0))

    # Orders

    def placeOrder(self, orderId: int, contract: Any, order: Any) -> None:
        """Say what an order would do to the margin; refuse to place one."""
        if not order.whatIf:
            raise AssertionError("an example places an order")
        hash(contract)
        state = ib_async.OrderState(
            status="PreSubmitted",
            initMarginBefore="5000.0",
            initMarginChange="600.0",
            initMarginAfter="5600.0",
            maintMarginBefore="4500.0",
            maintMarginChange="500.0",
            maintMarginAfter="5000.0",
            equityWithLoanBefore="100000.0",
            equityWithLoanChange="0.0",
            equityWithLoanAfter="100000.0",
            commission=1.0,
            minCommission=1.0,
            maxCommission=1.0,
            commissionCurrency="USD",
        )
        asked = copy(order)
        asked.orderId = orderId
        self.wrapper.openOrder(orderId, contract, asked, state)

    def reqOpenOrders(self) -> None:
        """Hold one open order that is partly filled."""
        self._require_connection()
        self.wrapper.openOrder(7, *self._order(7, "PreSubmitted"))
        self.wrapper.orderStatus(7, "Submitted", 4.0, 6.0, 180.0, 77, 0, 180.0, self.clientId, "")
        self.wrapper.openOrderEnd()

    reqAllOpenOrders = reqOpenOrders

    def reqCompletedOrders(self, apiOnly: bool) -> None:
        """Remember one completed order."""
        self._require_connection()
        self.wrapper.completedOrder(*self._order(6, "Filled"))
        self.wrapper.completedOrdersEnd()

    def _order(self, order_id: int, status: str) -> tuple[Any, Any, Any]:
        order = ib_async.LimitOrder("BUY", 10, 180.0, orderId=order_id, permId=70 + order_id, clientId=self.clientId)
        return _qualified(ib_async.Stock("AAPL", "SMART", "USD")), order, ib_async.OrderState(status=status)

    def reqExecutions(self, reqId: int, execFilter: Any) -> None:
        """Remember one execution with its commission."""
        execution = ib_async.Execution(
            execId="0001.01",
            time=NOW,
            acctNumber=ACCOUNT,
            exchange="ISLAND",
            side="BOT",
            shares=10.0,
            price=190.0,
            permId=76,
            clientId=self.clientId,
            orderId=6,
            cumQty=10.0,
            avgPrice=190.0,
            lastLiquidity=2,
        )
        self.wrapper.execDetails(reqId, _qualified(ib_async.Stock("AAPL", "SMART", "USD")), execution)
        self.wrapper.commissionReport(ib_async.CommissionReport("0001.01", 1.0, "USD", 0.0, 0.0, 0))
        self.wrapper.execDetailsEnd(reqId)

    # Contracts

    def reqContractDetails(self, reqId: int, contract: Any) -> None:
        """Know every contract, and exactly one for each description."""
        details = ib_async.ContractDetails(
            contract=_qualified(contract),
            marketName="NMS",
            minTick=0.01,
            orderTypes="ACTIVETIM,LMT,MKT,STP",
            validExchanges="SMART,NYSE,NASDAQ",
            marketRuleIds="26,26,26",
            longName="A COMPANY",
            timeZoneId="US/Eastern",
            tradingHours="20261127:0400-20261127:2000",
            liquidHours="20261127:0930-20261127:1600",
            minSize=1.0,
            sizeIncrement=1.0,
        )
        self.wrapper.contractDetails(reqId, details)
        self.wrapper.contractDetailsEnd(reqId)

    def reqMatchingSymbols(self, reqId: int, pattern: str) -> None:
        """Find the symbol that was asked for."""
        found = ib_async.ContractDescription(_qualified(ib_async.Stock(pattern, "SMART", "USD")), ["OPT"])
        self.wrapper.symbolSamples(reqId, [found])

    def reqMarketRule(self, marketRuleId: int) -> None:
        """Send steps that grow with the price."""
        self._require_connection()
        self.wrapper.marketRule(
            marketRuleId, [ib_async.PriceIncrement(0.0, 0.0001), ib_async.PriceIncrement(1.0, 0.01)]
        )

    def reqSecDefOptParams(
        self,
        reqId: int,
        underlyingSymbol: str,
        futFopExchange: str,
        underlyingSecType: str,
        underlyingConId: int,
    ) -> None:
        """Send a chain with two expirations."""
        assert underlyingConId, "the underlying is not qualified"
        chain = (["20261218", "20270115"], [190.0, 195.0, 200.0, 205.0, 210.0])
        self.wrapper.securityDefinitionOptionParameter(reqId, "SMART", underlyingConId, underlyingSymbol, "100", *chain)
        self.wrapper.securityDefinitionOptionParameterEnd(reqId)

    # Market data

    def reqMktData(
        self,
        reqId: int,
        contract: Any,
        genericTickList: str,
        snapshot: bool,
        regulatorySnapshot: bool,
        mktDataOptions: Any,
    ) -> None:
        """Send quotes, and the Greeks of an option."""
        hash(contract)

        def send() -> None:
            for (price_type, _), price in ((BID, 199.9), (ASK, 200.1), (LAST, 200.0)):
                self.wrapper.priceSizeTick(reqId, price_type, price, 100.0)
            self.wrapper.tickSize(reqId, 8, 1_000.0)
            if contract.secType in {"OPT", "FOP"}:
                self.wrapper.tickOptionComputation(reqId, 13, 0, 0.25, 0.5, 5.0, 0.0, 0.02, 0.1, -0.05, 200.0)

        self._subscribe(reqId, send)
        if snapshot:
            send()
            self.wrapper.tickSnapshotEnd(reqId)

    def reqTickByTickData(
        self,
        reqId: int,
        contract: Any,
        tickType: str,
        numberOfTicks: int,
        ignoreSize: bool,
    ) -> None:
        """Send one trade, quote or midpoint at a time."""
        hash(contract)
        now = int(NOW.timestamp())

        def send() -> None:
            if tickType == "BidAsk":
                quote = (199.9, 200.1, 1.0, 2.0, ib_async.TickAttribBidAsk())
                self.wrapper.tickByTickBidAsk(reqId, now, *quote)
            elif tickType == "MidPoint":
                self.wrapper.tickByTickMidPoint(reqId, now, 200.0)
            else:
                self.wrapper.tickByTickAllLast(reqId, 1, now, 200.0, 10.0, ib_async.TickAttribLast(), "ISLAND", "")

        self._subscribe(reqId, send)

    def reqMktDepth(self, reqId: int, contract: Any, numRows: int, isSmartDepth: bool, mktDepthOptions: Any) -> None:
        """Send a book of one level."""
        hash(contract)

        def send() -> None:
            for side, price in ((1, 199.9), (0, 200.1)):
                self.wrapper.updateMktDepthL2(reqId, 0, "ISLAND", 0, side, price, 100.0, isSmartDepth)

        self._subscribe(reqId, send)

    def reqRealTimeBars(
        self,
        reqId: int,
        contract: Any,
        barSize: int,
        whatToShow: str,
        useRTH: bool,
        realTimeBarsOptions: Any,
    ) -> None:
        """Send the same bar again and again."""
        hash(contract)
        bar = (int(NOW.timestamp()), 200.0, 201.0, 199.0, 200.5, 1_000.0, 200.2, 10)
        self._subscribe(reqId, lambda: self.wrapper.realtimeBar(reqId, *bar))

    def reqHistoricalData(
        self,
        reqId: int,
        contract: Any,
        endDateTime: str,
        durationStr: str,
        barSizeSetting: str,
        whatToShow: str,
        useRTH: bool,
        formatDate: int,
        keepUpToDate: bool,
        chartOptions: Any,
    ) -> None:
        """Send five bars or one trading session, and go on with a new bar where that was asked for."""
        hash(contract)
        if whatToShow == "SCHEDULE":
            session = ib_async.HistoricalSession("20261127-09:30:00", "20261127-13:00:00", "20261127")
            self.wrapper.historicalSchedule(reqId, session.startDateTime, session.endDateTime, "US/Eastern", [session])
            return
        is_daily = "day" in barSizeSetting or barSizeSetting[-1] in "WM"
        days = [f"202611{day}" if is_daily else f"202611{day} 10:00:00 US/Eastern" for day in (19, 20, 23, 24, 25, 27)]
        for price, day in enumerate(days[:-1], start=200):
            self.wrapper.historicalData(reqId, _bar(day, float(price)))
        self.wrapper.historicalDataEnd(reqId, "", "")
        if keepUpToDate:
            self._subscribe(reqId, lambda: self.wrapper.historicalDataUpdate(reqId, _bar(days[-1], 205.0)))

    def reqHistoricalTicks(
        self,
        reqId: int,
        contract: Any,
        startDateTime: str,
        endDateTime: str,
        numberOfTicks: int,
        whatToShow: str,
        useRth: bool,
        ignoreSize: bool,
        miscOptions: Any,
    ) -> None:
        """Send one tick of the kind that was asked for."""
        hash(contract)
        match whatToShow:
            case "TRADES":
                trade = ib_async.HistoricalTickLast(NOW, ib_async.TickAttribLast(), 200.0, 10.0, "ISLAND", "")
                self.wrapper.historicalTicksLast(reqId, [trade], done=True)
            case "BID_ASK":
                quote = ib_async.HistoricalTickBidAsk(NOW, ib_async.TickAttribBidAsk(), 199.9, 200.1, 1.0, 2.0)
                self.wrapper.historicalTicksBidAsk(reqId, [quote], done=True)
            case _:
                self.wrapper.historicalTicks(reqId, [ib_async.HistoricalTick(NOW, 200.0, 0.0)], done=True)

    def reqHeadTimeStamp(self, reqId: int, contract: Any, whatToShow: str, useRTH: bool, formatDate: int) -> None:
        """Have data since 1980."""
        hash(contract)
        self.wrapper.headTimestamp(reqId, "19801212-14:30:00")

    def reqHistogramData(self, tickerId: int, contract: Any, useRTH: bool, timePeriod: str) -> None:
        """Send two prices."""
        hash(contract)
        self.wrapper.histogramData(tickerId, [ib_async.HistogramData(200.0, 10), ib_async.HistogramData(201.0, 5)])

    # The rest

    def reqCurrentTime(self) -> None:
        """Tell the time."""
        self._require_connection()
        self.wrapper.currentTime(int(NOW.timestamp()))

    def reqScannerSubscription(
        self,
        reqId: int,
        subscription: Any,
        scannerSubscriptionOptions: Any,
        scannerSubscriptionFilterOptions: Any,
    ) -> None:
        """Find one stock."""
        stock = _qualified(ib_async.Stock("AAPL", "SMART", "USD"))

        def send() -> None:
            self.wrapper.scannerData(reqId, 0, ib_async.ContractDetails(contract=stock), "", "", "", "")
            self.wrapper.scannerDataEnd(reqId)

        # ib_async waits for the answer only after it has asked.
        ib_async.util.getLoop().call_soon(send)  # type: ignore[no-untyped-call]

    def reqNewsProviders(self) -> None:
        """Offer one source of news."""
        self._require_connection()
        self.wrapper.newsProviders([ib_async.NewsProvider("BRFG", "Briefing.com General Columns")])

    def reqHistoricalNews(
        self,
        reqId: int,
        conId: int,
        providerCodes: str,
        startDateTime: str,
        endDateTime: str,
        totalResults: int,
        historicalNewsOptions: Any,
    ) -> None:
        """Send one headline."""
        assert conId, "the contract is not qualified"
        self.wrapper.historicalNews(reqId, "2026-11-27 09:30:00.0", "BRFG", "BRFG$1", "A headline")
        self.wrapper.historicalNewsEnd(reqId, _hasMore=False)


def _qualified(contract: Any) -> Any:
    """Return a copy with a contract ID and the other fields that IBKR fills in."""
    found = ib_async.Contract.recreate(contract)
    found.conId = contract.conId or crc32(repr(contract).encode()) >> 4
    found.symbol = contract.symbol or "AAPL"
    found.secType = contract.secType or "STK"
    found.currency = contract.currency or "USD"
    found.exchange = contract.exchange or "SMART"
    found.localSymbol = contract.localSymbol or found.symbol
    found.tradingClass = contract.tradingClass or found.symbol
    if found.secType == "STK":
        found.primaryExchange = contract.primaryExchange or "NASDAQ"
    if found.secType in {"FUT", "CONTFUT", "OPT", "FOP"}:
        found.multiplier = contract.multiplier or "50"
        found.lastTradeDateOrContractMonth = contract.lastTradeDateOrContractMonth or "20261218"
    return found


def _bar(day: Any, close: float) -> Any:
    return ib_async.BarData(day, close - 1, close + 1, close - 2, close, 1_000.0, close, 10)


def _ibapi(tws: Tws) -> dict[str, ModuleType]:
    """Make the modules of ibapi, with a client that is answered as soon as it runs."""

    class EWrapper:
        def __getattr__(self, name: str) -> Callable[..., None]:
            if name.startswith("_"):
                raise AttributeError(name)
            return lambda *_args, **_fields: None

    class EClient:
        def __init__(self, wrapper: Any) -> None:
            self.wrapper = wrapper
            self._is_connected = False

        def connect(self, host: str, port: int, clientId: int) -> None:
            self._is_connected = True
            tws.connections.append(self)

        def isConnected(self) -> bool:
            return self._is_connected

        def run(self) -> None:
            self.wrapper.nextValidId(1)

        def reqCurrentTime(self) -> None:
            self.wrapper.currentTime(int(NOW.timestamp()))

        def disconnect(self) -> None:
            self._is_connected = False

        def deliver(self) -> None:
            """Send nothing: answers come while it runs."""

        fall_silent = deliver

    modules = {name: ModuleType(name) for name in ("ibapi", "ibapi.client", "ibapi.wrapper")}
    modules["ibapi.client"].EClient = EClient  # type: ignore[attr-defined]
    modules["ibapi.wrapper"].EWrapper = EWrapper  # type: ignore[attr-defined]
    return modules
