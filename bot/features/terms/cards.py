"""The cards of one entry: the entry itself, its related terms, and the closest entries when there is none."""

from collections.abc import Iterable, Iterator, Sequence

from bot.chat.card import Button, Card, Component, Embed, Field, LinkButton, Menu, Option
from bot.chat.components import custom_id, query_argument
from bot.chat.markdown import code_block, escape, escape_query, prose, shorten
from bot.chat.render import prerender
from bot.features import verbs
from bot.features.terms.snapshots import SnapshotCache
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry, Message, MessageKind
from bot.glossary.own import OWN_CATEGORY
from bot.glossary.search.names import Hit

# Stands above an entry that only this server sees.
OWN_LABEL = "this server's own entry"
# A code may have many wordings in logs. Only the first are shown; all of them are searched.
MAX_WORDINGS = 3
SEVERITIES = {MessageKind.ERROR: "🔴", MessageKind.SYSTEM: "🔵", MessageKind.WARNING: "🟡"}
MAX_CLOSEST = 5
# How many characters of an entry's first sentence are shown in a list.
SUMMARY_SHOWN = 160
# Two lists of this many characters fit into an embed.
LIST_LIMIT = 1900

# More than a glossary has entries, unless somebody brings a very large one.
_prerendered: SnapshotCache[Card] = SnapshotCache(2000)


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
    """Show an entry. `asked_by` is who may dismiss it; without, it can be shared.

    `query` is what it is the closest match for, `question` what it answers, `also` stands first in its menu.
    """
    if query is None and question is None and not also:
        card = _plain_entry(glossary, shown)
    else:
        card = _entry(glossary, shown, query=query, question=question, also=also)
    components = (*card.components, _last_button(shown, asked_by))
    return Card(card.embed, components, f"Shared by {shared_by}" if shared_by else "")


def related(glossary: Glossary, shown: Entry, *, asked_by: int | None = None, query: str | None = None) -> Card:
    """Show the entries that an entry lists as related and those that list it, each with its first sentence."""
    relations = glossary.related(shown)
    paragraphs = [_closest_match(query)] if query is not None else []
    for heading, entries in (("Related terms", relations.listed), ("Mentioned by", relations.listed_by)):
        if entries:
            lines = _fitting([list_line(one) for one in entries], LIST_LIMIT)
            paragraphs.append("\n".join([f"**{heading}**", *lines]))
    if relations.phrases:
        paragraphs.append(f"Not in the glossary yet: {escape(', '.join(relations.phrases))}")
    if not shown.related and not relations.listed_by:
        paragraphs.append("Nothing in the glossary is related to it yet.")
    embed = Embed(
        title=f"Related to {escape(shown.name)}",
        text="\n\n".join(paragraphs),
        colour=glossary.category_of(shown).colour,
        header=_header(glossary, shown),
    )
    components = _components(shown, (shown, *relations.listed, *relations.listed_by))
    return Card(embed, (*components, _last_button(shown, asked_by)))


def not_found(glossary: Glossary, query: str, hits: Sequence[Hit]) -> Card:
    """Say that a query names no entry, and offer the closest ones."""
    codes = glossary.unknown_codes(query)
    if codes:
        return unknown_codes(codes)
    said = escape_query(query) or "(nothing)"
    if not hits:
        text = f"“{said}” is not in the glossary, and nothing in it comes close. `/define` shows names while you type."
        return Card(Embed("Not found", text), suggest_buttons(query))
    closest = [found for hit in hits[:MAX_CLOSEST] if (found := glossary.get(hit.name.entry_id))]
    buttons = [Button(one.title, custom_id(verbs.OPEN, one.id)) for one in closest]
    embed = Embed("Closest matches", f"“{said}” is not in the glossary.")
    return Card(embed, (*buttons, *none_of_these_buttons(query), *suggest_buttons(query)))


def unknown_codes(codes: Sequence[int]) -> Card:
    """Say that the glossary has no entry for message codes."""
    numbers = ", ".join(map(str, codes))
    text = f"Message code {numbers} is not in the glossary. The vendor's own table may have it."
    return Card(Embed(f"No entry for {numbers}", text))


def gone() -> Card:
    """Say that the entry behind an old button is no longer there."""
    text = "It was renamed or removed since this message was posted. `/define` shows what is there now."
    return Card(Embed("This entry is gone", text))


def entry_embed(glossary: Glossary, shown: Entry, *, query: str | None = None, question: str | None = None) -> Embed:
    """Return an entry as an embed."""
    return Embed(
        title=escape(shown.title),
        text="\n\n".join(_paragraphs(shown, query, question)),
        colour=glossary.category_of(shown).colour,
        header=_header(glossary, shown),
        fields=tuple(_fields(glossary, shown)),
    )


def list_line(shown: Entry) -> str:
    """Return an entry as a line of a list: its title and its first sentence."""
    return f"• **{escape(shown.title)}**: {prose(shorten(shown.summary, SUMMARY_SHOWN))}"


def entry_option(shown: Entry) -> Option:
    """Return an entry as an option of a menu, with its first sentence."""
    return Option(shown.id, shown.title, shown.summary.replace("`", ""))


def entry_menu(entry_id: str, entries: Iterable[Entry], placeholder: str = "Open a related term") -> Menu:
    """Return a menu that opens entries; `entry_id` keeps its id apart from the ids of other menus."""
    options = tuple(map(entry_option, dict.fromkeys(entries)))
    return Menu(custom_id(verbs.OPEN_FROM_MENU, entry_id), placeholder, options)


def dismiss_button(asked_by: int) -> Button:
    """Return the button with which the asker, or a moderator, deletes a public reply."""
    return Button("Dismiss", custom_id(verbs.DISMISS, asked_by), emoji="🗑️")


def none_of_these_buttons(query: str) -> tuple[Button, ...]:
    """Return the button that says that no offered entry fits; none for a blank query."""
    argument = query_argument(query)
    return (Button("None of these", custom_id(verbs.NONE_OF_THESE, argument)),) if argument else ()


def suggest_buttons(query: str) -> tuple[Button, ...]:
    """Return the button that suggests a term that was not found; none for a blank query."""
    argument = query_argument(query)
    return (Button("Suggest this term", custom_id(verbs.SUGGEST, argument), emoji="💡"),) if argument else ()


def _last_button(shown: Entry, asked_by: int | None) -> Button:
    """Return the button that shares a reply if only the asker sees it, and otherwise dismisses it."""
    if asked_by is not None:
        return dismiss_button(asked_by)
    return Button("Share", custom_id(verbs.SHARE, shown.id), emoji="📣")


def _plain_entry(glossary: Glossary, shown: Entry) -> Card:
    """Return an entry's card without the button that depends on the asker, rendered once for each snapshot."""
    disclaimer = glossary.pack.notices.disclaimer
    return _prerendered.get(glossary, shown.id, lambda: prerender(_entry(glossary, shown), disclaimer))


def _entry(
    glossary: Glossary,
    shown: Entry,
    *,
    query: str | None = None,
    question: str | None = None,
    also: Sequence[Entry] = (),
) -> Card:
    embed = entry_embed(glossary, shown, query=query, question=question)
    return Card(embed, _components(shown, (*also, *glossary.related(shown).listed)))


def _components(shown: Entry, menu: Sequence[Entry]) -> tuple[Component, ...]:
    components: list[Component] = []
    if menu:
        components.append(entry_menu(shown.id, menu))
    if shown.sources:
        components.append(LinkButton("Source", shown.sources[0]))
    return tuple(components)


def _paragraphs(shown: Entry, query: str | None, question: str | None) -> Iterator[str]:
    if shown.message:
        yield f"{SEVERITIES[shown.message.kind]} **{shown.message.kind.capitalize()}**"
    if question is not None:
        yield f"*“{escape_query(question)}”*"
    if query is not None:
        yield _closest_match(query)
    yield prose(shown.definition)
    if shown.notes:
        yield "\n".join(f"• {prose(note)}" for note in shown.notes)
    if shown.message:
        yield from _message_paragraphs(shown.message)
    if shown.example:
        yield code_block(shown.example)


def _message_paragraphs(message: Message) -> Iterator[str]:
    if message.causes:
        yield "\n".join(["**Usual causes**", *(f"• {prose(cause)}" for cause in message.causes)])
    if message.checks:
        steps = (f"{number}\\. {prose(check)}" for number, check in enumerate(message.checks, 1))
        yield "\n".join(["**What to check**", *steps])
    if not message.verified:
        yield "*This rests on public reports, not on the vendor's own table.*"


def _fields(glossary: Glossary, shown: Entry) -> Iterator[Field]:
    if shown.aliases and shown.message:
        yield Field("Seen in logs as", escape(" · ".join(shown.aliases[:MAX_WORDINGS])))
    elif shown.aliases:
        yield Field("Also called", escape(", ".join(shown.aliases)))
    if shown.related:
        relations = glossary.related(shown)
        names = [target.name for target in relations.listed] + list(relations.phrases)
        yield Field("Related", escape(" · ".join(names)))


def _header(glossary: Glossary, shown: Entry) -> str:
    """Return the line above an entry: its category, and whether it is the server's own."""
    category = glossary.category_of(shown)
    parts = [] if category.name == OWN_CATEGORY.name else [category.name]
    if glossary.is_own(shown.id):
        parts.append(OWN_LABEL)
    return f"{category.emoji} {' · '.join(parts)}"


def _closest_match(query: str) -> str:
    return f"*Closest match for “{escape_query(query)}”*"


def _fitting(lines: Sequence[str], limit: int) -> list[str]:
    """Return the lines that fit into a number of characters, and a last line that counts the others."""
    kept: list[str] = []
    room = limit
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return [*kept, f"… and {len(lines) - number} more"]
        kept.append(line)
    return kept
