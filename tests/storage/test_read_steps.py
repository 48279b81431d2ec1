"""What somebody has read on paths is kept once, for all processes."""

from collections.abc import Callable

from bot.glossary.model import LearningPath, Pack, Step
from bot.storage.database import Database
from bot.storage.read_steps import ReadSteps
from bot.storage.revisions import Revisions

USER, OTHER_USER = 2**63 - 1, 1


async def test_a_step_is_read_once_by_the_person_who_read_it(database: Database, other_instance: Database) -> None:
    steps = ReadSteps(database)
    for entry_id in ("a", "'; DROP 🍕\n", "a"):
        await steps.note(USER, entry_id)
    assert await ReadSteps(other_instance).of(USER) == {"a", "'; DROP 🍕\n"}
    assert await steps.of(OTHER_USER) == frozenset()


async def test_the_paths_are_part_of_a_revision(database: Database, make_pack: Callable[..., Pack]) -> None:
    pack = make_pack("a")
    path = LearningPath(id="p", name="P", description="d", steps=(Step("a", "Why."),))
    with_path = Pack(notices=pack.notices, categories=pack.categories, entries=pack.entries, learning_paths=(path,))
    revisions = Revisions(database)
    await revisions.publish(pack)
    await revisions.publish(with_path)
    newest = await revisions.newest()
    assert newest is not None
    assert (newest.number, newest.pack) == (2, with_path)
    await revisions.roll_back(1, USER)
    newest = await revisions.newest()
    assert newest is not None
    assert newest.pack.learning_paths == ()
