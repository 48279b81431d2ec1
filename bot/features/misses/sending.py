"""Sending a whole question to the moderators, if the person who asked it wants to."""

import time

from bot.chat import notices, send
from bot.chat.components import Click, query_argument
from bot.chat.forms import Field, Form, FormKind, Submission
from bot.chat.interaction import Interaction
from bot.chat.markdown import without_markup
from bot.chat.rights import require_suggestions_accepted
from bot.features import verbs
from bot.features.misses import cards
from bot.features.terms.ownership import asker_of
from bot.glossary.search.frames import asked
from bot.storage.ids import NO_SERVER
from bot.storage.questions import MOST_SENT, SentQuestion

QUESTION = FormKind(
    verbs.QUESTION_FORM,
    (Field("question", "What the moderators read, with your name", 500, is_long=True, is_required=True),),
)


async def open_form(interaction: Interaction, click: Click) -> None:
    """Show the asker the question that would be sent. A long one is whole if this process remembers it."""
    asker = asker_of(click)
    if asker is not None and asker != interaction.user.id:
        await send.reply(interaction, cards.somebody_elses_question(), ephemeral=True)
        return
    if await require_suggestions_accepted(interaction):
        last = interaction.client.services.usage.last_question(interaction.user.id)
        question = last if query_argument(last) == click.argument else click.argument
        await send.open_form(interaction, Form(QUESTION, "Send your question", values={"question": question}))


async def send_question(interaction: Interaction, submission: Submission) -> None:
    """Save a question for the moderators."""
    typed = QUESTION.as_files(submission.values)
    text = submission.values["question"]
    query = asked(without_markup(text))
    if not query:
        card = notices.refusal("No question", "A question needs a word. Press the button again and write one.")
        await send.reply(interaction, notices.with_typed(card, typed), ephemeral=True)
        return
    if not await require_suggestions_accepted(interaction, typed):
        return
    await send.defer_reply(interaction)
    services, guild_id = interaction.client.services, interaction.server_id or NO_SERVER
    if await services.questions.send(guild_id, SentQuestion(interaction.user.id, query, text, int(time.time()))):
        days = services.settings.keep_misses_days
        card = cards.question_sent(days, in_server=guild_id != NO_SERVER)
    else:
        said = f"{MOST_SENT} of your questions here are still waiting. `/privacy` deletes them."
        card = notices.with_typed(notices.refusal("Enough for now", said), typed)
    await send.reply(interaction, card, ephemeral=True)
