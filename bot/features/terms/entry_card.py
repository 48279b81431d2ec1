"""The card of an entry: a first view that fits a phone, and sections that unfold in it."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.chat.card import Button, Card, Component, Embed, Field, Option, Style
from bot.chat.components import action, custom_id
from bot.chat.markdown import bullets, code_block, escape, link, numbered, prose, rich
from bot.chat.render import TEXT_LIMIT, prerender
from bot.features import verbs
from bot.features.terms.cards import (
    closest_match,
    dismiss_button,
    entry_menu,
    fitting,
    header,
    none_of_these_buttons,
    report_button,
)
from bot.features.terms.first_view import (
    UNVERIFIED,
    checks_and_meaning,
    checks_in_first_view,
    confusion_lines,
    first_view,
    out_of_date,
)
from bot.features.terms.paging import Way
from bot.features.terms.severity import severity_of
from bot.features.terms.snapshots import SnapshotCache
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry, Message

# Longer lines of code wrap on a phone.
PHONE_COLUMNS = 38
# A code may have many wordings in logs. Only the first are shown; all of them are searched.
MAX_WORDINGS = 3
# Room for the heading of the sources and for the line that counts those that do not fit.
HEADING_ROOM = 50

NO_WAY = Way()
# More than a glossary has entries, unless somebody brings a very large one.
_first_views: SnapshotCache[Card] = SnapshotCache(2000)


class Section(enum.StrEnum):
    """What unfolds. The letters are part of the ids of buttons, so a letter never changes its meaning."""

    PITFALLS = "p"
    CAUSES = "w"
    TEXTS = "t"
    CODE = "c"
    SOURCES = "s"
    WHOLE_TEXT = "m"


ALL_SECTIONS = "".join(Section)


def entry_card(
    glossary: Glossary,
    shown: Entry,
    *,
    asked_by: int | None = None,
    lead: str = "",
    unfolded: str = "",
    back_to: str = "",
    way: Way = NO_WAY,
    also: Sequence[Entry] = (),
) -> Card:
    """Show an entry. `asked_by` is who may dismiss it; without, it can be shared.

    `lead` is the line above it, and `unfolded` the letters of the sections to show. `back_to` is the id of the entry
    that it was opened from, `way` how people came there. The entries in `also` come first in its menu.
    """
    card = _card(glossary, shown, unfolded, also) if unfolded or also else _first_view(glossary, shown)
    buttons = [_back_button(custom_id(verbs.BACK, back_to))] if back_to else []
    if way.page_id:
        buttons.append(Button("Back to the list", way.page_id, emoji="📋") if back_to else _back_button(way.page_id))
    if way.next_id:
        buttons.append(Button("Next", way.next_id, Style.PRIMARY))
    buttons.append(dismiss_button(asked_by) if asked_by is not None else _share_button(shown))
    return Card(card.embed, (*card.components, *buttons), lead)


def posted_card(glossary: Glossary, shown: Entry, lead: str) -> Card:
    """Show an entry that nobody asked for, under a line; a person who unfolds it gets a private copy."""
    return replace(_first_view(glossary, shown), content=lead)


def only_candidate(glossary: Glossary, shown: Entry, query: str, *, asked_by: int | None = None) -> Card:
    """Show the one entry that comes close to a query, and offer to say that it is not meant."""
    card = entry_card(glossary, shown, asked_by=asked_by, lead=closest_match(query))
    return replace(card, components=(*card.components, *none_of_these_buttons(query)))


def _back_button(button_id: str) -> Button:
    return Button("Back", button_id, emoji="↩️")


def _share_button(shown: Entry) -> Button:
    return Button("Share", custom_id(verbs.SHARE, shown.id), emoji="📣")


def _first_view(glossary: Glossary, shown: Entry) -> Card:
    """Return the card with nothing unfolded, rendered once for each snapshot."""
    disclaimer = glossary.pack.notices.disclaimer
    return _first_views.get(glossary, shown.id, lambda: prerender(_card(glossary, shown), disclaimer))


def _card(glossary: Glossary, shown: Entry, unfolded: str = "", also: Sequence[Entry] = ()) -> Card:
    return Card(_embed(glossary, shown, unfolded), tuple(_components(glossary, shown, unfolded, also)))


def entry_embed(glossary: Glossary, shown: Entry) -> Embed:
    """Return the embed of an entry with all its sections and names, as moderators check it."""
    embed = _embed(glossary, shown, ALL_SECTIONS)
    if not shown.aliases:
        return embed
    names = Field("Also called", escape(" · ".join(shown.aliases)))
    return replace(embed, fields=(*embed.fields, names))


def _embed(glossary: Glossary, shown: Entry, unfolded: str) -> Embed:
    severity = severity_of(shown.message) if shown.message else None
    title = escape(shown.title)
    related = escape(" · ".join(_related_names(glossary, shown)))
    return Embed(
        title=f"{severity.sign} {title}" if severity else title,
        url=shown.sources[0] if shown.sources else "",
        text=_text(glossary, shown, unfolded),
        colour=severity.colour if severity else glossary.category_of(shown).colour,
        header=header(glossary, shown, with_day=True),
        # Unfolded, the text has no room to spare.
        fields=(Field("Related", related),) if related and unfolded else (),
    )


def _components(glossary: Glossary, shown: Entry, unfolded: str, also: Sequence[Entry]) -> Iterator[Component]:
    confused = (found for one in shown.confusions if (found := glossary.named(one.name)))
    successor = glossary.named(shown.superseded_by) if shown.superseded_by else None
    if successor is not None:
        yield Button(successor.title, custom_id(verbs.OPEN, successor.id), Style.PRIMARY)
    yield entry_menu(shown.id, (*also, *glossary.related(shown).listed, *confused), _actions(glossary, shown))
    for section, label in _sections(shown, _text(glossary, shown, "")):
        is_open = section in unfolded
        after = unfolded.replace(section, "") if is_open else unfolded + section
        name, _, count = label.partition(" ")
        yield Button(f"Hide {name.lower()}" if is_open else f"{name} {count}".strip(), _unfold_id(after, shown.id))
    yield report_button(shown)


def _actions(glossary: Glossary, shown: Entry) -> tuple[Option, ...]:
    """Return what can be done from the menu of an entry, which on a phone takes less room than buttons."""
    category = glossary.category_of(shown)
    browse = action(custom_id(verbs.BROWSE, category.name))
    show_map = action(custom_id(verbs.OPEN_MAP, shown.id))
    save = action(custom_id(verbs.SAVE, shown.id))
    return (
        Option(show_map, "🗺️ Map", "A picture of the terms around it"),
        Option(browse, f"{category.emoji} All of {category.name}", category.description),
        Option(save, "⭐ Save", "Keep it for yourself; /saved lists what you saved"),
    )


def _unfold_id(letters: str, entry_id: str) -> str:
    return custom_id(verbs.UNFOLD, f"{letters}:{entry_id}")


def _sections(shown: Entry, first: str) -> Iterator[tuple[Section, str]]:
    """Yield the sections that have more to say than the first view, and their labels."""
    if rich(shown.definition) not in first:
        yield Section.WHOLE_TEXT, "Definition"
    if len(shown.notes) > 1:
        yield Section.PITFALLS, f"Pitfalls ({len(shown.notes)})"
    if shown.message and any(rich(check) not in first for check in shown.message.checks):
        yield Section.CAUSES, f"Checks ({len(shown.message.checks)})"
    elif shown.message and shown.message.causes:
        yield Section.CAUSES, f"Causes ({len(shown.message.causes)})"
    if shown.message and shown.message.reasons:
        yield Section.TEXTS, f"Texts ({len(shown.message.reasons)})"
    if shown.example:
        yield Section.CODE, "Code"
    if len(shown.sources) > 1:
        yield Section.SOURCES, f"Sources ({len(shown.sources)})"


def _text(glossary: Glossary, shown: Entry, unfolded: str) -> str:
    names = _related_names(glossary, shown)
    title_length = len(shown.title) + len(header(glossary, shown, with_day=True))
    if not unfolded:
        return first_view(shown, names, title_length=title_length)
    # Unfolding a section leaves the others as they are.
    first_checks = checks_in_first_view(shown, names, title_length=title_length) if shown.message else 0
    text = "\n\n".join(_paragraphs(shown, unfolded, first_checks))
    if Section.SOURCES in unfolded and shown.sources:
        room = TEXT_LIMIT - len(text) - HEADING_ROOM
        return "\n".join([text, "\n**Sources**", *fitting([f"- {link(one)}" for one in shown.sources], room)])
    return text


def _related_names(glossary: Glossary, shown: Entry) -> tuple[str, ...]:
    relations = glossary.related(shown)
    return (*(target.name for target in relations.listed), *relations.phrases)


def _paragraphs(shown: Entry, unfolded: str, first_checks: int) -> Iterator[str]:
    yield from out_of_date(shown)
    if shown.message:
        yield from _message_paragraphs(shown, shown.message, unfolded, first_checks)
    else:
        yield rich(shown.definition)
        if shown.notes:
            yield bullets(shown.notes) if Section.PITFALLS in unfolded else f"⚠️ {rich(shown.notes[0])}"
    if shown.confusions:
        yield "\n".join(confusion_lines(shown.confusions, with_differences=True))
    if Section.CODE in unfolded and shown.example:
        is_wide = any(len(line) > PHONE_COLUMNS for line in shown.example.splitlines())
        hint = "*This code is wide: it is easier to read on a large screen.*\n" if is_wide else ""
        yield hint + code_block(shown.example)


def _message_paragraphs(shown: Entry, message: Message, unfolded: str, first_checks: int) -> Iterator[str]:
    yield from checks_and_meaning(message, rich(shown.definition), first_checks)
    if Section.CAUSES in unfolded:
        further_checks = message.checks[first_checks:]
        if further_checks:
            yield f"**Then check**\n{numbered(further_checks, first_checks + 1)}"
        if message.causes:
            yield f"**Causes**\n{bullets(message.causes)}"
        if shown.aliases:
            yield f"**Seen in logs as** {escape(' · '.join(shown.aliases[:MAX_WORDINGS]))}"
    if message.libraries:
        yield prose(message.libraries)
    if Section.TEXTS in unfolded and message.reasons:
        lines = (f"**{escape(one.text)}**: {prose(one.cause)} {prose(one.check)}" for one in message.reason_table)
        yield "\n".join(f"- {line}" for line in lines)
    if not message.verified:
        yield UNVERIFIED
