"""`/glossary review`: the shared entries whose last check against their sources is longest ago."""
