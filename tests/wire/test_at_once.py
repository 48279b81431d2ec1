"""What happens once although somebody clicks twice at the same moment, on two devices or as two moderators."""

import asyncio

from tests.process import BotProcess
from tests.wire.asking import custom_id, suggested
from tests.wire.discord_server import DiscordServer
from tests.wire.payloads import MANAGER, click, slash


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
    picked = await suggested(discord)
    approve = click(picked, custom_id(picked, "do:approve:"), by=MANAGER)
    again = click(picked, custom_id(picked, "do:approve:"), by=MANAGER)
    await asyncio.gather(discord.interact(approve), discord.interact(again))
    assert await process.stop() == 0
    assert told(discord) == ["Added to the glossary"]
