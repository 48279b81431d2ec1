"""What people do over the wire, and what they are shown for it."""

from tests.process import BotProcess
from tests.wire.answers import Answer
from tests.wire.discord_server import DiscordServer
from tests.wire.payloads import MANAGER, Json, choose, click, slash, submit


async def restart(discord: DiscordServer, process: BotProcess) -> None:
    """Start the bot again; if it still runs, kill it first without warning."""
    await process.kill_if_running()
    discord.sessions.clear()
    await process.start()
    await discord.connected()


async def shown(answer: Answer) -> Json:
    """Return the message that an interaction is answered with, once it is there."""
    if answer.type == 4:
        return answer.data
    # A process that waits for a lock takes longer than the seconds that a member waits.
    return await answer.edit(timeout=10)


async def title(answer: Answer) -> str:
    """Return the title of the message that an interaction is answered with."""
    return str((await shown(answer))["embeds"][0]["title"])


async def defined(discord: DiscordServer, term: str) -> Json:
    """Return what a member is shown for a term."""
    answer = await discord.interact(slash("define", {"term": term}))
    embed: Json = answer.data["embeds"][0]
    return embed


async def add(discord: DiscordServer, name: str, definition: str) -> Answer:
    """Add an entry as a moderator."""
    form = await discord.interact(slash("glossary add", by=MANAGER))
    assert form.type == 9
    return await discord.interact(submit(form.data, {"name": name, "definition": definition}, by=MANAGER))


def custom_id(sent: Json, start: str) -> str:
    """Return the id of the one component of a message whose id starts so."""
    ids = [str(part["custom_id"]) for row in sent["components"] for part in row["components"]]
    (found,) = [one for one in ids if one.startswith(start)]
    return found


def without(payload: Json, *path: str) -> Json:
    """Take one field out of a payload."""
    inner = payload
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return payload


async def suggested(discord: DiscordServer) -> Json:
    """Suggest a term as a member, and return what a moderator sees who chooses it from the list."""
    missed = await discord.interact(slash("define", {"term": "pizza"}))
    form = await discord.interact(click(missed.original or {}, "suggest:pizza"))
    await shown(await discord.interact(submit(form.data, {"details": "Flat and round."}, message=missed.original)))
    listed = await shown(await discord.interact(slash("glossary suggestions", by=MANAGER)))
    value = listed["components"][0]["components"][0]["options"][0]["value"]
    return await shown(await discord.interact(choose(listed, "pick:suggestion:", value, by=MANAGER)))
