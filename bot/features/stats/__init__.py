"""`/glossary stats`: how the glossary is used in a server, in numbers and a picture."""
