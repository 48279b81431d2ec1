"""The card of a map."""

from bot.chat.card import NEUTRAL, Attachment, Button, Card, Embed
from bot.features.maps.neighbourhood import Neighbourhood
from bot.features.maps.subject import Subject
from bot.features.terms import cards as terms
from bot.glossary.glossary import Glossary

PICTURE = "map.png"


def map_card(
    glossary: Glossary,
    subject: Subject,
    shown: Neighbourhood,
    picture: bytes,
    *,
    is_light: bool = False,
    asked_by: int | None = None,
) -> Card:
    """Show a map, with a menu of the entries on it. `asked_by` is who may dismiss a public answer."""
    embed = Embed(
        title=subject.title(glossary),
        text="Lines lead to related terms. The menu opens a term.",
        colour=glossary.category_of(shown.entries[0]).colour if subject.key else NEUTRAL,
        image=f"attachment://{PICTURE}",
    )
    other = Button("Dark", subject.page_id(is_light=False), emoji="🌙")
    if not is_light:
        other = Button("Light", subject.page_id(is_light=True), emoji="☀️")
    menu = terms.page_menu(subject.page_id(is_light=is_light), shown.entries)
    buttons = (other,) if asked_by is None else (other, terms.dismiss_button(asked_by))
    return Card(embed, (menu, *buttons), attachments=(Attachment(PICTURE, picture, described(shown)),))


def described(shown: Neighbourhood) -> str:
    """Return in words what a map shows."""
    names = [entry.name for entry in shown.entries]
    lines = [
        f"A map of the terms around {names[0]}: {', '.join(names[1:])}."
        if shown.has_middle and names[1:]
        else f"A map of these terms: {', '.join(names)}."
    ]
    confusions = [f"{names[link.first]} and {names[link.second]}" for link in shown.links if link.is_confusion]
    if confusions:
        lines.append(f"Not to be confused: {'; '.join(confusions)}.")
    return " ".join(lines)
