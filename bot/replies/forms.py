"""The form that people suggest a term with; it is read from what comes back alone, so it works after a restart."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import discord
import msgspec

TERM_LIMIT, DETAILS_LIMIT = 60, 500


class SuggestForm(discord.ui.Modal, title="Suggest this term"):
    """A form that asks for a term and, if one likes, what it should say."""

    def __init__(self, query: str) -> None:
        """Fill in what was asked for as the term."""
        super().__init__(custom_id="suggest-modal")
        term: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="term", default=query[:TERM_LIMIT], max_length=TERM_LIMIT
        )
        details: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="details", style=discord.TextStyle.paragraph, required=False, max_length=DETAILS_LIMIT
        )
        self.add_item(discord.ui.Label(text="The term", component=term))
        self.add_item(discord.ui.Label(text="What should it say? Where did you meet it?", component=details))
        # discord.py would keep the form in memory until it comes back, which many never do; a finished one it forgets.
        self.stop()


class Filled(msgspec.Struct, frozen=True):
    """What somebody filled in."""

    term: Annotated[str, msgspec.Meta(max_length=TERM_LIMIT)]
    details: Annotated[str, msgspec.Meta(max_length=DETAILS_LIMIT)] = ""


class _Part(msgspec.Struct):
    """A field with a value, or the row or label around one."""

    custom_id: str = ""
    value: str = ""
    component: "_Part | None" = None
    components: list["_Part"] = []


class _Submitted(msgspec.Struct):
    custom_id: Literal["suggest-modal"]
    components: list[_Part]


def read(data: object) -> Filled:
    """Return what a form came back with; raise `msgspec.ValidationError` if it is malformed or no form of ours."""
    submitted = msgspec.convert(data, _Submitted)
    values = {part.custom_id: part.value.strip() for part in _flat(submitted.components)}
    return msgspec.convert(values, Filled)


def _flat(parts: list[_Part]) -> Iterator[_Part]:
    for part in parts:
        yield part
        yield from _flat(part.components)
        if part.component is not None:
            yield from _flat([part.component])
