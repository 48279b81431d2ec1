"""The cards of changing a server's own entries: saved, not saved, two versions, removed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.chat import notices
from bot.chat.card import DONE, WRONG, Button, Card, Embed, Style
from bot.chat.components import custom_id, query_argument
from bot.chat.markdown import code_block, escape, escape_query, link, prose, rich, shorten
from bot.features import verbs
from bot.features.entries.differences import differences
from bot.features.entries.forms import ENTRY, MORE
from bot.features.terms.cards import update_button
from bot.features.terms.entry_card import entry_embed
from bot.glossary.checks import Fault
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.servers.server import Update

# Two versions and their differences stand in one message, whose embeds have 6000 characters together.
VERSION_LIMIT = 1900
_MORE = "More fields"
_LABELS = {field.id: field.label for field in (*ENTRY.fields, *MORE.fields)}


def saved(change_id: int, text: str, glossary: Glossary | None = None, entry: Entry | None = None) -> Card:
    """Say that a change is saved, show the entry as members see it, and offer to revert the change or add to it."""
    if glossary is None or entry is None:
        return Card(Embed("Saved", text, DONE), (revert_button(change_id),))
    buttons = (_more_button(entry), revert_button(change_id))
    return Card(Embed("Saved", text, DONE), buttons, more=(entry_embed(glossary, entry),))


def with_update(card: Card, update: Update) -> Card:
    """Return the card of a saved entry that also says that the shared entry behind it has changed."""
    embed = card.embed
    assert isinstance(embed, Embed)  # noqa: S101 - it is not rendered in advance
    text = f"{embed.text}\nThe shared entry has changed since this server made its own version."
    return replace(card, embed=replace(embed, text=text), components=(*card.components, update_button(update.shared)))


def removed(entry: Entry, change_id: int, *, was: Entry, shared: Entry | None) -> Card:
    """Say that an own entry is gone, or the names that it added to a shared one; `was` is the own entry."""
    name = f"**{escape(entry.name)}**"
    if was.adds_names_only:
        text = f"{name} is no longer found by the names that this server gave it."
    elif shared is not None:
        text = f"{name} is no longer one of this server's own entries. The shared entry shows again in its place."
    else:
        text = f"{name} is no longer one of this server's own entries. Members of this server no longer find it."
    return Card(Embed("Removed", text, DONE), (revert_button(change_id),))


def revert_button(change_id: int) -> Button:
    """Return the button that reverts a change."""
    return Button("Revert", custom_id(verbs.REVERT, change_id), emoji="↩️")


def not_changed(faults: Sequence[Fault]) -> Card:
    """Say why a change cannot be made."""
    return notices.refusal("Nothing was changed", fault_list(faults))


def not_own(entry: Entry) -> Card:
    """Say that a shared entry cannot be removed."""
    text = f"**{escape_query(entry.name)}** is a shared entry. `/glossary edit` makes it this server's own."
    return notices.refusal("Not this server's own", text)


def rejected(name: str, faults: Sequence[Fault], draft_id: int) -> Card:
    """Say why a filled-in form is not saved yet, and offer to correct it."""
    text = f"**{escape_query(name) or 'It'}** needs a correction. Nothing you typed is lost.\n\n{fault_list(faults)}"
    buttons = (_edit_button(draft_id), _more_of_draft_button(draft_id), _discard_button(draft_id, "Discard"))
    return Card(Embed("Not saved yet", text, WRONG), buttons)


def saved_before(glossary: Glossary, entry: Entry, told: str) -> Card:
    """Say that the entry was saved exactly like this before, and show it."""
    text = f"**{escape(entry.name)}** is one of this server's own entries already, exactly like this.{told}"
    return Card(Embed("Nothing was changed", text), (_more_button(entry),), more=(entry_embed(glossary, entry),))


def two_versions(theirs: Entry | None, yours: Entry, draft_id: int) -> Card:
    """Show both versions of an entry that somebody else has changed meanwhile, and let the moderator choose."""
    done = "removed" if theirs is None else "changed"
    text = f"Somebody else has {done} this entry since you opened it. Nothing was saved; choose which version to keep."
    shown = Embed("Theirs", "*Removed*") if theirs is None else _version("Theirs, saved", theirs)
    text += _difference(theirs, yours)
    return _choice("Two versions", text, shown, yours, draft_id, save="Save mine", keep="Keep theirs")


def duplicate(existing: Entry, yours: Entry, draft_id: int) -> Card:
    """Show a new entry beside the own entry that has its name, and let the moderator choose."""
    text = f"**{escape(existing.name)}** is one of this server's own entries already. Nothing was saved yet."
    text += _difference(existing, yours)
    shown = _version("Saved already", existing)
    return _choice(
        "This entry exists already",
        text,
        shown,
        yours,
        draft_id,
        save="Replace it with mine",
        keep="Keep the saved one",
    )


def name_of_shared(shared: Entry, yours: Entry, draft_id: int) -> Card:
    """Show a new entry beside the shared one that has its name, and let the moderator choose."""
    name = f"**{escape(shared.name)}**"
    if shared.id == yours.id:
        text = f"Saving this replaces the shared entry {name} in this server. Nothing was saved yet."
        text += _difference(shared, yours)
        save = "Replace the shared entry"
    else:
        text = (
            f"**{escape(yours.name)}** is another name of the shared entry {name}. Once you save this, it finds your "
            "entry instead. Nothing was saved yet."
        )
        save = "Save mine"
    shown = _version("Shared", shared)
    return _choice("The glossary has this already", text, shown, yours, draft_id, save=save, keep="Keep the shared one")


def _difference(saved: Entry | None, yours: Entry) -> str:
    """Return what saving one version in the place of another changes, nothing if there is no other."""
    if saved is None:
        return ""
    lines = (f"> {line}" for line in differences(saved, yours))
    return "\n".join(["", "**What changes**", *lines])


def _choice(title: str, text: str, other: Embed, yours: Entry, draft_id: int, *, save: str, keep: str) -> Card:
    """Show two texts, and let the moderator save one, edit it, or keep the other."""
    buttons = (
        Button(save, custom_id(verbs.SAVE_DRAFT, draft_id), Style.PRIMARY),
        _edit_button(draft_id),
        _more_of_draft_button(draft_id),
        _discard_button(draft_id, keep),
    )
    return Card(Embed(title, text, WRONG), buttons, more=(other, _version("Yours, not saved", yours)))


def discarded() -> Card:
    """Say that a draft is discarded."""
    return Card(Embed("Discarded", "Nothing was changed."))


def draft_gone() -> Card:
    """Say that the draft behind a button no longer exists."""
    text = "It was saved, discarded or deleted after a week, or it is somebody else's."
    return Card(Embed("This draft is gone", text))


def no_such_entry(glossary: Glossary, term: str, *, can_add: bool = False) -> Card:
    """Say that a term names no entry, which ones come close, and perhaps offer to add it."""
    close = [hit.name.text for hit in glossary.find(term).hits[:5]]
    if not close:
        close = [name.text for name in glossary.complete(term)[:5]]
    hint = f" Closest: {escape(', '.join(close))}." if close else ""
    card = notices.refusal("No such entry", f"“{escape_query(term)}” names no entry here.{hint}")
    name = query_argument(term)
    return replace(card, components=(Button("Add it", custom_id(verbs.ADD_NAMED, name)),)) if can_add and name else card


def related_but_missing(glossary: Glossary, entry: Entry) -> str:
    """Return a line that names the related terms of a saved entry for which there is no entry, "" if there is none."""
    names = glossary.related(entry).phrases
    return f"\nNot in the glossary yet: {escape(', '.join(names))}." if names else ""


def fault_list(faults: Iterable[Fault]) -> str:
    """Return what is wrong as a list, each with the field of the form."""
    return "\n".join(map(_fault_line, faults))


def _fault_line(fault: Fault) -> str:
    label = _LABELS.get(fault.field)
    return f"• **{label}**: {prose(fault.what)}" if label else f"• {prose(fault.what)}"


def _version(title: str, entry: Entry) -> Embed:
    """Show what the forms of an entry hold."""
    lines = [f"**{escape(entry.name)}**", f"Category: {escape(entry.category)}"]
    if entry.aliases:
        lines.append(f"Also called: {escape(', '.join(entry.aliases))}")
    if entry.definition:
        lines.append(rich(entry.definition))
    lines += [f"• {rich(note)}" for note in entry.notes]
    if entry.related:
        lines.append(f"Related: {escape(' · '.join(entry.related))}")
    if entry.confused_with:
        lines += ["Not to be confused with:", *(f"• {prose(line)}" for line in entry.confused_with)]
    lines += [f"Source: {link(url)}" for url in entry.sources]
    # The code comes last and whole: a block that is cut is not shown as code.
    code = f"\nExample:\n{code_block(entry.example)}" if entry.example else ""
    return Embed(title, shorten("\n".join(lines), VERSION_LIMIT - len(code)) + code)


def _edit_button(draft_id: int) -> Button:
    return Button("Continue editing", custom_id(verbs.EDIT_DRAFT, draft_id), emoji="✏️")


def _more_button(entry: Entry) -> Button:
    """Return the button that opens the form with the other fields of a saved entry."""
    return Button(_MORE, custom_id(verbs.MORE_FIELDS, entry.id), emoji="➕")


def _more_of_draft_button(draft_id: int) -> Button:
    """Return the button that opens the same form for what is not saved yet."""
    return Button(_MORE, custom_id(verbs.MORE_OF_DRAFT, draft_id), emoji="➕")


def _discard_button(draft_id: int, label: str) -> Button:
    return Button(label, custom_id(verbs.DISCARD_DRAFT, draft_id))
