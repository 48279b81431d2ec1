"""The cards of the longest path fit Discord."""

from bot.features.learn import cards
from bot.glossary.model import Entry, LearningPath, Step
from bot.glossary.text import slug
from tests.features.test_sizes import glossary_of, rendered


def test_the_longest_path_fits_with_the_longest_id_and_every_character_escaped() -> None:
    name = "a1" * 20
    entries = [
        Entry(id=f"{n:064}", name="*" * 58 + f"{n:02}", category="C" * 40, definition="_" * 900) for n in range(12)
    ]
    steps = tuple(Step(entry.id, "*" * 110) for entry in entries)
    path = LearningPath(id=slug(name), name=name, description="*" * 100, steps=steps)
    glossary = glossary_of(*entries)
    read = {entry.id for entry in entries}
    for ids in ((), read):
        rendered(cards.path_page(glossary, path, ids))
    card = cards.step(glossary, path, 11)
    assert card is not None
    rendered(card)
    assert cards.step(glossary, path, 12) is None
    rendered(cards.no_path("*" * 60))
