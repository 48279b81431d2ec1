"""The cards of paths: all of them, one with its steps, and the entry at a step."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from bot.chat.card import Button, Card, Embed, Menu, Option, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, prose
from bot.features import verbs
from bot.features.terms import cards as terms
from bot.features.terms.entry_card import entry_card
from bot.features.terms.paging import Way
from bot.features.terms.scopes import path_scope
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry, LearningPath


class _Stop(NamedTuple):
    """A step of a path with its number, counted from 0, its entry, and whether it is read."""

    number: int
    entry: Entry
    why: str
    is_read: bool

    @property
    def line(self) -> str:
        """Return the step as a line of the path."""
        return f"{'✅' if self.is_read else '⬜'} **{escape(self.entry.name)}**: {prose(self.why)}"


def paths(glossary: Glossary, read: Collection[str]) -> Card:
    """List the paths with how far somebody is on each, and let them choose one."""
    listed = glossary.pack.learning_paths
    if not listed:
        text = "This glossary has no paths. `/topics` lists what it covers, and `/quiz play` asks about it."
        return Card(Embed("No paths yet", text))
    lines = [_path_line(glossary, path, read) for path in listed]
    options = tuple(Option(path.id, path.name, path.description) for path in listed)
    menu = Menu(custom_id(verbs.CHOOSE_PATH), "Open a path", options)
    return Card(Embed("Learning paths", "\n".join(terms.fitting(lines, 2 * terms.LIST_LIMIT))), (menu,))


def path_page(glossary: Glossary, path: LearningPath, read: Collection[str]) -> Card:
    """Show the steps of a path: which are read, why each is there, and which comes next."""
    stops = _stops(glossary, path, read)
    unread = next((stop for stop in stops if not stop.is_read), None)
    text = "\n".join([prose(path.description), "", *terms.fitting([stop.line for stop in stops], 2 * terms.LIST_LIMIT)])
    if unread is None:
        text += "\n\nYou have read all of it."
        quiz_id = custom_id(verbs.PLAY_QUIZ, f"{len(stops)}:{path_scope(path)}")
        onward = Button("Quiz me on it", quiz_id, Style.PRIMARY, "🎓")
    else:
        onward = Button(f"Next: {unread.entry.name}", _step_id(path, unread.number), Style.PRIMARY)
    options = tuple(Option(str(stop.number), f"{stop.number + 1}. {stop.entry.name}", stop.why) for stop in stops)
    embed = Embed(escape(path.name), text, header=f"🧭 {_progress(stops)}")
    menu = (Menu(custom_id(verbs.CHOOSE_STEP, path.id), "Open a step", options),) if options else ()
    return Card(embed, (*menu, onward, _all_paths_button()))


def step(glossary: Glossary, path: LearningPath, number: int) -> Card | None:
    """Show the entry at a step, counted from 0, with the ways back to the path and on to the next step.

    Return `None` if the path has no such step, as after the last.
    """
    if number >= len(path.steps):
        return None
    entry = glossary.follow(path.steps[number].entry_id)
    if entry is None:
        return None
    lead = f"-# 🧭 {escape(path.name)}, step {number + 1} of {len(path.steps)}: {prose(path.steps[number].why)}"
    way = Way(custom_id(verbs.SHOW_PATH, path.id), _step_id(path, number + 1))
    return entry_card(glossary, entry, lead=lead, way=way)


def no_path(named: str) -> Card:
    """Say that there is no path with a name."""
    text = f"There is no path “{escape(named)}”. `/learn` without a path lists all of them."
    return Card(Embed("No such path", text), (_all_paths_button(),))


def _all_paths_button() -> Button:
    return Button("All paths", custom_id(verbs.LIST_PATHS), emoji="🧭")


def _path_line(glossary: Glossary, path: LearningPath, read: Collection[str]) -> str:
    stops = _stops(glossary, path, read)
    is_done = all(stop.is_read for stop in stops)
    return f"{'✅' if is_done else '🧭'} **{escape(path.name)}** ({_progress(stops)}): {prose(path.description)}"


def _progress(stops: Sequence[_Stop]) -> str:
    return f"{sum(stop.is_read for stop in stops)} of {len(stops)} read"


def _stops(glossary: Glossary, path: LearningPath, read: Collection[str]) -> list[_Stop]:
    """Return the steps of a path, without those whose entry is gone."""
    return [
        _Stop(number, entry, one.why, entry.id in read)
        for number, one in enumerate(path.steps)
        if (entry := glossary.follow(one.entry_id)) is not None
    ]


def _step_id(path: LearningPath, number: int) -> str:
    return custom_id(verbs.OPEN_STEP, f"{path.id}:{number}")
