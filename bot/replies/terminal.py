"""Printing a reply in a terminal."""

import re

import discord
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.syntax import Syntax
from rich.text import Text

from bot.replies.card import Card

_CODE_BLOCK = re.compile(r"```(?P<language>\w*)\n(?P<code>.*?)\n```", re.DOTALL)
_SPAN = re.compile(
    r"\\(?P<plain>[^\w\s]|_)|`(?P<code>[^`\n]+)`|\*\*(?P<bold>.+?)(?<!\\)\*\*|\*(?P<italic>.+?)(?<!\\)\*"
)


def show_card(console: Console, card: Card, footer: str) -> None:
    """Print a card that was not sent, with the footer that it would get."""
    inner = [getattr(item, "item", item) for item in card.items]
    labels = [getattr(item, "label", None) or getattr(item, "placeholder", None) for item in inner]
    _show(console, card.embed, footer, [label for label in labels if label])


def show_reply(console: Console, message: discord.Message) -> None:
    """Print a reply as it was sent."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    parts = [part for row in rows for part in row.children]
    labels = [getattr(part, "label", None) or getattr(part, "placeholder", None) for part in parts]
    for embed in message.embeds:
        _show(console, embed, embed.footer.text or "", [label for label in labels if label])


def _show(console: Console, embed: discord.Embed, footer: str, labels: list[str]) -> None:
    parts: list[RenderableType] = []
    if embed.author.name:
        parts.append(Text(embed.author.name, style="dim"))
    parts += _rendered(embed.description or "")
    for field in embed.fields:
        parts += [Text(), Text(field.name or "", style="bold"), *_rendered(field.value or "")]
    if labels:
        parts += [Text(), Text("  ".join(f"[{label}]" for label in labels), style="cyan")]
    parts += [Text(), Text(footer, style="dim italic")]
    colour = f"#{embed.colour.value:06x}" if embed.colour else "default"
    title = _inline(embed.title or "")
    console.print(Panel(Group(*parts), title=title, title_align="left", border_style=colour, width=80))


def _rendered(markdown: str) -> list[RenderableType]:
    parts: list[RenderableType] = []
    at = 0
    for block in _CODE_BLOCK.finditer(markdown):
        parts.append(_inline(markdown[at : block.start()].rstrip("\n")))
        parts.append(Syntax(block["code"], block["language"] or "text", background_color="default", padding=1))
        at = block.end()
    if rest := markdown[at:].strip("\n"):
        parts.append(_inline(rest))
    return parts


def _inline(markdown: str) -> Text:
    text, at = Text(), 0
    for span in _SPAN.finditer(markdown):
        text.append(markdown[at : span.start()])
        if span["plain"]:
            text.append(span["plain"])
        elif span["code"]:
            text.append(span["code"], style="green")
        elif span["bold"]:
            bold = _inline(span["bold"])
            bold.stylize("bold")
            text.append_text(bold)
        else:
            text.append(span["italic"], style="italic")
        at = span.end()
    text.append(markdown[at:])
    return text
