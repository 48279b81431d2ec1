"""Printing a reply in a terminal."""

import re

import discord
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.syntax import Syntax
from rich.text import Text

from bot.replies.card import Card

_CODE_BLOCK = re.compile(r"```(?P<language>\w*)\n(?P<code>.*?)\n```", re.DOTALL)
_SPAN = re.compile(r"\\(?P<plain>[^\w\s])|`(?P<code>[^`\n]+)`|\*\*(?P<bold>.+?)(?<!\\)\*\*|\*(?P<italic>.+?)(?<!\\)\*")


def show(console: Console, card: Card, footer: str) -> None:
    """Print a card as a panel, with a footer under it and the labels of its components."""
    show_embed(console, card.embed, footer, [_component_label(item) for item in card.items])


def show_embed(console: Console, embed: discord.Embed, footer: str, components: list[str]) -> None:
    """Print an embed as a panel."""
    parts: list[RenderableType] = []
    if embed.author.name:
        parts.append(Text(embed.author.name, style="dim"))
    parts += [*_rendered(embed.description or "")]
    for field in embed.fields:
        parts += [Text(), Text(field.name or "", style="bold"), *_rendered(field.value or "")]
    if components:
        parts += [Text(), Text("  ".join(f"[{label}]" for label in components), style="cyan")]
    parts += [Text(), Text(footer, style="dim italic")]
    colour = f"#{embed.colour.value:06x}" if embed.colour else "default"
    console.print(
        Panel(Group(*parts), title=_inline(embed.title or ""), title_align="left", border_style=colour, width=80)
    )


def _rendered(markdown: str) -> list[RenderableType]:
    parts: list[RenderableType] = []
    at = 0
    for block in _CODE_BLOCK.finditer(markdown):
        parts.append(_inline(markdown[at : block.start()].rstrip("\n")))
        parts.append(Syntax(block["code"], block["language"] or "text", background_color="default", padding=(1, 2)))
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


def _component_label(item: discord.ui.Item[discord.ui.View]) -> str:
    inner = getattr(item, "item", item)
    return str(getattr(inner, "label", None) or getattr(inner, "placeholder", None) or "menu")
