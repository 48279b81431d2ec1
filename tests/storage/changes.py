"""Changes of own entries, for tests of what is stored."""

from collections.abc import Mapping, Sequence

import msgspec

from bot.glossary.model import Entry
from bot.storage.change_history import ChangeItem, ChangeKind
from bot.storage.database import Database
from bot.storage.own_entries import NewChange, OwnEntries

GUILD, OTHER_GUILD, USER = 2**62, 2**62 + 1, 2**63 - 1


class Note(msgspec.Struct, frozen=True, tag="note"):
    """A draft."""

    text: str


def made(name: str, definition: str = "Something.") -> Entry:
    """An own entry."""
    return Entry(id=name, name=name, category="This server", definition=definition)


def adding(*names: str) -> list[ChangeItem]:
    """What a change does that adds entries."""
    return [ChangeItem(name, None, made(name)) for name in names]


async def write(
    database: Database,
    items: Sequence[ChangeItem],
    last_change_id: int,
    *,
    kind: ChangeKind = ChangeKind.ADD,
    guild_id: int = GUILD,
    user_id: int = USER,
    reverts: int | None = None,
    made_from: Mapping[str, Entry | None] | None = None,
) -> int:
    """Write a change and return its id."""
    change = NewChange(
        guild_id=guild_id,
        user_id=user_id,
        kind=kind,
        items=items,
        expected_last_change_id=last_change_id,
        reverts=reverts,
        made_from=made_from or {},
    )
    return (await OwnEntries(database).write(change)).change_id
