"""Saving a term for oneself, and `/saved`, the list of what one saved."""
