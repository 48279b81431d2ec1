"""What is worked out once for each snapshot of the shared glossary and kept with it."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from bot.glossary.glossary import Glossary

Value = TypeVar("Value")


class SnapshotCache(Generic[Value]):
    """Values by key, for each snapshot; the least recently used go first.

    The snapshots of servers with own entries are too many to keep anything for.
    """

    def __init__(self, max_size: int) -> None:
        """Keep a number of values for each snapshot at most."""
        self._max_size = max_size
        self._values: WeakKeyDictionary[Glossary, OrderedDict[str, Value]] = WeakKeyDictionary()

    def get(self, glossary: Glossary, key: str, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made if it is not there yet."""
        value = self.find(glossary, key)
        if value is None:
            value = make()
            self.keep(glossary, key, value)
        return value

    def find(self, glossary: Glossary, key: str) -> Value | None:
        """Return the value of a key, `None` if it is not there."""
        values = self._values.get(glossary)
        if values is None or key not in values:
            return None
        values.move_to_end(key)
        return values[key]

    def keep(self, glossary: Glossary, key: str, value: Value) -> None:
        """Keep a value, unless the snapshot is that of a server."""
        if glossary.has_own_entries:
            return
        values = self._values.setdefault(glossary, OrderedDict())
        values[key] = value
        if len(values) > self._max_size:
            values.popitem(last=False)
