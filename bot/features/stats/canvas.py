"""A picture to draw on. Everything is drawn twice as large and then reduced, so that edges are smooth."""

import io

from PIL import Image, ImageDraw

from bot.features.pictures import lettering

_SCALE = 2


def width(text: str, size: int) -> float:
    """Return how wide a text is."""
    return lettering.width(text, size * _SCALE) / _SCALE


def cut_to_width(text: str, size: int, limit: float) -> str:
    """Return as much of a text as fits into a width; a cut text ends in an ellipsis."""
    return lettering.cut_to_width(text, size * _SCALE, limit * _SCALE)


class Canvas:
    """A picture of a size. All lengths are pixels of the finished picture."""

    def __init__(self, size: tuple[int, int], background: str) -> None:
        """Fill the picture with its background, which is opaque, so that it looks the same on every theme."""
        self._image = Image.new("RGB", (size[0] * _SCALE, size[1] * _SCALE), background)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self, at: tuple[float, float], text: str, colour: str, size: int, *, anchor: str = "lm", is_bold: bool = False
    ) -> None:
        """Write text at a point, which is the middle of its left edge unless the anchor says otherwise."""
        at = (at[0] * _SCALE, at[1] * _SCALE)
        boldness = _SCALE // 2 if is_bold else 0
        lettering.write(self._draw, at, text, colour, size * _SCALE, anchor=anchor, boldness=boldness)

    def bar(
        self, box: tuple[float, float, float, float], colour: str, radius: float = 0, *, only_top: bool = False
    ) -> None:
        """Draw a bar with round corners, or round ones at the top only; the box is left, top, right, bottom."""
        left, top, right, bottom = (round(one * _SCALE) for one in box)
        radius = min(radius * _SCALE, (right - left) / 2, (bottom - top) / (1 if only_top else 2))
        corners = (True, True, not only_top, not only_top)
        self._draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius, colour, corners=corners)

    def triangle(self, middle: tuple[float, float], size: float, colour: str, *, is_up: bool) -> None:
        """Draw a triangle that points up or down."""
        x, y = middle[0] * _SCALE, middle[1] * _SCALE
        half = size * _SCALE / 2 * (1 if is_up else -1)
        self._draw.polygon([(x, y - half), (x - half, y + half), (x + half, y + half)], colour)

    def png(self, corner_radius: int) -> bytes:
        """Return the file, with round corners. A palette of 256 colours is enough and makes the file much smaller."""
        mask = Image.new("L", self._image.size)
        whole = (0, 0, mask.width - 1, mask.height - 1)
        ImageDraw.Draw(mask).rounded_rectangle(whole, corner_radius * _SCALE, 255)
        image = self._image.copy()
        image.putalpha(mask)
        file = io.BytesIO()
        image.reduce(_SCALE).quantize(256, method=Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
        return file.getvalue()
