"""`/search`: every entry that contains some words, page by page."""
