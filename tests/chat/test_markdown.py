"""Making text safe to show."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markdown import code_block, escape, link, prose, rich, shorten, without_markup

# What means something to Discord, and what stands around it.
MARKED = st.lists(
    st.sampled_from(
        [*"\\*_~|`>#[]()<@-+.:!&/ \n\t1a", "12.", "- ", "1. ", "-# ", "```", "**", "||", "@everyone", "<@1>", "<#2>"]
    )
).map("".join)
ANY = MARKED | st.text()
_ESCAPED = re.compile(r"\\([^\s\w]|_)")


def shown(text: str) -> str:
    """Return what people see of an escaped text: a backslash shows the punctuation after it as it is."""
    return _ESCAPED.sub(r"\1", text)


def active(text: str) -> str:
    """Return the text with every escaped character as a letter; what is left that is special is active."""
    return _ESCAPED.sub("x", text)


@given(ANY)
def test_escaped_text_shows_as_it_was_written(text: str) -> None:
    assert shown(escape(text)) == text


@given(ANY)
def test_escaping_at_most_doubles_a_text(text: str) -> None:
    assert len(text) <= len(escape(text)) <= 2 * len(text)


@given(ANY)
def test_nothing_active_remains_in_escaped_text(text: str) -> None:
    left = active(escape(text))
    assert not re.search(r"[\\*_~|`>#\[\]<@]", left)
    assert not re.search(r"^\s*([-+*]|\d+\.)\s", left, re.MULTILINE)


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs", "So"])))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("S&P 500, 1.5 - 2", "S&P 500, 1.5 - 2"),
        ("**bold** _it_ ~~no~~", r"\*\*bold\*\* \_it\_ \~\~no\~\~"),
        ("||secret||", r"\|\|secret\|\|"),
        ("@everyone <@1> <#2>", r"\@everyone \<\@1\> \<\#2\>"),
        ("[a](https://b.c)", r"\[a\](https\://b.c)"),
        ("# big\n> quote", "\\# big\n\\> quote"),
        ("- one\n  + two\n3. three", "\\- one\n  \\+ two\n3\\. three"),
        ("12. twelve", "12\\. twelve"),
        ("-5 1.5", "-5 1.5"),
        (r"a\*b", r"a\\\*b"),
    ],
)
def test_what_would_be_formatting_is_escaped_and_nothing_else(text: str, expected: str) -> None:
    assert escape(text) == expected


@pytest.mark.parametrize("text", ["https://evil.example", "see http://evil.example/a"])
def test_a_bare_address_becomes_no_link(text: str) -> None:
    assert not re.search(r"https?://\S", escape(text))


@given(st.lists(MARKED.map(lambda text: text.replace("`", "'")), min_size=1, max_size=4))
def test_prose_keeps_its_code_and_escapes_the_rest(parts: list[str]) -> None:
    codes = [f"`code*{at}*`" for at in range(len(parts) - 1)]
    text = parts[0] + "".join(code + part for code, part in zip(codes, parts[1:], strict=True))
    made = prose(text)
    assert re.findall(r"`[^`]*`", made) == codes
    assert "".join(re.split(r"`[^`]*`", made)) == "".join(escape(part) for part in parts)


@given(ANY)
def test_prose_at_most_doubles_a_text(text: str) -> None:
    assert len(text) <= len(prose(text)) <= 2 * len(text)


@given(MARKED.map(lambda text: text.replace("`", "")))
def test_prose_without_code_is_escaped(text: str) -> None:
    assert prose(text) == escape(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n\ntwo", "one\n\ntwo"),
        ("* one\n• two\n- three\n1. four", "- one\n- two\n- three\n1. four"),
        ("```python\nrun(*a)\n```", "```python\nrun(*a)\n```"),
        ("```run()```", "```\nrun()\n```"),
        ("[the *guide*](https://a.b/c_d)", r"[the \*guide\*](<https://a.b/c_d>)"),
        ("see https://a.b/c_d?e=1.", "see <https://a.b/c_d?e=1>."),
        ("[x](javascript:y) <@1>", r"\[x\](javascript:y) \<\@1\>"),
        ("# big\n> said", "\\# big\n\\> said"),
    ],
)
def test_the_text_of_an_entry_keeps_its_lines_lists_code_and_links(text: str, expected: str) -> None:
    assert rich(text) == expected


@given(MARKED)
def test_nothing_in_the_text_of_an_entry_pings_or_formats(text: str) -> None:
    """Outside of code, addresses in pointed brackets and emoji, no special character is left but those of links."""
    kept = r"\\[^\w\s]|\\_|```.*?\n```|`[^`\n]+`|<a?:\w+:\d+>|\]\(<https?://[^<>\s]+>\)|<https?://[^<>\s]+>"
    outside = re.sub(kept, "", rich(text), flags=re.DOTALL)
    assert not set(outside) & set("*_~|`>#<@")


def test_a_lone_backtick_opens_no_code() -> None:
    assert prose("a ` b\nc ` *d*") == "a \\` b\nc \\` \\*d\\*"


@given(st.text(st.sampled_from("ab \n*`")).filter(lambda code: "`````" not in code))
def test_nothing_in_a_code_block_closes_it(code: str) -> None:
    block = code_block(code)
    assert block.startswith("```python\n")
    assert block.endswith("\n```")
    inside = block.removeprefix("```python\n").removesuffix("\n```")
    assert "```" not in inside
    assert inside.replace("\u200b", "") == code


@pytest.mark.parametrize("count", [5, 8, 101])
def test_a_long_run_of_backticks_does_not_close_a_code_block(count: int) -> None:
    assert code_block("`" * count).count("```") == 2


MARKUP = st.sampled_from(
    [
        *("<@123>", "<@!123>", "<@&123>", "<#123>", "<:blob:123>", "<a:blob:123>", "<t:123>", "<t:123:R>"),
        *(
            "</define:123>",
            "<id:customize>",
            "@123456789012345678",
            "https://a.b/123?c=d",
            "<https://a.b/123>",
            "www.a.b/123",
        ),
    ]
)


@given(st.lists(MARKUP | st.sampled_from(["what", "is", "limit", "order?", "`reqMktData`", "[text](https://a.b/123)"])))
def test_no_markup_no_address_and_no_id_is_left_in_a_question(parts: list[str]) -> None:
    asked = without_markup(" ".join(parts))
    assert not re.search(r"[<>`@:/]|123", asked)
    plain = {"`reqMktData`": "reqMktData", "[text](https://a.b/123)": "text"}
    kept = [plain.get(part, part) for part in parts if part in plain or part.strip("?").isalpha()]
    assert asked.split() == kept


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what is\n\n  this thing <@1>\n", "what is\nthis thing"),
        ("why ``error 502``?", "why error 502?"),
        ("what is pip? ```python\nimport os\n```", "what is pip?"),
        ("```\nError 502\nError 504\n```", "Error 502\nError 504"),
        ("what's this? ```Error 502", "what's this? Error 502"),
        ("a < b > c, 3 * 4", "a < b > c, 3 * 4"),
    ],
)
def test_code_is_read_as_text_and_a_block_only_if_nothing_else_was_asked(text: str, asked: str) -> None:
    assert without_markup(text) == asked


@given(ANY)
def test_taking_markup_out_of_any_text_adds_nothing(text: str) -> None:
    assert len(without_markup(text)) <= len(text)


def test_a_code_block_names_its_language() -> None:
    assert code_block("a = 1") == "```python\na = 1\n```"
    assert code_block("a", "") == "```\na\n```"


@given(st.text(), st.integers(1, 50))
def test_shortened_text_fits_and_says_where_it_was_cut(text: str, limit: int) -> None:
    made = shorten(text, limit)
    assert len(made) <= limit
    if len(text) <= limit:
        assert made == text
    else:
        assert made.endswith("…")
        assert text.startswith(made[:-1])


@pytest.mark.parametrize("url", ["https://[x", "https://\u2100.com/x", "https://a]b/c"])
def test_an_address_stored_before_hosts_were_checked_can_still_be_shown(url: str) -> None:
    assert link(url).endswith(f"](<{url}>)")
