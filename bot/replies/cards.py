"""One function per kind of reply: what is known goes in, a `Card` comes out."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import discord

from bot.catalogue import Reloaded
from bot.glossary.glossary import Glossary
from bot.glossary.model import Changes, Entry, Message, MessageKind
from bot.glossary.own import OWN_CATEGORY
from bot.glossary.pack import Problem
from bot.replies.card import Attachment, Card, Item
from bot.replies.components import Dismiss, EntryMenu, Share
from bot.replies.markdown import code_block, escape, prose, shorten
from bot.storage.revisions import Revision

# Stands above what one server alone sees.
OWN = "this server's own entry"
NEUTRAL, WRONG, DONE = 0x4A5568, 0xC53030, 0x2F855A
# Of what a message may say in logs, so much is shown; all of it is searched.
MOST_WORDINGS = 3
_BADGES = {MessageKind.ERROR: "🔴", MessageKind.SYSTEM: "🔵", MessageKind.WARNING: "🟡"}
# Longer lists of changes or problems go into an attached file.
MOST_LINES = 12
# How much of a query is repeated to the person who sent it.
QUERY_SHOWN = 100
SUMMARY_SHOWN = 160
# Two lists of this size and what stands around them fit into an embed.
LIST_LIMIT = 1900


def entry(
    glossary: Glossary,
    shown: Entry,
    *,
    asked_by: int | None = None,
    query: str | None = None,
    question: str | None = None,
    also: Sequence[Entry] = (),
    shared_by: str | None = None,
) -> Card:
    """Show an entry; `asked_by` may dismiss it, without them it can be shared.

    `query` says what it is the closest match for, `question` what it answers; `also` stands first in the menu.
    """
    category = glossary.category_of(shown)
    paragraphs = [prose(shown.definition)]
    if query is not None:
        paragraphs.insert(0, f"*Closest match for “{said(query)}”*")
    if question is not None:
        paragraphs.insert(0, f"*“{said(question)}”*")
    if shown.notes:
        paragraphs.append("\n".join(f"• {prose(note)}" for note in shown.notes))
    if shown.message:
        paragraphs.insert(0, f"{_BADGES[shown.message.kind]} **{shown.message.kind.capitalize()}**")
        paragraphs += _message_paragraphs(shown.message)
    if shown.example:
        paragraphs.append(code_block(shown.example))
    embed = discord.Embed(title=escape(shown.title), description="\n\n".join(paragraphs), colour=category.colour)
    embed.set_author(name=_author(glossary, shown))
    if shown.aliases:
        if shown.message:
            embed.add_field(
                name="Seen in logs as", value=escape(" · ".join(shown.aliases[:MOST_WORDINGS])), inline=False
            )
        else:
            embed.add_field(name="Also called", value=escape(", ".join(shown.aliases)), inline=False)
    relations = glossary.related(shown)
    if shown.related:
        names = [target.name for target in relations.listed] + list(relations.phrases)
        embed.add_field(name="Related", value=escape(" · ".join(names)), inline=False)
    content = f"Shared by {shared_by}" if shared_by else None
    return Card(embed, _buttons(shown, (*also, *relations.listed), asked_by), content)


def related(glossary: Glossary, shown: Entry, *, asked_by: int | None = None, query: str | None = None) -> Card:
    """Show what an entry lists as related and what lists it, each with its first sentence."""
    relations = glossary.related(shown)
    category = glossary.category_of(shown)
    paragraphs = [f"*Closest match for “{said(query)}”*"] if query is not None else []
    for heading, around in (("Related terms", relations.listed), ("Mentioned by", relations.listed_by)):
        if around:
            lines = _fitting([line(one) for one in around], LIST_LIMIT)
            paragraphs.append("\n".join([f"**{heading}**", *lines]))
    if relations.phrases:
        paragraphs.append(f"Not in the glossary yet: {escape(', '.join(relations.phrases))}")
    if not shown.related and not relations.listed_by:
        paragraphs.append("Nothing in the glossary is related to it yet.")
    embed = discord.Embed(
        title=f"Related to {escape(shown.name)}", description="\n\n".join(paragraphs), colour=category.colour
    )
    embed.set_author(name=_author(glossary, shown))
    return Card(embed, _buttons(shown, (shown, *relations.listed, *relations.listed_by), asked_by))


def _author(glossary: Glossary, shown: Entry) -> str:
    """Return the line above an entry: its category, and whether it is the server's own."""
    category = glossary.category_of(shown)
    groups = [category.name] if category.name != OWN_CATEGORY.name else []
    return f"{category.emoji} {' · '.join([*groups, OWN] if glossary.is_own(shown.id) else groups)}"


def about(glossary: Glossary, revision: Revision) -> Card:
    """Say what this is, which data it serves, and what it is not."""
    notices = glossary.pack.notices
    sizes = Counter(one.category for one in glossary.pack.entries)
    counts = "\n".join(f"{one.emoji} {escape(one.name)}: {sizes[one.name]}" for one in glossary.pack.categories)
    embed = discord.Embed(
        title=escape(notices.title),
        description=(
            "`/define` explains a term and forgives typos, `/ask` answers questions in plain words, `/related` shows "
            "what surrounds a term, and *Explain terms* in a message's menu explains what it speaks of."
        ),
        colour=NEUTRAL,
    )
    embed.add_field(name=f"{len(glossary)} entries", value=counts, inline=False)
    embed.add_field(
        name="Data",
        value=f"Revision {revision.number} (`{revision.content_hash[:8]}`), <t:{revision.published_at}:D>",
        inline=False,
    )
    embed.add_field(name="Disclaimer", value=prose(notices.full_disclaimer), inline=False)
    embed.add_field(name="Independence", value=prose(notices.trademarks), inline=False)
    return Card(embed)


def reloaded(done: Reloaded, rolled_back_to: int | None = None) -> Card:
    """Say what a reload changed, or a return to an earlier revision."""
    changes, revision, warnings = done.changes, done.revision, done.warnings
    text = f"{counted(changes)}. Revision {revision.number} is live; this took {done.seconds * 1000:.0f} ms."
    if warnings:
        text += f"\n{len(warnings)} warning{'s' if len(warnings) > 1 else ''}; `python -m bot check` lists them."
    lines = changed(changes)
    title = "Glossary reloaded" if rolled_back_to is None else f"Returned to revision {rolled_back_to}"
    return with_lines(discord.Embed(title=title, description=text, colour=DONE), lines, "changes.txt")


def counted(changes: Changes) -> str:
    """Return how many entries are added, changed and removed."""
    counts = ", ".join(f"{len(names)} {label.lower()}" for label, names in _labelled(changes) if names)
    return counts or "Nothing changed"


def changed(changes: Changes) -> list[str]:
    """Return a line for each entry that is added, changed or removed."""
    return [f"{label}: {name}" for label, names in _labelled(changes) for name in names]


def _labelled(changes: Changes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("Added", changes.added), ("Changed", changes.changed), ("Removed", changes.removed))


def not_reloaded(problems: Sequence[Problem]) -> Card:
    """Say why a reload was refused."""
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
    embed = discord.Embed(
        title="Not reloaded: the previous data stays",
        description=f"The data files have {count}. Correct them and reload again.",
        colour=WRONG,
    )
    return with_lines(embed, [str(problem) for problem in problems], "problems.txt")


def gone() -> Card:
    """Say that an entry behind an old button is no longer there."""
    text = "It was renamed or removed since this message was posted. `/define` shows what is there now."
    return Card(discord.Embed(title="This entry is gone", description=text, colour=NEUTRAL))


def outdated() -> Card:
    """Say that a button or command is from another version of the bot."""
    text = (
        "It belongs to another version of this bot. Please ask again with `/define`; commands refresh within minutes."
    )
    return Card(discord.Embed(title="That no longer works", description=text, colour=NEUTRAL))


def failure(error_id: str) -> Card:
    """Say that answering failed."""
    text = f"Please try again. If it keeps happening, tell a moderator the error id `{error_id}`; the log explains it."
    return Card(discord.Embed(title="Something went wrong", description=text, colour=WRONG))


def too_many(seconds: float) -> Card:
    """Say how long to wait for the next answer."""
    text = f"Those were many answers in a short time. The next one is free in {math.ceil(seconds)} seconds."
    return Card(discord.Embed(title="One moment, please", description=text, colour=NEUTRAL))


def refusal(title: str, text: str) -> Card:
    """Say that something is not possible, and what to do instead; `text` is the bot's own markdown."""
    return Card(discord.Embed(title=title, description=text, colour=WRONG))


def _message_paragraphs(message: Message) -> Iterator[str]:
    if message.causes:
        yield "\n".join(["**Usual causes**", *(f"• {prose(cause)}" for cause in message.causes)])
    if message.checks:
        steps = (f"{number}\\. {prose(check)}" for number, check in enumerate(message.checks, 1))
        yield "\n".join(["**What to check**", *steps])
    if not message.verified:
        yield "*This rests on public reports, not on the vendor's own table.*"


def _buttons(shown: Entry, menu: Iterable[Entry], asked_by: int | None) -> tuple[Item, ...]:
    options = tuple(menu)
    items: list[Item] = [EntryMenu(shown.id, options)] if options else []
    if shown.sources:
        items.append(discord.ui.Button(label="Source", url=shown.sources[0]))
    items.append(Share(shown.id) if asked_by is None else Dismiss(asked_by))
    return tuple(items)


def line(one: Entry) -> str:
    """Return an entry as a line of a list: its title and its first sentence."""
    return f"• **{escape(one.title)}**: {prose(shorten(one.summary, SUMMARY_SHOWN))}"


def said(query: str) -> str:
    """Return what somebody wrote, on one line, shortened, and safe to show."""
    return escape(shorten(" ".join(query.split()), QUERY_SHOWN))


def _fitting(lines: Sequence[str], limit: int) -> list[str]:
    """Return the lines that fit into so many characters, and how many do not."""
    kept: list[str] = []
    room = limit
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return [*kept, f"… and {len(lines) - number} more"]
        kept.append(line)
    return kept


def with_lines(embed: discord.Embed, lines: Sequence[str], file_name: str) -> Card:
    """List lines under an embed's text, or attach them as a file where they are many."""
    if len(lines) > MOST_LINES:
        shown = f"{embed.description}\nThe attached file lists all {len(lines)}."
        embed.description = shown
        return Card(embed, attachments=(Attachment(file_name, ("\n".join(lines) + "\n").encode()),))
    if lines:
        embed.description = "\n\n".join([str(embed.description), "\n".join(f"• {escape(line)}" for line in lines)])
    return Card(embed)
