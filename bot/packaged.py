"""The glossary that comes with the bot."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
# `pip install` puts the data files into the package; in a checkout they lie beside it.
_SHIPPED = (_PACKAGE / "data", _PACKAGE.with_name("data"))


def default_glossary() -> Path:
    """Return `./data` if it exists, otherwise the folder of the data files that came with the bot."""
    places = (Path("data"), *_SHIPPED)
    return next((place for place in places if place.is_dir()), places[0])
