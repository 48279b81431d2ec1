"""`/privacy`, and its buttons."""

import asyncio
import gzip
from typing import Any

import msgspec

from bot.chat import send
from bot.chat.card import Attachment
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.privacy import cards

# Discord accepts files of 10 MiB: https://docs.discord.com/developers/reference#uploading-files. Larger copies, which
# hold drafts of large imports, are compressed.
LARGEST_FILE = 8 * 2**20


@slash_command()
async def privacy(interaction: Interaction) -> None:
    """Show what this bot stores; get a copy of what it stores about you, or delete it."""
    await send.defer_reply(interaction)
    services = interaction.client.services
    stored = await services.retention.stored_about(interaction.user.id)
    await send.reply(interaction, cards.privacy(stored, services.settings), ephemeral=True)


async def _copy(interaction: Interaction, _: Click) -> None:
    """Give the person a copy of what is stored about them."""
    await send.defer_reply(interaction)
    copied = await interaction.client.services.retention.copy_about(interaction.user.id)
    file = await asyncio.to_thread(_file, copied) if any(copied.values()) else None
    await send.reply(interaction, cards.copy(file), ephemeral=True)


def _file(copied: dict[str, list[dict[str, Any]]]) -> Attachment:
    content = msgspec.json.format(msgspec.json.encode(copied), indent=2)
    if len(content) <= LARGEST_FILE:
        return Attachment("about-me.json", content)
    return Attachment("about-me.json.gz", gzip.compress(content))


async def _forget(interaction: Interaction, click: Click) -> None:
    """Ask for confirmation, then delete what is stored about the person."""
    await send.defer_edit(interaction)
    services, user_id = interaction.client.services, interaction.user.id
    if click.argument == cards.YES:
        services.usage.forget_person(user_id)
        card = cards.forgotten(await services.retention.forget_person(user_id))
    else:
        card = cards.confirm(await services.retention.stored_about(user_id))
    await send.replace(interaction, card)


FEATURE = Feature(
    commands=(privacy,),
    clicks={
        verbs.FORGET_ME: Route(_forget, For.EVERYONE),
        verbs.COPY_MINE: Route(_copy, For.EVERYONE),
    },
)
