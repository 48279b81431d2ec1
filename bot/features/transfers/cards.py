"""The cards of exporting and importing own entries."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.chat import notices
from bot.chat.card import DONE, Attachment, Button, Card, Component, Embed, Menu, Option, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, shorten
from bot.features import verbs
from bot.features.entries.cards import revert_button
from bot.features.entries.differences import ListedChange, with_changes
from bot.glossary.exchange.files import ENCODINGS
from bot.glossary.exchange.plan import Plan
from bot.glossary.text import counted

# How much of a line is shown, so that moderators see whether its letters are right.
SAMPLE_SHOWN = 200


def exported(count: int, files: Sequence[Attachment]) -> Card:
    """Hand over the own entries as files."""
    if not count:
        text = "This server has no entries of its own yet. `/glossary add` makes one, `/glossary import` many."
        return Card(Embed("Nothing to export", text))
    text = (
        f"{_entries(count)} of this server's own, in three formats: TOML to read and edit, CSV for spreadsheets, "
        "JSON for programs. `/glossary import` takes each of them."
    )
    return Card(Embed("Export", text, DONE), attachments=tuple(files))


def how_to_import(templates: Sequence[Attachment]) -> Card:
    """Hand over templates to fill in, and offer the form to upload a file with."""
    text = (
        "1. Take one of the templates below, or a file that `/glossary export` gave you.\n"
        "2. Fill it in, with as many entries as you like. CSV opens in every spreadsheet.\n"
        "3. Upload it. You see what it would change before anything is changed."
    )
    upload = Button("Upload a file", custom_id(verbs.UPLOAD), Style.PRIMARY, "📄")
    return Card(Embed("Import entries", text), (upload,), attachments=tuple(templates))


def unreadable(why: str) -> Card:
    """Say why a file cannot be imported, and offer to upload another."""
    card = notices.refusal("Not imported", f"{escape(why.rstrip('.'))}. Nothing was changed.")
    return replace(card, components=(Button("Upload another file", custom_id(verbs.UPLOAD), emoji="📄"),))


def dry_run(plan: Plan, draft_id: int, *, is_again: bool) -> Card:
    """Show what an import would do, and let the moderator confirm it.

    `is_again` says that an earlier dry run is out of date.
    """
    counts = (
        (plan.added, "added"),
        (plan.changed, "changed"),
        (plan.unchanged, "unchanged"),
        (plan.rejected, "rejected"),
    )
    text = ", ".join(f"**{len(rows)}** {label}" for rows, label in counts)
    if plan.taken:
        text += (
            f"\n⚠️ Shared entries that are replaced or lose a name in this server: **{len(plan.taken)}**. "
            "Words that go are ~~struck~~, new ones are **bold**."
        )
    if is_again:
        text = f"The server's entries were changed since you saw this, so here is what it would do now.\n\n{text}"
    buttons: list[Component] = []
    count = len(plan.added) + len(plan.changed)
    if count:
        buttons.append(Button(f"Import {_entries(count)}", custom_id(verbs.IMPORT_DRAFT, draft_id), Style.PRIMARY))
    buttons.append(Button("Cancel", custom_id(verbs.DISCARD_DRAFT, draft_id)))
    return with_changes(Card(Embed("Nothing is imported yet", text), tuple(buttons)), list(_listed(plan)), "import.txt")


def with_encoding(card: Card, encoding: str, sample: str, draft_id: int) -> Card:
    """Return a dry run that says in which encoding the file was read, shows a line, and lets the moderator choose."""
    embed = card.embed
    assert isinstance(embed, Embed)  # noqa: S101 - a dry run is not rendered in advance
    said = f"The file does not say how its letters are encoded. It was read as **{ENCODINGS[encoding]}**:"
    text = f"{said}\n> {escape(shorten(sample, SAMPLE_SHOWN))}\nIf that is garbled, choose another one.\n\n{embed.text}"
    return with_encoding_menu(replace(card, embed=replace(embed, text=text)), draft_id)


def with_encoding_menu(card: Card, draft_id: int) -> Card:
    """Return a card with the menu that reads the file of a draft in another encoding."""
    options = tuple(Option(one, label) for one, label in ENCODINGS.items())
    menu = Menu(custom_id(verbs.CHOOSE_ENCODING, draft_id), "Read it in another encoding", options)
    return replace(card, components=(menu, *card.components))


def imported(count: int, change_id: int) -> Card:
    """Say what an import did, and offer to revert it."""
    text = f"{_entries(count)} imported, as change #{change_id}. Members of this server see it now."
    return Card(Embed("Imported", text, DONE), (revert_button(change_id),))


def _listed(plan: Plan) -> Iterator[ListedChange]:
    """Yield each row that changes something, after those that are rejected and need a correction."""
    for row in plan.rejected:
        yield ListedChange(f"Rejected, {row.where}: {row.name or '(no name)'}: {row.reason}")
    taken = {entry.id for _, entry in plan.taken}
    for shared, entry in plan.taken:
        if shared.id == entry.id:
            yield ListedChange(f"Replaces the shared entry {shared.name}", shared, entry)
        else:
            what = f"Takes the name {entry.name} from the shared entry {shared.name}: {shared.summary}"
            yield ListedChange(what, None, entry)
    for before, after in plan.changed:
        if after.id not in taken:
            yield ListedChange(f"Changed: {after.name}", before, after)
    for entry in plan.added:
        if entry.id not in taken:
            yield ListedChange(f"Added: {entry.name}")


def _entries(count: int) -> str:
    return counted(count, "entry", "entries")
