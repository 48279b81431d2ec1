"""What happens once although somebody clicks twice at the same moment, on two devices or as two moderators."""

import asyncio

from tests.process import BotProcess
from tests.wire.asking import custom_id, shown
from tests.wire.discord_server import DiscordServer
from tests.wire.payloads import MANAGER, choose, click, slash, submit


def told(discord: DiscordServer) -> list[str]:
    """The titles of what the bot wrote into channels and direct messages."""
    return [one["embeds"][0]["title"] for one in discord.messages.values()]


async def test_an_answer_is_shared_once(discord: DiscordServer, process: BotProcess) -> None:
    hidden = await discord.interact(slash("define", {"term": "leverage", "hide": True}))
    message = hidden.original or {}
    clicks = [click(message, custom_id(message, "share:")) for _ in range(3)]
    answers = await asyncio.gather(*map(discord.interact, clicks))
    assert await process.stop() == 0
    assert sum(len(answer.followup_ids) for answer in answers) == 1


async def test_a_suggestion_is_approved_once(discord: DiscordServer, process: BotProcess) -> None:
    missed = await discord.interact(slash("define", {"term": "pizza"}))
    form = await discord.interact(click(missed.original or {}, "suggest:pizza"))
    await shown(await discord.interact(submit(form.data, {"details": "Flat and round."}, message=missed.original)))
    listed = await shown(await discord.interact(slash("glossary suggestions", by=MANAGER)))
    value = listed["components"][0]["components"][0]["options"][0]["value"]
    picked = await shown(await discord.interact(choose(listed, "pick:suggestion:", value, by=MANAGER)))
    approve = click(picked, custom_id(picked, "do:approve:"), by=MANAGER)
    again = click(picked, custom_id(picked, "do:approve:"), by=MANAGER)
    await asyncio.gather(discord.interact(approve), discord.interact(again))
    assert await process.stop() == 0
    assert told(discord) == ["Added to the glossary"]
