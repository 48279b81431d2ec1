"""Printing in a terminal: replies, and what is wrong with data files."""

import re
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from bot.chat.card import Json
from bot.glossary.model import Pack
from bot.glossary.pack import Problem

WIDTH = 80
# Starts a line in small print.
SMALL = "-# "
_CODE_BLOCK = re.compile(r"```(?P<language>\w*)\n(?P<code>.*?)\n```", re.DOTALL)
_SPAN = re.compile(
    r"\\(?P<plain>[^\w\s]|_)|`(?P<code>[^`\n]+)`|\[[^\]\n]+\]\(<(?P<url>[^>\n]+)>\)|\*\*(?P<bold>.+?)(?<!\\)\*\*|\*(?P<italic>.+?)(?<!\\)\*"
)


def print_message(message: Json) -> None:
    """Print a message in Discord's JSON: its embeds, and the labels of what is under them."""
    console = Console()
    if content := message.get("content"):
        console.print(_spans(content.removeprefix(SMALL)))
    components = [component for row in message.get("components", ()) for component in row["components"]]
    for embed in message["embeds"]:
        _print_embed(console, embed, list(filter(None, map(_label, components))))


def print_problems(problems: Iterable[Problem]) -> None:
    """Print each problem of data files on a line: where it is, and what is wrong."""
    console = Console()
    for problem in problems:
        style, label = ("yellow", "warning") if problem.is_warning else ("bold red", "error")
        line = Text.assemble((f"{problem.file}:{problem.line}: ", "bold"), (f"{label}: ", style))
        line.append(f"{problem.where}: {problem.what}" if problem.where else problem.what)
        console.print(line, soft_wrap=True)


def print_sizes(pack: Pack) -> None:
    """Print how many entries each category has."""
    table = Table("Category", "Entries", title=pack.notices.title, title_justify="left")
    for category in pack.categories:
        table.add_row(category.name, str(sum(entry.category == category.name for entry in pack.entries)))
    Console().print(table)


def print_verdict(text: str, *, is_good: bool) -> None:
    """Print what a check comes to."""
    Console().print(Text(text, style="bold green" if is_good else "bold red"), soft_wrap=True)


def _label(component: Json) -> str:
    """Return what a button or menu says; the address for a button that opens one."""
    return component.get("url") or component.get("label") or component.get("placeholder") or ""


def _print_embed(console: Console, embed: Json, labels: list[str]) -> None:
    parts: list[RenderableType] = []
    if author := embed.get("author"):
        parts.append(Text(author["name"], style="dim"))
    parts += _blocks(embed.get("description", ""))
    for field in embed.get("fields", ()):
        parts += [Text(), Text(field["name"], style="bold"), *_blocks(field["value"])]
    if labels:
        parts += [Text(), Text("  ".join(f"[{label}]" for label in labels), style="cyan")]
    if footer := embed.get("footer"):
        parts += [Text(), Text(footer["text"], style="dim italic")]
    title = _spans(embed.get("title", ""))
    border = f"#{embed['color']:06x}"
    console.print(Panel(Group(*parts), title=title, title_align="left", border_style=border, width=WIDTH))


def _blocks(markdown: str) -> Iterator[RenderableType]:
    """Yield paragraphs and code blocks."""
    at = 0
    for block in _CODE_BLOCK.finditer(markdown):
        yield _spans(markdown[at : block.start()].rstrip("\n"))
        yield Syntax(block["code"], block["language"] or "text", background_color="default", padding=1)
        at = block.end()
    rest = markdown[at:].strip("\n")
    if rest:
        yield _spans(rest)


def _spans(markdown: str) -> Text:
    """Return a text with its bold, italic and code spans styled."""
    text, at = Text(), 0
    for span in _SPAN.finditer(markdown):
        text.append(markdown[at : span.start()])
        if span["plain"]:
            text.append(span["plain"])
        elif span["code"]:
            text.append(span["code"], style="green")
        elif span["url"]:
            text.append(span["url"], style="blue underline")
        elif span["bold"]:
            bold = _spans(span["bold"])
            bold.stylize("bold")
            text.append_text(bold)
        else:
            text.append(span["italic"], style="italic")
        at = span.end()
    text.append(markdown[at:])
    return text
