"""Lists that may be too long for a message."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.card import Attachment, Card, Embed
from bot.chat.markdown import prose
from bot.chat.render import TEXT_LIMIT

# Longer lists go into an attached file.
MAX_LINES = 12


def with_lines(card: Card, lines: Sequence[str], file_name: str) -> Card:
    """Add lines to the text of a card's embed, or attach them as a file if they are many or long."""
    embed = card.embed
    if not lines or not isinstance(embed, Embed):
        return card
    listed = "\n".join(f"• {prose(line)}" for line in lines)
    if len(lines) > MAX_LINES or len(embed.text) + len(listed) > TEXT_LIMIT:
        text = f"{embed.text}\nThe attached file lists all {len(lines)}."
        file = Attachment(file_name, ("\n".join(lines) + "\n").encode())
        return replace(card, embed=replace(embed, text=text), attachments=(file,))
    return replace(card, embed=replace(embed, text=f"{embed.text}\n\n{listed}"))
