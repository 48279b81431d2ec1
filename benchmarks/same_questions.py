"""How well queries that say the same are brought together, on the names and keywords of the glossary, and how fast.

Phrases of two entries that end up in one group are printed: most of them are one question that two entries answer.
"""

import random
import time
from pathlib import Path

import click

from bot.glossary.pack import read_pack
from bot.glossary.search.frames import asked
from bot.glossary.search.same_question import grouped


@click.command()
@click.option("--most", default=3_000, show_default=True, help="How many phrases are grouped.")
@click.option("--data", default="data", show_default=True, type=click.Path(path_type=Path, exists=True))
def main(most: int, data: Path) -> None:
    """Group phrases of the glossary, and count how many come together across entries."""
    pack, _ = read_pack(data)
    owners: dict[str, set[str]] = {}
    for entry in pack.entries:
        for phrase in (entry.name, *entry.aliases, *entry.keywords) if entry.message is None else ():
            owners.setdefault(asked(phrase), set()).add(entry.name)
    phrases = sorted(phrase for phrase, names in owners.items() if len(names) == 1)
    random.Random(1).shuffle(phrases)  # noqa: S311 - not for cryptography
    phrases = phrases[:most]
    start = time.perf_counter()
    groups = grouped(phrases)
    seconds = time.perf_counter() - start
    joined = [(group[0], other) for group in groups for other in group[1:]]
    across = [pair for pair in joined if owners[pair[0]] != owners[pair[1]]]
    for pair in across:
        click.echo(" | ".join(pair))
    click.echo(
        f"{len(phrases)} phrases, {len(joined)} joined to another, {len(across)} of these across entries; "
        f"{seconds:.2f} s"
    )


if __name__ == "__main__":
    main()
