"""`/glossary reload` and `/glossary rollback`: the data that all servers share."""
