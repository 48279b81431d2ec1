"""Read and write own entries as JSON."""

import json
import math
import re
from collections.abc import Iterable
from typing import Any

from bot.glossary.exchange.rows import IMPORT_ROWS, ExchangeError, Row, check_known, no_entries, too_many
from bot.glossary.model import Entry
from bot.glossary.own import table_of
from bot.glossary.text import quoted

_ENTRY_KEYS = (re.compile(r'"name"\s*:'), re.compile(r'"code"\s*:'))
# A longer number cannot be the code of a message, and takes long to read.
_MOST_DIGITS = 20
_LIST_KEYS = ("entries", "term")
_SHAPE = 'a list of objects like [{"name": "…", "definition": "…"}]'


class _Object(dict[str, Any]):
    """A JSON object that remembers a repeated key."""

    repeated: str | None = None


def read_json(text: str) -> list[Row]:
    """Read a list of objects, or an object with such a list under "entries" or "term"."""
    # Parsed objects need far more memory than their text, so entries are counted before parsing.
    if any(len(pattern.findall(text)) > IMPORT_ROWS for pattern in _ENTRY_KEYS):
        raise too_many()
    rows = []
    for number, item in enumerate(_items(_parsed(text)), start=1):
        where = f"Item {number}"
        if not isinstance(item, _Object):
            raise ExchangeError(f"{where} is not an object; the file should hold {_SHAPE}")
        if item.repeated is not None:
            raise ExchangeError(f"{where} has the key {quoted(item.repeated)} twice; remove one of them")
        check_known(where, item, "keys")
        _check_values(where, item)
        rows.append(Row(f"item {number}", item))
    return rows


def write_json(entries: Iterable[Entry]) -> bytes:
    """Return the entries as a list of objects, in order, without empty fields."""
    tables = [table_of(entry) for entry in entries]
    return json.dumps(tables, ensure_ascii=False, indent=2, default=str).encode() + b"\n"


def _items(data: Any) -> list[Any]:
    if isinstance(data, _Object):
        if data.repeated is not None:
            raise ExchangeError(f"The file has the key {quoted(data.repeated)} twice; remove one of them")
        lists = [data[key] for key in _LIST_KEYS if isinstance(data.get(key), list)]
        if len(data) != 1 or not lists:
            raise ExchangeError(
                f'The file should hold {_SHAPE}, or an object with such a list as its only key, "entries"'
            )
        data = lists[0]
    if not isinstance(data, list):
        raise ExchangeError(f"The file should hold {_SHAPE}, not a single value")
    if not data:
        raise no_entries("at least one object in its list")
    if len(data) > IMPORT_ROWS:
        raise too_many()
    return data


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_integer)
    except json.JSONDecodeError as error:
        where = f"Line {error.lineno}, column {error.colno}"
        raise ExchangeError(f"{where}: not valid JSON: {error.msg}; fix it") from None
    except RecursionError:
        raise ExchangeError(f"The file has lists in lists, nested too deeply; it should hold {_SHAPE}") from None


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object()
    for key, value in pairs:
        if key in made and made.repeated is None:
            made.repeated = key
        made[key] = value
    return made


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


def _check_values(where: str, item: _Object) -> None:
    """Refuse values, at any depth, that cannot be stored."""
    try:
        json.dumps(item, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        what = "contains half of a character (\\ud800 to \\udfff alone); write the character itself"
    except ValueError:
        what = "contains NaN, Infinity or a number with too many digits; write a number with at most five digits"
    except RecursionError:
        what = "has lists in lists, nested too deeply; an entry has texts and lists of texts"
    else:
        return
    raise ExchangeError(f"{where} {what}")
