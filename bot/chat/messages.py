"""Read the message whose menu was used: every text in it, and the files that it carries.

Discord adds to its messages all the time, so whatever is missing or has another form is skipped.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class File(NamedTuple):
    """A file that somebody uploaded; it is not here yet."""

    name: str
    size: int
    url: str


class Message(NamedTuple):
    """A message: what its author wrote, every text that it shows, forwarded ones among them, and its files.

    `author_id` is `None` if a bot or a webhook wrote it.
    """

    content: str
    texts: tuple[str, ...]
    files: tuple[File, ...]
    author_id: int | None = None


def read_message(payload: object) -> Message:
    """Read a message: https://docs.discord.com/developers/resources/message#message-object."""
    message = _table(payload)
    texts = tuple(filter(None, _texts(message)))
    return Message(_text(message, "content"), texts, tuple(_files(message)), _author_id(message))


def _author_id(message: Mapping[str, Any]) -> int | None:
    author = _table(message.get("author"))
    user_id = _text(author, "id")
    return int(user_id) if user_id.isdecimal() and not author.get("bot") else None


def _texts(message: Mapping[str, Any]) -> Iterator[str]:
    yield _text(message, "content")
    for embed in _tables(message, "embeds"):
        yield _text(embed, "title")
        yield _text(embed, "description")
        for field in _tables(embed, "fields"):
            yield _text(field, "name")
            yield _text(field, "value")
    yield from _component_texts(message)
    for forwarded in _forwarded(message):
        yield from _texts(forwarded)


def _component_texts(holder: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts among components, such as text displays in containers; buttons and menus have none."""
    for component in _tables(holder, "components"):
        yield _text(component, "content")
        yield from _component_texts(component)


def _files(message: Mapping[str, Any]) -> Iterator[File]:
    for attachment in _tables(message, "attachments"):
        name, url, size = _text(attachment, "filename"), _text(attachment, "url"), attachment.get("size")
        if name and url and isinstance(size, int):
            yield File(name, size, url)
    for forwarded in _forwarded(message):
        yield from _files(forwarded)


def _forwarded(message: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for snapshot in _tables(message, "message_snapshots"):
        yield _table(snapshot.get("message"))


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _tables(table: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    values = table.get(key)
    if isinstance(values, list):
        yield from filter(None, map(_table, values))


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
