"""A server's own entries as files: reading what people upload, planning what it would change, writing it out."""
