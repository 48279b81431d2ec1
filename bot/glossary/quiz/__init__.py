"""Questions with choices about the entries of a glossary. Pure: chance comes in as a random generator."""
