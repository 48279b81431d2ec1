"""Every private part of simcord that the playground touches; the tests in tests/playground notice if one changes."""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from simcord import actors
from simcord.backend import serializers
from simcord.backend.models import Message
from simcord.builders import ChannelHandle, UserHandle
from simcord.enums import AppCommandType, InteractionType
from simcord.env import Env
from simcord.preview import Preview, _markdown
from simcord.results import InteractionResult

from bot.exits import ExitCode, Stop


class _Kept(msgspec.Struct):
    """Messages and the files in them."""

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
    commands = env.backend.visible_commands(user_id=user_id, channel_id=channel_id, type=AppCommandType.MESSAGE)
    return [command["name"] for command in commands]


async def use_direct_menu(user: UserHandle, name: str, message_id: int) -> InteractionResult:
    """Use a command in the menu of a direct message; simcord's `context_menu` is for servers only."""
    env, channel = user._env, user.dm_channel
    message = env.backend.get_message(channel.id, message_id)
    env._begin_operation("context_menu")
    try:
        command = actors._resolve_visible_command(user, channel.id, name, AppCommandType.MESSAGE)
        data = {
            "id": command["id"],
            "name": name,
            "type": AppCommandType.MESSAGE,
            "target_id": str(message_id),
            "resolved": {"messages": {str(message_id): dict(serializers.message_payload(env.backend, message))}},
        }
        kind = InteractionType.APPLICATION_COMMAND
        return await actors._dispatch_actor_interaction(user, kind, channel, data)
    finally:
        env._end_operation()


def allow_another_page(env: Env) -> None:
    """Let simcord open one more page; by itself, it allows one at a time."""
    env._preview = None


def open_at_newest(preview: Preview) -> None:
    """Let a page open at its newest message; by itself, simcord opens it at the one that was newest at the start.

    Call it before the page is shown for the first time.
    """
    preview._initial_target = lambda *_, **__: None  # type: ignore[method-assign] # of this page only


def act_in(preview: Preview) -> None:
    """Let simcord report what happens next to this page."""
    preview.env._preview = preview


def use_newest_revision(preview: Preview, context_id: str, action: dict[str, Any]) -> None:
    """Let an action count although the page changed a moment before, for example by what another tab did.

    A click is left as it is: it names a place in its message, where another button may be by now.
    """
    page = preview._pages.get(context_id)
    if page is not None and action.get("kind") not in {"click", "select"}:
        action["published_revision"] = page.revision


def open_form(preview: Preview, context_id: str, opened: InteractionResult) -> None:
    """Show a form in the page that has this context."""
    page = preview._get_page(context_id)
    page.modal = opened
    page.modal_handle = f"m_{secrets.token_urlsafe(12)}"
    preview._publish(page)


def keep_messages(env: Env, channels: Iterable[ChannelHandle], path: Path) -> None:
    """Write the messages of some channels into a file, whole or not at all."""
    messages = [one for channel in channels for one in env.backend.messages.get(channel.id, {}).values()]
    aside = path.with_suffix(".new")
    aside.write_bytes(msgspec.json.encode(_Kept(messages, env.backend.cdn._blobs)))
    aside.replace(path)


def restore_messages(env: Env, path: Path) -> bool:
    """Read the messages of all channels from a file, and return whether there were any.

    Raise `Stop` if the file cannot be read.
    """
    if not path.is_file():
        return False
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
        messages = msgspec.convert(kept.messages, list[Message], strict=False)
    except (msgspec.DecodeError, OSError) as error:
        problem = f"The kept messages in {path} cannot be read: {error}. Delete the file to go on without them."
        raise Stop(ExitCode.SETTINGS, problem) from error
    for message in messages:
        env.backend.reserve_id(message.id)
        env.backend.messages.setdefault(message.channel_id, {})[message.id] = message
    env.backend.cdn._blobs |= kept.files
    return bool(messages)
