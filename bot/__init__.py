"""A Discord bot that answers questions about a glossary."""

__version__ = "0.1.0"
