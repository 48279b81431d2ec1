"""`/define` and `/related`: one entry, and the entries around it."""
