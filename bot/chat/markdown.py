"""Making text safe to show: nothing in it becomes formatting, a link or a mention."""

import re
from collections.abc import Iterable

from bot.chat.source_names import source_name
from bot.glossary.search.codes import codes_in
from bot.glossary.search.frames import without_frame

# https://support.discord.com/hc/en-us/articles/210298617: a backslash shows the character after it as it is.
_SPECIAL = re.compile(r"[\\*_~|`>#\[\]<@]")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+\.)(?=\s)", re.MULTILINE)
# An address becomes a link by itself.
_ADDRESS = re.compile(r"(?<=[a-zA-Z]):(?=//)")
_BACKTICKS = re.compile(r"`(?=`)")
# Code and custom emoji, which are shown as such.
_KEPT = re.compile(r"(`[^`\n]+`|<a?:\w{2,32}:\d{15,20}>)")
# What an entry's text may have besides: blocks of code, links with a label, and addresses of the web.
_RICH = re.compile(
    r"```(?:(?P<language>[A-Za-z0-9+#-]{1,20})?\n)?(?P<block>.+?)```"
    r"|`[^`\n]+`|<a?:\w{2,32}:\d{15,20}>"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<target>https?://[^\s()<>]+)\)"
    r"|(?P<address>https?://[^\s<>()\[\]`*|]*[^\s<>()\[\]`*|.,;:!?'\"])",
    re.DOTALL,
)
_OTHER_BULLET = re.compile(r"^([ ]*)[*•][ ]+", re.MULTILINE)
# Mentions, emoji, times and guides: https://docs.discord.com/developers/reference#message-formatting-formats. Ids of
# people and addresses are no part of a question either.
_MARKUP = re.compile(
    r"<(?:(?:@[!&]?|#)\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^<>:]+:\d+|id:\w+)>"
    r"|@?\b\d{17,20}\b|<?\bhttps?://[^\s<>]+>?|\bwww\.[^\s<>]+"
)
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(<?https?://[^\s()<>]+>?\)")
_CODE_BLOCK = re.compile(r"```(?:[a-z]+\n)?(.*?)(?:```|$)", re.DOTALL)
# "ConnectionRefusedError: …", as in the last line of a traceback.
_EXCEPTION = re.compile(r"^[ \t]*(?:\w+\.){0,9}\w+(?:Error|Exception)\b", re.MULTILINE)
LINK_SHOWN = 80
# How much of a query is repeated to the person who sent it.
QUERY_SHOWN = 100


def escape(text: str) -> str:
    """Return text that shows as it was written, whatever it holds; at most twice as long."""
    return _LINE_START.sub(lambda start: f"{start[1]}{start[2][:-1]}\\{start[2][-1]}", _inactive(text))


def prose(text: str) -> str:
    """Return an entry's text with its `code` and its custom emoji kept as such and everything else escaped."""
    return "".join(part if _KEPT.fullmatch(part) else escape(part) for part in _KEPT.split(text))


def rich(text: str) -> str:
    r"""Return an entry's text with its lines, lists, code, blocks of code and links, and everything else escaped.

    >>> rich("See [the guide](https://example.com/a), not <@1>.")
    'See [the guide](<https://example.com/a>), not \\<\\@1\\>.'
    """
    listed = _OTHER_BULLET.sub(r"\1- ", text)
    shown = ""
    end = 0
    for found in _RICH.finditer(listed):
        shown += _inactive(listed[end : found.start()]) + _kept(found)
        end = found.end()
    return shown + _inactive(listed[end:])


def _kept(found: re.Match[str]) -> str:
    """Return what is shown as such: a block of code, a link, an address, or `code` and custom emoji."""
    if found["block"] is not None:
        return code_block(found["block"].strip("\n"), found["language"] or "")
    if found["target"] is not None:
        return f"[{escape(found['label'])}](<{found['target']}>)"
    return f"<{found[0]}>" if found["address"] is not None else found[0]


def _inactive(text: str) -> str:
    """Escape everything but the signs of lists."""
    return _ADDRESS.sub(r"\\:", _SPECIAL.sub(r"\\\g<0>", text))


def bullets(items: Iterable[str]) -> str:
    """Return texts of an entry as a list."""
    return "\n".join(f"- {rich(item)}" for item in items)


def numbered(items: Iterable[str], first: int = 1) -> str:
    """Return texts of an entry as a numbered list; `first` is the number of the first item."""
    return "\n".join(f"{number}. {rich(item)}" for number, item in enumerate(items, first))


def link(url: str) -> str:
    """Return a link that shows what a source is called.

    >>> link("https://www.example.com/docs/orders/#types")
    '[example.com: orders, types](<https://www.example.com/docs/orders/#types>)'
    """
    return f"[{escape(shorten(source_name(url), LINK_SHOWN))}](<{url}>)"


def code_block(code: str, language: str = "python") -> str:
    """Return a code block that nothing in the code can close."""
    unclosed = _BACKTICKS.sub("`\u200b", code) if "```" in code else code
    return f"```{language}\n{unclosed}\n```"


def escape_query(query: str) -> str:
    """Return what somebody wrote, on one line, shortened, and safe to show."""
    return escape(shorten(" ".join(query.split()), QUERY_SHOWN))


def without_markup(text: str) -> str:
    """Return what somebody asks: without mentions, custom emoji, times, ids, addresses, and the marks of code.

    A block of code is left out, unless it has the codes of messages or an exception, as a log and a traceback do, or
    nothing else was asked.

    >>> without_markup("<@123> what is a <:blob:456> limit order?")
    'what is a limit order?'
    >>> without_markup("what does `reqMktData` do here? ```ib.reqMktData(c)```")
    'what does reqMktData do here?'
    >>> without_markup("<@123> what is this? ```Error 354, reqId 7```")
    'what is this? Error 354, reqId 7'
    >>> without_markup("any idea what happened here? ```Error 354, reqId 7```")
    'any idea what happened here? Error 354, reqId 7'
    >>> without_markup("any ideas? ```ConnectionRefusedError: [Errno 111]```")
    'any ideas? ConnectionRefusedError: [Errno 111]'
    """
    asked = _plain(_CODE_BLOCK.sub(" ", text))
    is_enough = without_frame(asked) and not any(map(_tells_what_failed, _CODE_BLOCK.findall(text)))
    return asked if is_enough else _plain(_CODE_BLOCK.sub(r" \1 ", text))


def _tells_what_failed(block: str) -> bool:
    """Tell whether a block of code has message codes or an exception, as a log and a traceback do."""
    return any(codes_in(block)) or _EXCEPTION.search(block) is not None


def _plain(text: str) -> str:
    plain = _MARKUP.sub(" ", _LINK.sub(r"\1", text).replace("`", ""))
    lines = (" ".join(line.split()) for line in plain.splitlines())
    return "\n".join(line for line in lines if line)


def shorten(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, the cut marked by an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
