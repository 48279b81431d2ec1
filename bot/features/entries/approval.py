"""What follows when a saved entry answers a suggestion: its message says so, and the member is told."""

import logging
from dataclasses import replace

import discord

from bot.chat import send
from bot.chat.card import DONE, NEUTRAL, Button, Card, Embed
from bot.chat.components import ClickedMessage, custom_id
from bot.chat.errors import UNREACHABLE
from bot.chat.interaction import Interaction
from bot.chat.markdown import escape, prose
from bot.features import verbs
from bot.features.terms.entry_card import entry_embed
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.storage.suggestions import Status, Suggestion

_log = logging.getLogger(__name__)


async def announce(
    interaction: Interaction,
    glossary: Glossary,
    entry: Entry,
    suggestion: Suggestion | None,
    message: ClickedMessage | None,
) -> str:
    """Replace the message of an approved suggestion, write to the member, and say whether that arrived.

    Return nothing if the entry answers no suggestion.
    """
    if suggestion is None:
        return ""
    if message is not None:
        card = decided(suggestion, Status.DONE, interaction.user.id, in_list=message.is_ephemeral)
        try:
            await send.replace(interaction, card)
        except (discord.HTTPException, *UNREACHABLE) as error:
            _log.info("The message of an approved suggestion could not be replaced: %s", error)
    card = _approved_message(suggestion, glossary, entry)
    return told(is_told=await send.write_to(interaction.client, suggestion.user_id, card))


def told(*, is_told: bool) -> str:
    """Return the sentence that says whether a direct message to the member who made a suggestion arrived."""
    if is_told:
        return " The member who suggested it was told."
    return " The member who suggested it could not be told: the direct message was not delivered."


def decided(suggestion: Suggestion, status: Status, by: int, *, in_list: bool) -> Card:
    """Say what moderators decided about a suggestion, and who did."""
    is_approved = status is Status.DONE
    approved, made = ("corrected", "reported") if suggestion.entry_id else ("approved", "suggested")
    done = approved if is_approved else "declined"
    text = f"**{escape(suggestion.term)}**, {made} by <@{suggestion.user_id}>, was {done} by <@{by}>."
    embed = Embed(done.capitalize(), text, DONE if is_approved else NEUTRAL)
    return Card(embed, (Button("Other suggestions", custom_id(verbs.LIST_SUGGESTIONS)),) if in_list else ())


def corrected_message(report: Suggestion) -> Card:
    """Tell a member that the entry that they reported was corrected."""
    text = f"You reported **{escape(report.term)}**. It is corrected now. Thank you."
    return Card(Embed("Entry corrected", text, DONE))


def declined_message(closed: Suggestion, reason: str) -> Card:
    """Tell a member that their suggestion was declined, and why."""
    quote = f"\n> {prose(' '.join(reason.split()))}" if reason else ""
    if closed.entry_id:
        text = f"You reported **{escape(closed.term)}**. The moderators decided to leave it as it is.{quote}"
        return Card(Embed("Entry not changed", text))
    text = f"You suggested **{escape(closed.term)}**. The moderators decided not to add it.{quote}"
    return Card(Embed("Not added to the glossary", text))


def _approved_message(suggestion: Suggestion, glossary: Glossary, entry: Entry) -> Card:
    """Tell a member that what they suggested is an entry now, or is corrected, and show it."""
    if suggestion.entry_id:
        return replace(corrected_message(suggestion), more=(entry_embed(glossary, entry),))
    text = f"You suggested **{escape(suggestion.term)}**. It is in the glossary of your server now. Thank you."
    return Card(Embed("Added to the glossary", text, DONE), more=(entry_embed(glossary, entry),))
