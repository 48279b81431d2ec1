"""`/ask`."""

from discord import app_commands

from bot.chat import notices, send
from bot.chat.commands import Person, message_command, slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction, User
from bot.chat.markdown import escape, without_markup
from bot.chat.messages import Message
from bot.chat.rights import is_ephemeral, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.answers import cards
from bot.features.answers.comparison import comparison
from bot.features.terms.cards import FOR_SOMEBODY, for_somebody, not_found
from bot.features.terms.term_option import Term, complete_term, look_up
from bot.glossary.model import Entry

QUESTION_LIMIT = 500
Question = app_commands.Range[str, 1, QUESTION_LIMIT]


@slash_command()
@app_commands.describe(
    question="What you want to know, in your own words",
    hide="Show the answer only to you",
    addressee=FOR_SOMEBODY,
)
@app_commands.rename(addressee="for")
async def ask(
    interaction: Interaction, question: Question, hide: bool | None = None, addressee: Person | None = None
) -> None:
    """Ask a question in plain words."""
    await _answer(interaction, question, hide=hide, addressee=addressee)


@slash_command()
@app_commands.describe(first="The one term", second="The other term", hide="Show the comparison only to you")
async def compare(interaction: Interaction, first: Term, second: Term, hide: bool | None = None) -> None:
    """Show two terms together, with what tells them apart."""
    server = await server_of(interaction)
    glossary, usage = server.glossary, interaction.client.services.usage
    pair: list[Entry] = []
    for term in (first, second):
        named, found = look_up(glossary, term)
        usage.count(found, named, interaction.server_id, interaction.user.id)
        entries = glossary.entries_of(found.answers)
        if not entries:
            await send.reply(interaction, not_found(glossary, named, found), ephemeral=True)
            return
        pair.append(entries[0])
    if pair[0].id == pair[1].id:
        text = f"Both names mean **{escape(pair[0].name)}**. Choose another term to compare it with."
        await send.reply(interaction, notices.refusal("One and the same", text), ephemeral=True)
        return
    ephemeral = is_ephemeral(interaction, server.settings, hide=hide)
    asked_by = None if ephemeral else interaction.user.id
    await send.reply(interaction, comparison(glossary, "", *pair, asked_by=asked_by), ephemeral=ephemeral)


for option in ("first", "second"):
    compare.autocomplete(option)(complete_term)


@message_command("Answer this")
async def answer_this(interaction: Interaction, message: Message) -> None:
    """Answer the question that a message asks, for everyone, and ping its author."""
    author = None if message.author_id is None else User(message.author_id)
    await _answer(interaction, message.content, addressee=author)


async def _answer(
    interaction: Interaction, question: str, *, hide: bool | None = None, addressee: User | None = None
) -> None:
    """Answer a question; if the bot is not sure, show the asker alone what comes closest."""
    server = await server_of(interaction)
    question = without_markup(question)[:QUESTION_LIMIT]
    found = server.glossary.ask(question)
    interaction.client.services.usage.count(found, question, interaction.server_id, interaction.user.id)
    ephemeral = not found.is_answer or is_ephemeral(interaction, server.settings, hide=hide)
    asked_by = None if ephemeral else interaction.user.id
    card = cards.answer(server.glossary, question, found, asked_by=asked_by)
    if addressee is not None and not ephemeral:
        card = for_somebody(card, addressee.id)
    await send.reply(interaction, card, ephemeral=ephemeral)


async def _try_question(interaction: Interaction, click: Click) -> None:
    """Answer the question that the help suggests, to the person who clicked alone."""
    await _answer(interaction, click.argument, hide=True)


FEATURE = Feature(commands=(ask, compare, answer_this), clicks={verbs.TRY_QUESTION: Route(_try_question, For.EVERYONE)})
