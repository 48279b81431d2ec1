"""Read the table of one path: entries to read one after another."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.glossary.checks import Fault, check_fields
from bot.glossary.format import PathTable
from bot.glossary.model import LearningPath, Step
from bot.glossary.text import one_line, slug


def learning_path(
    table: Mapping[str, Any], entry_id: Callable[[str], str | None]
) -> tuple[LearningPath, tuple[Fault, ...]]:
    """Make a path of a table, as far as its fields can be read, and return everything that is wrong with it.

    `entry_id` returns the id of the entry that has a name, `None` if there is none.
    """
    fields, found = check_fields(table, PathTable)
    faults = list(found)
    steps: dict[str, Step] = {}
    for line in fields.get("steps", ()):
        name, why = (one_line(part) for part in line.split(":", 1))
        step_id = entry_id(name)
        if step_id is None:
            faults.append(Fault("steps", f"step {name!r} is not an entry"))
        elif step_id in steps:
            faults.append(Fault("steps", f"step {name!r} comes twice"))
        else:
            steps[step_id] = Step(step_id, why)
    name = one_line(fields.get("name", ""))
    if name and not slug(name):
        faults.append(Fault("name", f"{name!r} has no letter or digit"))
    description = one_line(fields.get("description", ""))
    path = LearningPath(id=slug(name), name=name, description=description, steps=tuple(steps.values()))
    return path, tuple(faults)
