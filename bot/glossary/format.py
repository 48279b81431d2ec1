"""The format of the data files: the tables, their fields and limits, and the JSON Schema for editors."""

import datetime as dt
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from bot.glossary.model import MessageKind

# In characters. An entry within these limits fits into one embed, even if every character has to be escaped, which
# doubles its length. Discord allows 4096 for a description, 1024 for a field, 6000 for an embed, 100 for a custom_id.
# https://discord.com/developers/docs/resources/message#embed-object-embed-limits
BODY_LIMIT = 1800
ALIASES_LIMIT = 400
RELATED_LIMIT = 450
REASONS_LIMIT = 1800
ID_LIMIT = 64

_Line = Annotated[str, Meta(min_length=1, max_length=80)]
_Point = Annotated[str, Meta(min_length=1, max_length=200)]
# Discord refuses a message with an address without a readable host, such as "https://[x".
_ADDRESS = r"https?://[\w.-]+(:\d+)?([/?#][^\s<>]*)?"
_Url = Annotated[str, Meta(pattern=rf"^{_ADDRESS}$(?!\n)", max_length=512)]

_CodesTable = Annotated[
    str,
    Meta(
        pattern=rf"^({_ADDRESS})?$(?!\n)",
        max_length=512,
        description="The address of the vendor's own table of message codes, shown for codes that are not here.",
    ),
]

# The fields that terms and messages have in common.
_Related = Annotated[list[_Line], Meta(max_length=20, description="Names or aliases of other entries.")]
_ConfusedWith = Annotated[
    list[Annotated[str, Meta(pattern=r"^[^:\s][^:]*: \S", max_length=240)]],
    Meta(
        max_length=4,
        description='Entries that this one is mixed up with, each as "name: what that one is or does", verb first.',
    ),
]
_Reason = Annotated[str, Meta(pattern=r"^[^→]*[^→\s] → [^→]*[^→\s] → [^→\s][^→]*$", max_length=400)]
# The name of a message, whose code is read from it.
_MessageName = Annotated[str, Meta(pattern=r"^(Error|System|Warning) [1-9][0-9]{1,4}$(?!\n)")]
_Keywords = Annotated[
    list[_Line], Meta(max_length=60, description="Everyday words people use for it: searched, never shown.")
]
_Sources = Annotated[list[_Url], Meta(max_length=10, description="Addresses of primary sources.")]
_SupersededBy = Annotated[
    str, Meta(max_length=80, description="The name of the entry to read instead, because this one is out of date.")
]
_Retired = Annotated[bool, Meta(description="true if the entry is out of date and kept only so that it is found.")]
_Reviewed = Annotated[dt.date | None, Meta(description="The day somebody last compared the entry with its sources.")]


class TermTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One term."""

    name: Annotated[str, Meta(min_length=1, max_length=60, description="The name people say; unique in the glossary.")]
    definition: Annotated[str, Meta(min_length=1, max_length=1200, description="One to three plain sentences.")]
    aliases: Annotated[list[_Line], Meta(max_length=20, description="Other names people type; each unique.")] = []
    notes: Annotated[
        list[Annotated[str, Meta(min_length=1, max_length=400)]],
        Meta(max_length=6, description="Each one pitfall, or one thing to check."),
    ] = []
    example: Annotated[str, Meta(max_length=900, description="A few lines of Python.")] = ""
    related: _Related = []
    confused_with: _ConfusedWith = []
    keywords: _Keywords = []
    sources: _Sources = []
    superseded_by: _SupersededBy = ""
    retired: _Retired = False
    reviewed: _Reviewed = None


class MessageTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One numbered message that TWS or its API sends."""

    code: Annotated[int, Meta(ge=1, le=99999, description="The number; unique in the glossary.")]
    kind: Annotated[MessageKind, Meta(description="Whether it is an error, a system message or a warning.")]
    harmless: Annotated[bool, Meta(description="true if it only informs, and nothing has to be done.")] = False
    settled_by: Annotated[
        list[_MessageName],
        Meta(max_length=4, description='The messages that say that it is over, such as "System 1102".'),
    ] = []
    title: Annotated[str, Meta(min_length=1, max_length=60, description="A short summary in your own words.")]
    definition: Annotated[str, Meta(min_length=1, max_length=1200, description="What it means, in plain sentences.")]
    aliases: Annotated[
        list[_Line], Meta(max_length=20, description="The text of the message as it appears in logs.")
    ] = []
    causes: Annotated[list[_Point], Meta(max_length=6, description="What usually causes it.")] = []
    checks: Annotated[list[_Point], Meta(max_length=6, description="What to check, in this order.")] = []
    reasons: Annotated[
        list[_Reason],
        Meta(max_length=12, description='The texts it comes with, each as "text → cause → check".'),
    ] = []
    libraries: Annotated[str, Meta(max_length=240, description="What client libraries do with it.")] = ""
    related: _Related = []
    confused_with: _ConfusedWith = []
    keywords: _Keywords = []
    sources: _Sources = []
    verified: Annotated[
        bool, Meta(description="false if the sources are public reports, not the vendor's own table.")
    ] = True
    superseded_by: _SupersededBy = ""
    retired: _Retired = False
    reviewed: _Reviewed = None


class CategoryTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The category of a file."""

    name: Annotated[str, Meta(min_length=1, max_length=40)]
    description: Annotated[str, Meta(min_length=1, max_length=100)]
    emoji: Annotated[str, Meta(min_length=1, max_length=8)]
    colour: Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$", description="The embed's edge, as #rrggbb.")]
    order: Annotated[
        int, Meta(ge=1, le=1000, description="Categories with lower numbers come first, in lists and in search ties.")
    ]


class CategoryFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A file with one category and its entries."""

    category: CategoryTable
    term: Annotated[list[TermTable], Meta(description="The terms of the category.")] = []
    message: Annotated[list[MessageTable], Meta(description="The messages of the category.")] = []


class PathTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One path: entries to read one after another."""

    name: Annotated[str, Meta(min_length=1, max_length=40, description="What people choose; unique.")]
    description: Annotated[str, Meta(min_length=1, max_length=100, description="What people can do after it.")]
    steps: Annotated[
        list[Annotated[str, Meta(pattern=r"^[^\s:][^:]*: \S", max_length=180)]],
        Meta(min_length=1, max_length=12, description='Entries in order, each as "name: why it is a step".'),
    ]


class PathsFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`paths.toml`: the paths on which people learn."""

    path: Annotated[list[PathTable], Meta(min_length=1, max_length=25)]


class GlossaryFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`glossary.toml`: the title and the legal texts."""

    title: Annotated[str, Meta(min_length=1, max_length=60)]
    sample: Annotated[str, Meta(max_length=60, description="The query that the playground starts with.")] = ""
    disclaimer: Annotated[str, Meta(min_length=1, max_length=180, description="Shown below every reply.")]
    full_disclaimer: Annotated[str, Meta(min_length=1, max_length=900, description="Shown by /about.")]
    trademarks: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=450,
            description="Who owns the trademarks named here, and that the glossary is independent.",
        ),
    ]
    codes_table: _CodesTable = ""
    advice: Annotated[
        str, Meta(max_length=200, description="The reply to questions that ask for advice, such as what to buy.")
    ] = ""
    advice_phrases: Annotated[
        list[Annotated[str, Meta(min_length=1, max_length=60)]],
        Meta(max_length=60, description="What such questions contain; … stands for any words."),
    ] = []


def schemas() -> dict[str, bytes]:
    """Return the JSON Schemas by file name; the data files refer to them by these names."""
    return {
        "category.schema.json": _schema(CategoryFile),
        "glossary.schema.json": _schema(GlossaryFile),
        "paths.schema.json": _schema(PathsFile),
    }


def _schema(kind: type[msgspec.Struct]) -> bytes:
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(kind)}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"
