"""`/search`, and turning its pages."""

from discord import app_commands

from bot.chat import send
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.markdown import without_markup
from bot.chat.rights import is_ephemeral, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.search import cards
from bot.features.search.query import TEXT_LIMIT, Query
from bot.features.terms.categories import CategoryName, category_named, complete_category, no_topic
from bot.features.terms.ownership import show

Text = app_commands.Range[str, 1, TEXT_LIMIT]


@slash_command()
@app_commands.describe(
    text="The words to look for, in any form",
    category="The topic to search; without one, all topics are searched",
    hide="Show the answer only to you",
)
async def search(
    interaction: Interaction, text: Text, category: CategoryName | None = None, hide: bool | None = None
) -> None:
    """List every entry that contains some words."""
    server = await server_of(interaction)
    glossary = server.glossary
    chosen = None if category is None else category_named(glossary, category)
    if category is not None and chosen is None:
        await send.reply(interaction, no_topic(category), ephemeral=True)
        return
    query = Query.of(without_markup(text), chosen)
    is_found = bool(query.find(glossary).entries)
    if not is_found and not glossary.search(query.text).entries:
        interaction.client.services.usage.count_missed(query.text, interaction.server_id, interaction.user.id)
    ephemeral = not is_found or is_ephemeral(interaction, server.settings, hide=hide)
    asked_by = None if ephemeral else interaction.user.id
    await send.reply(interaction, cards.results(glossary, query, 0, asked_by=asked_by), ephemeral=ephemeral)


search.autocomplete("category")(complete_category)


async def _turn(interaction: Interaction, click: Click) -> None:
    query, number = Query.read(click.argument)
    glossary = (await server_of(interaction)).glossary
    await show(interaction, click, lambda asked_by: cards.results(glossary, query, number, asked_by=asked_by))


FEATURE = Feature(commands=(search,), clicks={verbs.TURN_SEARCH: Route(_turn, For.EVERYONE)})
