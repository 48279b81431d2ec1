"""Suggesting a term, and what moderators type and click to decide on suggestions."""

import logging

from bot.chat import notices, send
from bot.chat.commands import slash_command
from bot.chat.components import Click, number_in
from bot.chat.errors import REFUSED, UNREACHABLE
from bot.chat.forms import Field, Form, FormKind, Submission
from bot.chat.interaction import Interaction
from bot.chat.render import MAX_OPTIONS
from bot.chat.rights import moderated_server_id, require_moderator, server_of
from bot.chat.router import Feature, For, FormRoute, Route
from bot.features import verbs
from bot.features.entries import approval
from bot.features.entries.commands import save_and_announce
from bot.features.entries.forms import ENTRY, Subject, entry_form
from bot.features.suggestions import cards
from bot.glossary.text import squash
from bot.storage.ids import NO_SERVER
from bot.storage.suggestions import MOST_OPEN, Status, Suggestion

# One more than a list has room for, to know whether there are more.
MAX_READ = MAX_OPTIONS + 1
SUGGEST = FormKind(
    verbs.SUGGEST_FORM,
    (
        Field("term", "The term", 60, is_required=True),
        Field("details", "What should it say? Where did you meet it?", 500, is_long=True),
    ),
)
DECLINE = FormKind(
    verbs.DECLINE_FORM, (Field("reason", "Why? The member who suggested it is told", 500, is_long=True),)
)

_log = logging.getLogger(__name__)


@slash_command("suggestions")
async def show_suggestions(interaction: Interaction) -> None:
    """List the terms that members of this server suggest."""
    guild_id = await require_moderator(interaction)
    if guild_id is not None:
        await send.defer_reply(interaction)
        waiting = await interaction.client.services.suggestions.open_in(guild_id, MAX_READ)
        await send.reply(interaction, cards.suggestions(waiting), ephemeral=True)


async def _open_form(interaction: Interaction, click: Click) -> None:
    """Open the form for suggesting a term, unless the server does not accept suggestions."""
    if await _require_accepted(interaction):
        form = Form(SUGGEST, "Suggest this term", values=SUGGEST.blank(term=click.argument))
        await send.open_form(interaction, form)


async def _require_accepted(interaction: Interaction) -> bool:
    """Tell whether the server accepts suggestions; refuse if not."""
    if (await server_of(interaction)).settings.take_suggestions:
        return True
    text = "The moderators of this server have turned suggestions off."
    await send.reply(interaction, notices.refusal("No suggestions here", text), ephemeral=True)
    return False


async def _suggest(interaction: Interaction, submission: Submission) -> None:
    """Save a suggestion, say what happens next, and show it to the moderators."""
    term, details = submission.values["term"], submission.values["details"]
    if not squash(term):
        text = "A suggestion needs a term. Press *Suggest this term* again and fill it in."
        await send.reply(interaction, notices.refusal("No term", text), ephemeral=True)
        return
    if not await _require_accepted(interaction):
        return
    await send.defer_reply(interaction)
    suggestions, user_id = interaction.client.services.suggestions, interaction.user.id
    guild_id = interaction.server_id or NO_SERVER
    suggestion = await suggestions.add(guild_id, user_id, term, details)
    if suggestion is None:
        text = (
            f"{MOST_OPEN} of your suggestions here are still open. Once one of them is dealt with, suggest this again."
        )
        await send.reply(interaction, notices.refusal("Enough for now", text), ephemeral=True)
        return
    count = await suggestions.count_open_by(user_id, guild_id)
    await send.reply(interaction, cards.thanks(term, count, in_server=guild_id != NO_SERVER), ephemeral=True)
    await _post(interaction, suggestion)


async def _post(interaction: Interaction, suggestion: Suggestion) -> None:
    """Show a suggestion in the channel that moderators have set, if they have."""
    channel_id = (await server_of(interaction)).settings.suggestions_channel
    if channel_id is None:
        return
    try:
        await send.post(interaction.client, channel_id, cards.suggestion(suggestion))
    except (*REFUSED, *UNREACHABLE) as error:
        _log.info("A suggestion could not be posted in its channel; `/glossary suggestions` lists it: %s", error)


async def _list(interaction: Interaction, _: Click) -> None:
    await send.defer_edit(interaction)
    waiting = await interaction.client.services.suggestions.open_in(moderated_server_id(interaction), MAX_READ)
    await send.replace(interaction, cards.suggestions(waiting))


async def _choose(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    chosen = await _open_suggestion(interaction, number_in(click.value))
    await send.replace(interaction, cards.suggestion(chosen, in_list=True) if chosen else cards.suggestion_closed())


async def _approve(interaction: Interaction, click: Click) -> None:
    """Make a suggestion an entry as it is; what is missing for that comes back as a draft."""
    await send.defer_edit(interaction)
    suggestion = await _open_suggestion(interaction, click.number)
    if suggestion is None:
        await _say_closed(interaction)
        return
    subject = Subject(suggestion_id=suggestion.id)
    card = await save_and_announce(interaction, subject, _values(suggestion), click.message)
    await send.reply(interaction, card, ephemeral=True)


async def _edit_and_approve(interaction: Interaction, click: Click) -> None:
    suggestion = await _open_suggestion(interaction, click.number)
    if suggestion is None:
        await _say_closed(interaction)
        return
    await send.open_form(interaction, entry_form(Subject(suggestion_id=suggestion.id), _values(suggestion)))


async def _ask_why(interaction: Interaction, click: Click) -> None:
    """Open the form for declining a suggestion."""
    suggestion = await _open_suggestion(interaction, click.number)
    if suggestion is None:
        await _say_closed(interaction)
        return
    await send.open_form(interaction, Form(DECLINE, f"Decline {suggestion.term}", str(suggestion.id)))


async def _decline(interaction: Interaction, submission: Submission) -> None:
    """Close a suggestion and tell the member why."""
    await send.defer_edit(interaction)
    suggestions, guild_id = interaction.client.services.suggestions, moderated_server_id(interaction)
    closed = await suggestions.close(number_in(submission.argument), guild_id, Status.DECLINED)
    if closed is None:
        await _say_closed(interaction)
        return
    in_list = submission.message is not None and submission.message.is_ephemeral
    card = approval.decided(closed, Status.DECLINED, interaction.user.id, in_list=in_list)
    await send.replace(interaction, card)
    message = cards.declined_message(closed, submission.values["reason"])
    is_told = await send.write_to(interaction.client, closed.user_id, message)
    await send.reply(interaction, cards.declined(closed, is_told=is_told), ephemeral=True)


async def _open_suggestion(interaction: Interaction, suggestion_id: int) -> Suggestion | None:
    """Return a suggestion of the server if it is still open."""
    return await interaction.client.services.suggestions.get(suggestion_id, moderated_server_id(interaction))


async def _say_closed(interaction: Interaction) -> None:
    await send.reply(interaction, cards.suggestion_closed(), ephemeral=True)


def _values(suggestion: Suggestion) -> dict[str, str]:
    """Return the form of an entry with what the member wrote filled in."""
    return ENTRY.blank(name=suggestion.term, definition=suggestion.details)


FEATURE = Feature(
    glossary_commands=(show_suggestions,),
    clicks={
        verbs.SUGGEST: Route(_open_form, For.EVERYONE),
        verbs.LIST_SUGGESTIONS: Route(_list, For.MODERATORS),
        verbs.CHOOSE_SUGGESTION: Route(_choose, For.MODERATORS),
        verbs.APPROVE: Route(_approve, For.MODERATORS),
        verbs.EDIT_AND_APPROVE: Route(_edit_and_approve, For.MODERATORS),
        verbs.DECLINE: Route(_ask_why, For.MODERATORS),
    },
    forms=(FormRoute(SUGGEST, _suggest, For.EVERYONE), FormRoute(DECLINE, _decline, For.MODERATORS)),
)
