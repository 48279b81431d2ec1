"""From a click or a filled-in form to the function that answers it, with the check of rights in between."""

import enum
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.chat import send
from bot.chat.answering import answer
from bot.chat.commands import Command, Group, SlashCommand
from bot.chat.components import Click
from bot.chat.forms import FormKind, Submission
from bot.chat.interaction import Interaction
from bot.chat.rights import require_moderator, require_shared_data_rights

Received = TypeVar("Received", Click, Submission)


class For(enum.Enum):
    """Who may use a button, menu or form."""

    EVERYONE = enum.auto()
    MODERATORS = enum.auto()
    # People who may change the data that all servers share. Asking Discord about them takes a while, so a click is
    # deferred with `send.defer_edit` before its handler runs.
    SHARED_DATA = enum.auto()


@dataclass(frozen=True, slots=True)
class Route(Generic[Received]):
    """The function that answers a click or a form, and who may use it."""

    handler: Callable[[Interaction, Received], Awaitable[None]]
    audience: For


@dataclass(frozen=True, slots=True)
class FormRoute:
    """A kind of form, the function that answers it, and who may use it."""

    kind: FormKind
    handler: Callable[[Interaction, Submission], Awaitable[None]]
    audience: For


@dataclass(frozen=True, slots=True)
class Feature:
    """What one feature adds: commands, subcommands of `/glossary`, and what answers its buttons, menus and forms."""

    commands: tuple[Command, ...] = ()
    glossary_commands: tuple[SlashCommand | Group, ...] = ()
    clicks: Mapping[str, Route[Click]] = field(default_factory=dict)
    forms: tuple[FormRoute, ...] = ()


class Router:
    """All clicks and forms, by verb."""

    def __init__(self, features: Iterable[Feature]) -> None:
        """Collect what the features answer; raise `ValueError` if two answer the same verb."""
        self._clicks: dict[str, Route[Click]] = {}
        self._forms: dict[str, Route[Submission]] = {}
        self.form_kinds: dict[str, FormKind] = {}
        for feature in features:
            for verb, route in feature.clicks.items():
                _add(self._clicks, verb, route)
            for form in feature.forms:
                _add(self._forms, form.kind.verb, Route(form.handler, form.audience))
                self.form_kinds[form.kind.verb] = form.kind
        self.verbs = frozenset(self._clicks)

    async def click(self, interaction: Interaction, click: Click) -> None:
        """Answer a click. One that only moderators may make takes none of the answers of the minute."""
        route = self._clicks[click.verb]
        is_limited = route.audience is For.EVERYONE
        await answer(interaction, lambda: _handle(route, interaction, click), is_limited=is_limited)

    async def submit(self, interaction: Interaction, submission: Submission) -> None:
        """Answer a filled-in form. It takes none of the answers of the minute, so that nothing typed is refused."""
        route = self._forms[submission.verb]
        typed = self.form_kinds[submission.verb].as_files(submission.values)
        await answer(interaction, lambda: _handle(route, interaction, submission), is_limited=False, typed=typed)


async def _handle(route: Route[Received], interaction: Interaction, received: Received) -> None:
    if await _is_allowed(interaction, route.audience):
        await route.handler(interaction, received)


async def _is_allowed(interaction: Interaction, audience: For) -> bool:
    match audience:
        case For.EVERYONE:
            return True
        case For.MODERATORS:
            return await require_moderator(interaction) is not None
        case For.SHARED_DATA:
            await send.defer_edit(interaction)
            return await require_shared_data_rights(interaction)


def _add(routes: dict[str, Route[Received]], verb: str, route: Route[Received]) -> None:
    if verb in routes:
        raise ValueError(f"two features answer {verb!r}")
    routes[verb] = route
