"""`/quiz`: questions about the entries, which come again when they are about to be forgotten."""
