"""Everything that the bot works with, opened once at the start and closed once at the end."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.catalogue import Catalogue
from bot.exits import ExitCode, Stop
from bot.glossary.pack import PackError, Problem
from bot.servers.missing import MissingTerms
from bot.servers.reviews import Reviews
from bot.servers.servers import Servers
from bot.servers.timetable import Timetable
from bot.settings import Settings
from bot.storage.answers import Answers
from bot.storage.change_history import ChangeHistory
from bot.storage.checks import Checks
from bot.storage.command_syncs import CommandSyncs
from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.drafts import Drafts
from bot.storage.ids import HOME_SERVERS
from bot.storage.leaderboards import Leaderboards
from bot.storage.lookups import Lookups
from bot.storage.misses import Misses
from bot.storage.own_entries import OwnEntries
from bot.storage.posts import Posts
from bot.storage.questions import Questions
from bot.storage.quiz_progress import QuizProgress
from bot.storage.quiz_rounds import QuizRounds
from bot.storage.read_steps import ReadSteps
from bot.storage.retention import Retention
from bot.storage.revisions import Revisions
from bot.storage.saved import Saved
from bot.storage.server_settings import AllServerSettings
from bot.storage.shares import Shares
from bot.storage.suggestions import Suggestions
from bot.storage.welcomes import Welcomes
from bot.usage import Usage

FLUSH_SECONDS = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the glossary, what each server sees, what is counted, and the tables behind them."""

    settings: Settings
    database: Database
    catalogue: Catalogue
    servers: Servers
    usage: Usage
    suggestions: Suggestions
    drafts: Drafts
    shares: Shares
    saved: Saved
    posts: Posts
    timetable: Timetable
    quiz_rounds: QuizRounds
    quiz_progress: QuizProgress
    leaderboards: Leaderboards
    reviews: Reviews
    missing: MissingTerms
    questions: Questions
    read_steps: ReadSteps
    retention: Retention
    command_syncs: CommandSyncs
    welcomes: Welcomes

    @property
    def disclaimer(self) -> str:
        """Return the short disclaimer that ends every reply."""
        return self.catalogue.glossary.pack.notices.disclaimer

    def place_of_checks(self, guild_id: int) -> int:
        """Return where the checks of shared entries are kept: those of all home servers are kept together."""
        return HOME_SERVERS if guild_id in self.settings.home_guild_ids else guild_id


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Open the database and load the glossary; raise `Stop` if the bot cannot run on them.

    At the end, write what was counted and close the database.
    """
    try:
        database = await Database.open(settings.database_url)
    except DatabaseUnavailable as error:
        raise Stop(ExitCode.DATABASE, str(error)) from error
    try:
        services = await _load(settings, database)
        try:
            yield services
        finally:
            await _flush_at_the_end(services.usage)
    finally:
        await database.close()


async def _load(settings: Settings, database: Database) -> Services:
    try:
        catalogue, problems = await Catalogue.open(settings.glossary_path, Revisions(database))
        misses, suggestions, questions = Misses(database), Suggestions(database), Questions(database)
        own_entries, history = OwnEntries(database), ChangeHistory(database)
        settings_of_servers, posts = AllServerSettings(database), Posts(database)
        servers = Servers(catalogue, own_entries, history, settings_of_servers, misses)
        await servers.note_servers_with_data()
        lookups = Lookups(database)
        await lookups.load()
    except PackError as error:
        raise Stop(ExitCode.DATA, f"The glossary cannot be used:\n{error}") from error
    except DatabaseUnavailable as error:
        raise Stop(ExitCode.DATABASE, str(error)) from error
    _log_problems(problems, catalogue.revision.number)
    return Services(
        settings=settings,
        database=database,
        catalogue=catalogue,
        servers=servers,
        usage=Usage(lookups, Answers(database), misses),
        suggestions=suggestions,
        drafts=Drafts(database),
        shares=Shares(database),
        saved=Saved(database),
        posts=posts,
        timetable=Timetable(settings_of_servers, posts),
        quiz_rounds=QuizRounds(database),
        quiz_progress=QuizProgress(database),
        leaderboards=Leaderboards(database),
        reviews=Reviews(Checks(database), own_entries),
        missing=MissingTerms(misses, suggestions, questions),
        questions=questions,
        read_steps=ReadSteps(database),
        retention=Retention(database),
        command_syncs=CommandSyncs(database),
        welcomes=Welcomes(database),
    )


async def _flush_at_the_end(usage: Usage) -> None:
    try:
        await asyncio.wait_for(usage.flush(), FLUSH_SECONDS)
    except (DatabaseUnavailable, TimeoutError) as error:
        _log.warning("The last usage counts could not be written: %s", str(error) or "it took too long")
    except Exception:  # noqa: BLE001 - the bot has done its work and ends in order
        _log.exception("The last usage counts could not be written.")


def _log_problems(problems: tuple[Problem, ...], revision: int) -> None:
    errors = [problem for problem in problems if not problem.is_warning]
    for problem in errors:
        _log.warning("%s", problem)
    if errors:
        _log.warning("The data files are broken; revision %d, the last good one, serves instead.", revision)
    elif problems:
        _log.info("The data files have %d warnings; `python -m bot check` lists them.", len(problems))
