"""`/glossary review`: what moderators click to check entries again."""

import msgspec

from bot.chat import send
from bot.chat.card import Attachment, Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, place_of_checks, queues_of, require_moderator, server_of
from bot.chat.router import Feature, For, FormRoute, Route
from bot.features import verbs
from bot.features.entries import approval
from bot.features.entries import cards as entry_cards
from bot.features.entries.forms import Subject, entry_form, read_subject, values_of
from bot.features.review import cards
from bot.features.review.retiring import RETIRE, open_form, retire
from bot.features.terms.cards import gone
from bot.glossary.exchange.review_days import write_review_days
from bot.glossary.model import Entry
from bot.schedule import utc_now
from bot.servers.changes import Changed, Conflict, Refused, SaveEntry, Unchanged
from bot.servers.server import Server
from bot.servers.servers import Outcome
from bot.storage.suggestions import Status


@slash_command("review")
async def show_review(interaction: Interaction) -> None:
    """List the entries that were checked longest ago, to check them again."""
    if await require_moderator(interaction) is not None:
        await send.defer_reply(interaction)
        await send.reply(interaction, await _page(interaction, 0), ephemeral=True)


async def _turn_page(interaction: Interaction, click: Click) -> None:
    await send.defer_edit(interaction)
    await send.replace(interaction, await _page(interaction, click.number))


async def _page(interaction: Interaction, offset: int) -> Card:
    reviews, server = interaction.client.services.reviews, await server_of(interaction)
    place = place_of_checks(interaction)
    listed = await reviews.oldest_first(server, moderated_server_id(interaction), place)
    to_export = len(await reviews.for_maintainers(server, place))
    return cards.review(listed, offset, utc_now().date(), to_export=to_export)


async def _choose(interaction: Interaction, click: Click) -> None:
    """Open an entry to check it; the argument is the id of the button that leads back."""
    await send.defer_edit(interaction)
    await send.replace(interaction, await _check(interaction, click.value, click.argument))


async def _check(interaction: Interaction, entry_id: str, back_id: str, *, has_changed: bool = False) -> Card:
    server, guild_id = await server_of(interaction), moderated_server_id(interaction)
    listed = await interaction.client.services.reviews.oldest_first(server, guild_id, place_of_checks(interaction))
    reviewed = next((one for one in listed if one.entry.id == entry_id), None)
    if reviewed is None:
        return gone()
    subject = cards.subject_of(server, reviewed.entry)
    return cards.check(server.glossary, reviewed, subject, back_id, has_changed=has_changed)


async def _still_right(interaction: Interaction, click: Click) -> None:
    """Set or note today as the day on which an entry was checked, and answer the report that it was opened from."""
    await send.defer_edit(interaction)
    subject, back_id = read_subject(click.argument), click.message.id_of(cards.LISTS)
    server = await server_of(interaction)
    entry = server.glossary.get(subject.entry_id)
    if entry is None:
        await send.replace(interaction, gone())
        return
    outcome = await _note_check(interaction, server, entry, subject)
    match outcome:
        case Changed(change_id):
            told = await _answer_report(interaction, subject)
            card = cards.still_right(entry, told, back_id, change_id=change_id)
        case Unchanged():
            told = await _answer_report(interaction, subject)
            card = cards.still_right(entry, told, back_id, is_own=bool(subject.version))
        case Conflict():
            card = await _check(interaction, entry.id, back_id, has_changed=True)
        case Refused(faults):
            card = entry_cards.not_changed(faults)
        case _:
            raise AssertionError(f"setting the day of a check cannot come to {outcome}")
    await send.replace(interaction, card)


async def _note_check(interaction: Interaction, server: Server, entry: Entry, subject: Subject) -> Outcome:
    """Set today as the day of an own entry, which is a change; note it for a shared one, which changes no entry."""
    services = interaction.client.services
    if not subject.version:
        await services.reviews.still_right(place_of_checks(interaction), entry, utc_now().date())
        return Unchanged()
    own = server.own_entry(entry.id)
    if own is None:
        return Conflict(None)
    change = SaveEntry(msgspec.structs.replace(own, reviewed=utc_now().date()), expected_version=subject.version)
    return await services.servers.apply(moderated_server_id(interaction), interaction.user.id, change)


async def _answer_report(interaction: Interaction, subject: Subject) -> str:
    """Close the report about an entry that is right, tell the member, and return what to say about that."""
    if not subject.suggestion_id:
        return ""
    suggestions = interaction.client.services.suggestions
    closed = await suggestions.close(subject.suggestion_id, queues_of(interaction), Status.DECLINED)
    if closed is None:
        return ""
    is_told = await send.write_to(interaction.client, closed.user_id, cards.still_right_message(closed))
    return approval.told(is_told=is_told)


async def _edit(interaction: Interaction, click: Click) -> None:
    """Open the form of an entry. A shared one is copied for this server."""
    server = await server_of(interaction)
    entry = server.editable_entry(read_subject(click.argument).entry_id)
    if entry is None:
        await send.reply(interaction, gone(), ephemeral=True)
    else:
        await send.open_form(interaction, entry_form(Subject(entry.id, server.version(entry.id)), values_of(entry)))


async def _export(interaction: Interaction, _: Click) -> None:
    """Give out the checks that the shared data does not have yet."""
    await send.defer_reply(interaction)
    server = await server_of(interaction)
    days = await interaction.client.services.reviews.for_maintainers(server, place_of_checks(interaction))
    if days:
        card = cards.exported(len(days), Attachment("reviewed.toml", write_review_days(days)))
    else:
        card = cards.nothing_to_export()
    await send.reply(interaction, card, ephemeral=True)


FEATURE = Feature(
    glossary_commands=(show_review,),
    clicks={
        verbs.TURN_REVIEW: Route(_turn_page, For.MODERATORS),
        verbs.CHOOSE_TO_CHECK: Route(_choose, For.MODERATORS),
        verbs.STILL_RIGHT: Route(_still_right, For.MODERATORS),
        verbs.EDIT_CHECKED: Route(_edit, For.MODERATORS),
        verbs.RETIRE: Route(open_form, For.MODERATORS),
        verbs.EXPORT_CHECKS: Route(_export, For.MODERATORS),
    },
    forms=(FormRoute(RETIRE, retire, For.MODERATORS),),
)
