"""The pictures of the bot and of the people in the playground."""

import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from simcord.actors import MemberActor
from simcord.backend.cdn import CDN_BASE

STATIC = Path(__file__).with_name("static")
BOT_PICTURE = STATIC / "glossary.png"
# Discord has this many pictures for those who chose none.
DEFAULT_PICTURES = 6
SIZE = 128
COLOURS = ("#b7791f", "#2f855a", "#6b46c1", "#b83280")

Pictures = Mapping[str, tuple[str, bytes]]


def pictures(people: Iterable[MemberActor]) -> Pictures:
    """Return the pictures of the bot and of people, by their addresses.

    A bot cannot have a picture of its own in simcord, so every default one is the bot's.
    """
    default = ("bot.png", BOT_PICTURE.read_bytes())
    found = {f"{CDN_BASE}/embed/avatars/{number}.png": default for number in range(DEFAULT_PICTURES)}
    for person, colour in zip(people, COLOURS, strict=False):
        address = f"{CDN_BASE}/avatars/{person.id}/{person.user.avatar}.png"
        found[address] = ("person.png", _initial(person.name, colour))
    return found


def _initial(name: str, colour: str) -> bytes:
    """Draw the first letter of a name."""
    image = Image.new("RGB", (SIZE, SIZE), colour)
    font = ImageFont.load_default(SIZE * 0.6)
    middle = (SIZE / 2, SIZE / 2)
    ImageDraw.Draw(image).text(middle, name[0].upper(), fill="white", font=font, anchor="mm")
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
