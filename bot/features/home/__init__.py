"""`/glossary home`: what there is for moderators to do, and the list of the server's own entries."""
