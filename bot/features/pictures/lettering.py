"""Text in a picture, in the font that comes with Pillow. That font has Latin letters only."""

import functools
import re
import unicodedata

from PIL import ImageDraw, ImageFont

ELLIPSIS = "…"
# More characters than this never fit into a picture, so the rest of a longer text is not looked at.
MAX_CHARACTERS = 200
# Replacements for characters that the font lacks and NFKD does not decompose.
_HYPHENS = dict.fromkeys("‐‑‒–—−", "-")
_SIGNS = {"→": "->", "€": "EUR", "£": "GBP", "×": "x"}
_LETTERS = {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
_REPLACEMENTS = str.maketrans(_HYPHENS | _SIGNS | _LETTERS)
_ELLIPSES = re.compile(r"…[ …]*…")
# A character that no font has: it is drawn as the box that stands for missing characters.
_MISSING = "\U0010fffd"
# The size at which characters are compared with that box.
_COMPARED_SIZE = 24


def write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    colour: str,
    size: int,
    *,
    anchor: str = "lm",
    boldness: int = 0,
) -> None:
    """Write text at a point, which is the middle of its left edge unless the anchor says otherwise.

    `boldness` is how many pixels thicker the lines get on each side, because the font has no bold letters. Anchors: https://pillow.readthedocs.io/en/stable/handbook/text-anchors.html.
    """
    draw.text(at, text, colour, _font(size), anchor, stroke_width=boldness)


def width(text: str, size: int) -> float:
    """Return how wide a text is, in pixels."""
    return _font(size).getlength(text)


def drawable(text: str) -> str:
    """Return a text with only what the font can draw, empty if that is nothing.

    Accents and emoji are left out, and an ellipsis stands for letters of other scripts.

    >>> drawable("Größe – café"), drawable("市场 feed"), drawable("🍕")
    ('Grosse - cafe', '… feed', '')
    """
    replaced = " ".join(text[:MAX_CHARACTERS].split()).translate(_REPLACEMENTS)
    characters = unicodedata.normalize("NFKD", replaced)[:MAX_CHARACTERS]
    drawn = "".join(map(_drawable_character, characters))
    tidied = " ".join(_ELLIPSES.sub(ELLIPSIS, drawn).split())
    return tidied if tidied.strip(f"{ELLIPSIS} ") else ""


def cut_to_width(text: str, size: int, limit: float) -> str:
    """Return as much of a text as fits into a number of pixels; a cut text ends in an ellipsis."""
    if width(text, size) <= limit:
        return text
    while width(text + ELLIPSIS, size) > limit:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def _drawable_character(character: str) -> str:
    if _is_in_font(character):
        return character
    is_letter = unicodedata.category(character).startswith("L")
    return ELLIPSIS if is_letter else ""


@functools.lru_cache(4096)
def _is_in_font(character: str) -> bool:
    """Tell whether the font has a picture of a character: neither nothing nor the box for missing characters."""
    is_mark_or_control = unicodedata.category(character)[0] in "CM"
    if is_mark_or_control:
        return False
    return character == " " or _picture(character) not in {_picture(_MISSING), b""}


def _picture(character: str) -> bytes:
    return bytes(_font(_COMPARED_SIZE).getmask(character))


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - Pillow's wheels are built with FreeType
    return font
