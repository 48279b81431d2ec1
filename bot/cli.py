"""The command line: run the bot, try it in a browser or the terminal, check the data files, forget what is stored."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import click

from bot import __version__
from bot.chat.card import LinkButton
from bot.chat.markdown import without_markup
from bot.chat.render import render
from bot.exits import ExitCode, Stop
from bot.features.answers import cards as answer_cards
from bot.features.terms.entry_card import ALL_SECTIONS
from bot.glossary.format import schemas
from bot.glossary.glossary import Glossary
from bot.glossary.model import Pack
from bot.glossary.pack import PackError, Problem, read_pack
from bot.glossary.search.names import Outcome
from bot.glossary.search.small_talk import SmallTalk, small_talk_in
from bot.glossary.text import counted
from bot.logs import configure_logs
from bot.run import run as run_bot
from bot.settings import HIGHEST_PORT, Settings, SettingsError, misspelt, read_settings
from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.ids import HIGHEST_ID
from bot.storage.retention import Retention

ENV_FILE = Path(".env")
LoopFactory = Callable[[], asyncio.AbstractEventLoop]
new_event_loop: LoopFactory = asyncio.new_event_loop
if sys.platform != "win32":
    from uvloop import new_event_loop

_log = logging.getLogger(__name__)


class _Number(click.ParamType):  # type: ignore[type-arg] # older releases of click know no type argument
    """A whole number between two others, named in the help by what it is and not by its range."""

    def __init__(self, name: str, lowest: int, highest: int) -> None:
        self.name = name
        self._allowed = range(lowest, highest + 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not text.isascii() or not text.isdecimal() or int(text) not in self._allowed:
            self.fail(f"{text!r} is not a valid {self.name}.", param, ctx)
        return int(text)


_ID = _Number("id", 1, HIGHEST_ID)
_PORT = _Number("port", 0, HIGHEST_PORT)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="ibkr-glossary-bot %(version)s", help="Show the version and exit.")
@click.pass_context
def main(context: click.Context) -> None:
    """Answer questions about a glossary on Discord.

    Without a command, the bot runs on Discord, as with `run`.
    """
    if context.invoked_subcommand is None:
        context.invoke(run)


def _page_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how the playground shows its page."""
    shown = click.option("--no-browser", is_flag=True, help="Print the playground's address without opening it.")
    kept = click.option("--keep", is_flag=True, help="Keep what is tried, and go on where the last --keep ended.")
    return shown(kept(command))


@main.command()
@click.option("--or-playground", is_flag=True, help="Without a token, start the playground instead of stopping.")
@_page_options
@click.pass_context
def run(context: click.Context, *, or_playground: bool = False, no_browser: bool = False, keep: bool = False) -> None:
    """Run the bot on Discord; needs DISCORD_TOKEN."""
    settings = _settings()
    if settings.discord_token is None and or_playground:
        click.echo("DISCORD_TOKEN is not set, so here is the playground; put a token into .env to run on Discord.")
        context.invoke(playground, no_browser=no_browser, keep=keep)
        return
    if settings.discord_token is None:
        raise _Exit(
            ExitCode.SETTINGS, "DISCORD_TOKEN is not set; put it into .env. `python -m bot playground` needs none."
        )
    _until_done(run_bot(settings, settings.discord_token), new_event_loop)


@main.command()
@click.option("--port", type=_PORT, help="The port to use instead of PLAYGROUND_PORT; 0 for any free one.")
@_page_options
def playground(port: int | None = None, *, no_browser: bool = False, keep: bool = False) -> None:
    """Try the bot in a browser, without Discord."""
    try:
        from bot.playground.browser import has_screen, open_browser
        from bot.playground.serve import Options, serve
    except ModuleNotFoundError as error:
        message = f"The playground needs {error.name}; install the extra `playground`, or requirements/playground.txt."
        raise _Exit(ExitCode.SETTINGS, message) from error
    settings = _settings()
    # The page shows what happens; only what goes wrong belongs between it and the terminal.
    logging.getLogger().setLevel(max(settings.log_level, logging.WARNING))
    is_shown = not no_browser and has_screen(os.environ)
    options = Options(settings.playground_port if port is None else port, keep, open_browser if is_shown else None)
    _until_done(serve(settings, options))


# A line of a log may have "-1" in it, which is no option.
@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
def ask(query: tuple[str, ...]) -> None:
    """Print the answer to a term or a question.

    It is the answer of /ask, with all its sections.
    """
    from bot.terminal import print_message

    if not "".join(query).strip():
        raise click.UsageError("Ask for a term or in plain words, such as: ask trusted IPs")
    glossary = Glossary(_pack(_settings().glossary_path)[0])
    text = without_markup(" ".join(query))
    if small_talk_in(text) is SmallTalk.HELP:
        # What helps on Discord, with its buttons, does not help here.
        click.echo(click.get_current_context().get_help())
        return
    found = glossary.ask(text)
    card = answer_cards.answer(glossary, text, found, unfolded=ALL_SECTIONS)
    # There is nothing to click in a terminal, but addresses can be opened.
    links = tuple(one for one in card.components if isinstance(one, LinkButton))
    print_message(render(replace(card, components=links), glossary.pack.notices.disclaimer))
    if found.outcome is Outcome.NONE:
        sys.exit(ExitCode.PROBLEMS)


@main.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--links", is_flag=True, help="Try the address of every source too; needs a network.")
def check(path: Path | None, *, links: bool) -> None:
    """Check data files and list every problem.

    Without a path, these are the files in GLOSSARY_PATH.
    """
    from bot.terminal import print_problems, print_sizes, print_verdict

    folder = path or _settings().glossary_path
    try:
        pack, warnings = read_pack(folder)
    except PackError as error:
        print_problems(error.problems)
        print_verdict(f"{folder}: {len(error.problems)} to correct.", is_good=False)
        sys.exit(ExitCode.PROBLEMS)
    print_problems(warnings)
    print_sizes(pack)
    sizes = f"{counted(len(pack.entries), 'entry', 'entries')}, {counted(len(warnings), 'warning')}"
    print_verdict(f"{folder}: {sizes}.", is_good=True)
    if links:
        _check_links(pack)


def _check_links(pack: Pack) -> None:
    """Print the addresses of sources that lead nowhere, each with the entries that have it."""
    from bot.links import dead_links
    from bot.terminal import print_verdict

    dead = asyncio.run(dead_links(url for entry in pack.entries for url in entry.sources))
    for page, reason in dead.items():
        names = [entry.name for entry in pack.entries if page in (urldefrag(url).url for url in entry.sources)]
        click.echo(f"{page}: {reason} ({', '.join(names)})")
    print_verdict(f"{counted(len(dead), 'dead link')}." if dead else "Every link answers.", is_good=not dead)
    if dead:
        sys.exit(ExitCode.PROBLEMS)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, exists=True, path_type=Path), default=Path("data"))
def schema(folder: Path) -> None:
    """Write the JSON Schemas of the data files.

    With them, editors complete and check TOML.
    """
    for name, content in schemas().items():
        (folder / name).write_bytes(content)
        click.echo(folder / name)


@main.command()
@click.option("--server", type=_ID, help="The id of a server.")
@click.option("--user", type=_ID, help="The id of a person.")
def forget(server: int | None = None, user: int | None = None) -> None:
    """Delete what is stored about a server or person.

    The id is the one that Discord shows. What is deleted cannot be brought back.
    """
    if (server is None) == (user is None):
        raise _Exit(ExitCode.SETTINGS, "Name either --server ID or --user ID; nothing was deleted.")
    _until_done(_forget(_settings(), server, user))


async def _forget(settings: Settings, server: int | None, user: int | None) -> None:
    try:
        database = await Database.open(settings.database_url)
        try:
            click.echo(await _forgotten(Retention(database), server, user))
        finally:
            await database.close()
    except DatabaseUnavailable as error:
        raise Stop(ExitCode.DATABASE, str(error)) from error


async def _forgotten(retention: Retention, server: int | None, user: int | None) -> str:
    """Delete what is stored about a server or a person, and return what that was."""
    if server is not None:
        rows = await retention.forget_server(server)
        return f"Deleted {counted(rows, 'row')} about server {server}. A running bot notices within half a minute."
    assert user is not None  # noqa: S101 - the command takes one of the two
    stored = await retention.forget_person(user)
    deleted = ", ".join(one.kind.counted(one.rows) for one in stored if not one.kind.stays) or "nothing"
    nameless = ", ".join(one.kind.counted(one.rows) for one in stored if one.kind.stays) or "nothing"
    return f"Deleted about person {user}: {deleted}. Kept without their name: {nameless}."


class _Exit(click.ClickException):
    """End with one sentence on standard error and an exit code."""

    def __init__(self, code: ExitCode, message: str) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc] # click declares it on the class and reads it from the instance

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


def _settings() -> Settings:
    try:
        settings = read_settings(os.environ, ENV_FILE)
    except SettingsError as error:
        raise _Exit(ExitCode.SETTINGS, str(error)) from error
    url = settings.database_url
    secrets = [settings.discord_token or "", str(url.password or ""), str(url.query.get("password", ""))]
    configure_logs(settings.log_level, settings.log_format, secrets)
    for name, meant in misspelt(os.environ, ENV_FILE).items():
        _log.warning("%s is not a setting of the bot. Do you mean %s?", name, meant)
    return settings


def _pack(folder: Path) -> tuple[Pack, tuple[Problem, ...]]:
    try:
        return read_pack(folder)
    except PackError as error:
        raise _Exit(ExitCode.DATA, str(error)) from error


def _until_done(work: Coroutine[Any, Any, None], loop: LoopFactory | None = None) -> None:
    try:
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(work)
    except Stop as stop:
        raise _Exit(stop.code, str(stop)) from stop
