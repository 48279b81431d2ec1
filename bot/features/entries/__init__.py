"""`/glossary add`, `edit`, `remove` and `alias`, and the message command *Add to glossary*: a server's own entries."""
