"""`/glossary updates`: shared entries that have changed since this server made its own entries from them."""
