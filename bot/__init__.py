"""A Discord bot that answers questions about a glossary."""
