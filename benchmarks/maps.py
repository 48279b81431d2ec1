"""How long a map takes that was never drawn: finding what is on it, placing the labels, drawing, and making the file.

The first line is a new process, which also imports Pillow and rustworkx; the second is every shared entry in turn.
Run it in the folder of the project: PYTHONPATH=. python benchmarks/maps.py
"""

import sys
import time
from pathlib import Path

from benchmarks.percentiles import percentiles
from bot.features.maps.neighbourhood import around
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.pack import read_pack


def drawn(glossary: Glossary, entry: Entry) -> tuple[float, int]:
    """Draw the map of an entry and return how many milliseconds it took, and the bytes of the file."""
    start = time.perf_counter()
    from bot.features.maps.picture import DARK, draw  # noqa: PLC0415 - the bot imports it as late

    shown = around(glossary, entry)
    picture = draw(shown, [glossary.category_of(one) for one in shown.entries], DARK)
    return (time.perf_counter() - start) * 1000, len(picture)


def main() -> None:
    """Print the times in milliseconds and the sizes in kilobytes."""
    glossary = Glossary(read_pack(Path("data"))[0])
    first, _ = drawn(glossary, glossary.pack.entries[0])
    sys.stdout.write(f"the first map, imports included  {first:6.0f} ms\n")
    maps = [drawn(glossary, entry) for entry in glossary.pack.entries]
    times, sizes = percentiles([ms for ms, _ in maps]), percentiles([size / 1024 for _, size in maps])
    sys.stdout.write(f"{len(maps)} maps: p50 {times.p50:.0f} ms, p99 {times.p99:.0f} ms\n")
    sys.stdout.write(f"their files: p50 {sizes.p50:.0f} KB, p99 {sizes.p99:.0f} KB\n")


if __name__ == "__main__":
    main()
