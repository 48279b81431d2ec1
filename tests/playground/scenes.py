"""Every kind of reply that the documentation shows, and how somebody gets it in the playground."""

from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Locator

from tests.playground.page import MEMBER, MODERATOR, Playground

LOG = """10:15:01 Warning 2104: Market data farm connection is OK
10:15:02 Warning 2106: HMDS data farm connection is OK
10:15:09 Error 502: Couldn't connect to TWS
10:15:19 Error 502: Couldn't connect to TWS"""

# What the picture shows: the newest message, or a form.
Scene = Callable[[Playground], Awaitable[Locator]]


async def _help(playground: Playground) -> Locator:
    await playground.command("help")
    await playground.sees("Five things to try")
    return playground.last


async def _entry(playground: Playground) -> Locator:
    await playground.command("define", "trusted", choice="trusted IPs")
    await playground.sees("A list of IP addresses")
    return playground.last


async def _unfolded(playground: Playground) -> Locator:
    await playground.command("define", "limit", choice="limit order")
    await playground.sees("An order to trade")
    await playground.press("Code")
    await playground.sees("LimitOrder")
    return playground.last


async def _message(playground: Playground) -> Locator:
    await playground.command("define", "502", choice="502")
    await playground.sees("Check first")
    return playground.last


async def _closest(playground: Playground) -> Locator:
    await playground.command("ask", "orders")
    await playground.sees("Closest matches")
    return playground.last


async def _not_found(playground: Playground) -> Locator:
    await playground.command("define", "pizza")
    await playground.sees("Not found")
    return playground.last


async def _comparison(playground: Playground) -> Locator:
    await playground.command("ask", "stop vs stop-limit order?")
    await playground.sees("stop order vs stop-limit order")
    return playground.last


async def _log(playground: Playground) -> Locator:
    await playground.say(LOG)
    await playground.use_menu(playground.messages.filter(has_text="10:15:19").last, "Explain terms")
    await playground.sees("What happened?")
    return playground.last


async def _mention(playground: Playground) -> Locator:
    await playground.say("@Glossary what is a stop order?")
    await playground.sees("An order that becomes a market order")
    return playground.last


async def _topics(playground: Playground) -> Locator:
    await playground.command("topics")
    await playground.sees("Trader Workstation")
    return playground.last


async def _search(playground: Playground) -> Locator:
    await playground.command("search", "limit price")
    await playground.sees("limit order")
    return playground.last


async def _saved(playground: Playground) -> Locator:
    for term, definition in (
        ("stop order", "An order that becomes a market order"),
        ("localhost", "The name by which"),
    ):
        await playground.command("define", term, choice=term)
        await playground.sees(definition)
        await playground.choose("Related terms", "Save")
        await playground.sees("is in your list")
    await playground.command("saved")
    await playground.sees("2 terms")
    return playground.last


async def _map(playground: Playground) -> Locator:
    await playground.command("map")
    await playground.sees("The terms with the most links")
    await playground.last.get_by_role("article").locator("img").wait_for()
    return playground.last


async def _about(playground: Playground) -> Locator:
    await playground.command("about")
    await playground.sees("Independence")
    return playground.last


async def _form(playground: Playground) -> Locator:
    await playground.act_as(MODERATOR)
    await playground.command("glossary add")
    form = playground.page.get_by_role("dialog")
    await form.get_by_label("Name").fill("pip spread")
    await form.get_by_label("Definition").fill("What the broker takes of each trade.")
    return form


async def _history(playground: Playground) -> Locator:
    await playground.fill_in()
    await playground.sees("Saved")
    await playground.command("glossary edit", "pip", choice="pip spread")
    await playground.fill_in(Definition="What the broker keeps of each trade.")
    await playground.sees("Saved")
    await playground.command("glossary history")
    await playground.sees("edited pip spread")
    return playground.last


async def _home(playground: Playground) -> Locator:
    await playground.command("glossary home")
    await playground.sees("Terms that members suggest")
    await playground.act_as(MEMBER)
    await playground.act_as(MODERATOR)
    return playground.last


# In this order, since some go on where the one before ended.
SCENES: Mapping[str, Scene] = {
    "help": _help,
    "entry": _entry,
    "unfolded": _unfolded,
    "message": _message,
    "closest": _closest,
    "not-found": _not_found,
    "comparison": _comparison,
    "log": _log,
    "topics": _topics,
    "search": _search,
    "saved": _saved,
    "map": _map,
    "form": _form,
    "history": _history,
    "home": _home,
}
