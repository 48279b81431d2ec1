"""Every private part of simcord that the playground touches; tests/playground/test_page.py notices if one changes."""

import secrets
from pathlib import Path
from typing import Any

import msgspec
from simcord.backend.models import Message
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.preview import Preview, _markdown
from simcord.results import InteractionResult

# https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types
MESSAGE_COMMAND = 3


class _Kept(msgspec.Struct):
    """The messages of a channel and the files in them."""

    messages: list[Any]
    files: dict[str, bytes]


def show_names_in_embeds() -> None:
    """Let the page show people, channels and commands in an embed by their names, as Discord does.

    Call it before the page is shown for the first time.
    """
    for part in ("embed_description", "embed_field_value"):
        _markdown._FIELD_POLICIES[part] |= {"mentions": True, "commands": True}


def message_commands(env: Env, user_id: int, channel_id: int) -> list[str]:
    """Return the commands that somebody finds in the menu of a message."""
    commands = env.backend.visible_commands(user_id=user_id, channel_id=channel_id, type=MESSAGE_COMMAND)
    return [command["name"] for command in commands]


def open_form(preview: Preview, context_id: str, opened: InteractionResult) -> None:
    """Show a form in the page that has this context."""
    page = preview._get_page(context_id)
    page.modal = opened
    page.modal_handle = f"m_{secrets.token_urlsafe(12)}"
    preview._publish(page)


def keep_messages(env: Env, channel: ChannelHandle, path: Path) -> None:
    """Write the messages of a channel into a file."""
    messages = list(env.backend.messages.get(channel.id, {}).values())
    path.write_bytes(msgspec.json.encode(_Kept(messages, env.backend.cdn._blobs)))


def restore_messages(env: Env, channel: ChannelHandle, path: Path) -> bool:
    """Read the messages of a channel from a file, and return whether there were any."""
    if not path.is_file():
        return False
    kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    messages = msgspec.convert(kept.messages, list[Message], strict=False)
    for message in messages:
        env.backend.reserve_id(message.id)
        env.backend.messages.setdefault(channel.id, {})[message.id] = message
    env.backend.cdn._blobs |= kept.files
    return bool(messages)
