"""Finding entries: while somebody types, by a name however spelled, by a question, and inside a longer text."""
