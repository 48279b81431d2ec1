"""A glossary with enough to ask about."""

from pathlib import Path

import pytest

HEAD = """
[category]
name = "Trading"
description = "What happens to an order"
emoji = "📈"
colour = "#718096"
order = 2
"""
TERMS = {
    "slippage": "The difference between the expected price of a trade and the price at which it is filled.",
    "spread": "What lies between the best bid and the best ask of an instrument.",
    "commission": "A fee that the broker charges for carrying out an instruction of a client.",
    "volume": "How many shares or contracts changed hands during a period.",
    "latency": "The delay between an event at the exchange and the reaction to it.",
    "dividend": "A payment of a company to everybody who owns a part of it.",
}


@pytest.fixture
def data(data: Path) -> Path:
    """A data folder with a second category, of six terms."""
    terms = "".join(f'[[term]]\nname = "{name}"\ndefinition = "{meaning}"\n' for name, meaning in TERMS.items())
    (data / "trading.toml").write_text(HEAD + terms, "utf-8")
    return data
