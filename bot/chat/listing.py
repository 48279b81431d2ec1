"""Lists that may be too long for a message."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.card import Attachment, Card, Embed
from bot.chat.markdown import escape

# Longer lists go into an attached file.
MAX_LINES = 12


def with_lines(card: Card, lines: Sequence[str], file_name: str) -> Card:
    """Add lines to the text of a card's embed, or attach them as a file if they are many."""
    embed = card.embed
    if not lines or not isinstance(embed, Embed):
        return card
    if len(lines) > MAX_LINES:
        text = f"{embed.text}\nThe attached file lists all {len(lines)}."
        file = Attachment(file_name, ("\n".join(lines) + "\n").encode())
        return replace(card, embed=replace(embed, text=text), attachments=(file,))
    listed = "\n".join(f"• {escape(line)}" for line in lines)
    return replace(card, embed=replace(embed, text=f"{embed.text}\n\n{listed}"))
