"""The cards of what is missing: queries that found nothing, and terms that members suggest."""

import itertools
from collections.abc import Sequence

import discord

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.replies import cards
from bot.replies.actions import Action, Pick, Verb, option, options_menu
from bot.replies.card import Card, Item
from bot.replies.components import MOST_OPTIONS, SuggestTerm
from bot.replies.markdown import escape
from bot.storage.counts import SECONDS_A_DAY
from bot.storage.misses import Miss
from bot.storage.suggestions import MOST_OPEN, Status, Suggestion

# So many misses are on a page.
PAGE = 10
SUGGESTIONS_ROOM = 3800


def misses(listed: Sequence[Miss], offset: int, *, has_more: bool) -> Card:
    """List what was missed most, and let one be chosen to act on."""
    if not listed:
        text = "Nothing is missing: whatever people asked for here was found, answered since, or dismissed."
        items: tuple[Item, ...] = (Action(Verb.MISSES, 0, label="First page"),) if offset else ()
        return Card(discord.Embed(title="Misses", description=text, colour=cards.NEUTRAL), items)
    lines = [
        f"**{escape(one.query)}** · {_times(one.count)} · last <t:{one.last_day * SECONDS_A_DAY}:d>" for one in listed
    ]
    text = "\n".join(
        [*lines, "", "What people asked for and did not find. Choose one to add it, or to say what it is."]
    )
    options = [option(one.query, one.query, _times(one.count)) for one in listed]
    buttons: list[Item] = [Pick(Verb.MISS, menu=options_menu("Act on one of them", options))]
    if offset:
        buttons.append(Action(Verb.MISSES, max(0, offset - PAGE), label="More frequent"))
    if has_more:
        buttons.append(Action(Verb.MISSES, offset + PAGE, label="Less frequent"))
    return Card(discord.Embed(title="Misses", description=text, colour=cards.NEUTRAL), tuple(buttons))


def miss(one: Miss, found_instead: Sequence[Entry], proposed: Sequence[Entry]) -> Card:
    """Show one miss and all that can be done about it."""
    text = f"Asked for **{_times(one.count)}**, last on <t:{one.last_day * SECONDS_A_DAY}:D>."
    if found_instead:
        names = ", ".join(f"**{escape(entry.name)}**" for entry in found_instead)
        text += f"\nThe same people soon found {names}."
    items: list[Item] = []
    if proposed:
        options = [option(entry.id, entry.title, entry.summary.replace("`", "")) for entry in proposed]
        items.append(Pick(Verb.MISS_ALIAS, one.query, menu=options_menu("Make it an alias of …", options)))
    items += [
        Action(Verb.MISS_ADD, one.query, label="Add entry", emoji="➕", style=discord.ButtonStyle.primary),
        Action(Verb.MISS_ALIAS_OF, one.query, label="Alias of another term"),
        Action(Verb.MISS_DISMISS, one.query, label="Dismiss"),
        Action(Verb.MISSES, 0, label="Back"),
    ]
    return Card(discord.Embed(title=escape(one.query), description=text, colour=cards.NEUTRAL), tuple(items))


def miss_gone() -> Card:
    """Say that a miss was dealt with meanwhile."""
    text = "It was answered or dismissed meanwhile."
    embed = discord.Embed(title="Nothing left to do", description=text, colour=cards.NEUTRAL)
    return Card(embed, (Action(Verb.MISSES, 0, label="Back"),))


def none_of_these(query: str) -> Card:
    """Say that a query found nothing that fits, and offer to suggest it."""
    text = f"Nothing in the glossary fits “{cards.said(query)}”. The moderators see that it was asked for."
    return Card(discord.Embed(title="Not found", description=text, colour=cards.NEUTRAL), (SuggestTerm(query),))


def thanks(term: str, number: int, *, in_server: bool) -> Card:
    """Say what happens to a suggestion, and how many the person has open now."""
    readers = "The moderators of this server" if in_server else "Whoever runs this bot"
    text = (
        f"“{cards.said(term)}” is kept. {readers} will read it and decide whether it becomes an entry; then "
        f"`/define` finds it. This is number {number} of the {MOST_OPEN} suggestions that you may have open here."
    )
    return Card(discord.Embed(title="Thank you", description=text, colour=cards.DONE))


def suggestions(waiting: Sequence[Suggestion]) -> Card:
    """List open suggestions, the newest first, as many as fit, and let one be chosen."""
    if not waiting:
        text = "Nobody is waiting for a term. People suggest one when `/define` does not find it."
        return Card(discord.Embed(title="Open suggestions", description=text, colour=cards.NEUTRAL))
    lines = [_suggestion(one) for one in waiting[:MOST_OPTIONS]]
    ends = itertools.accumulate(len(line) + 1 for line in lines)
    shown = waiting[: sum(end <= SUGGESTIONS_ROOM for end in ends)]
    older = ["Older ones show once these are closed."] if len(shown) < len(waiting) else []
    embed = discord.Embed(
        title="Open suggestions", description="\n".join([*lines[: len(shown)], *older]), colour=cards.NEUTRAL
    )
    options = [option(one.id, one.term, one.details) for one in shown]
    return Card(embed, (Pick(Verb.SUGGESTION, menu=options_menu("Decide on one of them", options)),))


def suggestion(one: Suggestion, *, in_list: bool = False) -> Card:
    """Show one suggestion with what can be done about it."""
    embed = discord.Embed(title="Suggested term", description=_suggestion(one), colour=cards.NEUTRAL)
    items: list[Item] = [
        Action(Verb.APPROVE, one.id, label="Approve", style=discord.ButtonStyle.success),
        Action(Verb.EDIT_AND_APPROVE, one.id, label="Edit and approve"),
        Action(Verb.DECLINE, one.id, label="Decline", style=discord.ButtonStyle.danger),
    ]
    if in_list:
        items.append(Action(Verb.SUGGESTIONS, label="Back"))
    return Card(embed, tuple(items))


def suggestion_closed() -> Card:
    """Say that a suggestion was dealt with meanwhile."""
    text = "Somebody has approved or declined it meanwhile, or whoever made it had it deleted."
    return Card(discord.Embed(title="That one was closed before", description=text, colour=cards.NEUTRAL))


def outcome(one: Suggestion, status: Status, by: int, *, in_list: bool) -> Card:
    """Say what became of a suggestion, and who decided."""
    is_done = status is Status.DONE
    done = "approved" if is_done else "declined"
    text = f"**{escape(one.term)}**, suggested by <@{one.user_id}>, was {done} by <@{by}>."
    embed = discord.Embed(
        title="Approved" if is_done else "Declined",
        description=text,
        colour=cards.DONE if is_done else cards.NEUTRAL,
    )
    return Card(embed, (Action(Verb.SUGGESTIONS, label="Other suggestions"),) if in_list else ())


def declined(one: Suggestion, *, told: bool) -> Card:
    """Tell the moderator whether the member knows."""
    text = (
        "Whoever suggested it was told."
        if told
        else "Whoever suggested it takes no direct messages, so they were not told."
    )
    embed = discord.Embed(title=f"Declined: {cards.said(one.term)}", description=text, colour=cards.NEUTRAL)
    return Card(embed)


def declined_for(one: Suggestion, reason: str) -> Card:
    """Tell a member that their suggestion was declined, and why."""
    said = f"\n> {escape(' '.join(reason.split()))}" if reason else ""
    text = f"You suggested **{escape(one.term)}**. The moderators decided not to add it.{said}"
    return Card(discord.Embed(title="Not added to the glossary", description=text, colour=cards.NEUTRAL))


def approved_for(one: Suggestion, glossary: Glossary, entry: Entry) -> Card:
    """Tell a member that what they suggested is an entry now, and show it."""
    text = f"You suggested **{escape(one.term)}**. It is in the glossary of your server now. Thank you."
    embed = discord.Embed(title="Added to the glossary", description=text, colour=cards.DONE)
    return Card(embed, more=(cards.entry(glossary, entry).embed,))


def _suggestion(one: Suggestion) -> str:
    line = f"**{escape(one.term)}** · <t:{one.created_at}:R> · <@{one.user_id}>"
    return f"{line}\n> {escape(' '.join(one.details.split()))}" if one.details else line


def _times(count: int) -> str:
    return f"{count} times" if count > 1 else "once"
