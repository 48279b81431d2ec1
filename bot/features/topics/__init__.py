"""Wandering through the glossary: its categories page by page, and an entry by chance."""
