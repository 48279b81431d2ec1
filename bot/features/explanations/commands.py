"""*Explain terms* in the menu of a message."""

import asyncio
from dataclasses import replace
from typing import NamedTuple

from bot.chat import send
from bot.chat.commands import message_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.markdown import code_block
from bot.chat.messages import Message
from bot.chat.rights import server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.explanations import cards
from bot.features.explanations.files import logs_among, read_logs
from bot.features.welcome import samples
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.timeline import Timeline

# Terms are looked for in this much of a text, message codes in all of it.
MOST_READ_FOR_TERMS = 100_000


class _Explanation(NamedTuple):
    entries: tuple[Entry, ...]
    timeline: Timeline


@message_command("Explain terms")
async def explain_terms(interaction: Interaction, message: Message) -> None:
    """Explain the glossary's terms in a message, and what its codes say happened, to the asker alone."""
    glossary = (await server_of(interaction)).glossary
    texts: tuple[str, ...] = message.texts
    remarks: tuple[str, ...] = ()
    logs = logs_among(message.files)
    if logs:
        await send.defer_reply(interaction)
        read, remarks = await read_logs(interaction.client, logs)
        texts += read
    # A long text takes some milliseconds, during which others would wait.
    explanation = await asyncio.to_thread(_explain, glossary, "\n".join(texts))
    card = cards.explained(explanation.entries, explanation.timeline, remarks)
    await send.reply(interaction, card, ephemeral=True)


async def _explain_sample(interaction: Interaction, _: Click) -> None:
    """Explain a log from the glossary, and show it above the explanation."""
    glossary = (await server_of(interaction)).glossary
    text = samples.log(glossary)
    explanation = await asyncio.to_thread(_explain, glossary, text)
    card = cards.explained(explanation.entries, explanation.timeline)
    await send.reply(interaction, replace(card, content=code_block(text, language="")), ephemeral=True)


def _explain(glossary: Glossary, text: str) -> _Explanation:
    return _Explanation(glossary.terms_in(text[:MOST_READ_FOR_TERMS]), glossary.timeline(text))


FEATURE = Feature(commands=(explain_terms,), clicks={verbs.TRY_LOG: Route(_explain_sample, For.EVERYONE)})
