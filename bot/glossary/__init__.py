"""What a glossary is and how it is searched: no Discord, no database, no I/O but reading the data files."""
