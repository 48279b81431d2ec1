"""Import and export a server's own entries: read files, plan what an import would change, write files."""
