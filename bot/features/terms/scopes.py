"""What a quiz asks about, as a short text for the id of a button: "" for everything, a category, or a path."""

from collections.abc import Sequence

from bot.features.terms.categories import category_named
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry, LearningPath

_PATH = "path:"


def path_scope(path: LearningPath) -> str:
    """Return the scope of the entries of a path."""
    return _PATH + path.id


def entries_in(glossary: Glossary, scope: str) -> Sequence[Entry]:
    """Return the entries in a scope; all of them if its category or path is gone."""
    steps = next((path.steps for path in glossary.pack.learning_paths if path_scope(path) == scope), ())
    on_path = [entry for step in steps if (entry := glossary.follow(step.entry_id)) is not None]
    if on_path:
        return on_path
    category = category_named(glossary, scope) if scope else None
    return [entry for entry in glossary.pack.entries if category is None or entry.category == category.name]
