"""Reading a data folder: every way to break it is reported with its file, its line and what is wrong."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.glossary.model import Category, Entry, Notices
from bot.glossary.pack import PackError, Problem, read_pack

NOTICES = """title = "Test glossary"
disclaimer = "No advice."
full_disclaimer = "No advice at all."
trademarks = "All marks belong to their owners."
"""

TWS = """[category]
name = "TWS"
description = "The workstation"
emoji = "🖥️"
colour = "#2b6cb0"
order = 2

[[term]]
name = "trusted IPs"
aliases = ["Trusted IP addresses"]
definition = '''
Addresses that
may connect.'''
notes = ["Check  this.", "And this."]
# [[term]] starts a term, and
example = '''
if True:
    pass
'''
related = ["API socket", "limit order"]
keywords = ["whitelist"]
sources = ["https://example.com/ips"]
reviewed = 2026-11-23

[[term]]
name = "API socket"
definition = "The door."
"""

ORDERS = """[category]
name = "Orders"
description = "What is sent"
emoji = "📈"
colour = "#2f855a"
order = 1

[[term]]
name = "limit order"
aliases = ["LMT"]
definition = "An order with a price."
"""

Break = Callable[[Path], None]
Expected = tuple[str, int, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with nothing wrong in it."""
    made = tmp_path / "data"
    made.mkdir()
    for name, text in (("glossary.toml", NOTICES), ("tws.toml", TWS), ("orders.toml", ORDERS)):
        (made / name).write_text(text, "utf-8", newline="")
    return made


def swap(file: str, old: str, new: str) -> Break:
    """Replace a part of a file that occurs once."""

    def apply(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        assert text.count(old) == 1
        (folder / file).write_text(text.replace(old, new), "utf-8")

    return apply


def add(file: str, text: str) -> Break:
    """Append to a file, or create it."""

    def apply(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(text)

    return apply


def fill(file: str, content: bytes) -> Break:
    """Write a file."""

    def apply(folder: Path) -> None:
        (folder / file).write_bytes(content)

    return apply


def drop(*files: str) -> Break:
    """Delete files."""

    def apply(folder: Path) -> None:
        for file in files:
            (folder / file).unlink()

    return apply


def all_of(*breaks: Break) -> Break:
    """Break a folder in several ways."""

    def apply(folder: Path) -> None:
        for one in breaks:
            one(folder)

    return apply


def term(*lines: str) -> str:
    """Return a term to append; with TWS its header is on line 29, with ORDERS on line 13."""
    return "\n[[term]]\n" + "\n".join(lines) + "\n"


ADDRESS = "is not an http:// or https:// address"
WAYS: dict[str, tuple[Break, list[Expected]]] = {
    # The folder and its files.
    "no glossary.toml": (drop("glossary.toml"), [("glossary.toml", 1, "missing; add this file with the title")]),
    "no category file": (drop("tws.toml", "orders.toml"), [("", 1, "no category; add a *.toml file with [category]")]),
    "nothing in the folder": (
        drop("glossary.toml", "tws.toml", "orders.toml"),
        [("glossary.toml", 1, "missing"), ("", 1, "no category")],
    ),
    "an empty file": (fill("empty.toml", b""), [("empty.toml", 1, "is empty")]),
    "a file of white space": (fill("empty.toml", b" \r\n\t\n"), [("empty.toml", 1, "is empty")]),
    "a byte order mark alone": (fill("empty.toml", b"\xef\xbb\xbf"), [("empty.toml", 1, "is empty")]),
    "a file of comments": (
        fill("empty.toml", b"# [category]\n"),
        [("empty.toml", 1, "no [category]"), ("empty.toml", 1, "no [[term]]")],
    ),
    "an empty glossary.toml": (fill("glossary.toml", b""), [("glossary.toml", 1, "is empty")]),
    "latin-1": (fill("tws.toml", b"# caf\xe9"), [("tws.toml", 1, "is not UTF-8 text (byte 5); save it as UTF-8")]),
    "UTF-16": (fill("tws.toml", TWS.encode("utf-16")), [("tws.toml", 1, "is not UTF-8 text (byte 0); save it as")]),
    "a folder named like a file": (
        lambda folder: (folder / "more.toml").mkdir(),
        [("more.toml", 1, "cannot be read: Is a directory")],
    ),
    "a link to nothing": (
        lambda folder: (folder / "more.toml").symlink_to("gone"),
        [("more.toml", 1, "cannot be read: No such file or directory")],
    ),
    # Syntax.
    "a key without a value": (
        swap("tws.toml", "order = 2", "order ="),
        [("tws.toml", 6, "not valid TOML: Invalid val")],
    ),
    "an unterminated string": (
        swap("tws.toml", 'name = "API socket"', 'name = "API socket'),
        [("tws.toml", 26, "not valid TOML: Illegal character")],
    ),
    "an unterminated long string": (
        add("tws.toml", term('name = """x')),
        [("tws.toml", 30, "not valid TOML: Unterminated string")],
    ),
    "an unclosed list": (
        swap("tws.toml", '["API socket", "limit order"]', '["API socket",'),
        [("tws.toml", 21, "not valid TOML: ")],
    ),
    "a key twice": (
        swap("orders.toml", 'aliases = ["LMT"]', 'name = "limit"'),
        [("orders.toml", 10, "not valid TOML: Cannot overwrite a value")],
    ),
    "a table twice": (add("orders.toml", "[category]\n"), [("orders.toml", 12, "not valid TOML: Cannot declare")]),
    "a date that does not exist": (
        swap("tws.toml", "2026-11-23", "2026-02-30"),
        [("tws.toml", 23, "not valid TOML: ")],
    ),
    "a broken glossary.toml": (add("glossary.toml", "sample = x\n"), [("glossary.toml", 5, "not valid TOML: Invalid")]),
    # The tables of a category file.
    "no category table": (
        fill("more.toml", b'[[term]]\nname = "x"\ndefinition = "y"\n'),
        [("more.toml", 1, "has no [category] table")],
    ),
    "category is a list": (
        swap("orders.toml", "[category]", "[[category]]"),
        [("orders.toml", 1, "has no [category]")],
    ),
    "no terms": (
        fill("more.toml", ORDERS.partition("[[term]]")[0].encode()),
        [("more.toml", 1, "has no [[term]] tables")],
    ),
    "term is one table": (swap("orders.toml", "[[term]]", "[term]"), [("orders.toml", 1, "has no [[term]] tables")]),
    "term is a value": (
        fill("more.toml", b"term = 5\n" + ORDERS.partition("[[term]]")[0].encode()),
        [("more.toml", 1, "has no [[term]] tables")],
    ),
    "term is a list of values": (
        fill("more.toml", b"term = [5]\n" + ORDERS.partition("[[term]]")[0].replace("Orders", "More").encode()),
        [("more.toml", 1, "term 1: is not a [[term]] table")],
    ),
    "term is a list of inline tables": (
        fill(
            "more.toml", b"term = [{name='x'}]\n" + ORDERS.partition("[[term]]")[0].replace("Orders", "More").encode()
        ),
        [("more.toml", 1, "x: `definition` is missing")],
    ),
    "unknown key at the top": (
        swap("orders.toml", "[category]", "# first\ntitel = 1\n[category]"),
        [("orders.toml", 2, "unknown `titel`; a category file has [category], [[term]] and [[message]]")],
    ),
    "unknown table": (add("orders.toml", "\n[[terms]]\n"), [("orders.toml", 13, "unknown `terms`; a category file")]),
    "two files of one category": (
        swap("tws.toml", 'name = "TWS"', 'name = "Orders"'),
        [("tws.toml", 2, "[category]: another file already has the category 'Orders'")],
    ),
    # The fields of a category.
    "category without a name": (
        swap("tws.toml", 'name = "TWS"\n', ""),
        [("tws.toml", 1, "[category]: `name` is miss")],
    ),
    "category name too long": (
        swap("tws.toml", '"TWS"', f'"{"x" * 41}"'),
        [("tws.toml", 2, "[category]: `name` should be text of length <= 40")],
    ),
    "colour by name": (swap("tws.toml", "#2b6cb0", "red"), [("tws.toml", 5, "`colour` is not a colour like #2b6cb0")]),
    "colour too short": (swap("tws.toml", "#2b6cb0", "#fff"), [("tws.toml", 5, "`colour` is not a colour like #2b6c")]),
    "order is text": (
        swap("tws.toml", "order = 2", 'order = "2"'),
        [("tws.toml", 6, "`order` should be int, got text")],
    ),
    "order is true": (
        swap("tws.toml", "order = 2", "order = true"),
        [("tws.toml", 6, "`order` should be int, got bo")],
    ),
    "order is zero": (swap("tws.toml", "order = 2", "order = 0"), [("tws.toml", 6, "`order` should be int >= 1")]),
    "emoji too long": (swap("tws.toml", "🖥️", "🖥️" * 5), [("tws.toml", 4, "`emoji` should be text of length <= 8")]),
    "unknown field of a category": (
        swap("tws.toml", "colour", "color"),
        [
            (
                "tws.toml",
                5,
                "[category]: unknown field `color`; the known fields are name, description, emoji, colour, order",
            ),
            ("tws.toml", 1, "[category]: `colour` is missing"),
        ],
    ),
    # The fields of a term.
    "no definition": (
        swap("tws.toml", 'definition = "The door."', ""),
        [("tws.toml", 25, "API socket: `definition` is missing")],
    ),
    "no name": (swap("tws.toml", 'name = "API socket"\n', ""), [("tws.toml", 25, "term 2: `name` is missing")]),
    "unknown field": (
        swap("tws.toml", "keywords", "keyword"),
        [
            (
                "tws.toml",
                21,
                "trusted IPs: unknown field `keyword`; the known fields are name, definition, aliases, notes",
            )
        ],
    ),
    "name is a number": (
        swap("tws.toml", '"API socket"\ndef', "502\ndef"),
        [("tws.toml", 26, "term 2: `name` should be text, got int")],
    ),
    "aliases are text": (
        swap("tws.toml", '["Trusted IP addresses"]', '"x"'),
        [("tws.toml", 10, "trusted IPs: `aliases` should be list, got text")],
    ),
    "one note is a number": (
        swap("tws.toml", '"And this."', "5"),
        [("tws.toml", 14, "trusted IPs: `notes` should be text, got int (item 2)")],
    ),
    "definition is a table": (
        swap("tws.toml", '"The door."', "{ text = 1 }"),
        [("tws.toml", 27, "API socket: `definition` should be text, got table")],
    ),
    "reviewed at a time of day": (
        swap("tws.toml", "2026-11-23", "2026-11-23T10:00:00"),
        [("tws.toml", 23, "trusted IPs: `reviewed` should be date")],
    ),
    "name is empty": (
        swap("tws.toml", '"API socket"\ndef', '""\ndef'),
        [("tws.toml", 26, "term 2: `name` should be text of length >= 1")],
    ),
    "name is too long": (
        swap("tws.toml", '"API socket"\ndef', f'"{"x" * 61}"\ndef'),
        [("tws.toml", 26, f"{'x' * 61}: `name` should be text of length <= 60")],
    ),
    "name without letters": (
        swap("tws.toml", '"API socket"\ndef', '"?!"\ndef'),
        [("tws.toml", 26, "?!: '?!' has no letter or digit, so nobody can search for it")],
    ),
    "alias without letters": (
        swap("tws.toml", '["Trusted IP addresses"]', '["🖥️"]'),
        [("tws.toml", 10, "trusted IPs: '🖥️' has no letter or digit, so nobody can search for it")],
    ),
    "definition is blank": (
        swap("tws.toml", '"The door."', '" "'),
        [("tws.toml", 27, "API socket: `definition` is blank")],
    ),
    "definition is too long": (
        swap("tws.toml", '"The door."', f'"{"x" * 1201}"'),
        [("tws.toml", 27, "API socket: `definition` should be text of length <= 1200")],
    ),
    "a note is too long": (
        swap("tws.toml", '"And this."', f'"{"x" * 401}"'),
        [("tws.toml", 14, "`notes` should be text of length <= 400 (item 2)")],
    ),
    "too many notes": (
        swap("tws.toml", '"And this."', '"x", ' * 6),
        [("tws.toml", 14, "`notes` should be list of length <= 6")],
    ),
    "example is too long": (
        add("tws.toml", f'example = "{"x" * 901}"\n'),
        [("tws.toml", 28, "API socket: `example` should be text of length <= 900")],
    ),
    "more than a reply holds": (
        add("tws.toml", term('name = "big"', f'definition = "{"x" * 901}"', f'example = "{"x" * 900}"')),
        [
            (
                "tws.toml",
                31,
                "big: definition, notes and example together are 1801 characters long; only 1800 fit into a reply",
            )
        ],
    ),
    "more aliases than a reply holds": (
        add("tws.toml", term('name = "big"', 'definition = "x"', f"aliases = {[c * 80 for c in 'abcdef']}")),
        [("tws.toml", 32, "big: aliases together are 480 characters long; only 400 fit into a reply")],
    ),
    "more related than a reply holds": (
        add("tws.toml", term('name = "big"', 'definition = "x"', f"related = {[c * 80 for c in 'abcdef']}")),
        [("tws.toml", 32, "big: related together are 480 characters long; only 450 fit into a reply")],
    ),
    "an id longer than a button holds": (
        add("tws.toml", term(f'name = "{"a1" * 30}"', 'definition = "x"')),
        [("tws.toml", 30, "the id made from it is 119 characters long; only 64 fit into a reply")],
    ),
    "source without https": (
        swap("tws.toml", "https://example.com/ips", "example.com"),
        [("tws.toml", 22, f"trusted IPs: `sources` {ADDRESS}")],
    ),
    "source that is a script": (
        swap("tws.toml", "https://example.com/ips", "javascript:alert(1)"),
        [("tws.toml", 22, f"trusted IPs: `sources` {ADDRESS}")],
    ),
    "source with an unreadable host": (
        swap("tws.toml", "https://example.com/ips", "https://[x"),
        [("tws.toml", 22, ADDRESS)],
    ),
    "source with a space": (swap("tws.toml", "https://example.com/ips", "https://a b"), [("tws.toml", 22, ADDRESS)]),
    # Names are unique.
    "a name twice in a file": (
        add("tws.toml", term('name = "Api-Socket"', 'definition = "x"')),
        [("tws.toml", 30, "Api-Socket: 'Api-Socket' is already taken by 'API socket' (DATA/tws.toml:25)")],
    ),
    "a name twice in two files": (
        swap("tws.toml", '"API socket"\ndef', '"LimitOrder"\ndef'),
        [("tws.toml", 26, "LimitOrder: 'LimitOrder' is already taken by 'limit order' (DATA/orders.toml:8)")],
    ),
    "an alias that is another's name": (
        swap("tws.toml", '["Trusted IP addresses"]', '["Limit Order"]'),
        [("tws.toml", 10, "trusted IPs: 'Limit Order' is already taken by 'limit order' (DATA/orders.toml:8)")],
    ),
    "an alias that is another's alias": (
        swap("tws.toml", '["Trusted IP addresses"]', '["x", "lmt"]'),
        [("tws.toml", 10, "trusted IPs: 'lmt' is already taken by 'limit order' (DATA/orders.toml:8)")],
    ),
    "a name that is another's alias": (
        swap("tws.toml", '"API socket"\ndef', '"lmt"\ndef'),
        [("tws.toml", 26, "lmt: 'lmt' is already taken by 'limit order' (DATA/orders.toml:8)")],
    ),
    # Relations.
    "related to itself": (
        swap("tws.toml", '["API socket", "limit order"]', '["TRUSTED ips"]'),
        [("tws.toml", 20, "trusted IPs: related 'TRUSTED ips' is the entry itself")],
    ),
    "related to itself by an alias": (
        swap("tws.toml", '["API socket", "limit order"]', '["trusted ip addresses"]'),
        [("tws.toml", 20, "trusted IPs: related 'trusted ip addresses' is the entry itself")],
    ),
    # glossary.toml
    "no disclaimer": (
        swap("glossary.toml", 'disclaimer = "No advice."\n', ""),
        [("glossary.toml", 1, "`disclaimer` is missing")],
    ),
    "disclaimer too long": (
        swap("glossary.toml", '"No advice."', f'"{"x" * 181}"'),
        [("glossary.toml", 2, "`disclaimer` should be text of length <= 180")],
    ),
    "title is a number": (
        swap("glossary.toml", '"Test glossary"', "5"),
        [("glossary.toml", 1, "`title` should be text, got int")],
    ),
    "a phrase that asks for advice has no word": (
        add("glossary.toml", 'advice_phrases = ["should i", "…"]\nadvice = "No."\n'),
        [("glossary.toml", 5, "`advice_phrases`: '…' has no word")],
    ),
    "there is no reply to what asks for advice": (
        add("glossary.toml", 'advice_phrases = ["should i"]\n'),
        [("glossary.toml", 5, "`advice_phrases` needs `advice`, the reply")],
    ),
    "a phrase that asks for advice is a number": (
        add("glossary.toml", "advice_phrases = [1]\n"),
        [("glossary.toml", 5, "`advice_phrases` should be text, got int (item 1)")],
    ),
    "the table of codes is no address": (
        add("glossary.toml", 'codes_table = "example.com"\n'),
        [("glossary.toml", 5, "`codes_table` is not an http:// or https:// address")],
    ),
    "unknown field of the glossary": (
        add("glossary.toml", "version = 1\n"),
        [("glossary.toml", 5, "unknown field `version`; the known fields are title, sample, disclaimer")],
    ),
    # Several at once.
    "several fields of one term": (
        swap(
            "tws.toml", '"API socket"\ndefinition = "The door."', '"API socket"\ndefinition = 1\nnotes = 2\nother = 3'
        ),
        [
            ("tws.toml", 27, "API socket: `definition` should be text, got int"),
            ("tws.toml", 28, "API socket: `notes` should be list, got int"),
            ("tws.toml", 29, "API socket: unknown field `other`"),
        ],
    ),
    "several files": (
        all_of(
            swap("glossary.toml", 'title = "Test glossary"\n', ""),
            fill("bad.toml", b"x"),
            fill("empty.toml", b""),
            swap("tws.toml", '["Trusted IP addresses"]', '["Limit Order"]'),
            swap("tws.toml", '"The door."', "1"),
            swap("orders.toml", '"An order with a price."', '" "'),
        ),
        [
            ("bad.toml", 1, "not valid TOML: "),
            ("empty.toml", 1, "is empty"),
            ("glossary.toml", 1, "`title` is missing"),
            ("orders.toml", 11, "limit order: `definition` is blank"),
            ("tws.toml", 10, "trusted IPs: 'Limit Order' is already taken by 'limit order'"),
            ("tws.toml", 27, "API socket: `definition` should be text, got int"),
        ],
    ),
}


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(PackError) as caught:
        read_pack(folder)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return list(caught.value.problems)


def assert_reported(problems: list[Problem], folder: Path, expected: list[Expected]) -> None:
    """Assert that exactly these problems are reported, each with its place and these words."""
    assert sorted((problem.file, problem.line) for problem in problems) == sorted(
        (str(folder / file), line) for file, line, _ in expected
    ), problems
    for file, line, words in expected:
        said = f"{folder / file}:{line}: "
        words_here = words.replace("DATA", str(folder))
        assert any(str(problem).startswith(said) and words_here in str(problem) for problem in problems), problems
    assert all("\n" not in str(problem) for problem in problems)


@pytest.mark.parametrize("way", WAYS)
def test_a_problem_is_reported_with_its_file_and_line(folder: Path, way: str) -> None:
    break_it, expected = WAYS[way]
    break_it(folder)
    assert_reported(problems_of(folder), folder, expected)


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "gone")
    assert str(problem) == f"{tmp_path / 'gone'}:1: no such folder; set GLOSSARY_PATH to the folder of the data files"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_read_permission_is_reported(folder: Path) -> None:
    (folder / "tws.toml").chmod(0)
    assert_reported(problems_of(folder), folder, [("tws.toml", 1, "cannot be read: Permission denied")])


@pytest.mark.parametrize("marked", ["glossary.toml", "tws.toml"])
def test_a_byte_order_mark_is_fine(folder: Path, marked: str) -> None:
    before = read_pack(folder)
    (folder / marked).write_bytes(b"\xef\xbb\xbf" + (folder / marked).read_bytes())
    assert read_pack(folder) == before


def test_windows_line_ends_are_fine(folder: Path) -> None:
    before = read_pack(folder)
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_pack(folder) == before


def test_windows_line_ends_do_not_change_the_line_of_a_problem(folder: Path) -> None:
    swap("tws.toml", '"The door."', "1")(folder)
    (folder / "tws.toml").write_bytes((folder / "tws.toml").read_bytes().replace(b"\n", b"\r\n"))
    assert_reported(problems_of(folder), folder, [("tws.toml", 27, "API socket: `definition` should be text, got int")])


def test_a_valid_folder_is_read_with_categories_by_order_and_terms_as_written(folder: Path) -> None:
    pack, warnings = read_pack(folder)
    assert warnings == ()
    assert pack.notices == Notices(
        title="Test glossary",
        disclaimer="No advice.",
        full_disclaimer="No advice at all.",
        trademarks="All marks belong to their owners.",
    )
    assert pack.categories == (
        Category(name="Orders", description="What is sent", emoji="📈", colour=0x2F855A, order=1),
        Category(name="TWS", description="The workstation", emoji="🖥️", colour=0x2B6CB0, order=2),
    )
    assert [entry.name for entry in pack.entries] == ["limit order", "trusted IPs", "API socket"]
    assert pack.entries[1] == Entry(
        id="trusted-ips",
        name="trusted IPs",
        category="TWS",
        definition="Addresses that may connect.",
        aliases=("Trusted IP addresses",),
        notes=("Check this.", "And this."),
        example="if True:\n    pass",
        related=("API socket", "limit order"),
        keywords=("whitelist",),
        sources=("https://example.com/ips",),
        reviewed=dt.date(2026, 11, 23),
    )


def test_an_alias_may_be_another_spelling_of_the_name(folder: Path) -> None:
    swap("orders.toml", '["LMT"]', '["LimitOrder", "limit-order", "LMT", "lmt"]')(folder)
    pack, warnings = read_pack(folder)
    assert warnings == ()
    assert pack.entries[0].aliases == ("LimitOrder", "limit-order", "LMT", "lmt")


def test_a_related_name_without_an_entry_is_only_a_warning(folder: Path) -> None:
    swap("tws.toml", '["API socket", "limit order"]', '["security", "lmt"]')(folder)
    pack, (warning,) = read_pack(folder)
    assert len(pack.entries) == 3
    assert warning.is_warning
    assert str(warning) == f"{folder / 'tws.toml'}:20: trusted IPs: related 'security' is not an entry"


def test_what_an_entry_is_mixed_up_with_should_be_another_entry(folder: Path) -> None:
    swap("tws.toml", '["API socket", "limit order"]', '["lmt"]\nconfused_with = ["security: a share"]')(folder)
    _, (warning,) = read_pack(folder)
    assert str(warning) == f"{folder / 'tws.toml'}:21: trusted IPs: confused_with 'security' is not an entry"


def test_a_message_is_settled_by_messages_with_entries(folder: Path) -> None:
    message = '\n[[message]]\ncode = 1100\nkind = "system"\ntitle = "Away"\ndefinition = "d"\nsettled_by = ["{}"]\n'
    before = (folder / "tws.toml").read_text("utf-8")
    (folder / "tws.toml").write_text(before + message.format("System 1102"), "utf-8")
    pack, warnings = read_pack(folder)
    assert [entry.message.settled_by for entry in pack.entries if entry.message] == [("System 1102",)]
    assert [warning.what for warning in warnings] == ["settled_by 'System 1102' is not an entry"]
    (folder / "tws.toml").write_text(before + message.format("1102"), "utf-8")
    (problem,) = problems_of(folder)
    assert problem.what == "`settled_by` has an item that is not like “System 1102”"


def test_an_entry_is_superseded_by_another_entry(folder: Path) -> None:
    swap("tws.toml", '["API socket", "limit order"]', '["lmt"]\nsuperseded_by = "security"')(folder)
    _, (warning,) = read_pack(folder)
    assert str(warning) == f"{folder / 'tws.toml'}:21: trusted IPs: superseded_by 'security' is not an entry"
    swap("tws.toml", '"security"', '"Trusted ips"')(folder)
    assert_reported(problems_of(folder), folder, [("tws.toml", 21, "superseded_by 'Trusted ips' is the entry itself")])


def test_an_error_does_not_list_warnings(folder: Path) -> None:
    swap("tws.toml", '["API socket", "limit order"]', '["security"]')(folder)
    swap("tws.toml", '"The door."', '" "')(folder)
    assert_reported(problems_of(folder), folder, [("tws.toml", 27, "`definition` is blank")])


def test_files_other_than_toml_are_ignored(folder: Path) -> None:
    before = read_pack(folder)
    (folder / "README.md").write_text("# [category]", "utf-8")
    (folder / "category.schema.json").write_text("{}", "utf-8")
    (folder / "tws.toml~").write_text("x", "utf-8")
    assert read_pack(folder) == before


def test_an_entry_at_every_limit_is_fine(folder: Path) -> None:
    text = term(
        f'name = "{"x" * 60}"',
        f'definition = "{"x" * 900}"',
        f'example = "{"x" * 900}"',
        f"aliases = {[c * 80 for c in 'abcde']}",
        f"sources = ['https://{'x' * 504}']",
    )
    add("orders.toml", text)(folder)
    assert len(read_pack(folder)[0].entries) == 4


@given(content=st.binary() | st.text().map(str.encode))
def test_any_bytes_in_a_file_are_reported(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "any-bytes"
    folder.mkdir(exist_ok=True)
    (folder / "glossary.toml").write_text(NOTICES, "utf-8")
    (folder / "any.toml").write_bytes(content)
    assert {problem.file for problem in problems_of(folder)} == {str(folder / "any.toml")}


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 3000 + "]" * 3000], ids=["a huge number", "a deep list"])
def test_a_value_that_tomllib_gives_up_on_is_reported(folder: Path, value: str) -> None:
    add("tws.toml", f"reviewed = {value}\n")(folder)
    assert_reported(problems_of(folder), folder, [("tws.toml", 28, "not valid TOML")])


@pytest.mark.parametrize(
    "break_category",
    [swap("tws.toml", "#2b6cb0", "red"), swap("tws.toml", "[category]", "[categories]")],
    ids=["a wrong field", "no category"],
)
def test_a_faulty_category_does_not_hide_problems_of_its_terms(folder: Path, break_category: Break) -> None:
    all_of(break_category, swap("tws.toml", '"The door."', "1"))(folder)
    assert ("API socket", 27) in {(problem.where, problem.line) for problem in problems_of(folder)}


def test_a_wrong_field_does_not_hide_a_taken_name(folder: Path) -> None:
    add("tws.toml", term('name = "API socket"', "definition = 1"))(folder)
    expected = [
        ("tws.toml", 30, "is already taken by 'API socket'"),
        ("tws.toml", 31, "`definition` should be text, got int"),
    ]
    assert_reported(problems_of(folder), folder, expected)


def test_a_list_of_values_for_terms_is_reported_on_its_line(folder: Path) -> None:
    head = ORDERS.partition("[[term]]")[0].replace("Orders", "More")
    (folder / "more.toml").write_text("# first\nterm = [5]\n" + head, "utf-8")
    assert_reported(problems_of(folder), folder, [("more.toml", 2, "term 1: is not a [[term]] table")])


@pytest.mark.parametrize(
    ("addition", "line"), [("note.first = 1\n", 28), ('"note" = 1\n', 28), ("[term.note]\nfirst = 1\n", 28)]
)
def test_an_unknown_field_is_reported_on_its_line_in_every_syntax(folder: Path, addition: str, line: int) -> None:
    add("tws.toml", addition)(folder)
    assert_reported(problems_of(folder), folder, [("tws.toml", line, "API socket: unknown field `note`")])


@pytest.mark.parametrize(
    ("file", "old", "line"),
    [
        ("glossary.toml", '"No advice."', 2),
        ("tws.toml", '"TWS"', 2),
        ("tws.toml", '"The workstation"', 3),
        ("tws.toml", '"And this."', 14),
        ("tws.toml", '"whitelist"', 21),
    ],
)
def test_a_text_of_only_white_space_is_reported(folder: Path, file: str, old: str, line: int) -> None:
    swap(file, old, '" "')(folder)
    assert_reported(problems_of(folder), folder, [(file, line, "")])


def test_a_source_with_a_line_break_is_reported(folder: Path) -> None:
    swap("tws.toml", "https://example.com/ips", "https://example.com/ips\\n")(folder)
    assert_reported(problems_of(folder), folder, [("tws.toml", 22, ADDRESS)])


def test_a_date_in_words_is_reported_in_plain_words(folder: Path) -> None:
    swap("tws.toml", "2026-11-23", '"last week"')(folder)
    (problem,) = problems_of(folder)
    assert (problem.line, problem.where) == (23, "trusted IPs")
    assert "should be Invalid" not in problem.what


MESSAGE = """
[[message]]
code = 502
kind = "error"
title = "No connection"
definition = "Nothing listens."
"""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("code = 502", 'code = "502"', (30, "Error 502", "`code` should be int, got text")),
        ("code = 502", "", (29, "message 1", "`code` is missing")),
        ('"error"', '"info"', (31, "Info 502", "`kind` is not valid: Invalid enum value 'info'")),
        ('"No connection"', f'"{"x" * 61}"', (32, "Error 502", "`title` should be text of length <= 60")),
        ('"No connection"', '"trusted IPs"', (30, "Error 502", "'trusted IPs' is already taken by 'trusted IPs'")),
        ("definition", "notes = []\ndefinition", (33, "Error 502", "unknown field `notes`")),
        ("[[message]]", MESSAGE + "[[message]]", (36, "Error 502", "'Error 502' is already taken by 'Error 502'")),
    ],
)
def test_a_problem_with_a_message_is_reported(folder: Path, old: str, new: str, problem: tuple[int, str, str]) -> None:
    add("tws.toml", MESSAGE.replace(old, new, 1))(folder)
    line, where, what = problem
    found = [(one.line, one.where, one.what) for one in problems_of(folder)]
    assert any(one[:2] == (line, where) and one[2].startswith(what) for one in found), found


def test_a_file_that_never_ends_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / "zz.toml")
    assert [(one.file, one.what) for one in problems_of(folder)] == [(str(folder / "zz.toml"), "is not a regular file")]
