"""What a source is called in a list: the site, and what it is there."""

import re

# What the parts of addresses on GitHub mean: https://docs.github.com/en/rest/issues
_ON_GITHUB = {"issues": "issue", "pull": "pull request", "discussions": "discussion"}
# Last parts of addresses that say nothing without the part before them.
_SAYS_LITTLE = re.compile(r"[\d.]*|en|index(\.\w+)?|introduction|key-concepts|latest|overview|stable")


def source_name(url: str) -> str:
    """Return a name for an address: where it leads, with the section of the page if it names one.

    >>> source_name("https://www.example.com/docs/orders/#types")
    'example.com: orders, types'
    >>> source_name("https://example.com/node/1719")
    'example.com: node/1719'
    >>> source_name("https://github.com/erdewit/ib_insync/issues/647")
    'GitHub: erdewit/ib_insync, issue 647'
    """
    # An entry stored long ago may have an address that `urlsplit` refuses to read.
    address, _, section = url.partition("#")
    address, _, query = address.partition("?")
    site, _, path = address.partition("://")[2].partition("/")
    parts = [part for part in path.split("/") if part]
    site = site.removeprefix("www.")
    if site == "github.com":
        site, page = "GitHub", _on_github(parts)
    else:
        page = _page(parts)
    page = f"{page}?{query}" if query else page
    named = ", ".join(filter(None, (page, section)))
    return f"{site}: {named}" if named else site


def _on_github(parts: list[str]) -> str:
    """Return the repository and, if the address names one, the issue or the file."""
    repository, rest = "/".join(parts[:2]), parts[2:]
    if not rest:
        return repository
    kind = _ON_GITHUB.get(rest[0])
    return f"{repository}, {kind} {rest[-1]}" if kind else f"{repository}, {rest[-1]}"


def _page(parts: list[str]) -> str:
    """Return the last part of a path; with the parts before it, as long as it says too little without them."""
    telling = (place for place, part in enumerate(parts) if not _SAYS_LITTLE.fullmatch(part))
    return "/".join(parts[max(telling, default=0) :])
