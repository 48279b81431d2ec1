"""The colours of the picture, in dark and light."""

from typing import NamedTuple

from PIL import ImageColor

# What a bar needs to stand out: https://www.w3.org/TR/WCAG22/#non-text-contrast
LEAST_CONTRAST = 3.0
_STEPS = 20

Rgb = tuple[int, int, int]


class Theme(NamedTuple):
    """The colours of one picture. The three of a column differ in lightness, for people who see colours alike."""

    background: str
    text: str
    faint: str
    grid: str
    answered: str
    suggested: str
    missed: str
    good: str
    bad: str


DARK = Theme(
    background="#1e2129",
    text="#f4f5f7",
    faint="#b3bac6",
    grid="#383e4a",
    answered="#56b4e9",
    suggested="#f5e26b",
    missed="#d55e00",
    good="#6fd08c",
    bad="#ff8f73",
)
LIGHT = Theme(
    background="#ffffff",
    text="#1d2129",
    faint="#565e6c",
    grid="#e2e5ea",
    answered="#1f74b8",
    suggested="#c98f00",
    missed="#8f2d14",
    good="#1a7f37",
    bad="#b3261e",
)
THEMES = {"dark": DARK, "light": LIGHT}


def contrast(one: str, two: str) -> float:
    """Return how well two colours can be told apart, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    darker, lighter = sorted((_luminance(_rgb(one)), _luminance(_rgb(two))))
    return (lighter + 0.05) / (darker + 0.05)


def made_visible(colour: int, theme: Theme) -> str:
    """Return the colour of a category, 0xRRGGBB, mixed with that of the text until it stands out."""
    wanted, text = _rgb(f"#{colour:06x}"), _rgb(theme.text)
    for step in range(_STEPS):
        share = step / _STEPS
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(wanted, text, strict=True))
        mixed = f"#{red:02x}{green:02x}{blue:02x}"
        if contrast(mixed, theme.background) >= LEAST_CONTRAST:
            return mixed
    return theme.text


def _rgb(colour: str) -> Rgb:
    return ImageColor.getrgb(colour)[:3]


def _luminance(colour: Rgb) -> float:
    shares = [channel / 255 for channel in colour]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
