"""`/glossary export` and `/glossary import`: a server's own entries as files."""
