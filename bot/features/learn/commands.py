"""`/learn`, and the ways from one step of a path to the next."""

from discord import app_commands

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import Choice, slash_command
from bot.chat.components import Click, number_in
from bot.chat.interaction import Interaction
from bot.chat.rights import server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.learn import cards
from bot.glossary.glossary import Glossary
from bot.glossary.model import LearningPath
from bot.glossary.text import slug, squash

PathName = app_commands.Range[str, 1, 60]


@slash_command()
@app_commands.describe(path="The path to open; without one, all paths are listed")
async def learn(interaction: Interaction, path: PathName | None = None) -> None:
    """Learn step by step: terms in an order that makes sense, with what you have read."""
    await send.defer_reply(interaction)
    await send.reply(interaction, await _page(interaction, path), ephemeral=True)


@learn.autocomplete("path")
async def complete_path(interaction: Interaction, typed: str) -> list[Choice]:
    """Offer the paths whose names contain what was typed."""
    glossary = (await server_of(interaction)).glossary
    names = [path.name for path in glossary.pack.learning_paths]
    return [Choice(name, name) for name in names if squash(typed) in squash(name)]


async def _list(interaction: Interaction, _: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _page(interaction, None))


async def _choose(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _page(interaction, click.value))


async def _show(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _page(interaction, click.argument))


async def _open_step(interaction: Interaction, click: Click) -> None:
    path_id, _, number = click.argument.rpartition(":")
    await _read(interaction, path_id, number_in(number))


async def _choose_step(interaction: Interaction, click: Click) -> None:
    await _read(interaction, click.argument, number_in(click.value))


async def _read(interaction: Interaction, path_id: str, number: int) -> None:
    """Open the entry at a step and note that it is read; after the last step, show the path again."""
    await send.defer_edit(interaction)
    glossary = (await server_of(interaction)).glossary
    path = _path_named(glossary, path_id)
    card = None if path is None else cards.step(glossary, path, number)
    if path is None or card is None:
        await send.replace(interaction, await _page(interaction, path_id))
        return
    entry_id = path.steps[number].entry_id
    await interaction.client.services.read_steps.note(interaction.user.id, entry_id)
    interaction.client.services.usage.count_shown(entry_id, interaction.server_id, interaction.user.id)
    await send.replace(interaction, card)


async def _page(interaction: Interaction, name: str | None) -> Card:
    """Return the page of a path, or the list of all paths."""
    glossary = (await server_of(interaction)).glossary
    ids = await interaction.client.services.read_steps.of(interaction.user.id)
    # Some were renamed since they were read.
    read = {entry.id for entry_id in ids if (entry := glossary.follow(entry_id)) is not None}
    if name is None:
        return cards.paths(glossary, read)
    path = _path_named(glossary, name)
    return cards.no_path(name) if path is None else cards.path_page(glossary, path, read)


def _path_named(glossary: Glossary, name: str) -> LearningPath | None:
    """Return the path with this id or this name, in any spelling."""
    return next((path for path in glossary.pack.learning_paths if path.id == slug(name)), None)


FEATURE = Feature(
    commands=(learn,),
    clicks={
        verbs.LIST_PATHS: Route(_list, For.EVERYONE),
        verbs.CHOOSE_PATH: Route(_choose, For.EVERYONE),
        verbs.SHOW_PATH: Route(_show, For.EVERYONE),
        verbs.OPEN_STEP: Route(_open_step, For.EVERYONE),
        verbs.CHOOSE_STEP: Route(_choose_step, For.EVERYONE),
    },
)
