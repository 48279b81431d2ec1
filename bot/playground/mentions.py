"""Mentions in what people type: the page shows names, and Discord sends ids."""

import re
from collections.abc import Mapping


def with_ids(text: str, mentions: Mapping[str, str]) -> str:
    """Replace the names in a text, such as "@Glossary", by what Discord sends for them.

    >>> with_ids("Hi @glossary, see #rules", {"@Glossary": "<@7>", "#rules": "<#8>"})
    'Hi <@7>, see <#8>'
    >>> with_ids("me@glossary.org", {"@Glossary": "<@7>"})
    'me@glossary.org'
    """
    if not mentions:
        return text
    by_name = {name.casefold(): mention for name, mention in mentions.items()}
    longest_first = sorted(mentions, key=len, reverse=True)
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    return named.sub(lambda found: by_name[found[0].casefold()], text)
